// Every parameter of every kind: derivatives of ln|Psi| and of the local energy against finite
// differences of remade wave functions. Two elements, an open shell, several determinants, Gaussian
// and Slater functions, with cusp correction and without.
#include <cmath>

#include "support/catch.hpp"
#include "wavefunction/determinant_parameters.hpp"
#include "wavefunction/jastrow_parameters.hpp"
#include "wavefunction/test_systems.hpp"

using namespace markhor;
using namespace markhor::testing;

namespace {

constexpr ParameterSelection everything{true, true, true, true};

struct Measured {
  double logarithm = 0.0, kinetic = 0.0;
};

Measured measure(const TrialWaveFunction& trial, std::uint64_t seed, int lane) {
  const WaveFunction wave_function = make_wave_function(trial);
  WaveFunctionScratch scratch = wave_function.make_scratch();
  Tile tile = random_tile(wave_function, trial.molecule, scratch, seed);
  LogDerivatives derivatives = wave_function.make_derivatives();
  wave_function.derivatives(tile, scratch, derivatives);
  double sum = 0.0;
  for (const Lanes& l : derivatives.laplacian) sum += l[lane];
  for (const Lanes& g : derivatives.gradient) sum += g[lane] * g[lane];
  return {wave_function.log_value(tile, scratch).logarithm[lane], -0.5 * sum};
}

Measured changed(TrialWaveFunction trial, Eigen::Index parameter, double step, Eigen::Index count,
                 std::uint64_t seed, int lane) {
  const Eigen::VectorXd steps = step * Eigen::VectorXd::Unit(count, parameter);
  REQUIRE_FALSE(change_parameters(trial, everything, steps).has_value());
  return measure(trial, seed, lane);
}

void check(const TrialWaveFunction& trial, const std::string& name) {
  constexpr std::uint64_t seed = 12;
  const WaveFunction wave_function = make_wave_function(trial, everything);
  const std::vector<Parameter> parameters = selected_parameters(trial, everything);
  REQUIRE(wave_function.parameters() == parameters.size());
  WaveFunctionScratch scratch = wave_function.make_scratch();
  Tile tile = random_tile(wave_function, trial.molecule, scratch, seed);
  LogDerivatives derivatives = wave_function.make_derivatives();
  wave_function.derivatives(tile, scratch, derivatives);
  LaneVector log_derivative(parameters.size()), energy_derivative(parameters.size());
  wave_function.parameter_derivatives(tile, scratch, derivatives, log_derivative.data(),
                                      energy_derivative.data());
  const auto count = static_cast<Eigen::Index>(parameters.size());
  for (std::size_t p = 0; p < parameters.size(); ++p) {
    const int lane = static_cast<int>(p) % lane_count;
    // Near a node ln|Psi| bends on the scale of the inverse derivative.
    const double h = 1e-3 / std::max(1.0, 0.1 * std::abs(log_derivative[p][lane]));
    const auto at = [&](double step) {
      return changed(trial, static_cast<Eigen::Index>(p), step, count, seed, lane);
    };
    const Measured m2 = at(-2 * h), m1 = at(-h), p1 = at(h), p2 = at(2 * h);
    const auto difference = [&](double Measured::*f) {
      return (m2.*f - 8 * m1.*f + 8 * p1.*f - p2.*f) / (12 * h);
    };
    const double o = difference(&Measured::logarithm), e = difference(&Measured::kinetic);
    INFO(name << ": " << parameters[p].name << " lane " << lane);
    CHECK(std::abs(log_derivative[p][lane] - o) < 1e-6 * std::max(1.0, std::abs(o)));
    CHECK(std::abs(energy_derivative[p][lane] - e) < 1e-6 * std::max(10.0, std::abs(e)));
  }
}

void make_slater_functions(TrialWaveFunction& trial) {
  for (Shell& shell : trial.basis.shells) {
    for (std::size_t p = 0; p < shell.exponents.size(); ++p) {
      shell.exponents[p] = std::sqrt(shell.exponents[p]);
      shell.powers.push_back(static_cast<int>(p % 2));
    }
  }
}

}  // namespace

TEST_CASE("parameters: derivatives agree with finite differences", "[contract]") {
  TrialWaveFunction trial =
      random_hydroxyl("cc-pVDZ", {"ee", "ee_parallel", "en", "een", "een_parallel"}, false);
  check(trial, "one determinant");
  trial.options.cusp_correction = true;
  complete_trial(trial);
  check(trial, "one determinant with cusps");
  trial.expansion = hydroxyl_expansion();
  check(trial, "expansion with cusps");
  trial.options.cusp_correction = false;
  make_slater_functions(trial);
  complete_trial(trial);
  check(trial, "expansion of Slater functions");
  trial.options.cusp_correction = true;
  complete_trial(trial);
  check(trial, "expansion of Slater functions with cusps");
}

TEST_CASE("parameters: restricted orbitals rotate together", "[contract]") {
  TrialWaveFunction trial = random_hydroxyl("cc-pVDZ", {"ee"}, true);
  trial.down = trial.up;
  trial.restricted = true;
  check(trial, "one open-shell determinant");
  const std::size_t alone = orbital_rotations(trial, everything).size();
  // 4 closed, 1 open and 4 empty orbitals: every pair of different occupation.
  CHECK(alone == 4 * 1 + 4 * 4 + 1 * 4);
  trial.expansion = hydroxyl_expansion();
  check(trial, "expansion");
}

TEST_CASE("parameters: nuclei that symmetry makes equivalent share theirs", "[unit]") {
  TrialWaveFunction trial = random_hydroxyl("cc-pVDZ", {"en", "een"}, true);
  trial.molecule.atoms = {{8, {0.0, 0.0, 0.0}}, {1, {0.0, 1.4, 1.1}}, {1, {0.0, -1.4, 1.1}}};
  trial.molecule.multiplicity = 1;
  trial.basis = shipped_basis("cc-pVDZ", trial.molecule);
  const int n = trial.basis.size();
  trial.up = Eigen::MatrixXd::NullaryExpr(n, 7, [](auto i, auto k) {
    return std::sin(2.0 + 2.1 * double(i * i) + 1.3 * double(i * k) + double(k));
  });
  trial.down = trial.up;
  trial.restricted = true;
  trial.jastrow.electron_nucleus.push_back(trial.jastrow.electron_nucleus.back());
  trial.jastrow.three_body.coefficients.push_back(trial.jastrow.three_body.coefficients.back());
  complete_trial(trial);
  check(trial, "water");
  CHECK(tied_shells(trial).size() == 6 + 3);
  CHECK(electron_nucleus_parameters(trial).size() == 3 + 2);
}
