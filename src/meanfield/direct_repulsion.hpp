// Coulomb and exchange matrices from integrals that are recomputed each time.
#pragma once

#include <vector>

#include "meanfield/repulsion.hpp"
#include "meanfield/shell_integrals.hpp"

namespace markhor {

// Direct method (J. Almlof, K. Faegri, K. Korsell, J. Comput. Chem. 3, 385 (1982)): a shell quartet
// is skipped if its Schwarz bound times the largest density elements it meets is negligible.
class DirectRepulsion : public Repulsion {
 public:
  DirectRepulsion(ShellQuartets quartets, int threads);

  std::vector<CoulombExchange> build(const std::vector<Eigen::MatrixXd>& densities) override;
  bool gains_from_small_densities() const override { return true; }

 private:
  ShellQuartets quartets_;
  int threads_;
};

}  // namespace markhor
