#include "saddle/lowest_modes.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "curvature/davidson.hpp"

namespace markhor {

namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

// Hessian-vector products by calls, remembered; a vector in the span of those known costs nothing.
class Products {
 public:
  Products(const SearchProblem& problem, const SearchPoint& point, const MatrixXd& internal,
           const LowestModesOptions& options)
      : problem_(problem), point_(point), internal_(internal), options_(options) {}

  MatrixXd operator()(const MatrixXd& vectors) {
    MatrixXd result(vectors.rows(), vectors.cols());
    for (Index k = 0; k < vectors.cols(); ++k) result.col(k) = product(vectors.col(k));
    return result;
  }
  // The symmetric part of what was measured, in the space of the directions.
  Eigen::SelfAdjointEigenSolver<MatrixXd> in_span() const;
  bool exhausted() const { return exhausted_; }
  const MatrixXd& directions() const { return directions_; }
  const MatrixXd& products() const { return products_; }

 private:
  bool is_enough() const;
  VectorXd product(const VectorXd& vector);
  VectorXd measured(const VectorXd& direction);

  const SearchProblem& problem_;
  const SearchPoint& point_;
  const MatrixXd& internal_;
  const LowestModesOptions& options_;
  MatrixXd directions_, products_;  // internal x calls
  int calls_ = 0;
  bool exhausted_ = false;
};

Eigen::SelfAdjointEigenSolver<MatrixXd> Products::in_span() const {
  const MatrixXd small = directions_.transpose() * products_;
  return Eigen::SelfAdjointEigenSolver<MatrixXd>{MatrixXd(0.5 * (small + small.transpose()))};
}

bool Products::is_enough() const {
  return calls_ >= options_.enough_calls && directions_.cols() > 0 &&
         in_span().eigenvalues()[0] < options_.enough_curvature;
}

VectorXd Products::product(const VectorXd& vector) {
  VectorXd rest = vector, result = VectorXd::Zero(vector.size());
  if (directions_.cols() > 0) {
    const VectorXd known = directions_.transpose() * vector;
    rest -= directions_ * known;
    result = products_ * known;
  }
  if (rest.norm() < 1e-8 * vector.norm()) return result;
  if (calls_ >= options_.max_calls || is_enough()) {
    exhausted_ = true;
    return result;
  }
  const VectorXd direction = rest.normalized(), found = measured(direction);
  if (found.size() == 0) {
    exhausted_ = true;
    return result;
  }
  const Index count = directions_.cols();
  directions_.conservativeResize(vector.size(), count + 1);
  products_.conservativeResize(vector.size(), count + 1);
  directions_.col(count) = direction;
  products_.col(count) = found;
  return result + rest.norm() * found;
}

// Empty if there is no energy beside the point.
VectorXd Products::measured(const VectorXd& direction) {
  const VectorXd step = options_.separation * (internal_ * direction);
  ++calls_;
  const VectorXd ahead =
      evaluate_point(problem_, problem_.space.moved(point_.positions, step), options_.purpose)
          .forces;
  if (ahead.size() == 0) return {};
  return internal_.transpose() * (point_.forces - ahead) / options_.separation;
}

// Divides by the model's eigenvalues minus the current value.
Preconditioner model_preconditioner(const Eigen::SelfAdjointEigenSolver<MatrixXd>& model) {
  return [&model](const VectorXd& residual, double value) -> VectorXd {
    constexpr double smallest = 0.02;  // Hartree/bohr^2
    VectorXd weights = model.eigenvectors().transpose() * residual;
    for (Index i = 0; i < weights.size(); ++i) {
      weights[i] /= std::max(model.eigenvalues()[i] - value, smallest);
    }
    return model.eigenvectors() * weights;
  };
}

// Softer modes than this do not count as softer, nor as negative. No column where there is one.
MatrixXd newton_guess(const Eigen::SelfAdjointEigenSolver<MatrixXd>& model,
                      const VectorXd& forces) {
  constexpr double softest = 0.005;  // Hartree/bohr^2
  if (model.eigenvalues()[0] < -softest) return MatrixXd(forces.size(), 0);
  const VectorXd along = model.eigenvectors().transpose() * forces;
  return model.eigenvectors() * along.cwiseQuotient(model.eigenvalues().cwiseMax(softest));
}

void solve_in_span(const MatrixXd& internal, const Products& products, LowestModes& result) {
  const MatrixXd& v = products.directions();
  const Eigen::SelfAdjointEigenSolver<MatrixXd> solver = products.in_span();
  const Index modes = std::min<Index>(result.modes.cols(), v.cols());
  const MatrixXd vectors = solver.eigenvectors().leftCols(modes);
  result.curvatures = solver.eigenvalues().head(modes);
  result.modes = internal * v * vectors;
  result.residuals = (products.products() * vectors - v * vectors * result.curvatures.asDiagonal())
                         .colwise()
                         .norm();
  result.directions = internal * v;
  result.products = internal * products.products();
}

// Columns of norm one, with arbitrary vectors of the given length added: overlaps with all modes.
MatrixXd scattered(const MatrixXd& starts, double length) {
  MatrixXd arbitrary(starts.rows(), starts.cols());
  for (Index i = 0; i < arbitrary.size(); ++i) {
    arbitrary.reshaped()[i] = std::sin(1.0 + 2.3 * static_cast<double>(i));
  }
  return starts.colwise().normalized() + length * arbitrary.colwise().normalized();
}

}  // namespace

LowestModes find_lowest_modes(const SearchProblem& problem, const SearchPoint& point,
                              const MatrixXd& model, const MatrixXd& guess,
                              const LowestModesOptions& options) {
  const MatrixXd internal = problem.space.internal_motions(point.positions);
  const Eigen::SelfAdjointEigenSolver<MatrixXd> reduced{
      MatrixXd(internal.transpose() * model * internal)};
  const Index modes = std::min<Index>(options.modes, internal.cols());
  const MatrixXd beside = guess.size() > 0
                              ? MatrixXd(internal.transpose() * guess)
                              : newton_guess(reduced, internal.transpose() * point.forces);
  MatrixXd start(internal.cols(), modes + beside.cols());
  start << reduced.eigenvectors().leftCols(modes), beside;
  if (options.scatter > 0.0) start = scattered(start, options.scatter);
  LowestModesOptions limited = options;
  if (options.purpose == CallPurpose::rotation) {
    limited.max_calls = std::min(options.max_calls, remaining_calls(problem));
  }
  Products products(problem, point, internal, limited);
  DavidsonOptions davidson;
  davidson.roots = static_cast<int>(modes);
  davidson.tolerance = options.tolerance;
  davidson.sign_floor = options.sign_floor;
  davidson.max_iterations = options.max_calls;
  LowestModes result;
  result.modes.resize(problem.space.size(), modes);
  const Eigenpairs pairs = lowest_eigenpairs([&](const MatrixXd& x) { return products(x); },
                                             model_preconditioner(reduced), start, davidson);
  if (products.directions().cols() == 0) {
    result.status = "no energy beside the point";
    return result;
  }
  solve_in_span(internal, products, result);
  result.converged = pairs.converged && !products.exhausted();
  result.status = result.converged ? "converged" : "not converged in the calls allowed";
  return result;
}

MatrixXd corrected_hessian(const MatrixXd& model, const LowestModes& learned) {
  const MatrixXd &v = learned.directions, &y = learned.products;
  if (v.cols() == 0) return model;
  const MatrixXd outside = MatrixXd::Identity(v.rows(), v.rows()) - v * v.transpose();
  const MatrixXd inner = v.transpose() * y;
  return outside * model * outside + y * v.transpose() + v * y.transpose() -
         0.5 * v * (inner + inner.transpose()) * v.transpose();
}

}  // namespace markhor
