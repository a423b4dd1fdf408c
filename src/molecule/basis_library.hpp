// Finds a basis set by name or path and puts it on the atoms of a molecule.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/errors.hpp"
#include "molecule/basis_set.hpp"
#include "molecule/molecule.hpp"

namespace markhor {

struct BasisInput {
  std::string set;                   // a name in one of the folders ("cc-pVDZ"), or a path
  std::vector<std::string> folders;  // searched in order for NAME.g94 and NAME.sto in any case
  std::optional<bool> cartesian;     // empty: as the file declares
  Place place;                       // of the deck's `set =`
};

// The shells of an atom come in order of angular momentum, then as in the file. A name may be spelt
// as papers do ("6-31G*", "6-31G(d)") or as its file ("6-31gs").
// Faults: no such set (nearest name and the folder's list), a malformed line (file and line), an
// element the set does not define (all missing elements at once).
BasisSet load_basis(const BasisInput& input, const Molecule& molecule, Faults& faults);

// Names of the sets in the folders, sorted.
std::vector<std::string> available_basis_sets(const std::vector<std::string>& folders);

}  // namespace markhor
