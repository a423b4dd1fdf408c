#include "app/settings.hpp"

#include "app/keys.hpp"
#include "support/catch.hpp"

using namespace markhor;

namespace {

Settings settings_of(const std::string& text) {
  Faults faults;
  const Deck deck =
      Deck::parse(key_table(), "[basis]\nset = STO-3G\n" + text, "a/deck.ini", {}, faults);
  const Settings settings = make_settings(deck, faults);
  for (const Fault& fault : faults.list()) UNSCOPED_INFO(to_string(fault));
  REQUIRE(faults.empty());
  return settings;
}

}  // namespace

TEST_CASE("an empty stage has the options' own defaults") {
  const Settings settings = settings_of("[vmc]\n");
  const VmcOptions vmc;
  const ScfOptions scf;
  CHECK(settings.vmc.walkers == vmc.walkers);
  CHECK(settings.vmc.steps == vmc.steps);
  CHECK(settings.vmc.target_error == vmc.target_error);
  CHECK(settings.vmc.move == vmc.move);
  CHECK(settings.vmc.time_step == vmc.time_step);
  CHECK(settings.vmc.acceptance == vmc.acceptance);
  CHECK(settings.vmc.rebuild_interval == vmc.rebuild_interval);
  CHECK(settings.vmc.estimators == vmc.estimators);
  CHECK(settings.vmc.seed == vmc.seed);
  CHECK(settings.scf.convergence == scf.convergence);
  CHECK(settings.scf.max_iterations == scf.max_iterations);
  CHECK(settings.scf.follow_instability == scf.follow_instability);
  CHECK(settings.scf.memory_limit == scf.memory_limit);
  CHECK(settings.scf.threads == scf.threads);
  CHECK(settings.wave_function.jastrow == WaveFunctionOptions{}.jastrow);
  CHECK(settings.wave_function.cusp_correction == WaveFunctionOptions{}.cusp_correction);
  CHECK(settings.wave_function.jastrow_start == WaveFunctionOptions{}.jastrow_start);
  CHECK(settings.wave_function.three_body_order == WaveFunctionOptions{}.three_body_order);
  CHECK_FALSE(settings.determinants.ci.has_value());
}

TEST_CASE("an empty optimization has the options' own defaults") {
  const OptimizeOptions read = settings_of("[optimize]\n").optimize, defaults;
  CHECK(read.method == defaults.method);
  CHECK(read.solver == defaults.solver);
  CHECK(read.parameters.jastrow == defaults.parameters.jastrow);
  CHECK(read.parameters.ci == defaults.parameters.ci);
  CHECK(read.parameters.orbitals == defaults.parameters.orbitals);
  CHECK(read.parameters.exponents == defaults.parameters.exponents);
  CHECK(read.variance_weight == defaults.variance_weight);
  CHECK(read.max_iterations == defaults.max_iterations);
  CHECK(read.tolerance == defaults.tolerance);
  CHECK(read.walkers == defaults.walkers);
  CHECK(read.samples == defaults.samples);
  CHECK(read.max_samples == defaults.max_samples);
  CHECK(read.memory_limit == defaults.memory_limit);
  CHECK(read.seed == defaults.seed);
}

TEST_CASE("values reach the options of wave function and optimization") {
  const Settings settings = settings_of(
      "[wavefunction]\nactive_space = 8 IN 8\nci_threshold = 0.02\njastrow = ee een\n"
      "jastrow_start = cusp\neen_order = 5\n"
      "[optimize]\nmethod = sr\nsolver = sample-space\nparameters = ci exponents\n"
      "variance_weight = 0.05\nmax_iterations = 7\ntolerance = 1 ev\nwalkers = 100\n"
      "samples = 5e3\nmax_samples = 1e5\nmemory = 500 mb\n[run]\nseed = 7\n");
  REQUIRE(settings.determinants.ci.has_value());
  CHECK(settings.determinants.ci->space.electrons == 8);
  CHECK(settings.determinants.ci->space.orbitals == 8);
  CHECK(settings.determinants.ci->threshold == 0.02);
  CHECK(settings.wave_function.jastrow_start == JastrowStart::cusp);
  CHECK(settings.wave_function.three_body_order == 5);
  const OptimizeOptions& options = settings.optimize;
  CHECK(options.method == "sr");
  CHECK(options.solver == "sample-space");
  CHECK((options.parameters.ci && options.parameters.exponents));
  CHECK_FALSE((options.parameters.jastrow || options.parameters.orbitals));
  CHECK(options.variance_weight == 0.05);
  CHECK(options.max_iterations == 7);
  CHECK(options.tolerance == Approx(1.0 / 27.211386245988).epsilon(1e-14));
  CHECK(options.walkers == 104);
  CHECK(options.samples == 5000);
  CHECK(options.max_samples == 100000);
  CHECK(options.memory_limit == 500e6);
  CHECK(options.seed == 7);
  CHECK(settings.notes.size() == 1);
}

TEST_CASE("an imported wave function comes without Hartree-Fock and without a basis set") {
  Faults faults;
  const Deck deck =
      Deck::parse(key_table(), "[wavefunction]\nimport = be.h5\n[vmc]\n", "a/deck.ini", {}, faults);
  const Settings settings = make_settings(deck, faults);
  CHECK(faults.empty());
  CHECK((!settings.runs_scf && settings.runs_wave_function && settings.runs_vmc));
  CHECK(settings.determinants.import == "a/be.h5");
  CHECK(deck.resolved().find("[scf]") == std::string::npos);
}

TEST_CASE("vmc brings the stages it needs, scf comes alone") {
  const Settings vmc = settings_of("[vmc]\n");
  CHECK((vmc.runs_scf && vmc.runs_wave_function && vmc.runs_vmc));
  const Settings scf = settings_of("[scf]\n");
  const Settings optimize = settings_of("[optimize]\n");
  CHECK((optimize.runs_scf && optimize.runs_wave_function && optimize.runs_optimize));
  CHECK_FALSE((optimize.runs_vmc || vmc.runs_optimize));
  CHECK((scf.runs_scf && !scf.runs_wave_function && !scf.runs_vmc));
}

TEST_CASE("values reach the options") {
  const Settings settings = settings_of(
      "[molecule]\nmultiplicity = 3\n[scf]\nconvergence = 1e-8\nmemory = 500 mb\n"
      "[wavefunction]\njastrow = none\ncusp_correction = no\n"
      "[vmc]\nwalkers = 100\nsteps = 1e5\ntarget_error = 1 ev\nmove = drift\n"
      "estimators = dipole\n[output]\nfile = b/c.h5\noverwrite = yes\n[run]\nseed = 7\n");
  CHECK(settings.scf.method == ScfMethod::rohf);
  CHECK(settings.scf.convergence == 1e-8);
  CHECK(settings.scf.memory_limit == 500e6);
  CHECK(settings.wave_function.jastrow.empty());
  CHECK_FALSE(settings.wave_function.cusp_correction);
  CHECK(settings.vmc.walkers == 104);
  REQUIRE(settings.notes.size() == 1);
  CHECK(settings.notes[0] == "walkers = 100 is rounded up to 104: walkers move in tiles of 8");
  CHECK(settings.vmc.steps == 100000);
  CHECK(*settings.vmc.target_error == Approx(1.0 / 27.211386245988).epsilon(1e-14));
  CHECK(settings.vmc.move == VmcMove::drift);
  CHECK(settings.vmc.estimators == std::vector<std::string>{"dipole"});
  CHECK(settings.vmc.seed == 7);
  CHECK(settings.output.file == "a/b/c.h5");
  CHECK(settings.output.overwrite);
}

TEST_CASE("the result file takes the deck's name") {
  CHECK(settings_of("[scf]\n").output.file == "a/deck.h5");
}
