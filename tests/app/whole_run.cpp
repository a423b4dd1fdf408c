// Decks run by the real program, and what it leaves behind.
#include <cmath>

#include "io/hdf5_file.hpp"
#include "program.hpp"
#include "support/catch.hpp"

using namespace markhor;

namespace {

const std::string h2 =
    "[molecule]\natom = H 0 0 0\natom = H 0 0 1.4\nunits = bohr\n[basis]\nset = STO-3G\n";

using Catch::Matchers::Contains;

}  // namespace

TEST_CASE("H2 in STO-3G: energy, table, JSON and file agree") {
  const Workshop shop("run_h2");
  shop.write("h2.ini", h2 + "[scf]\n");
  const Outcome run = shop.run("h2.ini");
  INFO(run.errors);
  REQUIRE(run.exit_code == 0);
  CHECK_THAT(run.output, Contains("H2: 2 atoms, charge 0, multiplicity 1, 2 electrons (1 up, 1 "
                                  "down)\n"));
  CHECK_THAT(run.output, Contains("results in h2.h5\n"));

  const Outcome json = shop.run("show h2.h5 --json");
  REQUIRE(json.exit_code == 0);
  // Szabo and Ostlund, Modern Quantum Chemistry (1989), section 3.5.2: -1.1167 Hartree.
  CHECK(json_number(json.output, "energy") == Approx(-1.1167).margin(5e-5));
  CHECK(json_number(json.output, "nuclear_repulsion") == Approx(1.0 / 1.4).epsilon(1e-14));
  CHECK_THAT(json.output, Contains("\"converged\": true"));
  CHECK_THAT(json.output, !Contains("\"vmc\""));

  const Outcome table = shop.run("show h2.h5");
  CHECK_THAT(table.output, Contains("Hartree-Fock: rhf, STO-3G, 2 basis functions"));
  CHECK_THAT(table.output, Contains("HOMO") && Contains("debye") && Contains("<S^2>"));
}

TEST_CASE("the resolved deck in the file reads back as a deck") {
  const Workshop shop("run_resolved");
  shop.write("a.ini", h2 + "[scf]\nmethod = uhf\n");
  REQUIRE(shop.run("a.ini --scf.convergence=1e-8").exit_code == 0);
  const std::string resolved = Hdf5Reader("run_resolved/a.h5", 1).read_text("/deck/resolved");
  CHECK_THAT(resolved, Contains("# command line"));
  shop.write("b.ini", resolved);
  REQUIRE(shop.run("b.ini").exit_code == 0);
  const std::string again = Hdf5Reader("run_resolved/b.h5", 1).read_text("/deck/resolved");
  // Apart from the comments on where values came from.
  CHECK_THAT(again, Contains("convergence = 1e-8") && Contains("method = uhf"));
  CHECK(Hdf5Reader("run_resolved/a.h5", 1).read_text("/deck/text") == shop.read("a.ini"));
}

TEST_CASE("every dataset has a unit and a description") {
  const Workshop shop("run_labels");
  shop.write("a.ini", h2 + "[vmc]\nsteps = 64\nwalkers = 16\nestimators = dipole\n");
  const Outcome run = shop.run("a.ini");
  INFO(run.errors);
  REQUIRE(run.exit_code == 0);
  const Hdf5Reader reader("run_labels/a.h5", 1);
  for (const char* path :
       {"/deck/text", "/provenance/version", "/provenance/seed", "/molecule/positions",
        "/basis/exponents", "/orbitals/up", "/scf/energy", "/scf/iterations/gradient",
        "/wavefunction/ee/kappa", "/vmc/energy/value", "/vmc/energy/error", "/vmc/variance/value",
        "/vmc/blocking/error", "/vmc/histogram/counts", "/vmc/estimates/local_energy/trace"}) {
    INFO(path);
    CHECK(reader.has(path));
    CHECK_FALSE(reader.description(path).empty());
  }
  CHECK(reader.read_reals("/vmc/estimates/local_energy/trace").size() == 64);
  CHECK(reader.read_matrix("/molecule/positions").values[5] == 1.4);
  CHECK(reader.unit("/vmc/energy/value") == "hartree");

  const Outcome json = shop.run("show a.h5 --json");
  CHECK(json_number(json.output, "energy_error") > 0.0);
  CHECK(json_number(json.output, "variance") > 0.0);
  CHECK_THAT(shop.run("show a.h5").output, Contains("Variational Monte Carlo: 16 walkers"));
}

TEST_CASE("an SCF that does not converge ends with 1 and shows no energy") {
  const Workshop shop("run_not_converged");
  shop.write("a.ini",
             "[molecule]\natom = O 0 0 0.1\natom = H 0 0.75 -0.5\natom = H 0 -0.75 -0.5\n"
             "[basis]\nset = 6-31G*\n[scf]\nmax_iterations = 2\n[vmc]\n");
  const Outcome run = shop.run("a.ini");
  CHECK(run.exit_code == 1);
  CHECK_THAT(run.errors, Catch::Matchers::StartsWith("markhor: Hartree-Fock: not converged"));
  CHECK_THAT(run.output, !Contains("<S^2>"));
  const Outcome json = shop.run("show a.h5 --json");
  CHECK(json.exit_code == 0);
  CHECK_THAT(json.output, Contains("\"converged\": false") && !Contains("\"energy\""));
}

TEST_CASE("check says what would run and writes nothing") {
  const Workshop shop("run_check");
  shop.write("a.ini", h2 + "[vmc]\nwalkers = 100\nmove = drift\n");
  const Outcome check = shop.run("check a.ini --vmc.steps=1e3");
  INFO(check.errors);
  CHECK(check.exit_code == 0);
  CHECK_THAT(check.output, Contains("stages    scf (rhf), wavefunction (slater, ee, en), vmc (104 "
                                    "walkers, drift moves, 1000 steps)\n"));
  CHECK_THAT(check.output, Contains("memory    two-electron integrals ") && Contains("walkers "));
  CHECK_THAT(check.output, Contains("note: walkers = 100 is rounded up to 104"));
  CHECK_THAT(check.output, Contains("a.ini: no faults\n"));
  CHECK_FALSE(shop.has("a.h5"));
}

TEST_CASE("files are found beside the deck, wherever the program is started") {
  const Workshop shop("run_elsewhere");
  const Workshop inner("run_elsewhere/inner");
  inner.write("h2.xyz", "2\n\nH 0 0 0\nH 0 0 0.74\n");
  inner.write("a.ini", "[molecule]\ngeometry = h2.xyz\n[basis]\nset = own.g94\n[scf]\n");
  inner.write("own.g94", "****\nH 0\nS 1 1.00\n 0.4 1.0\n****\n");
  const Outcome run = shop.run("inner/a.ini");
  INFO(run.errors);
  CHECK(run.exit_code == 0);
  CHECK(inner.has("a.h5"));
}

TEST_CASE("a deck in Slater functions: from the user's own file to Monte Carlo") {
  const Workshop shop("run_slater");
  shop.write("own.sto", "# one exponent\nHe\n1S 1.6875\n");
  shop.write("a.ini",
             "[molecule]\natom = He 0 0 0\n[basis]\nset = own.sto\n[scf]\n[wavefunction]\n"
             "jastrow = none\ncusp_correction = no\n[vmc]\nsteps = 200\nwalkers = 64\n");
  const Outcome run = shop.run("a.ini");
  INFO(run.errors);
  REQUIRE(run.exit_code == 0);
  CHECK_THAT(run.output, Contains("Slater functions: energies are those of expansions in"));
  const Hdf5Reader reader("run_slater/a.h5", 1);
  // The best exponent of helium is 27 / 16 and its energy minus the square of that.
  CHECK(reader.read_real("/scf/energy") == Approx(-1.6875 * 1.6875).margin(1e-5));
  CHECK(reader.read_integer("/scf/most_gaussians") > 0);
  const double error = reader.read_real("/vmc/energy/error");
  CHECK(std::abs(reader.read_real("/vmc/energy/value") + 1.6875 * 1.6875) < 5.0 * error);
}

TEST_CASE("the other commands") {
  const Workshop shop("run_commands");
  CHECK_THAT(shop.run("version").output, Catch::Matchers::StartsWith("markhor "));
  CHECK_THAT(shop.run("--help").output, Contains("markhor check DECK"));
  CHECK(shop.run("").exit_code == 0);
  const Outcome keys = shop.run("keys vmc");
  CHECK_THAT(keys.output, Contains("[vmc]") && Contains("walkers = 512") && !Contains("[scf]\n"));
  const Outcome wrong = shop.run("keyz");
  CHECK(wrong.exit_code == 2);
  CHECK(wrong.errors ==
        "markhor: 'keyz' is neither a command nor a deck file; did you mean `markhor keys`?\n");
}
