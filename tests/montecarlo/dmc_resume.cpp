// A DMC run that is stopped and taken up again gives the bits of the undisturbed one.
#include "montecarlo/dmc.hpp"
#include "montecarlo/hartree_fock.hpp"
#include "montecarlo/hydrogen.hpp"
#include "parallel/communicator.hpp"
#include "support/catch.hpp"

using namespace markhor;

namespace {

DmcOptions small_run(PopulationControl population, EnergyCutoff cutoff) {
  DmcOptions options;
  options.walkers = 44;
  options.time_steps = {0.2, 0.1};
  options.steps = 100;
  options.equilibration = 30.0;
  options.rebuild_interval = 10;
  options.population = population;
  options.cutoff = cutoff;
  options.estimators = {"dipole"};
  return options;
}

DmcResult run(const DmcOptions& options, const StageControl<DmcState>& control = {},
              const TrialWaveFunction& trial = testing::approximate_hydrogen()) {
  return run_dmc(make_wave_function(trial), trial.molecule, options, Communicator(), {}, control);
}

struct Interrupted {
  DmcResult result;
  int parts = 0;  // before the last one
};

// Stopped and continued wherever it can be.
Interrupted run_in_parts(const DmcOptions& options,
                         const TrialWaveFunction& trial = testing::approximate_hydrogen()) {
  DmcState state;
  StageControl<DmcState> control;
  control.poll = [] { return ControlRequest::stop; };
  control.save = [&](const DmcState& saved) { state = saved; };
  Interrupted run_so_far{run(options, control, trial)};
  for (; run_so_far.result.stopped; ++run_so_far.parts) {
    control.resuming = true;
    control.resume = &state;
    run_so_far.result = run(options, control, trial);
  }
  return run_so_far;
}

void check_same(const DmcResult& a, const DmcResult& b) {
  CHECK(a.status == b.status);
  CHECK(a.energy.value == b.energy.value);
  CHECK(a.energy.error == b.energy.error);
  CHECK(a.walkers_moved == b.walkers_moved);
  REQUIRE(a.time_steps.size() == b.time_steps.size());
  for (std::size_t i = 0; i < a.time_steps.size(); ++i) {
    const DmcTimeStep &s = a.time_steps[i], &t = b.time_steps[i];
    CHECK(s.status == t.status);
    CHECK(s.energy.value == t.energy.value);
    CHECK(s.growth_energy.value == t.growth_energy.value);
    CHECK(s.variance.value == t.variance.value);
    CHECK(s.effective_time_step == t.effective_time_step);
    CHECK(s.acceptance == t.acceptance);
    CHECK(s.inverse_drift == t.inverse_drift);
    CHECK(s.equilibration_steps == t.equilibration_steps);
    CHECK(s.weights == t.weights);
    CHECK(s.populations == t.populations);
    for (std::size_t q = 0; q < s.estimates.size(); ++q) {
      CHECK(s.estimates[q].trace == t.estimates[q].trace);
    }
  }
}

}  // namespace

TEST_CASE("dmc: stopped after every chunk and continued, the same bits", "[unit]") {
  for (const PopulationControl population :
       {PopulationControl::branching, PopulationControl::reconfiguration}) {
    const EnergyCutoff cutoff = population == PopulationControl::branching
                                    ? EnergyCutoff::size_consistent
                                    : EnergyCutoff::unr;
    const DmcOptions options = small_run(population, cutoff);
    const Interrupted interrupted = run_in_parts(options);
    CHECK(interrupted.parts > 20);
    check_same(interrupted.result, run(options));
  }
}

// Inverses of hydrogen are numbers and do not drift. Here they do, those of idle lanes as well, and
// what idle lanes hold is not the same in a run that was continued.
TEST_CASE("dmc: the drift of the inverses is that of walkers, not of idle lanes", "[unit]") {
  DmcOptions options = small_run(PopulationControl::branching, EnergyCutoff::unr);
  options.walkers = 12;  // of 16 lanes
  options.time_steps = {0.05};
  options.equilibration = 2.0;
  const TrialWaveFunction beryllium =
      testing::hartree_fock({{4, {0.0, 0.0, 0.0}}}, {"ee", "en"}, true).trial;
  for (options.seed = 1; options.seed <= 8; ++options.seed) {
    const Interrupted interrupted = run_in_parts(options, beryllium);
    CHECK(interrupted.parts > 3);
    const DmcResult undisturbed = run(options, {}, beryllium);
    CHECK(undisturbed.time_steps[0].inverse_drift > 0.0);
    check_same(interrupted.result, undisturbed);
  }
}

TEST_CASE("dmc: a checkpoint on the way changes nothing", "[unit]") {
  const DmcOptions options = small_run(PopulationControl::branching, EnergyCutoff::zen);
  int saved = 0;
  StageControl<DmcState> control;
  control.poll = [] { return ControlRequest::checkpoint; };
  control.save = [&](const DmcState&) { ++saved; };
  const DmcResult result = run(options, control);
  CHECK_FALSE(result.stopped);
  CHECK(saved > 20);
  check_same(result, run(options));
}
