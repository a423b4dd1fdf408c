// The three ways a run can go wrong, and the collector that reports all input faults at once.
//
// InputError        the user's input is at fault; main prints it and exits with 2.
// CalculationError  the calculation failed (not converged, numerical breakdown); exit 1.
// std::logic_error  (assertions) the programmer's; never caught on purpose.
#pragma once

#include <stdexcept>
#include <string>
#include <vector>

namespace markhor {

class CalculationError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// A place in a text that the user wrote. line == 0: the file as a whole; file empty: not from a
// file (the command line, say).
struct Place {
  std::string file;
  int line = 0;
};

struct Fault {
  Place place;
  std::string message;  // one sentence: what was read, what is allowed, what was probably meant
};

// "file:line: message", as compilers print it, so that editors can jump there.
std::string to_string(const Fault& fault);

class InputError : public std::runtime_error {
 public:
  explicit InputError(std::vector<Fault> faults);
  InputError(Place place, const std::string& message);
  const std::vector<Fault>& faults() const { return faults_; }

 private:
  std::vector<Fault> faults_;
};

// Collects faults so that the user sees all of them in one run.
class Faults {
 public:
  void add(Place place, std::string message);
  void add(const InputError& error);
  bool empty() const { return list_.empty(); }
  const std::vector<Fault>& list() const { return list_; }
  // Throws one InputError that holds every fault added so far, if there is any.
  void throw_if_any() const;

 private:
  std::vector<Fault> list_;
};

}  // namespace markhor
