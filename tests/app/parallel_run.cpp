// The real program under mpirun.
#include "program.hpp"
#include "support/catch.hpp"

using namespace markhor;

namespace {

const std::string helium =
    "[molecule]\natom = He 0 0 0\n[basis]\nset = cc-pVDZ\n[vmc]\nwalkers = 40\nsteps = 200\n"
    "estimators = dipole\n";

}  // namespace

TEST_CASE("the same deck and seed give the same bits on 1, 2 and 4 ranks") {
  const Workshop shop("ranks_same");
  shop.write("he.ini", helium);
  std::string expected;
  for (const int ranks : {1, 2, 4}) {
    const Outcome run = shop.run("he.ini --overwrite", ranks);
    INFO(ranks << " ranks: " << run.errors);
    REQUIRE(run.exit_code == 0);
    const std::string json = lasting_part(shop.run("show he.h5 --json").output);
    REQUIRE(json.find("energy_error") != std::string::npos);
    if (ranks == 1) expected = json;
    CHECK(json == expected);
  }
  const Outcome other = shop.run("he.ini --overwrite --run.seed=2");
  REQUIRE(other.exit_code == 0);
  CHECK(lasting_part(shop.run("show he.h5 --json").output) != expected);
}

TEST_CASE("bad input on several ranks is reported once") {
  const Workshop shop("ranks_bad");
  shop.write("he.ini", helium + "stepz = 3\n");
  const Outcome run = shop.run("he.ini", 2);
  CHECK(run.exit_code == 2);
  const std::size_t first = run.errors.find("he.ini:9: [vmc] has no key 'stepz'");
  CHECK(first != std::string::npos);
  CHECK(run.errors.find("stepz", first + 40) == std::string::npos);
}

TEST_CASE("a stage that fails on several ranks is reported once") {
  const Workshop shop("ranks_failed");
  shop.write("he.ini", helium + "[scf]\nmax_iterations = 1\n");
  const Outcome run = shop.run("he.ini", 2);
  CHECK(run.exit_code == 1);
  const std::size_t first = run.errors.find("markhor: Hartree-Fock: not converged");
  CHECK(first != std::string::npos);
  CHECK(run.errors.find("markhor: Hartree-Fock", first + 1) == std::string::npos);
}
