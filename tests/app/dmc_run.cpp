// Diffusion Monte Carlo by the real program, from the deck to the result file.
#include "program.hpp"
#include "support/catch.hpp"

using namespace markhor;

namespace {

const std::string helium =
    "[molecule]\natom = He 0 0 0\n[basis]\nset = cc-pVDZ\n[dmc]\nwalkers = 128\nsteps = 160\n"
    "time_step = 0.05 0.025 1/hartree\nequilibration_time = 3\nestimators = dipole\n";

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("diffusion Monte Carlo gives the same bits on 1, 2 and 4 ranks") {
  const Workshop shop("dmc_ranks");
  for (const std::string population : {"branching", "reconfiguration"}) {
    shop.write("he.ini", helium + "population = " + population + "\n");
    std::string expected;
    for (const int ranks : {1, 2, 4}) {
      const Outcome run = shop.run("he.ini --overwrite", ranks);
      INFO(ranks << " ranks: " << run.errors);
      REQUIRE(run.exit_code == 0);
      const std::string json = lasting_part(shop.run("show he.h5 --json").output);
      REQUIRE(has(json, "\"growth_energy_error\""));
      if (ranks == 1) expected = json;
      CHECK(json == expected);
    }
  }
}

TEST_CASE("diffusion Monte Carlo at several time steps is reported with its extrapolation") {
  const Workshop shop("dmc_report");
  shop.write("he.ini", helium);
  const Outcome run = shop.run("he.ini");
  REQUIRE(run.exit_code == 0);
  for (const char* part :
       {"Diffusion Monte Carlo, fixed node: 128 walkers in 8 cells",
        "time step 0.05 1/hartree (effective 0.0", "time step 0.025 1/hartree (effective 0.0",
        "control not undone", "growth estimator", "finished: all steps done",
        "extrapolated to time step zero by a line", "nothing can be said about the fit",
        "across nodes 0.00000 (rejected)"}) {
    INFO(part);
    CHECK(has(run.output, part));
  }
  const std::string shown = shop.run("show he.h5").output;
  CHECK(has(run.output, shown.substr(shown.find("Diffusion Monte Carlo"))));
  const std::string json = shop.run("show he.h5 --json").output;
  for (const char* key : {"\"dmc\"", "\"time_steps\"", "\"extrapolation\"", "\"energy_error\""}) {
    CHECK(has(json, key));
  }
}

TEST_CASE("diffusion Monte Carlo starts from the wave function of a file") {
  const Workshop shop("dmc_import");
  shop.write("opt.ini",
             "[molecule]\natom = He 0 0 0\n[basis]\nset = cc-pVDZ\n[optimize]\n"
             "max_iterations = 1\nwalkers = 64\nsamples = 2000\n");
  REQUIRE(shop.run("opt.ini").exit_code == 0);
  shop.write("dmc.ini",
             "[molecule]\natom = He 0 0 0\n[wavefunction]\nimport = opt.h5\n[vmc]\nwalkers = 64\n"
             "steps = 64\n[dmc]\nwalkers = 64\nsteps = 64\nequilibration_time = 1\n");
  const Outcome run = shop.run("dmc.ini");
  INFO(run.errors);
  REQUIRE(run.exit_code == 0);
  CHECK(run.output.find("Variational Monte Carlo") < run.output.find("Diffusion Monte Carlo"));
}
