#include "app/command_line.hpp"

#include "core/errors.hpp"
#include "support/catch.hpp"

using namespace markhor;

namespace {

std::string fault_of(const std::vector<std::string>& arguments) {
  try {
    parse_command_line(arguments);
  } catch (const InputError& error) {
    return error.what();
  }
  return "accepted";
}

}  // namespace

TEST_CASE("commands") {
  CHECK(parse_command_line({}).action == Action::help);
  CHECK(parse_command_line({"--help"}).action == Action::help);
  CHECK(parse_command_line({"-h"}).action == Action::help);
  CHECK(parse_command_line({"--version"}).action == Action::version);
  CHECK(parse_command_line({"version"}).action == Action::version);
  CHECK(parse_command_line({"check", "a.ini"}).action == Action::check);
  CHECK(parse_command_line({"show", "a.h5", "--json"}).json);
  CHECK(parse_command_line({"continue", "a.h5"}).action == Action::continue_run);
  CHECK(parse_command_line({"keys"}).section.empty());
  CHECK(parse_command_line({"keys", "[VMC]"}).section == "vmc");
  const Command run = parse_command_line({"a.ini", "--vmc.Steps=1e4", "--overwrite"});
  CHECK(run.action == Action::run);
  CHECK(run.file == "a.ini");
  REQUIRE(run.overrides.size() == 2);
  CHECK(run.overrides[0].section == "vmc");
  CHECK(run.overrides[0].key == "steps");
  CHECK(run.overrides[0].value == "1e4");
  CHECK(run.overrides[1].key == "overwrite");
}

TEST_CASE("a value may start with a dash or hold an equals sign") {
  CHECK(parse_command_line({"a.ini", "--molecule.charge=-1"}).overrides[0].value == "-1");
  CHECK(parse_command_line({"a.ini", "--output.file=a=b.h5"}).overrides[0].value == "a=b.h5");
}

TEST_CASE("command-line faults") {
  CHECK(fault_of({"chekc", "a.ini"}) ==
        "'chekc' is neither a command nor a deck file; did you mean `markhor check`?");
  CHECK(fault_of({"a.ini", "--overwrit"}) ==
        "there is no option '--overwrit'; did you mean '--overwrite'?");
  CHECK(fault_of({"a.ini", "--steps=10"}) ==
        "there is no option '--steps=10'; did you mean --vmc.steps=...?");
  CHECK(fault_of({"a.ini", "--colour"}) ==
        "there is no option '--colour'; there are --section.key=value, --overwrite, --json, "
        "--markdown, --help, --version");
  CHECK(fault_of({"a.ini", "-overwrite"}) ==
        "there is no option '-overwrite'; did you mean --output.overwrite=...?");
  CHECK(fault_of({"a.ini", "--vmc.steps", "10"}) ==
        "'10' is one word too many; see `markhor --help`\n"
        "'--vmc.steps' has no value; write --vmc.steps=VALUE");
  CHECK(fault_of({"a.ini", "--json"}) == "'--json' belongs to `markhor show`");
  CHECK(fault_of({"show", "a.h5", "--vmc.steps=3"}) ==
        "'--vmc.steps=3' belongs to `markhor DECK`, `markhor check DECK` and `markhor continue "
        "FILE`");
  CHECK(fault_of({"a.ini", "--overwrite=yes"}) == "'--overwrite' takes no value");
  CHECK(fault_of({"check"}) == "`markhor check` needs a deck");
  CHECK(fault_of({"show"}) == "`markhor show` needs a result file");
  CHECK(fault_of({"a.ini", "--"}) == "'--' is not an option; write --name or --section.key=value");
  CHECK(fault_of({"keys", "vcm"}) ==
        "there is no section [vcm]; did you mean [vmc]? This version has [molecule], [basis], "
        "[scf], [wavefunction], [optimize], [vmc], [dmc], [surface], [saddle], [output], [run]");
}
