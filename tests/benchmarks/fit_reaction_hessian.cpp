// Makes coefficients for saddle/reaction_hessian.cpp: a least-squares fit of the terms of
// saddle/valence_terms.hpp to GFN2-xTB Hessians at the geometries of a folder, every second one; on
// the others it is tried. Those that stand there are of an earlier fit to another half of them; the
// ones that this prints differ by up to 0.2 and serve as well: the lowest modes overlap with the
// true ones by 0.77 on the molecules fitted and by 0.80 on the others (five minutes).
// Usage: fit_reaction_hessian FOLDER      with */NAME.xyz, as saddle_benchmark reads them
//
// With the eigenvectors U and eigenvalues e of a true Hessian of internal motions,
//
//   minimize  sum over molecules | W (U^T H(c) U - diag(e)) W |^2 + ridge |c|^2,
//   W = diag((|e| + delta)^-1/2),
//
// so that errors count by their size beside the curvatures: soft modes are what a search needs.
#include <Eigen/Dense>
#include <cmath>
#include <cstdio>
#include <exception>
#include <vector>

#include "benchmarks/saddle_cases.hpp"
#include "engine/xtb_surface.hpp"
#include "saddle/free_coordinates.hpp"
#include "saddle/surface_prior.hpp"
#include "saddle/valence_terms.hpp"

using namespace markhor;
using namespace markhor::benchmarks;
using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

namespace {

constexpr double delta = 0.05;  // Hartree/bohr^2
constexpr double ridge = 0.1;
constexpr auto terms = static_cast<Index>(valence_term_count);

// A molecule's true Hessian in the eigenvectors of its internal motions.
struct Sample {
  std::vector<ValencePiece> pieces;
  MatrixXd modes;       // 3n x M
  VectorXd curvatures;  // M
};

Sample sample_of(const SaddleCase& one) {
  XtbSurface surface(one.molecule);
  const FreeCoordinates space(surface.system(), {});
  const VectorXd positions = start_of(one, "").positions;
  const MatrixXd internal = space.internal_motions(positions);
  const MatrixXd hessian = surface_prior(surface, space).hessian(positions);
  const Eigen::SelfAdjointEigenSolver<MatrixXd> solver{
      MatrixXd(internal.transpose() * hessian * internal)};
  return {valence_pieces(surface.system().atomic_numbers, positions),
          internal * solver.eigenvectors(), solver.eigenvalues()};
}

// The Hessian of every term, M x M as a column, in scaled modes (3n x M).
MatrixXd term_columns(const Sample& sample, const MatrixXd& scaled) {
  const Index m = scaled.cols();
  MatrixXd columns = MatrixXd::Zero(m * m, terms);
  for (const ValencePiece& piece : sample.pieces) {
    VectorXd b = VectorXd::Zero(m), c = b;
    for (std::size_t i = 0; i < piece.atoms.size(); ++i) {
      const auto rows = scaled.middleRows(3 * piece.atoms[i], 3).transpose();
      b += rows * piece.b.segment<3>(3 * static_cast<Index>(i));
      c += rows * piece.c.segment<3>(3 * static_cast<Index>(i));
    }
    const MatrixXd part = 0.5 * (b * c.transpose() + c * b.transpose());
    for (const auto& [number, weight] : piece.terms) {
      columns.col(static_cast<Index>(number)) += weight * part.reshaped();
    }
  }
  return columns;
}

std::vector<double> fit(const std::vector<Sample>& samples) {
  MatrixXd normal = ridge * MatrixXd::Identity(terms, terms);
  VectorXd right = VectorXd::Zero(terms);
  for (std::size_t i = 0; i < samples.size(); i += 2) {
    const Sample& sample = samples[i];
    const VectorXd weights = (sample.curvatures.array().abs() + delta).rsqrt();
    const MatrixXd columns = term_columns(sample, sample.modes * weights.asDiagonal());
    const MatrixXd wanted =
        sample.curvatures.cwiseProduct(weights.cwiseAbs2()).asDiagonal().toDenseMatrix();
    normal += columns.transpose() * columns;
    right += columns.transpose() * wanted.reshaped();
  }
  const VectorXd solution = normal.ldlt().solve(right);
  return {solution.begin(), solution.end()};
}

// Of the lowest mode with the true one.
void report_overlaps(const char* which, const std::vector<Sample>& samples, std::size_t first,
                     const std::vector<double>& coefficients) {
  double sum = 0.0;
  int count = 0, good = 0;
  for (std::size_t i = first; i < samples.size(); i += 2, ++count) {
    const Sample& sample = samples[i];
    const MatrixXd model = valence_hessian(sample.pieces, coefficients, sample.modes.rows());
    const Eigen::SelfAdjointEigenSolver<MatrixXd> solver{
        MatrixXd(sample.modes.transpose() * model * sample.modes)};
    const double overlap = std::abs(solver.eigenvectors()(0, 0));
    sum += overlap;
    if (overlap > 0.7) ++good;
  }
  std::fprintf(stderr, "%s: %d molecules, mean overlap %.3f, above 0.7 in %.2f\n", which, count,
               sum / count, double(good) / count);
}

int run(const char* folder) {
  std::vector<Sample> samples;
  for (const SaddleCase& one : read_saddle_cases(folder)) samples.push_back(sample_of(one));
  const std::vector<double> coefficients = fit(samples);
  report_overlaps("fitted", samples, 0, coefficients);
  report_overlaps("not fitted", samples, 1, coefficients);
  for (const double value : coefficients) std::printf("%.4f\n", value);
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: fit_reaction_hessian FOLDER\n");
    return 2;
  }
  try {
    return run(argv[1]);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "fit_reaction_hessian: %s\n", error.what());
    return 1;
  }
}
