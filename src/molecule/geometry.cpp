#include "molecule/geometry.hpp"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <cstdio>
#include <string>

#include "core/text.hpp"
#include "molecule/element.hpp"

namespace markhor {

namespace {

constexpr double coincidence_distance = 0.1;  // bohr; far below any bond

// What an unknown symbol was probably meant to be: the element in front of a label such as "C1" or
// "H_a", else the nearest symbol; "" if nothing is near.
std::string suggested_element(const std::string& symbol) {
  std::string letters;
  for (char c : symbol) {
    if (std::isalpha(static_cast<unsigned char>(c)) == 0) break;
    letters += c;
  }
  if (const int number = atomic_number(letters)) return element_symbol(number);
  std::string capitalized = lower_case(symbol);
  if (!capitalized.empty()) {
    capitalized[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(capitalized[0])));
  }
  std::vector<std::string> candidates;
  for (int z = 1; z <= max_atomic_number; ++z) candidates.push_back(element_symbol(z));
  return closest_match(capitalized, candidates);
}

void add_unknown_element(const AtomLine& line, Faults& faults) {
  std::string message = "'" + line.symbol + "' is not a chemical element";
  const std::string suggestion = suggested_element(line.symbol);
  if (!suggestion.empty()) message += "; did you mean '" + suggestion + "'?";
  faults.add(line.place, message);
}

std::string atom_name(const MoleculeInput& input, std::size_t index) {
  std::string name = "atom " + std::to_string(index + 1) + " (" + input.atoms[index].symbol;
  if (input.atoms[index].place.line > 0) {
    name += ", line " + std::to_string(input.atoms[index].place.line);
  }
  return name + ")";
}

double distance_between(const AtomLine& a, const AtomLine& b) {
  return std::hypot(a.position[0] - b.position[0], a.position[1] - b.position[1],
                    a.position[2] - b.position[2]);
}

void check_distances(const MoleculeInput& input, Faults& faults) {
  for (std::size_t i = 0; i < input.atoms.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      const double distance =
          distance_between(input.atoms[i], input.atoms[j]) * input.bohr_per_unit;
      if (distance >= coincidence_distance) continue;
      char text[32];
      std::snprintf(text, sizeof text, "%.3g bohr", distance);
      faults.add(input.atoms[i].place, atom_name(input, i) + " lies " + text + " from " +
                                           atom_name(input, j) +
                                           "; two nuclei must be at least 0.1 bohr apart");
    }
  }
}

// "1, 3, 5, ..., 11" for ten electrons.
std::string allowed_multiplicities(int electrons) {
  const int first = electrons % 2 + 1, last = electrons + 1;
  if (last <= first + 6) {
    std::string list = std::to_string(first);
    for (int m = first + 2; m <= last; m += 2) list += ", " + std::to_string(m);
    return list;
  }
  return std::to_string(first) + ", " + std::to_string(first + 2) + ", " +
         std::to_string(first + 4) + ", ..., " + std::to_string(last);
}

void check_electrons(const MoleculeInput& input, const Molecule& molecule, Faults& faults) {
  const int electrons = molecule.electrons();
  if (electrons < 1) {
    faults.add(input.charge_place,
               "charge " + std::to_string(input.charge) + " leaves " +
                   (electrons == 0 ? "no electrons" : "fewer than no electrons") +
                   "; the nuclei carry " + std::to_string(electrons + input.charge) +
                   " charges, so the charge can be at most " +
                   std::to_string(electrons + input.charge - 1));
    return;
  }
  const int unpaired = input.multiplicity - 1;
  if (input.multiplicity < 1 || unpaired > electrons || (electrons - unpaired) % 2 != 0) {
    faults.add(input.multiplicity_place, "multiplicity " + std::to_string(input.multiplicity) +
                                             " does not fit " + std::to_string(electrons) +
                                             (electrons == 1 ? " electron" : " electrons") +
                                             "; allowed: " + allowed_multiplicities(electrons) +
                                             " (the number of unpaired electrons plus one)");
  }
}

}  // namespace

Molecule build_molecule(const MoleculeInput& input, Faults& faults) {
  Molecule molecule;
  molecule.charge = input.charge;
  molecule.multiplicity = input.multiplicity;
  if (input.atoms.empty()) {
    faults.add(input.charge_place, "the molecule has no atoms");
    return molecule;
  }
  bool all_known = true;
  for (const AtomLine& line : input.atoms) {
    Atom atom;
    atom.atomic_number = atomic_number(line.symbol);
    for (std::size_t k = 0; k < 3; ++k) atom.position[k] = line.position[k] * input.bohr_per_unit;
    if (atom.atomic_number == 0) {
      add_unknown_element(line, faults);
      all_known = false;
    }
    molecule.atoms.push_back(atom);
  }
  check_distances(input, faults);
  // The electron count means nothing while an element is unknown.
  if (all_known) check_electrons(input, molecule, faults);
  return molecule;
}

}  // namespace markhor
