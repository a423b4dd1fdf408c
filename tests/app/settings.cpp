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
}

TEST_CASE("vmc brings the stages it needs, scf comes alone") {
  const Settings vmc = settings_of("[vmc]\n");
  CHECK((vmc.runs_scf && vmc.runs_wave_function && vmc.runs_vmc));
  const Settings scf = settings_of("[scf]\n");
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
