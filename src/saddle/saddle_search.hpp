// The search for a stationary point from start to verification: what `[saddle]` of a deck asks for.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "saddle/search.hpp"

namespace markhor {

enum class SaddleMethod { markhor, prfo, dimer, gp_dimer, otgp_dimer, minimize };
inline constexpr SaddleMethod saddle_methods[] = {SaddleMethod::markhor,    SaddleMethod::prfo,
                                                  SaddleMethod::dimer,      SaddleMethod::gp_dimer,
                                                  SaddleMethod::otgp_dimer, SaddleMethod::minimize};

struct SaddleOptions {
  SaddleMethod method = SaddleMethod::markhor;
  SearchLimits limits;
  std::vector<bool> frozen;   // one a particle, or empty for none
  Eigen::VectorXd direction;  // 3n, the mode to climb at first; empty: the method looks for it
  Surface* prior = nullptr;   // cheap beside the true one; `markhor` only. Null: none
  // The two lowest modes of the true Hessian at the end, from products with it.
  bool verify = true;
  int max_verification_calls = 16;
};

struct VerifiedMode {
  double curvature = 0.0;  // Hartree/bohr^2
  double residual = 0.0;   // |H v - c v|, Hartree/bohr^2
  Eigen::VectorXd mode;    // 3n, unit vector
};

struct SaddleResult {
  SaddleMethod method = SaddleMethod::markhor;
  bool converged = false;     // the forces vanish within the tolerance
  std::string status;         // a sentence
  Eigen::VectorXd positions;  // 3n, bohr
  SurfaceValue value;         // there
  double max_force = 0.0;     // largest on a moving particle, Hartree/bohr
  double force_norm = 0.0;    // of all moving coordinates
  Eigen::VectorXd mode;       // 3n, the mode that was climbed, a unit vector; zero if none
  bool verified = false;      // the true Hessian was looked at
  std::string verification;   // a sentence: what it says, or why it was not looked at
  int negative_modes = 0;     // among `modes`
  std::vector<VerifiedMode> modes;
  int steps = 0;
  int search_calls = 0, rotation_calls = 0, verification_calls = 0;
  double surface_seconds = 0.0, own_seconds = 0.0;
  std::vector<SurfaceCall> calls;  // all, in order
};

std::string method_name(SaddleMethod method);  // "markhor", "gp-dimer", ...

// guess: 3n, bohr. stored: calls of an earlier part of the same search, which are not paid again;
// listener: after every new call. Not converging is a status in the result. Throws
// std::invalid_argument where sizes do not fit.
SaddleResult find_saddle(Surface& surface, const Eigen::VectorXd& guess,
                         const SaddleOptions& options, std::vector<SurfaceCall> stored = {},
                         const Evaluations::Listener& listener = {});

}  // namespace markhor
