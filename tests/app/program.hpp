// Runs the real program in a folder of its own.
#pragma once

#include <string>

namespace markhor {

struct Outcome {
  int exit_code = -1;
  std::string output, errors;  // stdout, stderr
};

// A folder under the working directory, empty at the start and removed at the end. Programs are run
// inside it.
class Workshop {
 public:
  explicit Workshop(const std::string& name);
  ~Workshop();
  Workshop(const Workshop&) = delete;
  Workshop& operator=(const Workshop&) = delete;

  void write(const std::string& file, const std::string& content) const;
  std::string read(const std::string& file) const;
  bool has(const std::string& file) const;
  // arguments as the shell takes them. ranks > 1: under mpirun.
  Outcome run(const std::string& arguments, int ranks = 1) const;
  // Writes the deck as deck.ini, runs it, and returns what it said on stderr; the exit code must be
  // 2 and no result file may appear.
  std::string refusal(const std::string& deck) const;

 private:
  std::string path_;
};

// Everything `show --json` prints but what the clock decides.
std::string lasting_part(const std::string& json);

// The number behind "key": in a JSON text, which must be there.
double json_number(const std::string& json, const std::string& key);

}  // namespace markhor
