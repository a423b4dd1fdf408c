// A molecule: nuclei, charge and spin multiplicity.
#pragma once

#include <array>
#include <vector>

namespace markhor {

struct Atom {
  int atomic_number = 0;
  std::array<double, 3> position{};  // bohr
};

struct Molecule {
  std::vector<Atom> atoms;
  int charge = 0;
  int multiplicity = 1;  // 2S + 1

  int electrons() const;
  int up_electrons() const;          // (electrons + multiplicity - 1) / 2
  int down_electrons() const;        // (electrons - multiplicity + 1) / 2
  double nuclear_repulsion() const;  // Hartree
};

}  // namespace markhor
