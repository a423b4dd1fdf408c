#include "app/root_section.hpp"

#include "app/exit_codes.hpp"
#include "core/errors.hpp"

namespace markhor {

namespace {

std::string input_report(const InputError& error) {
  std::string text;
  for (const Fault& fault : error.faults()) {
    text += (fault.place.file.empty() ? "markhor: " : "") + to_string(fault) + "\n";
  }
  const std::size_t count = error.faults().size();
  if (count > 1) return text + "markhor: " + std::to_string(count) + " faults in the input";
  text.pop_back();
  return text;
}

}  // namespace

RunEnd run_end(const std::exception& error) {
  if (const auto* end = dynamic_cast<const RunEnd*>(&error)) return *end;
  if (const auto* input = dynamic_cast<const InputError*>(&error)) {
    return {exit_codes::bad_input, input_report(*input)};
  }
  return {exit_codes::calculation_failed, std::string("markhor: ") + error.what()};
}

void on_root(const Communicator& communicator, const std::function<void()>& work) {
  if (communicator.size() == 1) {
    work();
    return;
  }
  double end = exit_codes::done;
  if (communicator.is_root()) {
    // Caught here only to be told to the other ranks.
    try {
      work();
    } catch (const std::exception& error) {
      const RunEnd failure = run_end(error);
      end = failure.exit_code();
      communicator.broadcast(std::span<double>(&end, 1));
      throw failure;
    }
  }
  communicator.broadcast(std::span<double>(&end, 1));
  if (end != exit_codes::done) throw RunEnd(static_cast<int>(end), "");
}

}  // namespace markhor
