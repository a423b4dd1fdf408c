// Optimizations by the real program, and runs that start from what they leave behind.
#include "io/hdf5_file.hpp"
#include "program.hpp"
#include "support/catch.hpp"

using namespace markhor;

namespace {

const std::string beryllium = "[molecule]\natom = Be 0 0 0\n";
const std::string vmc = "[vmc]\nwalkers = 40\nsteps = 64\n";
const std::string small =
    "[optimize]\nparameters = jastrow ci orbitals\nmax_iterations = 2\nwalkers = 64\n"
    "samples = 2048\nmethod = sr\n";

using Catch::Matchers::Contains;

// What `show --json` prints of VMC but what the clock decides.
std::string vmc_part(const std::string& json) {
  std::string result;
  std::size_t start = json.find("\"vmc\"");
  REQUIRE(start != std::string::npos);
  while (start < json.size()) {
    const std::size_t end = std::min(json.find('\n', start), json.size() - 1);
    const std::string line = json.substr(start, end - start + 1);
    if (line.find("second") == std::string::npos) result += line;
    start = end + 1;
  }
  return result;
}

}  // namespace

TEST_CASE("an optimization, its table, file and JSON, and a run that starts from it") {
  const Workshop shop("run_optimize");
  shop.write("be.ini", beryllium +
                           "[basis]\nset = cc-pVDZ\n[wavefunction]\nactive_space = 2 in 4\n"
                           "jastrow = ee ee_parallel en een een_parallel\n" +
                           small + vmc);
  const Outcome run = shop.run("be.ini");
  INFO(run.errors);
  REQUIRE(run.exit_code == 0);
  CHECK_THAT(run.output, Contains("Configuration interaction: 2 electrons in 4 orbitals, 16 "
                                  "determinants"));
  CHECK_THAT(run.output, Contains("not converged in 2 iterations (sr)"));
  CHECK_THAT(run.output, Contains("Variational Monte Carlo: 40 walkers"));

  const Hdf5Reader reader("run_optimize/be.h5", 1);
  for (const char* path :
       {"/ci/energy", "/ci/natural_occupations", "/optimize/parameters",
        "/optimize/parameter_names", "/optimize/iterations/energy",
        "/optimize/iterations/gradient_norm", "/optimize/iterations/note", "/optimize/energy",
        "/wavefunction/basis/exponents", "/wavefunction/orbitals/up",
        "/wavefunction/determinants/coefficients", "/wavefunction/cusp_radii"}) {
    INFO(path);
    REQUIRE(reader.has(path));
    CHECK_FALSE(reader.description(path).empty());
  }
  const DataMatrix parameters = reader.read_matrix("/optimize/parameters");
  CHECK(parameters.rows == 2);
  CHECK(parameters.columns == reader.read_texts("/optimize/parameter_names").size());
  CHECK(reader.read_reals("/optimize/iterations/energy").size() == 2);

  const std::string json = shop.run("show be.h5 --json").output;
  CHECK_THAT(json, Contains("\"optimize\": {\n    \"finished\": true,\n    \"converged\": false"));
  CHECK_THAT(json, Contains("\"iterations\": [\n      {\n        \"number\": 1"));
  CHECK_THAT(shop.run("show be.h5").output,
             Contains("Optimization: ") && Contains("parameters (jastrow ci orbitals)"));

  // The same wave function and seed: the same energies, to the last bit, on one rank and on two.
  shop.write("from.ini", beryllium + "[wavefunction]\nimport = be.h5\n" + vmc);
  for (const int ranks : {1, 2}) {
    const Outcome from = shop.run("from.ini --overwrite", ranks);
    INFO(ranks << " ranks: " << from.errors);
    REQUIRE(from.exit_code == 0);
    CHECK_THAT(from.output,
               Contains("The wave function comes from be.h5; Hartree-Fock is not run"));
    CHECK(vmc_part(shop.run("show from.h5 --json").output) == vmc_part(json));
  }
  // The resolved deck reads back, with the values of the file it imports from.
  shop.write("resolved.ini", Hdf5Reader("run_optimize/from.h5", 1).read_text("/deck/resolved"));
  const Outcome resolved = shop.run("check resolved.ini");
  INFO(resolved.errors);
  CHECK(resolved.exit_code == 0);
  CHECK_THAT(resolved.output,
             Contains("wavefunction (from be.h5, slater, ee, ee_parallel, en, een, een_parallel)"));
  // What was imported can be imported again, and optimized with the parameters it has.
  shop.write("again.ini", beryllium + "[wavefunction]\nimport = from.h5\n" + small);
  CHECK(shop.run("again.ini").exit_code == 0);
}

TEST_CASE("an import keeps the functions of parallel spins") {
  const Workshop shop("run_parallel");
  const std::string terms = "[wavefunction]\njastrow = ee ee_parallel een_parallel\n";
  shop.write("be.ini", beryllium + "[basis]\nset = STO-3G\n" + terms +
                           "[optimize]\nmax_iterations = 3\nmax_samples = 20000\n");
  REQUIRE(shop.run("be.ini").exit_code == 0);
  shop.write("from.ini", beryllium + "[wavefunction]\nimport = be.h5\n");
  REQUIRE(shop.run("from.ini").exit_code == 0);
  for (const std::string path :
       {"/wavefunction/ee_parallel/polynomial", "/wavefunction/een_parallel/0"}) {
    INFO(path);
    const auto numbers = [&](const std::string& file) {
      return Hdf5Reader("run_parallel/" + file, 1).read_reals(path);
    };
    CHECK(numbers("be.h5") != std::vector<double>(numbers("be.h5").size(), 0.0));
    CHECK(numbers("from.h5") == numbers("be.h5"));
  }
}

TEST_CASE("an import takes the deck's terms of the Jastrow factor") {
  const Workshop shop("run_import_terms");
  shop.write("be.ini", beryllium + "[basis]\nset = STO-3G\n[wavefunction]\njastrow = ee en\n");
  REQUIRE(shop.run("be.ini").exit_code == 0);
  shop.write("more.ini", beryllium +
                             "[wavefunction]\nimport = be.h5\njastrow = ee een\n"
                             "een_order = 5\n");
  const Outcome run = shop.run("more.ini");
  INFO(run.errors);
  REQUIRE(run.exit_code == 0);
  const Hdf5Reader reader("run_import_terms/more.h5", 1);
  CHECK(reader.read_texts("/wavefunction/jastrow_terms") == std::vector<std::string>{"ee", "een"});
  CHECK(reader.read_integer("/wavefunction/een/order") == 5);
}

TEST_CASE("determinants from a file, and what check says of them and of an optimization") {
  const Workshop shop("run_determinants");
  const std::string h2 = "[molecule]\natom = H 0 0 0\natom = H 0 0 0.74\n[basis]\nset = STO-3G\n";
  shop.write("d.txt", "csf 0.99\n  1 20\ncsf -0.14\n  1 02\n");
  shop.write("a.ini", h2 + "[wavefunction]\ndeterminants = d.txt\n");
  const Outcome run = shop.run("a.ini");
  INFO(run.errors);
  REQUIRE(run.exit_code == 0);
  CHECK(Hdf5Reader("run_determinants/a.h5", 1)
            .read_reals("/wavefunction/determinants/coefficients") ==
        std::vector<double>{0.99, -0.14});
  shop.write("b.ini", h2 + "[wavefunction]\nactive_space = 2 in 2\n[optimize]\n");
  const Outcome check = shop.run("check b.ini");
  INFO(check.errors);
  CHECK_THAT(check.output,
             Contains("wavefunction (active space of 4 determinants, slater, ee, en), optimize "
                      "(linear; jastrow, 512 walkers, at most 50 iterations)\n"));
  CHECK_THAT(check.output, Contains("samples of the optimization at most "));
}
