// Hartree-Fock as campaigns run it: many searches at a time, each on one core.
#pragma once

#include <memory>
#include <string>

#include "molecule/molecule.hpp"
#include "surface/surface.hpp"

namespace markhor::benchmarks {

// In a basis set of the project. Throws InputError where there is none of that name, or none for an
// element.
std::unique_ptr<Surface> hartree_fock_engine(const Molecule& molecule, const std::string& basis);

}  // namespace markhor::benchmarks
