#include "io/unit.hpp"

#include "core/text.hpp"
#include "core/units.hpp"

namespace markhor {

namespace {

const std::vector<Unit>& known_units() {
  static const std::vector<Unit> list = {
      {"bohr", Dimension::length, 1.0},
      {"angstrom", Dimension::length, units::bohr_per_angstrom},
      {"hartree", Dimension::energy, 1.0},
      {"mhartree", Dimension::energy, 1e-3},
      {"ev", Dimension::energy, units::hartree_per_ev},
      {"kcal/mol", Dimension::energy, units::hartree_per_kcal_mol},
      {"kj/mol", Dimension::energy, units::hartree_per_kj_mol},
      {"hartree/bohr", Dimension::force, 1.0},
      {"ev/angstrom", Dimension::force, units::hartree_per_ev / units::bohr_per_angstrom},
      {"1/hartree", Dimension::inverse_energy, 1.0},
      {"1/ev", Dimension::inverse_energy, 1.0 / units::hartree_per_ev},
      {"mb", Dimension::memory, 1e6},
      {"gb", Dimension::memory, 1e9},
      {"tb", Dimension::memory, 1e12},
      {"seconds", Dimension::duration, 1.0},
      {"minutes", Dimension::duration, 60.0},
      {"hours", Dimension::duration, 3600.0},
  };
  return list;
}

struct Spelling {
  std::string_view written, unit;
};

constexpr Spelling spellings[] = {
    {"a0", "bohr"},
    {"\xc3\x85", "angstrom"},
    {"ang", "angstrom"},
    {"angstroms", "angstrom"},
    {"ha", "hartree"},
    {"eh", "hartree"},
    {"hartrees", "hartree"},
    {"mha", "mhartree"},
    {"millihartree", "mhartree"},
    {"ha/bohr", "hartree/bohr"},
    {"ev/ang", "ev/angstrom"},
    {"ev/\xc3\x85", "ev/angstrom"},
    {"hartree^-1", "1/hartree"},
    {"1/ha", "1/hartree"},
    {"ha^-1", "1/hartree"},
    {"ev^-1", "1/ev"},
    {"s", "seconds"},
    {"second", "seconds"},
    {"min", "minutes"},
    {"minute", "minutes"},
    {"h", "hours"},
    {"hour", "hours"},
};

// What "a.u." means depends on what is asked for.
const char* atomic_unit(Dimension dimension) {
  switch (dimension) {
    case Dimension::length:
      return "bohr";
    case Dimension::energy:
      return "hartree";
    case Dimension::force:
      return "hartree/bohr";
    case Dimension::inverse_energy:
      return "1/hartree";
    default:
      return "";
  }
}

}  // namespace

std::string dimension_text(Dimension dimension) {
  switch (dimension) {
    case Dimension::length:
      return "a length";
    case Dimension::energy:
      return "an energy";
    case Dimension::force:
      return "a force";
    case Dimension::inverse_energy:
      return "an inverse energy (imaginary time)";
    case Dimension::memory:
      return "an amount of memory";
    case Dimension::duration:
      return "a duration";
    case Dimension::none:
      break;
  }
  return "a bare number";
}

const Unit* find_unit(std::string_view name, Dimension wanted) {
  const std::string word = lower_case(name);
  if (word == "au" || word == "a.u.") {
    const std::string atomic = atomic_unit(wanted);
    return atomic.empty() ? nullptr : find_unit(atomic);
  }
  return find_unit(word);
}

const Unit* find_unit(std::string_view name) {
  std::string word = lower_case(name);
  for (const Spelling& spelling : spellings) {
    if (word == spelling.written) word = spelling.unit;
  }
  for (const Unit& unit : known_units()) {
    if (word == unit.name) return &unit;
  }
  return nullptr;
}

std::vector<std::string> unit_names(Dimension dimension) {
  std::vector<std::string> names;
  for (const Unit& unit : known_units()) {
    if (unit.dimension == dimension) names.push_back(unit.name);
  }
  return names;
}

}  // namespace markhor
