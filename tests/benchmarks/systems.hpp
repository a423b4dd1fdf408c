// The molecules the benchmarks run on, with Hartree-Fock orbitals of this program.
#pragma once

#include <string>
#include <vector>

#include "wavefunction/factory.hpp"

namespace markhor::benchmarks {

// `copies` water molecules 6 bohr apart on a line (geometry of the shipped input example), cc-pVTZ,
// RHF orbitals, the starting Jastrow of these terms; the three-body coefficients are made nonzero.
TrialWaveFunction water_cluster(int copies, const std::vector<std::string>& jastrow,
                                bool cusp_correction);

// One of these water molecules in any shipped basis, with the Jastrow factor of `options`.
TrialWaveFunction water_molecule(const std::string& basis, const WaveFunctionOptions& options);

}  // namespace markhor::benchmarks
