#include "core/errors.hpp"

#include <utility>

namespace markhor {

namespace {

std::string joined(const std::vector<Fault>& faults) {
  std::string text;
  for (const Fault& fault : faults) {
    if (!text.empty()) text += '\n';
    text += to_string(fault);
  }
  return text;
}

}  // namespace

std::string to_string(const Fault& fault) {
  std::string text;
  if (!fault.place.file.empty()) {
    text += fault.place.file;
    if (fault.place.line > 0) text += ":" + std::to_string(fault.place.line);
    text += ": ";
  }
  return text + fault.message;
}

InputError::InputError(std::vector<Fault> faults)
    : std::runtime_error(joined(faults)), faults_(std::move(faults)) {}

InputError::InputError(Place place, const std::string& message)
    : InputError(std::vector<Fault>{Fault{std::move(place), message}}) {}

void Faults::add(Place place, std::string message) {
  list_.push_back(Fault{std::move(place), std::move(message)});
}

void Faults::add(const InputError& error) {
  list_.insert(list_.end(), error.faults().begin(), error.faults().end());
}

void Faults::throw_if_any() const {
  if (!list_.empty()) throw InputError(list_);
}

}  // namespace markhor
