#include "meanfield/repulsion.hpp"

#include "meanfield/direct_repulsion.hpp"
#include "meanfield/stored_repulsion.hpp"

namespace markhor {

namespace {

// What a primitive quartet may lack in an integral, in Hartree. Energies are sums of up to 10^9
// integrals of either sign; 1e-8 Hartree is asked of them.
constexpr double integral_precision = 1e-14;

}  // namespace

double stored_repulsion_bytes(int functions) {
  const double pairs = 0.5 * functions * (functions + 1.0);
  return 8.0 * 0.5 * pairs * (pairs + 1.0);
}

std::unique_ptr<Repulsion> make_repulsion(const Molecule& molecule, const BasisSet& basis,
                                          double memory_limit, int threads) {
  ShellQuartets quartets(molecule, basis, integral_precision);
  if (stored_repulsion_bytes(basis.size()) <= memory_limit) {
    return std::make_unique<StoredRepulsion>(quartets, threads);
  }
  return std::make_unique<DirectRepulsion>(std::move(quartets), threads);
}

}  // namespace markhor
