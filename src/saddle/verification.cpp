#include "saddle/verification.hpp"

#include <algorithm>
#include <cmath>

#include "saddle/lowest_modes.hpp"
#include "saddle/model_hessian.hpp"

namespace markhor {

namespace {

// Curvatures nearer to zero have no sign: differences of forces do not tell them better.
constexpr double flattest = 5e-4;  // Hartree/bohr^2
// On a surface with errors: what a curvature must be away from zero, in its standard errors.
constexpr double sigmas = 2.0;

using Eigen::Index;
using Eigen::MatrixXd;

// -1, 1, or 0 where it is not known.
int sign_of(const VerifiedMode& mode) {
  const double margin = std::max({flattest, mode.residual, sigmas * mode.error});
  return mode.curvature > margin ? 1 : mode.curvature < -margin ? -1 : 0;
}

// found: "1 of the 2 lowest modes of the Hessian is negative".
std::string verdict(const std::string& found, int negative, bool saddle) {
  if (negative == (saddle ? 1 : 0)) {
    return found + (saddle ? ": a saddle point of first order" : ": a minimum");
  }
  return found + (saddle ? ": not a saddle point of first order" : ": not a minimum");
}

std::string modes_sentence(const SaddleResult& result) {
  return std::to_string(result.negative_modes) + " of the " + std::to_string(result.modes.size()) +
         " lowest modes of the Hessian " + (result.negative_modes == 1 ? "is" : "are") +
         " negative";
}

bool wants_saddle(const SaddleOptions& options) { return options.method != SaddleMethod::minimize; }

// Davidson's method starts from the lowest modes of the Hessian that the search has learned, or of
// a model, and the one that was climbed.
MatrixXd verify_modes(const SearchProblem& problem, const SearchOutcome& outcome,
                      const SearchPoint& point, const SaddleOptions& options,
                      SaddleResult& result) {
  const MatrixXd model =
      outcome.hessian.size() > 0 ? outcome.hessian : model_hessian(problem.space, point.positions);
  LowestModesOptions modes;
  modes.modes = 2;
  modes.max_calls = options.max_verification_calls;
  modes.tolerance = 0.01;
  modes.sign_floor = flattest;
  modes.scatter = 0.2;
  modes.separation = 0.0025 * units::bohr_per_angstrom;  // wrong by 0.001 along stretches at most
  modes.purpose = CallPurpose::verification;
  const LowestModes found = find_lowest_modes(problem, point, model, outcome.mode, modes);
  if (found.curvatures.size() == 0) {
    result.verification = "the Hessian was not looked at: " + found.status;
    return {};
  }
  for (Index i = 0; i < found.curvatures.size(); ++i) {
    result.modes.push_back(
        {found.curvatures[i], found.residuals[i], problem.space.expanded(found.modes.col(i))});
    if (sign_of(result.modes.back()) < 0) ++result.negative_modes;
  }
  const std::string sentence = modes_sentence(result);
  if (!found.converged) {
    result.verification = sentence + ", from calls too few to be sure";
  } else if (found.curvatures.cwiseAbs().minCoeff() < flattest) {
    result.verification = sentence + ", one of them within 0.0005 hartree/bohr^2 of zero";
  } else {
    result.verification = verdict(sentence, result.negative_modes, wants_saddle(options));
  }
  return corrected_hessian(model, found);
}

// The two lowest modes of the Hessian itself stand beside the vibrations, which masses mix.
void take_lowest_modes(const SearchProblem& problem, const MatrixXd& hessian,
                       const SearchPoint& point, SaddleResult& result) {
  const MatrixXd internal = problem.space.internal_motions(point.positions);
  const Eigen::SelfAdjointEigenSolver<MatrixXd> solver{
      MatrixXd(internal.transpose() * hessian * internal)};
  for (Index i = 0; i < std::min<Index>(2, internal.cols()); ++i) {
    result.modes.push_back({solver.eigenvalues()[i], 0.0,
                            problem.space.expanded(internal * solver.eigenvectors().col(i))});
  }
}

MatrixXd verify_hessian(const SearchProblem& problem, const SearchPoint& point,
                        const SaddleOptions& options, SaddleResult& result) {
  const HessianResult measured = measure_hessian(problem, point);
  if (!measured.found) {
    result.verification = "the Hessian was not computed: " + measured.status;
    return {};
  }
  take_lowest_modes(problem, measured.hessian, point, result);
  result.frequencies =
      harmonic_frequencies(problem.space, point.positions, measured.hessian, options.masses);
  result.negative_modes = result.frequencies->imaginary;
  const std::string sentence = std::to_string(result.negative_modes) + " of " +
                               std::to_string(result.frequencies->wavenumbers.size()) +
                               " frequencies " + (result.negative_modes == 1 ? "is" : "are") +
                               " imaginary";
  result.verification = verdict(sentence, result.negative_modes, wants_saddle(options));
  return measured.hessian;
}

// Differences of forces with errors would say less than the model that learned from all of them.
MatrixXd verify_posterior(const PosteriorPoint& known, const SaddleOptions& options,
                          SaddleResult& result) {
  bool sure = true;
  result.modes = known.modes;
  for (const VerifiedMode& mode : known.modes) {
    if (mode.curvature < 0.0) ++result.negative_modes;
    sure = sure && std::abs(mode.curvature) > sigmas * mode.error;
  }
  const std::string sentence =
      modes_sentence(result) + ", on the model that was learned" +
      (options.verify == Verify::hessian ? " (no full Hessian from forces with errors)" : "");
  result.verification = sure ? verdict(sentence, result.negative_modes, wants_saddle(options))
                             : sentence + ", one of them within two of its errors of zero";
  return known.hessian;
}

}  // namespace

bool is_refuted(const SaddleResult& result) {
  if (result.modes.empty()) return false;
  const int first = sign_of(result.modes[0]);
  if (result.method == SaddleMethod::minimize) return first < 0;
  return first > 0 || (result.modes.size() > 1 && sign_of(result.modes[1]) < 0);
}

MatrixXd verify(const SearchProblem& problem, const SearchOutcome& outcome,
                const SaddleOptions& options, SaddleResult& result) {
  const SearchPoint point{outcome.positions, outcome.value,
                          problem.space.reduced(outcome.value.forces)};
  const MatrixXd hessian = outcome.posterior ? verify_posterior(*outcome.posterior, options, result)
                           : options.verify == Verify::hessian
                               ? verify_hessian(problem, point, options, result)
                               : verify_modes(problem, outcome, point, options, result);
  result.verified = hessian.size() > 0;
  return hessian;
}

}  // namespace markhor
