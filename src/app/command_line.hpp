// The command line, understood.
#pragma once

#include <string>
#include <vector>

#include "io/deck.hpp"

namespace markhor {

enum class Action { run, check, continue_run, keys, show, version, help };

struct Command {
  Action action = Action::help;
  std::string file;                 // the deck (run, check) or the result file (continue, show)
  std::string section;              // keys: empty for all
  std::vector<Override> overrides;  // run, check, continue; --overwrite is one of them
  bool json = false, markdown = false;
};

// arguments: without the program's name. Throws InputError with every fault: an unknown command or
// option (with a suggestion), one that does not belong to the command, too few or too many words.
Command parse_command_line(const std::vector<std::string>& arguments);

std::string help_text();

}  // namespace markhor
