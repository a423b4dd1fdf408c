#include "app/command_line.hpp"

#include <algorithm>
#include <filesystem>

#include "app/keys.hpp"
#include "core/text.hpp"
#include "io/tokens.hpp"

namespace markhor {

namespace {

struct CommandWord {
  std::string_view word;
  Action action;
};

constexpr CommandWord commands[] = {
    {"check", Action::check}, {"continue", Action::continue_run}, {"keys", Action::keys},
    {"show", Action::show},   {"version", Action::version},       {"help", Action::help},
};

// Options besides --section.key=value, and the commands they belong to.
struct OptionSpec {
  std::string_view name;
  std::vector<Action> actions;
  std::string_view home;  // for messages
};

const std::vector<OptionSpec>& options() {
  static const std::vector<OptionSpec> list = {
      {"overwrite", {Action::run, Action::check}, "markhor DECK"},
      {"json", {Action::show}, "markhor show"},
      {"markdown", {Action::keys}, "markhor keys"},
  };
  return list;
}

bool is_file(const std::string& path) {
  std::error_code error;
  return std::filesystem::exists(path, error);
}

// What a word that is neither a command nor a file was probably meant to be.
std::string likely_command(const std::string& word) {
  if (is_file(word)) return "";
  std::vector<std::string> names;
  for (const CommandWord& command : commands) names.emplace_back(command.word);
  return closest_match(lower_case(word), names);
}

Action action_of(const Arguments& arguments) {
  for (const ArgumentOption& option : arguments.options) {
    if (option.name == "help" || option.name == "h") return Action::help;
    if (option.name == "version") return Action::version;
  }
  if (arguments.words.empty()) return Action::help;
  for (const CommandWord& command : commands) {
    if (arguments.words[0] == command.word) return command.action;
  }
  return Action::run;
}

// A key of the deck that was written without its section, as "--vmc.steps"; "" if it is none.
std::string full_key_name(const std::string& name) {
  for (const KeySpec& key : key_table().keys()) {
    if (key.name == name) return "--" + key.section + "." + key.name;
  }
  return "";
}

std::string unknown_option(const ArgumentOption& option) {
  std::string sentence = "there is no option '" + option.written + "'";
  if (const std::string full = full_key_name(lower_case(option.name)); !full.empty()) {
    return sentence + "; did you mean " + full + "=...?";
  }
  std::vector<std::string> names = {"help", "version"};
  for (const OptionSpec& spec : options()) names.emplace_back(spec.name);
  const std::string likely = closest_match(lower_case(option.name), names);
  if (!likely.empty()) return sentence + "; did you mean '--" + likely + "'?";
  return sentence +
         "; there are --section.key=value, --overwrite, --json, --markdown, --help, "
         "--version";
}

void add_override(const ArgumentOption& option, Command& command, Faults& faults) {
  if (command.action != Action::run && command.action != Action::check &&
      command.action != Action::continue_run) {
    faults.add({}, "'" + option.written +
                       "' belongs to `markhor DECK`, `markhor check DECK` and `markhor continue "
                       "FILE`");
    return;
  }
  if (!option.has_value) {
    faults.add({}, "'" + option.written + "' has no value; write " + option.written + "=VALUE");
    return;
  }
  const std::size_t dot = option.name.find('.');
  command.overrides.push_back({lower_case(trim(option.name.substr(0, dot))),
                               lower_case(trim(option.name.substr(dot + 1))),
                               std::string(trim(option.value)), option.written});
}

void add_option(const ArgumentOption& option, Command& command, Faults& faults) {
  if (option.name.find('.') != std::string::npos) {
    add_override(option, command, faults);
    return;
  }
  const auto spec = std::find_if(options().begin(), options().end(), [&](const OptionSpec& known) {
    return known.name == option.name;
  });
  if (spec == options().end() || !option.written.starts_with("--")) {
    faults.add({}, unknown_option(option));
  } else if (std::count(spec->actions.begin(), spec->actions.end(), command.action) == 0) {
    faults.add({}, "'" + option.written + "' belongs to `" + std::string(spec->home) + "`");
  } else if (option.has_value) {
    faults.add({}, "'--" + option.name + "' takes no value");
  } else if (option.name == "overwrite") {
    command.overrides.push_back({"output", "overwrite", "yes", option.written});
  } else if (option.name == "json") {
    command.json = true;
  } else {
    command.markdown = true;
  }
}

void add_section(const std::vector<std::string>& words, Command& command, Faults& faults) {
  if (words.empty()) return;
  command.section = lower_case(words[0]);
  if (command.section.starts_with('[') && command.section.ends_with(']')) {
    command.section = command.section.substr(1, command.section.size() - 2);
  }
  if (key_table().find_section(command.section) == nullptr) {
    faults.add({}, key_table().unknown_section(command.section));
  }
}

void add_file(const std::vector<std::string>& words, Command& command, Faults& faults) {
  if (words.empty()) {
    faults.add({}, command.action == Action::check ? "`markhor check` needs a deck"
                   : command.action == Action::show
                       ? "`markhor show` needs a result file"
                       : "`markhor continue` needs the result file of a run");
    return;
  }
  command.file = words[0];
}

}  // namespace

Command parse_command_line(const std::vector<std::string>& arguments) {
  Faults faults;
  const Arguments parts = read_arguments(arguments, faults);
  Command command;
  command.action = action_of(parts);
  if (command.action == Action::help || command.action == Action::version) {
    if (!parts.options.empty() || parts.words.size() == 1 || arguments.empty()) return command;
  }
  std::vector<std::string> words = parts.words;
  if (command.action != Action::run) words.erase(words.begin());
  const std::string likely = command.action == Action::run ? likely_command(words[0]) : "";
  if (!likely.empty()) {
    faults.add({}, "'" + words[0] +
                       "' is neither a command nor a deck file; did you mean `markhor " + likely +
                       "`?");
  } else if (words.size() > 1) {
    faults.add({}, "'" + words[1] + "' is one word too many; see `markhor --help`");
  } else if (command.action == Action::keys) {
    add_section(words, command, faults);
  } else {
    add_file(words, command, faults);
  }
  for (const ArgumentOption& option : parts.options) add_option(option, command, faults);
  faults.throw_if_any();
  return command;
}

std::string help_text() {
  return "markhor: from a geometry to Hartree-Fock and quantum Monte Carlo energies\n"
         "\n"
         "  markhor DECK [--section.key=value ...] [--overwrite]   run a deck\n"
         "  markhor check DECK [--section.key=value ...]           check it without running\n"
         "  markhor continue FILE.h5 [--run.wall_time=...]         go on with a stopped run\n"
         "  markhor keys [SECTION] [--markdown]                    what a deck may say\n"
         "  markhor show FILE.h5 [--json]                          print the results of a run\n"
         "  markhor version                                        version and libraries\n"
         "  mpirun -n 64 markhor DECK                              run it on 64 ranks\n"
         "\n"
         "Exit codes: 0 done, 1 the calculation failed, 2 bad input, 3 stopped early by a signal "
         "or\n"
         "the wall limit, with a checkpoint.\n";
}

}  // namespace markhor
