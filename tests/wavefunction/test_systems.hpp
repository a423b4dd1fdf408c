// Small trial wave functions with every feature switched on and no physics asked of them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "wavefunction/factory.hpp"

namespace markhor::testing {

// Loads a shipped basis set.
BasisSet shipped_basis(const std::string& name, const Molecule& molecule,
                       std::optional<bool> cartesian = std::nullopt);

// OH, five up and four down electrons, random orbitals in the named basis (four more
// than electrons of each spin), all
// Jastrow parameters nonzero (three-body ones within the cusp conditions).
TrialWaveFunction random_hydroxyl(const std::string& basis, std::vector<std::string> jastrow,
                                  bool cusp_correction);

// For random_hydroxyl: excitations of none to four electrons of either spin, one CSF of several
// determinants, two CSFs that share a parameter.
DeterminantExpansion hydroxyl_expansion();

// One lane's electron positions, 3 x electrons, spread over the molecule; every lane differs.
std::vector<double> random_positions(const Molecule& molecule, int lane, std::uint64_t seed);

// Puts random positions on all lanes of a fresh tile and rebuilds it.
Tile random_tile(const WaveFunction& wave_function, const Molecule& molecule,
                 WaveFunctionScratch& scratch, std::uint64_t seed);

std::vector<double> lane_positions(const Tile& tile, int electrons, int lane);

}  // namespace markhor::testing
