// A VMC run that is stopped and taken up again gives the bits of the undisturbed one.
#include "core/errors.hpp"
#include "montecarlo/hydrogen.hpp"
#include "montecarlo/vmc.hpp"
#include "parallel/communicator.hpp"
#include "support/catch.hpp"

using namespace markhor;

namespace {

VmcOptions small_run(VmcMove move) {
  VmcOptions options;
  options.walkers = 40;
  options.steps = 100;
  options.move = move;
  options.estimators = {"dipole"};
  return options;
}

VmcResult run(const VmcOptions& options, const StageControl<VmcState>& control = {}) {
  const TrialWaveFunction trial = testing::approximate_hydrogen();
  return run_vmc(make_wave_function(trial), trial.molecule, options, Communicator(), {}, control);
}

void check_same(const VmcResult& a, const VmcResult& b) {
  CHECK(a.status == b.status);
  CHECK(a.energy.value == b.energy.value);
  CHECK(a.energy.error == b.energy.error);
  CHECK(a.variance.value == b.variance.value);
  CHECK(a.time_step == b.time_step);
  CHECK(a.acceptance == b.acceptance);
  CHECK(a.inverse_drift == b.inverse_drift);
  CHECK(a.steps == b.steps);
  CHECK(a.tuning_steps == b.tuning_steps);
  CHECK(a.equilibration_steps == b.equilibration_steps);
  CHECK(a.detected_transient == b.detected_transient);
  CHECK(a.histogram.counts == b.histogram.counts);
  REQUIRE(a.estimates.size() == b.estimates.size());
  for (std::size_t q = 0; q < a.estimates.size(); ++q) {
    CHECK(a.estimates[q].trace == b.estimates[q].trace);
    CHECK(a.estimates[q].estimate.error == b.estimates[q].estimate.error);
  }
}

// A run in parts that are stopped at every occasion; counts the parts by phase.
VmcResult run_in_parts(const VmcOptions& options, int parts[3]) {
  VmcState state;
  StageControl<VmcState> control;
  control.poll = [] { return ControlRequest::stop; };
  control.save = [&](const VmcState& saved) { state = saved; };
  for (;;) {
    const VmcResult result = run(options, control);
    if (!result.stopped) return result;
    ++parts[static_cast<int>(state.counters.phase)];
    control.resuming = true;
    control.resume = &state;
  }
}

}  // namespace

TEST_CASE("vmc: stopped after every chunk and continued, the same bits", "[unit]") {
  for (const VmcMove move : {VmcMove::drift, VmcMove::accelerated}) {
    VmcOptions options = small_run(move);
    options.rebuild_interval = 10;
    int parts[3] = {0, 0, 0};
    const VmcResult result = run_in_parts(options, parts);
    check_same(result, run(options));
    CHECK(parts[0] == (move == VmcMove::drift ? 20 : 0));
    CHECK(parts[1] >= 8);
    // 100 sweeps in chunks of 16; the last one, of four, ends the run.
    CHECK(parts[2] == 6);
  }
}

TEST_CASE("vmc: with a target error the looks at it are the same", "[unit]") {
  VmcOptions options = small_run(VmcMove::accelerated);
  options.steps.reset();
  options.target_error = 0.002;
  int parts[3] = {0, 0, 0};
  const VmcResult result = run_in_parts(options, parts);
  CHECK(result.reached_target);
  CHECK(parts[2] > 16);
  check_same(result, run(options));
}

TEST_CASE("vmc: a checkpoint on the way changes nothing", "[unit]") {
  const VmcOptions options = small_run(VmcMove::drift);
  int saved = 0;
  StageControl<VmcState> control;
  control.poll = [] { return ControlRequest::checkpoint; };
  control.save = [&](const VmcState&) { ++saved; };
  const VmcResult result = run(options, control);
  CHECK_FALSE(result.stopped);
  CHECK(saved > 30);
  check_same(result, run(options));
}

TEST_CASE("vmc: a continued run can be longer", "[unit]") {
  VmcOptions options = small_run(VmcMove::accelerated);
  VmcState state;
  StageControl<VmcState> control;
  control.save = [&](const VmcState& saved) { state = saved; };
  control.poll = [&] {
    return state.counters.phase == VmcPhase::measuring ? ControlRequest::stop
                                                       : ControlRequest::checkpoint;
  };
  while (!run(options, control).stopped) {
  }
  options.steps = 300;
  control.poll = {};
  control.resuming = true;
  control.resume = &state;
  check_same(run(options, control), run(options));
}

TEST_CASE("vmc: a state of other walkers or quantities is refused", "[unit]") {
  VmcOptions options = small_run(VmcMove::accelerated);
  VmcState state;
  StageControl<VmcState> control;
  control.save = [&](const VmcState& saved) { state = saved; };
  control.poll = [] { return ControlRequest::checkpoint; };
  run(options, control);
  control.resuming = true;
  control.resume = &state;
  options.estimators = {};
  CHECK_THROWS_AS(run(options, control), InputError);
  options.walkers = 48;
  CHECK_THROWS_AS(run(options, control), InputError);
}
