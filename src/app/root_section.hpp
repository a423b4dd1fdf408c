// Work that the root does alone, with an end that all ranks agree on.
//
// A rank that waits for the root's data would wait for ever if the root stopped on a fault. So the
// root tells how its work ended; where it failed every rank throws RunEnd, and only the root's
// carries a message: it is printed once.
#pragma once

#include <exception>
#include <functional>
#include <string>

#include "parallel/communicator.hpp"

namespace markhor {

class RunEnd : public std::exception {
 public:
  RunEnd(int exit_code, std::string message)
      : exit_code_(exit_code), message_(std::move(message)) {}
  int exit_code() const { return exit_code_; }
  const std::string& message() const { return message_; }
  const char* what() const noexcept override { return message_.c_str(); }

 private:
  int exit_code_;
  std::string message_;
};

// What an exception means for the user: the exit code, and the text to print.
RunEnd run_end(const std::exception& error);

// Runs work on the root; every rank must call this. Throws RunEnd on every rank if work throws.
void on_root(const Communicator& communicator, const std::function<void()>& work);

}  // namespace markhor
