// Searches on forces with planted errors of 0.05 eV/angstrom (energies: 0.05 eV), one a seed: how
// often the true saddle point lies within the errors that the posterior states.
// Usage: noisy_saddle leps|hcn [last seed, 100] [first seed, 1]
#include <cmath>
#include <cstdio>
#include <iostream>
#include <memory>
#include <stdexcept>
#include <string>

#include "benchmarks/hartree_fock_engine.hpp"
#include "core/units.hpp"
#include "molecule/coordinates.hpp"
#include "molecule/geometry.hpp"
#include "saddle/path_guess.hpp"
#include "saddle/saddle_search.hpp"
#include "surface/leps.hpp"
#include "surface/noisy_surface.hpp"

using namespace markhor;
using Eigen::VectorXd;

namespace {

struct NoisyCase {
  std::unique_ptr<Surface> surface;
  VectorXd guess;  // bohr
};

// The guesses of input_examples/h3.ini and hcn.ini.
NoisyCase leps_case() {
  const VectorXd guess{{0.0, 0.0, -1.05, 0.05, 0.0, 0.0, 0.0, 0.0, 0.85}};
  return {std::make_unique<LepsSurface>(), units::bohr_per_angstrom * guess};
}

NoisyCase hcn_case() {
  MoleculeInput input;
  input.atoms = {
      {"C", {0.0, 0.0, 0.0}, {}}, {"N", {1.18, 0.0, 0.0}, {}}, {"H", {0.5, 1.15, 0.0}, {}}};
  input.bohr_per_unit = units::bohr_per_angstrom;
  Faults faults;
  const Molecule molecule = build_molecule(input, faults);
  faults.throw_if_any();
  return {benchmarks::hartree_fock_engine(molecule, "3-21G"), positions_of(molecule)};
}

struct Tally {
  int searches = 0, converged = 0, within_one = 0, within_two = 0, calls = 0;
};

void add(const SaddleResult& found, const VectorXd& truth, Tally& tally) {
  ++tally.searches;
  tally.calls += found.search_calls + found.rotation_calls;
  if (!found.converged) return;
  ++tally.converged;
  const double off = (aligned(truth, found.positions) - found.positions).norm();
  const double error = found.position_errors.norm();
  if (off < error) ++tally.within_one;
  if (off < 2.0 * error) ++tally.within_two;
}

void run(NoisyCase one, std::uint64_t first, std::uint64_t last) {
  SaddleOptions options;
  options.verify = Verify::none;
  SaddleOptions tight = options;
  tight.limits.force_tolerance = 1e-5;
  const SaddleResult exact = find_saddle(*one.surface, one.guess, tight);
  if (!exact.converged) throw std::runtime_error("no saddle point without errors");
  Tally tally;
  for (std::uint64_t seed = first; seed <= last; ++seed) {
    NoiseOptions noise;
    noise.force_error = 0.05 * hartree_per_bohr_per_ev_per_angstrom;
    noise.energy_error = 0.05 * units::hartree_per_ev;
    noise.seed = seed;
    NoisySurface noisy(*one.surface, noise);
    add(find_saddle(noisy, one.guess, options), exact.positions, tally);
  }
  std::printf(
      "%d searches, %d converged, within one error bar %d, within two %d; %.1f calls each\n",
      tally.searches, tally.converged, tally.within_one, tally.within_two,
      double(tally.calls) / tally.searches);
}

}  // namespace

int main(int argc, char** argv) {
  try {
    const std::string name = argc > 1 ? argv[1] : "leps";
    if (name != "leps" && name != "hcn") throw std::invalid_argument("leps or hcn, not " + name);
    run(name == "hcn" ? hcn_case() : leps_case(), argc > 3 ? std::stoull(argv[3]) : 1,
        argc > 2 ? std::stoull(argv[2]) : 100);
  } catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 1;
  }
}
