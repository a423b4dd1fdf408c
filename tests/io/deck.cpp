#include "io/deck.hpp"

#include "core/units.hpp"
#include "sample_keys.hpp"
#include "support/catch.hpp"

using namespace markhor;

namespace {
const std::string basis = "[basis]\nset = cc-pVDZ\n";
}

TEST_CASE("values, defaults and origins") {
  const Deck deck = good_deck(basis + "[VMC]\n Steps = 1e6 # many\n[scf]\nmethod=RHF\n",
                              {{"vmc", "acceptance", "0.6", "--vmc.acceptance=0.6"}});
  CHECK(deck.integer("vmc", "steps") == 1000000);
  CHECK(deck.word("scf", "method") == "rhf");
  CHECK(deck.real("vmc", "acceptance") == 0.6);
  CHECK(deck.real("molecule", "bond") == 1.0);
  CHECK(deck.value("vmc", "steps").origin == Origin::deck);
  CHECK(deck.value("vmc", "acceptance").origin == Origin::command_line);
  CHECK(deck.value("molecule", "bond").origin == Origin::default_value);
  CHECK(deck.place("vmc", "steps").line == 4);
  CHECK(deck.place("vmc", "time_step").line == 3);
}

TEST_CASE("units are converted to atomic units") {
  const auto bond = [](const std::string& value) {
    return good_deck(basis + "[molecule]\nbond = " + value + "\n").real("molecule", "bond");
  };
  CHECK(bond("1.757 bohr") == 1.757);
  CHECK(bond("0.93 angstrom") == 0.93 * units::bohr_per_angstrom);
  CHECK(bond("0.93angstrom") == 0.93 * units::bohr_per_angstrom);
  CHECK(bond("0.93 Angstrom") == 0.93 * units::bohr_per_angstrom);
  CHECK(bond("2 a.u.") == 2.0);
  CHECK(bond("1.25") == 1.25);
  const auto error = [](const std::string& value) {
    return good_deck(basis + "[vmc]\ntarget_error = " + value).real("vmc", "target_error");
  };
  CHECK(error("1 kcal/mol") == units::hartree_per_kcal_mol);
  CHECK(error("1e-3 eV") == 1e-3 * units::hartree_per_ev);
  CHECK(error("1e-3ev") == 1e-3 * units::hartree_per_ev);
  CHECK(error("4 kJ/mol") == 4 * units::hartree_per_kj_mol);
  CHECK(error("2 mHa") == 2e-3);
}

TEST_CASE("a number may be given as one of its words") {
  const Deck deck = good_deck(basis + "[vmc]\ntime_step = Auto\n");
  CHECK(deck.word("vmc", "time_step") == "auto");
  CHECK(good_deck(basis + "[vmc]\ntime_step = 0.01\n").word("vmc", "time_step").empty());
}

TEST_CASE("lists are words separated by blanks or commas") {
  const auto list = [](const std::string& value) {
    return good_deck(basis + "[scf]\njastrow = " + value + "\n").words("scf", "jastrow");
  };
  CHECK(list("ee en") == std::vector<std::string>{"ee", "en"});
  CHECK(list("EE, een") == std::vector<std::string>{"ee", "een"});
  CHECK(list("none") == std::vector<std::string>{"none"});
}

TEST_CASE("a hash is a comment only at the start of a word") {
  const Deck deck = good_deck("# first\n[basis] # the basis\nset = my#set.g94 # a file\n");
  CHECK(deck.text("basis", "set") == "my#set.g94");
}

TEST_CASE("repeated lines keep their order and places") {
  const Deck deck = good_deck(basis + "[molecule]\natom = O 0 0 0\n\natom = H 0 0 1\n");
  const DeckValue& atoms = deck.value("molecule", "atom");
  REQUIRE(atoms.texts.size() == 2);
  CHECK(atoms.texts[1] == "H 0 0 1");
  CHECK(atoms.places[0].line == 4);
  CHECK(atoms.places[1].line == 6);
}

TEST_CASE("command-line lines replace the deck's") {
  const Deck deck = good_deck(basis + "[molecule]\natom = O 0 0 0\natom = H 0 0 1\n",
                              {{"molecule", "atom", "He 0 0 0", "--molecule.atom=He 0 0 0"}});
  CHECK(deck.value("molecule", "atom").texts == std::vector<std::string>{"He 0 0 0"});
}

TEST_CASE("a stage brings the stages it needs") {
  CHECK_FALSE(good_deck(basis).has_section("scf"));
  const Deck deck = good_deck(basis + "[vmc]\n");
  CHECK(deck.has_section("scf"));
  CHECK(deck.has_section("output"));
  CHECK(good_deck(basis, {{"vmc", "steps", "10", "--vmc.steps=10"}}).has_section("vmc"));
}

TEST_CASE("paths start at the deck's folder") {
  Faults faults;
  const Deck deck = Deck::parse(sample_keys(), basis + "[molecule]\ngeometry = ../water.xyz\n",
                                "runs/a/deck.ini", {}, faults);
  CHECK(deck.file("molecule", "geometry") == "runs/water.xyz");
  CHECK(deck.relative_to_deck("/tmp/water.xyz") == "/tmp/water.xyz");
}

TEST_CASE("the resolved deck says where values come from and reads back") {
  const std::string text = basis + "[molecule]\natom = O 0 0 0\natom = H 0 0 1\nbond = 1 bohr\n" +
                           "[vmc]\ntime_step = 0.01\n";
  const Deck deck = good_deck(text, {{"vmc", "steps", "1e3", "--vmc.steps=1e3"}});
  const std::string resolved = deck.resolved();
  INFO(resolved);
  using Catch::Matchers::Contains;
  CHECK_THAT(resolved, Contains("steps = 1e3                                 # command line\n"));
  CHECK_THAT(resolved, Contains("atom = H 0 0 1                              # deck, line 5\n"));
  CHECK_THAT(resolved, Contains("method = auto                               # default\n"));
  CHECK_THAT(resolved, Contains("# geometry =                                # not given\n"));

  const Deck again = good_deck(resolved);
  for (const KeySpec& key : sample_keys().keys()) {
    const DeckValue& before = deck.value(key.section, key.name);
    const DeckValue& after = again.value(key.section, key.name);
    INFO(key.section << "." << key.name);
    CHECK(before.texts == after.texts);
    CHECK(before.words == after.words);
    CHECK(before.number == after.number);
    CHECK(before.yes == after.yes);
  }
}
