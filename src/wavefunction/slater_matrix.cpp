#include "wavefunction/slater_matrix.hpp"

#include <Eigen/LU>
#include <algorithm>
#include <cmath>

namespace markhor {

double invert_slater_matrix(int n, int stride, const Lanes* orbitals, Lanes* inverse,
                            const LaneMask& lanes, LogValue& value) {
  if (n == 0) return 0.0;
  double drift = 0.0;
  Eigen::MatrixXd matrix(n, n);
  const unsigned wanted = mask_bits(lanes);
  for (int lane = 0; lane < lane_count; ++lane) {
    if ((wanted >> lane & 1U) == 0) continue;
    for (int j = 0; j < n; ++j) {
      for (int k = 0; k < n; ++k) {
        matrix(j, k) = orbitals[(j * stride + k) * orbital_components][lane];
      }
    }
    const Eigen::PartialPivLU<Eigen::MatrixXd> lu(matrix);
    const Eigen::MatrixXd fresh = lu.inverse();
    double logarithm = 0.0, sign = lu.permutationP().determinant() < 0 ? -1.0 : 1.0;
    for (int k = 0; k < n; ++k) {
      logarithm += std::log(std::abs(lu.matrixLU()(k, k)));
      if (lu.matrixLU()(k, k) < 0.0) sign = -sign;
    }
    const double scale = fresh.cwiseAbs().maxCoeff();
    for (int j = 0; j < n; ++j) {
      for (int k = 0; k < n; ++k) {
        Lanes& element = inverse[j * n + k];
        drift = std::max(drift, std::abs(element[lane] - fresh(k, j)) / scale);
        element.set(lane, fresh(k, j));
      }
    }
    value.logarithm.set(lane, value.logarithm[lane] + logarithm);
    value.sign.set(lane, value.sign[lane] * sign);
  }
  return drift;
}

}  // namespace markhor
