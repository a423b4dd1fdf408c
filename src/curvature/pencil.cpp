#include "curvature/pencil.hpp"

#include <algorithm>
#include <cmath>
#include <complex>
#include <numeric>
#include <stdexcept>

namespace markhor {

namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

// The columns x with x^T S x = 1 that span all but the numerical null space of S.
MatrixXd canonical_basis(const MatrixXd& s, double threshold) {
  VectorXd scale = VectorXd::Zero(s.rows());
  for (Index i = 0; i < s.rows(); ++i) {
    if (s(i, i) > 0.0) scale(i) = 1.0 / std::sqrt(s(i, i));
  }
  const MatrixXd scaled = scale.asDiagonal() * (0.5 * (s + s.transpose())) * scale.asDiagonal();
  const Eigen::SelfAdjointEigenSolver<MatrixXd> solver(scaled);
  const VectorXd& values = solver.eigenvalues();
  const double smallest = threshold * values(values.size() - 1);
  const Index kept = (values.array() > std::max(smallest, 0.0)).count();
  return scale.asDiagonal() * solver.eigenvectors().rightCols(kept) *
         values.tail(kept).cwiseSqrt().cwiseInverse().asDiagonal();
}

bool in_window(double value, const RootChoice& choice, double width) {
  return value >= choice.reference - width * choice.window_below &&
         value <= choice.reference + width * choice.window_above;
}

bool is_real(std::complex<double> value, const RootChoice& choice) {
  return std::abs(value.imag()) <= choice.imaginary_tolerance;
}

std::string describe(const PencilRoot& root) {
  if (root.found) return root.widenings == 0 ? "found" : "found in a widened window";
  return root.real ? "no real root in the window, however widened"
                   : "no real root in the window; the closest one is complex";
}

}  // namespace

PencilSpectrum pencil_spectrum(const MatrixXd& h, const MatrixXd& s, double singular_threshold) {
  if (h.rows() == 0 || h.rows() != h.cols() || s.rows() != h.rows() || s.cols() != h.cols()) {
    throw std::invalid_argument("pencil_spectrum: H and S must be square and of equal size");
  }
  PencilSpectrum spectrum;
  if (!h.allFinite() || !s.allFinite()) {
    spectrum.status = "the matrices have elements that are not finite";
    return spectrum;
  }
  const MatrixXd basis = canonical_basis(s, singular_threshold);
  spectrum.dropped = int(h.rows() - basis.cols());
  if (basis.cols() == 0) {
    spectrum.status = "S is zero";
    return spectrum;
  }
  const Eigen::EigenSolver<MatrixXd> solver(basis.transpose() * h * basis);
  if (solver.info() != Eigen::Success) {
    spectrum.status = "the QR iteration did not converge";
    return spectrum;
  }
  // Unit vectors in a basis orthonormal in S have norm 1 in S.
  spectrum.values = solver.eigenvalues();
  spectrum.vectors = basis * solver.eigenvectors();
  const double first_norm = std::sqrt(std::max(s(0, 0), 0.0));
  spectrum.overlaps = VectorXd::Zero(spectrum.values.size());
  if (first_norm > 0.0) {
    spectrum.overlaps = (s.row(0) * spectrum.vectors).cwiseAbs().transpose() / first_norm;
  }
  spectrum.solved = true;
  spectrum.status = "solved";
  return spectrum;
}

RootRanking rank_roots(const PencilSpectrum& spectrum, const RootChoice& choice) {
  RootRanking ranking;
  ranking.order.resize(std::size_t(spectrum.values.size()));
  std::iota(ranking.order.begin(), ranking.order.end(), Index(0));
  std::sort(ranking.order.begin(), ranking.order.end(), [&](Index a, Index b) {
    // The order of the indices decides between the two of a complex pair.
    if (choice.preference == RootPreference::lowest) {
      const double left = spectrum.values(a).real(), right = spectrum.values(b).real();
      return left != right ? left < right : a < b;
    }
    const double left = spectrum.overlaps(a), right = spectrum.overlaps(b);
    return left != right ? left > right : a < b;
  });
  double width = 1.0;
  const auto acceptable = [&](Index root) {
    return is_real(spectrum.values(root), choice) &&
           in_window(spectrum.values(root).real(), choice, width);
  };
  while (std::none_of(ranking.order.begin(), ranking.order.end(), acceptable) &&
         ranking.widenings < choice.max_widenings) {
    width *= 2.0;
    ++ranking.widenings;
  }
  const auto rest = std::stable_partition(ranking.order.begin(), ranking.order.end(), acceptable);
  ranking.acceptable = int(rest - ranking.order.begin());
  return ranking;
}

VectorXd real_vector(const PencilSpectrum& spectrum, const MatrixXd& s, Index root) {
  const Eigen::VectorXcd vector = spectrum.vectors.col(root);
  std::complex<double> phase = s.row(0).dot(vector.transpose());
  if (std::abs(phase) < 1e-14 * std::sqrt(std::max(s(0, 0), 0.0))) {
    Index largest = 0;
    vector.cwiseAbs().maxCoeff(&largest);
    phase = vector(largest);
  }
  const VectorXd real = (vector * (std::conj(phase) / std::abs(phase))).real();
  return real / std::sqrt(real.dot(s * real));
}

PencilRoot pencil_root(const MatrixXd& h, const MatrixXd& s, const RootChoice& choice,
                       double singular_threshold) {
  const PencilSpectrum spectrum = pencil_spectrum(h, s, singular_threshold);
  PencilRoot root;
  root.dropped = spectrum.dropped;
  root.status = spectrum.status;
  if (!spectrum.solved) return root;
  const RootRanking ranking = rank_roots(spectrum, choice);
  const Index best = ranking.order.front();
  root.found = ranking.acceptable > 0;
  root.widenings = ranking.widenings;
  root.value = spectrum.values(best).real();
  root.imaginary = spectrum.values(best).imag();
  root.real = is_real(spectrum.values(best), choice);
  root.vector = real_vector(spectrum, s, best);
  root.overlap = spectrum.overlaps(best);
  root.status = describe(root);
  return root;
}

}  // namespace markhor
