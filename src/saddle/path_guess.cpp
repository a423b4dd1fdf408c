#include "saddle/path_guess.hpp"

#include <algorithm>
#include <cmath>

namespace markhor {

namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

using Cloud = Eigen::Matrix3Xd;

Cloud cloud(const VectorXd& positions) { return positions.reshaped(3, positions.size() / 3); }

double distance(const VectorXd& x, Index a, Index b) {
  return (x.segment<3>(3 * a) - x.segment<3>(3 * b)).norm();
}

// A least-squares problem in the coordinates of an image.
class ImageFit {
 public:
  // share: 0 at the reactant, 1 at the product.
  ImageFit(const VectorXd& reactant, const VectorXd& product, const std::vector<bool>& frozen,
           double share);

  VectorXd solve() const;

 private:
  struct Pair {
    Index a, b;
    double length;  // wanted
  };
  // Rows of the Jacobian and residuals at x.
  void linearize(const VectorXd& x, MatrixXd& jacobian, VectorXd& residuals) const;
  double cost(const VectorXd& x) const;
  VectorXd start() const;

  std::vector<Pair> pairs_;
  VectorXd line_;  // the straight line's point
  std::vector<Index> moving_;
};

ImageFit::ImageFit(const VectorXd& reactant, const VectorXd& product,
                   const std::vector<bool>& frozen, double share)
    : line_((1.0 - share) * reactant + share * product) {
  const auto stays = [&frozen](Index atom) {
    return !frozen.empty() && frozen[static_cast<std::size_t>(atom)];
  };
  const Index atoms = reactant.size() / 3;
  for (Index a = 0; a < atoms; ++a) {
    if (stays(a)) {
      line_.segment<3>(3 * a) = reactant.segment<3>(3 * a);
    } else {
      for (Index k = 0; k < 3; ++k) moving_.push_back(3 * a + k);
    }
    for (Index b = a + 1; b < atoms; ++b) {
      if (stays(a) && stays(b)) continue;
      pairs_.push_back(
          {a, b, (1.0 - share) * distance(reactant, a, b) + share * distance(product, a, b)});
    }
  }
}

void ImageFit::linearize(const VectorXd& x, MatrixXd& jacobian, VectorXd& residuals) const {
  // Of a pull of one bohr off the line, against one of a pair of one bohr.
  constexpr double pull = 1e-3;
  constexpr double nearest = 1e-3;  // bohr, where a pair has no direction
  const auto pairs = static_cast<Index>(pairs_.size());
  jacobian = MatrixXd::Zero(pairs + x.size(), x.size());
  residuals.resize(pairs + x.size());
  for (Index p = 0; p < pairs; ++p) {
    const Pair& pair = pairs_[static_cast<std::size_t>(p)];
    const Eigen::Vector3d r = x.segment<3>(3 * pair.a) - x.segment<3>(3 * pair.b);
    const double d = std::max(r.norm(), nearest), weight = 1.0 / (pair.length * pair.length);
    residuals[p] = weight * (d - pair.length);
    jacobian.block<1, 3>(p, 3 * pair.a) = weight / d * r.transpose();
    jacobian.block<1, 3>(p, 3 * pair.b) = -weight / d * r.transpose();
  }
  jacobian.bottomRows(x.size()) = pull * MatrixXd::Identity(x.size(), x.size());
  residuals.tail(x.size()) = pull * (x - line_);
  jacobian = MatrixXd(jacobian(Eigen::all, moving_));
}

double ImageFit::cost(const VectorXd& x) const {
  MatrixXd jacobian;
  VectorXd residuals;
  linearize(x, jacobian, residuals);
  return residuals.squaredNorm();
}

// A little off the line, never the same way for two coordinates: where atoms would pass through
// each other, or all lie on a line, nothing else says to which side they should go.
VectorXd ImageFit::start() const {
  constexpr double aside = 0.1;  // bohr
  VectorXd x = line_;
  for (const Index k : moving_) x[k] += aside * std::sin(1.0 + 2.3 * static_cast<double>(k));
  return x;
}

// Levenberg and Marquardt's method (J. J. More, Lect. Notes Math. 630, 105 (1978)).
VectorXd ImageFit::solve() const {
  constexpr int max_iterations = 500;
  constexpr double smallest_step = 1e-8;  // bohr
  VectorXd x = start();
  double damping = 1e-3;
  MatrixXd jacobian;
  VectorXd residuals;
  for (int i = 0; i < max_iterations; ++i) {
    linearize(x, jacobian, residuals);
    MatrixXd normal = jacobian.transpose() * jacobian;
    normal.diagonal().array() += damping;
    const VectorXd step = normal.ldlt().solve(-jacobian.transpose() * residuals);
    VectorXd next = x;
    next(moving_) += step;
    if (cost(next) < residuals.squaredNorm()) {
      x = next;
      damping = std::max(damping / 3.0, 1e-12);
      if (step.norm() < smallest_step) break;
    } else {
      damping *= 4.0;
      if (damping > 1e6) break;
    }
  }
  return x;
}

}  // namespace

VectorXd aligned(const VectorXd& moving, const VectorXd& fixed) {
  Cloud from = cloud(moving), to = cloud(fixed);
  const Eigen::Vector3d from_centre = from.rowwise().mean(), to_centre = to.rowwise().mean();
  from.colwise() -= from_centre;
  to.colwise() -= to_centre;
  const Eigen::JacobiSVD<Eigen::Matrix3d> svd(Eigen::Matrix3d(to * from.transpose()),
                                              Eigen::ComputeFullU | Eigen::ComputeFullV);
  const double hand = (svd.matrixU() * svd.matrixV().transpose()).determinant();
  const Eigen::Matrix3d turn = svd.matrixU() *
                               Eigen::Vector3d(1.0, 1.0, hand < 0.0 ? -1.0 : 1.0).asDiagonal() *
                               svd.matrixV().transpose();
  const Cloud result = (turn * from).colwise() + to_centre;
  return result.reshaped();
}

std::vector<VectorXd> interpolated_path(const VectorXd& reactant, const VectorXd& product,
                                        const std::vector<bool>& frozen, int images) {
  std::vector<VectorXd> path = {reactant};
  for (int k = 1; k <= images; ++k) {
    const VectorXd image =
        ImageFit(reactant, product, frozen, static_cast<double>(k) / (images + 1)).solve();
    // Distances do not say where the whole is, and the pull to the line says it weakly.
    path.push_back(frozen.empty() ? aligned(image, path.back()) : image);
  }
  path.push_back(product);
  return path;
}

VectorXd path_tangent(const std::vector<VectorXd>& path, std::size_t image) {
  return (path.at(image + 1) - path.at(image - 1)).normalized();
}

}  // namespace markhor
