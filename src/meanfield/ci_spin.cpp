#include "meanfield/ci_spin.hpp"

#include <algorithm>

namespace markhor {

namespace {

using Eigen::Index;
using Eigen::Map;
using Eigen::MatrixXd;
using Eigen::VectorXd;

}  // namespace

SpinOperator::SpinOperator(const CiSpace& space) : space_(space) {
  const int n = space.orbitals();
  if (space.down().electrons() == 0 || space.up().electrons() == n) return;
  const Strings ups(n, space.up().electrons() + 1), downs(n, space.down().electrons() - 1);
  raised_ups_ = ups.size();
  raised_downs_ = downs.size();
  up_flips_.resize(static_cast<std::size_t>(n));
  down_flips_.resize(static_cast<std::size_t>(n));
  for (int p = 0; p < n; ++p) {
    const auto at = static_cast<std::size_t>(p);
    for (int i = 0; i < space.up().size(); ++i) {
      const Occupation string = space.up()[i];
      if ((string & bit(p)) != 0) continue;
      up_flips_[at].push_back(
          {i, ups.index(string | bit(p)), static_cast<double>(parity(string & below(p)))});
    }
    for (int i = 0; i < space.down().size(); ++i) {
      const Occupation string = space.down()[i];
      if ((string & bit(p)) == 0) continue;
      down_flips_[at].push_back(
          {i, downs.index(string & ~bit(p)), static_cast<double>(parity(string & below(p)))});
    }
  }
}

// Up to the sign of passing all up electrons, which S_- takes back.
MatrixXd SpinOperator::raise(const VectorXd& vector) const {
  const Map<const MatrixXd> c(vector.data(), space_.down().size(), space_.up().size());
  MatrixXd result = MatrixXd::Zero(raised_downs_, raised_ups_);
  for (std::size_t p = 0; p < up_flips_.size(); ++p) {
    for (const Flip& up : up_flips_[p]) {
      for (const Flip& down : down_flips_[p]) {
        result(down.to, up.to) += up.sign * down.sign * c(down.from, up.from);
      }
    }
  }
  return result;
}

void SpinOperator::subtract_lowered(const MatrixXd& raised, double scale, VectorXd& vector) const {
  Map<MatrixXd> c(vector.data(), space_.down().size(), space_.up().size());
  for (std::size_t p = 0; p < up_flips_.size(); ++p) {
    for (const Flip& up : up_flips_[p]) {
      for (const Flip& down : down_flips_[p]) {
        c(down.from, up.from) -= scale * up.sign * down.sign * raised(down.to, up.to);
      }
    }
  }
}

double SpinOperator::spin_squared(const VectorXd& vector) const {
  const double ms = 0.5 * (space_.up().electrons() - space_.down().electrons());
  return ms * (ms + 1.0) + raise(vector).squaredNorm();
}

// S_- S_+ has the eigenvalue S (S + 1) - Ms (Ms + 1) = k (2 Ms + k + 1) for S = Ms + k. From the
// largest S down, so that no factor magnifies what later ones remove.
void SpinOperator::project(VectorXd& vector) const {
  const int unpaired = space_.up().electrons() - space_.down().electrons();
  const int flips =
      std::min(space_.down().electrons(), space_.orbitals() - space_.up().electrons());
  for (int k = flips; k > 0; --k) {
    subtract_lowered(raise(vector), 1.0 / (k * (unpaired + k + 1.0)), vector);
  }
}

}  // namespace markhor
