#include "sample_keys.hpp"

#include "support/catch.hpp"

namespace markhor {

namespace {

KeySpec key(std::string section, std::string name, ValueKind kind, std::string default_text) {
  KeySpec spec;
  spec.section = std::move(section);
  spec.name = std::move(name);
  spec.kind = kind;
  spec.default_text = std::move(default_text);
  spec.help = "help for " + spec.name;
  return spec;
}

KeySpec number(std::string section, std::string name, ValueKind kind, std::string default_text,
               Dimension dimension, std::string unit, Range range) {
  KeySpec spec = key(std::move(section), std::move(name), kind, std::move(default_text));
  spec.dimension = dimension;
  spec.unit = std::move(unit);
  spec.range = range;
  return spec;
}

std::vector<KeySpec> keys() {
  std::vector<KeySpec> list = {
      key("molecule", "geometry", ValueKind::path, ""),
      key("molecule", "atom", ValueKind::lines, ""),
      number("molecule", "charge", ValueKind::integer, "0", Dimension::none, "", {}),
      number("molecule", "bond", ValueKind::real, "1", Dimension::length, "bohr",
             greater_than(0.0)),
      key("basis", "set", ValueKind::text, ""),
      key("scf", "method", ValueKind::word, "auto"),
      key("scf", "jastrow", ValueKind::list, "ee en"),
      number("vmc", "steps", ValueKind::integer, "4000", Dimension::none, "", at_least(1.0)),
      number("vmc", "time_step", ValueKind::real, "auto", Dimension::inverse_energy, "1/hartree",
             greater_than(0.0)),
      number("vmc", "acceptance", ValueKind::real, "0.5", Dimension::none, "", between(0, 1)),
      number("vmc", "target_error", ValueKind::real, "none", Dimension::energy, "hartree",
             greater_than(0.0)),
      key("output", "overwrite", ValueKind::yes_no, "no"),
  };
  list[4].required = true;
  list[5].words = {"auto", "rhf", "uhf", "rohf"};
  list[6].words = {"none", "ee", "en", "een"};
  list[8].words = {"auto"};
  list[10].words = {"none"};
  return list;
}

}  // namespace

const KeyTable& sample_keys() {
  static const KeyTable table(
      {{"molecule", "the molecule", false, true, {}},
       {"basis", "the basis set", false, true, {}},
       {"scf", "Hartree-Fock", true, false, {}},
       {"vmc", "variational Monte Carlo", true, false, {"scf"}},
       {"output", "the result file", false, true, {}}},
      keys(),
      {{"tau", "vmc", "time_step", ""}, {"nblocks", "", "", "blocks are formed by themselves"}},
      {{"hf", "", "", "Hartree-Fock is [scf]"}});
  return table;
}

Deck good_deck(const std::string& text, const std::vector<Override>& overrides) {
  Faults faults;
  Deck deck = Deck::parse(sample_keys(), text, "deck.ini", overrides, faults);
  INFO(text);
  for (const Fault& fault : faults.list()) UNSCOPED_INFO(to_string(fault));
  REQUIRE(faults.empty());
  return deck;
}

std::vector<std::string> faults_of(const std::string& text,
                                   const std::vector<Override>& overrides) {
  Faults faults;
  Deck::parse(sample_keys(), text, "deck.ini", overrides, faults);
  std::vector<std::string> messages;
  for (const Fault& fault : faults.list()) messages.push_back(to_string(fault));
  return messages;
}

std::string fault_of(const std::string& text, const std::vector<Override>& overrides) {
  const std::vector<std::string> messages = faults_of(text, overrides);
  for (const std::string& message : messages) UNSCOPED_INFO(message);
  REQUIRE(messages.size() == 1);
  return messages[0];
}

}  // namespace markhor
