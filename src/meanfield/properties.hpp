// What a converged state has to tell beyond its energy.
#pragma once

#include "meanfield/fock.hpp"
#include "meanfield/scf.hpp"

namespace markhor {

// Fills the energy components, <S^2>, the dipole moment, the energy-weighted density and the
// canonical orbitals of the result.
void fill_properties(const ScfProblem& problem, const Molecule& molecule, const ScfState& state,
                     ScfResult& result);

}  // namespace markhor
