// The search for a stationary point from start to verification: what `[saddle]` of a deck asks for.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "saddle/descent.hpp"
#include "saddle/frequencies.hpp"
#include "saddle/search.hpp"

namespace markhor {

enum class SaddleMethod { markhor, prfo, dimer, gp_dimer, otgp_dimer, minimize };
inline constexpr SaddleMethod saddle_methods[] = {SaddleMethod::markhor,    SaddleMethod::prfo,
                                                  SaddleMethod::dimer,      SaddleMethod::gp_dimer,
                                                  SaddleMethod::otgp_dimer, SaddleMethod::minimize};

// What is looked at of the true Hessian at the end.
enum class Verify {
  none,
  modes,   // the two lowest, from products with it
  hessian  // all of it, and the frequencies
};
inline constexpr Verify verify_choices[] = {Verify::modes, Verify::hessian, Verify::none};

struct SaddleOptions {
  SaddleMethod method = SaddleMethod::markhor;
  SearchLimits limits;
  std::vector<bool> frozen;   // one a particle, or empty for none
  Eigen::VectorXd direction;  // 3n, the mode to climb at first; empty: the method looks for it
  Surface* prior = nullptr;   // cheap beside the true one; `markhor` only. Null: none
  Verify verify = Verify::modes;
  int max_verification_calls = 16;  // of modes; the full Hessian needs what it needs
  // One a particle, in u, for frequencies and paths down; equal ones give paths of steepest descent
  // in plain coordinates.
  std::vector<double> masses;
  bool irc = false;  // the paths down on both sides, if the Hessian was looked at
  DescentOptions descent;
};

struct SaddleResult {
  SaddleMethod method = SaddleMethod::markhor;
  bool converged = false;     // the forces vanish within the tolerance
  std::string status;         // a sentence
  Eigen::VectorXd positions;  // 3n, bohr
  SurfaceValue value;         // there
  double max_force = 0.0;     // largest on a moving particle, Hartree/bohr
  double force_norm = 0.0;    // of all moving coordinates
  // On a surface with errors position, value and Hessian are the model's, with errors of one
  // standard error; otherwise zero.
  double force_error = 0.0;         // of what the tolerance is compared with, Hartree/bohr
  Eigen::VectorXd position_errors;  // 3n, bohr
  Eigen::VectorXd mode;             // 3n, the mode that was climbed, a unit vector; zero if none
  bool verified = false;            // the true Hessian was looked at
  std::string verification;         // a sentence: what it says, or why it was not looked at
  int negative_modes = 0;           // among `modes`, or of the full Hessian
  std::vector<VerifiedMode> modes;
  std::optional<Frequencies> frequencies;  // of the full Hessian
  std::vector<Descent> descents;           // both ways down, if asked for
  std::string descent_status;              // a sentence; empty: not asked for, or not converged
  int steps = 0;
  int search_calls = 0, rotation_calls = 0, verification_calls = 0, descent_calls = 0;
  double surface_seconds = 0.0, own_seconds = 0.0;
  std::vector<SurfaceCall> calls;  // all, in order
};

// The Hessian was looked at, and shows beyond its errors something else than was searched for.
bool is_refuted(const SaddleResult& result);

std::string method_name(SaddleMethod method);  // "markhor", "gp-dimer", ...
std::optional<SaddleMethod> method_named(const std::string& name);
std::string verify_name(Verify verify);  // "none", "modes", "hessian"

// guess: 3n, bohr. stored: calls of an earlier part of the same search, which are not paid again;
// listener: after every new call. Not converging is a status in the result. Throws
// std::invalid_argument where sizes do not fit.
SaddleResult find_saddle(Surface& surface, const Eigen::VectorXd& guess,
                         const SaddleOptions& options, std::vector<SurfaceCall> stored = {},
                         const Evaluations::Listener& listener = {});

}  // namespace markhor
