#include "program.hpp"

#include <sys/wait.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "core/text.hpp"
#include "support/catch.hpp"

namespace markhor {

namespace fs = std::filesystem;

Workshop::Workshop(const std::string& name) : path_((fs::current_path() / name).string()) {
  fs::remove_all(path_);
  fs::create_directories(path_);
}

Workshop::~Workshop() {
  std::error_code error;
  fs::remove_all(path_, error);
}

void Workshop::write(const std::string& file, const std::string& content) const {
  std::ofstream(path_ + "/" + file) << content;
}

std::string Workshop::read(const std::string& file) const {
  return read_text_file(path_ + "/" + file);
}

bool Workshop::has(const std::string& file) const { return fs::exists(path_ + "/" + file); }

Outcome Workshop::run(const std::string& arguments, int ranks) const {
  std::string command = "cd '" + path_ + "' && ";
  if (ranks > 1) {
    command += "OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1 '" MARKHOR_MPIRUN
               "' --oversubscribe -n " +
               std::to_string(ranks) + " ";
  }
  command += "'" MARKHOR_PROGRAM "' " + arguments + " >stdout.txt 2>stderr.txt </dev/null";
  Outcome outcome;
  const int status = std::system(command.c_str());
  if (WIFEXITED(status)) outcome.exit_code = WEXITSTATUS(status);
  outcome.output = read("stdout.txt");
  outcome.errors = read("stderr.txt");
  return outcome;
}

std::string Workshop::refusal(const std::string& deck) const {
  write("deck.ini", deck);
  const Outcome outcome = run("deck.ini");
  INFO(outcome.output);
  CHECK(outcome.exit_code == 2);
  CHECK_FALSE(has("deck.h5"));
  return outcome.errors;
}

std::string lasting_part(const std::string& json) {
  std::string result;
  std::size_t start = 0;
  while (start < json.size()) {
    const std::size_t end = json.find('\n', start);
    const std::string line = json.substr(start, end - start);
    if (line.find("second") == std::string::npos) result += line + "\n";
    if (end == std::string::npos) break;
    start = end + 1;
  }
  return result;
}

double json_number(const std::string& json, const std::string& key) {
  const std::string opening = "\"" + key + "\": ";
  const std::size_t start = json.find(opening);
  INFO(key << " in " << json);
  REQUIRE(start != std::string::npos);
  return std::strtod(json.c_str() + start + opening.size(), nullptr);
}

}  // namespace markhor
