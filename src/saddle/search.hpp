// What every search for a stationary point is given and what it gives back.
#pragma once

#include <Eigen/Dense>
#include <optional>
#include <string>
#include <vector>

#include "core/units.hpp"
#include "saddle/evaluations.hpp"
#include "saddle/free_coordinates.hpp"

namespace markhor {

enum class ForceMeasure {
  largest_on_a_particle,  // largest Euclidean norm of a particle's three components
  norm  // Euclidean norm of all components, as the published dimer studies have it
};

inline constexpr double hartree_per_bohr_per_ev_per_angstrom =
    units::hartree_per_ev / units::bohr_per_angstrom;

struct SearchLimits {
  double force_tolerance = 0.01 * hartree_per_bohr_per_ev_per_angstrom;  // Hartree/bohr
  ForceMeasure measure = ForceMeasure::largest_on_a_particle;
  int max_calls = 300;  // of search and rotation together, or of descent
  // The search is given up when the energy has risen by so much above the guess, Hartree.
  double max_rise = 10.0 * units::hartree_per_ev;
};

// What a search works on: the guess, the room to move, the record of calls.
struct SearchProblem {
  Evaluations& evaluations;
  const FreeCoordinates& space;
  Eigen::VectorXd guess;      // 3n, bohr
  Eigen::VectorXd direction;  // D, first guess of the mode to climb; empty: none
  SearchLimits limits;
  CallPurpose purpose = CallPurpose::search;  // of steps: search, or descent
};

// A mode of lowest curvature.
struct VerifiedMode {
  double curvature = 0.0;  // Hartree/bohr^2
  double residual = 0.0;   // |H v - c v|, Hartree/bohr^2; 0 of a full Hessian
  Eigen::VectorXd mode;    // 3n, unit vector
  double error = 0.0;      // of the curvature, one standard error; 0: of exact forces
};

// What a model learned from calls with errors knows of the stationary point it has. All errors are
// one standard error.
struct PosteriorPoint {
  double force_error = 0.0;         // of the largest force, or of the norm, Hartree/bohr
  Eigen::VectorXd position_errors;  // 3n, of where the forces vanish, bohr; zero where frozen
  Eigen::MatrixXd hessian;          // D x D, Hartree/bohr^2
  std::vector<VerifiedMode> modes;  // the two lowest
};

struct SearchOutcome {
  bool converged = false;
  std::string status;         // a sentence
  Eigen::VectorXd positions;  // 3n, bohr: the last point, or the best one
  SurfaceValue value;         // there
  Eigen::VectorXd mode;       // D, the mode that was climbed; empty for a minimization
  double curvature = 0.0;     // along it as the method knows it, Hartree/bohr^2
  int steps = 0;
  Eigen::MatrixXd hessian = {};  // D x D, as the method knows it at the end; empty: it knows none
  // On a surface with errors, where position and value are the model's.
  std::optional<PosteriorPoint> posterior = {};
};

// One true evaluation of a search: the value, and forces on what moves.
struct SearchPoint {
  Eigen::VectorXd positions;  // 3n
  SurfaceValue value;
  Eigen::VectorXd forces;  // D
};

SearchPoint evaluate_point(const SearchProblem& problem, const Eigen::VectorXd& positions,
                           CallPurpose purpose, const CallContext& context = {});

bool has_errors(const SurfaceValue& value);  // of its forces
double force_size(const Eigen::VectorXd& forces, ForceMeasure measure);
bool is_converged(const SearchProblem& problem, const SearchPoint& point);
int remaining_calls(const SearchProblem& problem);
bool calls_left(const SearchProblem& problem);
// Above the guess, which is the first call.
bool has_risen_too_far(const SearchProblem& problem, const SearchPoint& point);

// "converged: the largest force is 0.0081 eV/angstrom after 17 calls"
std::string convergence_sentence(const SearchProblem& problem, const SearchPoint& point);
// "not converged after 300 calls: the largest force is still 0.2 eV/angstrom"
std::string exhaustion_sentence(const SearchProblem& problem, const SearchPoint& point);

}  // namespace markhor
