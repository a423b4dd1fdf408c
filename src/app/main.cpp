// The program. The only place that catches errors and decides on exit codes.
#include <unistd.h>

#include <exception>
#include <iostream>

#include "app/continue.hpp"
#include "app/exit_codes.hpp"
#include "app/keys.hpp"
#include "app/manual.hpp"
#include "app/provenance.hpp"
#include "app/root_section.hpp"
#include "app/run.hpp"
#include "app/show.hpp"

namespace {

using namespace markhor;

int report(const RunEnd& end) {
  if (!end.message().empty()) std::cerr << end.message() << std::endl;
  return end.exit_code();
}

// A fault that all ranks agree on (RunEnd) is printed once and ends each of them; any other one is
// met by this rank alone while the others may wait for it, so it must end them.
int run(const Command& command, int argc, char** argv) {
  // Before MPI, whose start may take seconds.
  const StopSignals signals;
  const MpiSession session(argc, argv);
  const Communicator communicator = Communicator::world();
  std::ostream nowhere(nullptr);
  try {
    const auto work = command.action == Action::run ? run_deck : continue_run;
    work(command, signals, communicator, communicator.is_root() ? std::cout : nowhere,
         isatty(STDOUT_FILENO) == 1);
  } catch (const RunEnd& end) {
    return report(end);
  } catch (const std::exception& error) {
    const RunEnd end = run_end(error);
    if (communicator.size() == 1) return report(end);
    std::cerr << "rank " << communicator.rank() << ": " << end.message() << std::endl;
    communicator.abort(end.exit_code());
  }
  return exit_codes::done;
}

void print(const Command& command) {
  switch (command.action) {
    case Action::check:
      check_deck(command, std::cout);
      break;
    case Action::keys:
      std::cout << (command.markdown ? keys_markdown(key_table())
                                     : keys_text(key_table(), command.section));
      break;
    case Action::show:
      command.json ? show_json(std::cout, command.file) : show(std::cout, command.file);
      break;
    case Action::version:
      std::cout << version_text();
      break;
    case Action::help:
    case Action::continue_run:
    case Action::run:
      std::cout << help_text();
      break;
  }
}

}  // namespace

int main(int argc, char** argv) {
  try {
    const Command command = parse_command_line({argv + 1, argv + argc});
    const bool runs = command.action == Action::run || command.action == Action::continue_run;
    if (runs) return run(command, argc, argv);
    print(command);
  } catch (const std::exception& error) {
    return report(run_end(error));
  }
  return exit_codes::done;
}
