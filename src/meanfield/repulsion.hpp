// Coulomb and exchange matrices of density matrices, from stored or recomputed integrals.
#pragma once

#include <Eigen/Dense>
#include <memory>
#include <vector>

#include "molecule/basis_set.hpp"
#include "molecule/molecule.hpp"

namespace markhor {

// J_ij = sum_kl (ij|kl) D_kl and K_ij = sum_kl (ik|jl) D_kl.
struct CoulombExchange {
  Eigen::MatrixXd coulomb, exchange;
};

class Repulsion {
 public:
  virtual ~Repulsion() = default;
  // One pair (J, K) per density. The densities are symmetric, functions x functions.
  virtual std::vector<CoulombExchange> build(const std::vector<Eigen::MatrixXd>& densities) = 0;
  // True if small densities are cheaper, so that building from differences of densities pays.
  virtual bool gains_from_small_densities() const = 0;
};

// Stored integrals if they fit in memory_limit (bytes), else recomputed ones; by that many threads.
std::unique_ptr<Repulsion> make_repulsion(const Molecule& molecule, const BasisSet& basis,
                                          double memory_limit, int threads);

// Bytes that stored integrals over that many functions take.
double stored_repulsion_bytes(int functions);

}  // namespace markhor
