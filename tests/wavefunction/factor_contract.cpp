// What every wave-function factor must satisfy, looped over the factory's table: a new kind is
// tested by being in the table.
#include <cmath>

#include "support/catch.hpp"
#include "wavefunction/plain_wave_function.hpp"
#include "wavefunction/test_systems.hpp"

using namespace markhor;
using namespace markhor::testing;

namespace {

struct Subject {
  std::string name;
  TrialWaveFunction trial;
  WaveFunction wave_function;
  PlainWaveFunction plain;
};

WaveFunction only(const FactorKind& kind, const TrialWaveFunction& trial) {
  std::vector<WaveFunction::NamedFactor> factors;
  factors.push_back({kind.name, kind.make(trial, {}), 0});
  return {trial.molecule.up_electrons(), trial.molecule.down_electrons(), std::move(factors)};
}

// Every kind alone; the determinants also with the cusp correction and with Slater functions.
std::vector<Subject> subjects() {
  std::vector<Subject> result;
  for (const FactorKind& kind : factor_kinds()) {
    TrialWaveFunction trial =
        random_hydroxyl("cc-pVTZ", {"ee", "ee_parallel", "en", "een", "een_parallel"}, false);
    result.push_back({kind.name, trial, only(kind, trial), PlainWaveFunction(trial)});
    if (kind.name != "slater") continue;
    trial.options.cusp_correction = true;
    complete_trial(trial);
    result.push_back(
        {kind.name + " with cusps", trial, only(kind, trial), PlainWaveFunction(trial)});
    trial.expansion = hydroxyl_expansion();
    result.push_back(
        {kind.name + " expansion", trial, only(kind, trial), PlainWaveFunction(trial)});
    trial.expansion = {};
    trial.options.cusp_correction = false;
    complete_trial(trial);
    for (Shell& shell : trial.basis.shells) {
      for (std::size_t p = 0; p < shell.exponents.size(); ++p) {
        shell.exponents[p] = std::sqrt(shell.exponents[p]);
        shell.powers.push_back(static_cast<int>(p % 2));
      }
    }
    result.push_back(
        {kind.name + " of Slater functions", trial, only(kind, trial), PlainWaveFunction(trial)});
  }
  return result;
}

PlainValue plain_value(const Subject& subject, const std::vector<double>& positions) {
  return subject.plain.factor(subject.name.substr(0, subject.name.find(' ')), positions);
}

// Central differences of fourth order.
struct Difference {
  double first, second;
};
Difference difference(const Subject& subject, std::vector<double> positions, std::size_t i) {
  constexpr double h = 2e-3;
  const double x = positions[i];
  const auto f = [&](double step) {
    positions[i] = x + step;
    return plain_value(subject, positions).logarithm;
  };
  const double m2 = f(-2 * h), m1 = f(-h), zero = f(0), p1 = f(h), p2 = f(2 * h);
  return {(m2 - 8 * m1 + 8 * p1 - p2) / (12 * h),
          (-m2 + 16 * m1 - 30 * zero + 16 * p1 - p2) / (12 * h * h)};
}

bool close(double a, double b, double tolerance) {
  return std::abs(a - b) <= tolerance * std::max(1.0, std::abs(b));
}

// A fixed sequence of proposals with lane-dependent acceptance, through the three stages.
void random_walk(const Subject& subject, Tile& tile, WaveFunctionScratch& scratch, int moves) {
  const int electrons = subject.wave_function.electrons();
  for (int m = 0; m < moves; ++m) {
    const int e = m % electrons;
    Lanes gradient[3], position[3];
    subject.wave_function.start_move(tile, scratch, e, gradient);
    for (int d = 0; d < 3; ++d) {
      for (int lane = 0; lane < lane_count; ++lane) {
        position[d].set(lane, tile.positions()[3 * e + d][lane] +
                                  0.3 * std::sin(1.7 * m + 2.3 * d + 5.1 * lane));
      }
    }
    subject.wave_function.propose(tile, scratch, e, position);
    subject.wave_function.finish_move(tile, scratch, e, position,
                                      mask_from_bits(static_cast<unsigned>(37 * m + 11) & 0xff));
  }
}

}  // namespace

TEST_CASE("factor: value agrees with the plain version", "[contract]") {
  for (const Subject& subject : subjects()) {
    INFO(subject.name);
    WaveFunctionScratch scratch = subject.wave_function.make_scratch();
    Tile tile = random_tile(subject.wave_function, subject.trial.molecule, scratch, 5);
    const LogValue value = subject.wave_function.log_value(tile, scratch);
    for (int lane = 0; lane < lane_count; ++lane) {
      const PlainValue plain =
          plain_value(subject, lane_positions(tile, subject.wave_function.electrons(), lane));
      CHECK(std::abs(value.logarithm[lane] - plain.logarithm) < 1e-9);
      CHECK(value.sign[lane] == plain.sign);
    }
  }
}

TEST_CASE("factor: gradients and Laplacians agree with finite differences", "[contract]") {
  for (const Subject& subject : subjects()) {
    INFO(subject.name);
    WaveFunctionScratch scratch = subject.wave_function.make_scratch();
    LogDerivatives derivatives = subject.wave_function.make_derivatives();
    Tile tile = random_tile(subject.wave_function, subject.trial.molecule, scratch, 8);
    subject.wave_function.derivatives(tile, scratch, derivatives);
    for (const int lane : {0, 5}) {
      const std::vector<double> positions =
          lane_positions(tile, subject.wave_function.electrons(), lane);
      for (std::size_t e = 0; e < derivatives.laplacian.size(); ++e) {
        INFO("electron " << e << " lane " << lane);
        double laplacian = 0.0;
        Lanes gradient[3];
        subject.wave_function.start_move(tile, scratch, static_cast<int>(e), gradient);
        for (std::size_t d = 0; d < 3; ++d) {
          const Difference expected = difference(subject, positions, 3 * e + d);
          laplacian += expected.second;
          CHECK(close(derivatives.gradient[3 * e + d][lane], expected.first, 1e-6));
          CHECK(close(gradient[d][lane], derivatives.gradient[3 * e + d][lane], 1e-10));
        }
        CHECK(close(derivatives.laplacian[e][lane], laplacian, 1e-6));
      }
    }
  }
}

TEST_CASE("factor: a proposal's ratio and gradient are those of the new position", "[contract]") {
  for (const Subject& subject : subjects()) {
    INFO(subject.name);
    WaveFunctionScratch scratch = subject.wave_function.make_scratch();
    Tile tile = random_tile(subject.wave_function, subject.trial.molecule, scratch, 5);
    const LogValue before = subject.wave_function.log_value(tile, scratch);
    for (const int e : {0, 3, 6, 8}) {
      Lanes gradient[3], position[3];
      subject.wave_function.start_move(tile, scratch, e, gradient);
      for (int d = 0; d < 3; ++d) position[d] = tile.positions()[3 * e + d] + Lanes(0.2 - 0.1 * d);
      const MoveProposal move = subject.wave_function.propose(tile, scratch, e, position);
      Tile moved = tile;
      for (int d = 0; d < 3; ++d) moved.positions()[3 * e + d] = position[d];
      subject.wave_function.rebuild(moved, scratch);
      const LogValue after = subject.wave_function.log_value(moved, scratch);
      subject.wave_function.start_move(moved, scratch, e, gradient);
      for (int lane = 0; lane < lane_count; ++lane) {
        const double change = std::log(std::abs(move.ratio[lane])) + move.log_ratio[lane];
        CHECK(close(change, after.logarithm[lane] - before.logarithm[lane], 1e-9));
        CHECK((move.ratio[lane] > 0.0) == (after.sign[lane] * before.sign[lane] > 0.0));
        for (int d = 0; d < 3; ++d) CHECK(close(move.gradient[d][lane], gradient[d][lane], 1e-8));
      }
    }
  }
}

TEST_CASE("factor: updates equal a rebuild", "[contract]") {
  for (const Subject& subject : subjects()) {
    INFO(subject.name);
    WaveFunctionScratch scratch = subject.wave_function.make_scratch();
    Tile tile = random_tile(subject.wave_function, subject.trial.molecule, scratch, 21);
    random_walk(subject, tile, scratch, 40);
    Tile fresh = tile;
    CHECK(subject.wave_function.rebuild(fresh, scratch) < 1e-9);
    LogDerivatives updated = subject.wave_function.make_derivatives(), rebuilt = updated;
    subject.wave_function.derivatives(tile, scratch, updated);
    subject.wave_function.derivatives(fresh, scratch, rebuilt);
    const LogValue a = subject.wave_function.log_value(tile, scratch);
    const LogValue b = subject.wave_function.log_value(fresh, scratch);
    for (int lane = 0; lane < lane_count; ++lane) {
      CHECK(close(a.logarithm[lane], b.logarithm[lane], 1e-10));
      CHECK(a.sign[lane] == b.sign[lane]);
      for (std::size_t e = 0; e < updated.laplacian.size(); ++e) {
        CHECK(close(updated.laplacian[e][lane], rebuilt.laplacian[e][lane], 1e-8));
        for (std::size_t d = 0; d < 3; ++d) {
          CHECK(close(updated.gradient[3 * e + d][lane], rebuilt.gradient[3 * e + d][lane], 1e-9));
        }
      }
    }
  }
}

TEST_CASE("factor: a rejected move leaves no trace", "[contract]") {
  for (const Subject& subject : subjects()) {
    INFO(subject.name);
    WaveFunctionScratch scratch = subject.wave_function.make_scratch();
    Tile tile = random_tile(subject.wave_function, subject.trial.molecule, scratch, 5);
    const Tile before = tile;
    Lanes gradient[3], position[3];
    for (int e = 0; e < subject.wave_function.electrons(); ++e) {
      subject.wave_function.start_move(tile, scratch, e, gradient);
      // A proposal that is not a number must not leak into the state either.
      for (int d = 0; d < 3; ++d) position[d] = Lanes(e == 2 ? std::nan("") : 0.37 * d);
      subject.wave_function.propose(tile, scratch, e, position);
      subject.wave_function.finish_move(tile, scratch, e, position, mask_from_bits(0));
    }
    for (std::size_t i = 0; i < tile.memory.size(); ++i) {
      for (int lane = 0; lane < lane_count; ++lane) {
        CHECK(tile.memory[i][lane] == before.memory[i][lane]);
      }
    }
  }
}

TEST_CASE("wave function: antisymmetric under exchange of equal spins", "[contract]") {
  const TrialWaveFunction trial =
      random_hydroxyl("cc-pVDZ", {"ee", "ee_parallel", "en", "een", "een_parallel"}, true);
  const WaveFunction wave_function = make_wave_function(trial);
  WaveFunctionScratch scratch = wave_function.make_scratch();
  Tile tile = random_tile(wave_function, trial.molecule, scratch, 2), swapped = tile;
  const int up = trial.molecule.up_electrons();
  for (const int first : {0, up}) {
    for (int d = 0; d < 3; ++d) {
      std::swap(swapped.positions()[3 * first + d], swapped.positions()[3 * (first + 2) + d]);
    }
    wave_function.rebuild(swapped, scratch);
    const LogValue a = wave_function.log_value(tile, scratch);
    const LogValue b = wave_function.log_value(swapped, scratch);
    for (int lane = 0; lane < lane_count; ++lane) {
      CHECK(std::abs(a.logarithm[lane] - b.logarithm[lane]) < 1e-10);
      CHECK(a.sign[lane] == (first == 0 ? -b.sign[lane] : b.sign[lane]));
    }
  }
}
