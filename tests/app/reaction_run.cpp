// What a deck can ask around a saddle point: frequencies, the paths down, a start between reactant
// and product.
#include <filesystem>

#include "engine/xtb_surface.hpp"
#include "io/hdf5_file.hpp"
#include "program.hpp"
#include "support/catch.hpp"

using namespace markhor;
using Catch::Matchers::Contains;
using Catch::Matchers::StartsWith;

namespace {

const std::string hf = "[basis]\nset = 3-21G\n[surface]\nengine = hf\n[saddle]\n";
const std::string hcn_guess =
    "[molecule]\natom = C 0 0 0\natom = N 1.18 0 0\natom = H 0.50 1.15 0\n";
const std::string model =
    "[molecule]\nunits = bohr\natom = H -0.75 0.55 0\n[surface]\nengine = mueller-brown\n"
    "[saddle]\n";
const std::string leps =
    "[molecule]\natom = H -1.0 0 0\natom = H 0 0.1 0\natom = H 0.85 0 0\n[surface]\n"
    "engine = leps\n[saddle]\n";

void check_frequencies(const Hdf5Reader& reader, const std::vector<double>& expected) {
  const auto found = reader.read_reals("/saddle/frequencies/wavenumbers");
  REQUIRE(found.size() == expected.size());
  // Forces to 1e-7 hartree/bohr over 0.02 bohr, and a point whose forces are not quite zero.
  for (std::size_t i = 0; i < found.size(); ++i) {
    INFO(i);
    CHECK(found[i] == Approx(expected[i]).margin(1.0));
  }
}

}  // namespace

// Frequencies of Psi4 1.3.2, whose masses are the same: `set basis 3-21G`, g_convergence
// gau_verytight, optimize('scf') (opt_type ts for HCN), frequencies('scf').
TEST_CASE("frequencies: water at its minimum, against another program") {
  const Workshop shop("frequencies_water");
  shop.write("water.ini",
             "[molecule]\natom = O 0 0 0.12\natom = H 0 0.76 -0.48\natom = H 0 -0.76 -0.48\n" + hf +
                 "method = minimize\nverify = hessian\nforce_tolerance = 0.0005\n");
  const Outcome run = shop.run("water.ini");
  INFO(run.output << run.errors);
  REQUIRE(run.exit_code == 0);
  check_frequencies(Hdf5Reader("frequencies_water/water.h5", 1), {1799.2886, 3812.3762, 3945.8316});
  const std::string json = shop.run("show water.h5 --json").output;
  CHECK(json_number(json, "zero_point_energy") == Approx(0.02177358).margin(5e-6));
  CHECK(json_number(json, "verification_calls") == 6);
  CHECK_THAT(shop.run("show water.h5").output,
             Contains("0 of 3 frequencies are imaginary: a minimum") &&
                 Contains("frequencies, 1/cm") && Contains(" kj/mol\n"));
}

TEST_CASE("frequencies: the saddle point of HCN to HNC, against another program") {
  const Workshop shop("frequencies_hcn");
  shop.write("hcn.ini", hcn_guess + hf + "verify = hessian\nforce_tolerance = 0.0005\n");
  const Outcome run = shop.run("hcn.ini");
  INFO(run.output << run.errors);
  REQUIRE(run.exit_code == 0);
  check_frequencies(Hdf5Reader("frequencies_hcn/hcn.h5", 1), {-1215.9931, 2127.3042, 2452.0968});
  const std::string json = shop.run("show hcn.h5 --json").output;
  CHECK(json_number(json, "energy") == Approx(-92.2460426785).margin(1e-7));
  CHECK(json_number(json, "zero_point_energy") == Approx(0.01043264).margin(5e-6));
  CHECK(json_number(json, "negative_modes") == 1);
  CHECK_THAT(
      shop.run("show hcn.h5").output,
      Contains("i ") && Contains("1 of 3 frequencies is imaginary: a saddle point of first order"));
}

TEST_CASE("irc: HCN on one side, HNC on the other, in files and reports") {
  const Workshop shop("irc_hcn");
  shop.write("hcn.ini", hcn_guess + hf + "irc = yes\nirc_step = 0.3\n");
  const Outcome run = shop.run("hcn.ini");
  INFO(run.output << run.errors);
  REQUIRE(run.exit_code == 0);
  const std::string shown = shop.run("show hcn.h5").output;
  INFO(shown);
  CHECK((shown.find("from one end to the other: breaks C1-H3, makes N2-H3") != std::string::npos ||
         shown.find("from one end to the other: breaks N2-H3, makes C1-H3") != std::string::npos));
  const std::string json = shop.run("show hcn.h5 --json").output;
  CHECK_THAT(json, Contains("\"descents\": [") && Contains("\"descent_status\": "));
  CHECK(json_number(json, "descent_calls") > 10);
  const Hdf5Reader reader("irc_hcn/hcn.h5", 1);
  const double saddle = reader.read_real("/saddle/energy");
  for (const std::string group : {"/saddle/descent_1", "/saddle/descent_2"}) {
    INFO(group);
    CHECK(reader.read_integer(group + "/converged") == 1);
    const auto energies = reader.read_reals(group + "/energies");
    CHECK(energies.front() < saddle);
    CHECK(reader.read_real(group + "/end_energy") <= energies.back());
    CHECK(reader.read_matrix(group + "/positions").rows == energies.size());
    CHECK(reader.unit(group + "/lengths") == "bohr u^1/2");
  }
  const std::string frames = shop.read("hcn_irc.xyz");
  CHECK_THAT(frames, StartsWith("3\n") && Contains("comment=\"saddle point\"") &&
                         Contains("comment=\"side 1 end\"") &&
                         Contains("comment=\"side 2 path 0.3300\""));
  // What is there is kept.
  CHECK(shop.run("hcn.ini").exit_code == 2);
}

TEST_CASE("irc: in parts, no call is made twice") {
  const Workshop shop("irc_parts");
  shop.write("mb.ini", model + "irc = yes\nirc_step = 0.3\n");
  const Outcome undisturbed = shop.run("mb.ini");
  INFO(undisturbed.output << undisturbed.errors);
  REQUIRE(undisturbed.exit_code == 0);
  const std::string whole = lasting_part(shop.run("show mb.h5 --json").output);
  Outcome part = shop.run("mb.ini --overwrite '--run.wall_time=1e-9 seconds'");
  int parts = 1;
  for (; part.exit_code == 3 && parts < 200; ++parts) {
    part = shop.run("continue mb.h5 '--run.wall_time=1e-9 seconds'");
  }
  INFO(part.output << part.errors);
  CHECK(part.exit_code == 0);
  CHECK(parts == static_cast<int>(json_number(whole, "surface_calls")) + 1);
  CHECK(lasting_part(shop.run("show mb.h5 --json").output) == whole);
}

// The saddle point that Psi4 finds, as above.
TEST_CASE("between reactant and product: HCN and HNC end at the known saddle point") {
  const Workshop shop("between_hcn");
  shop.write("hcn.xyz", "3\n\nC 0 0 0\nN 1.14 0 0\nH -1.05 0 0\n");
  shop.write("hnc.xyz", "3\n\nC 0 0 5\nN 0 1.16 5\nH 0 2.14 5\n");
  shop.write("deck.ini", "[molecule]\n" + hf + "reactant = hcn.xyz\nproduct = hnc.xyz\n");
  CHECK_THAT(shop.run("check deck.ini").output, Contains("no faults"));
  const Outcome run = shop.run("deck.ini");
  INFO(run.output << run.errors);
  REQUIRE(run.exit_code == 0);
  CHECK(json_number(shop.run("show deck.h5 --json").output, "energy") ==
        Approx(-92.2460426785).margin(1e-5));
  if (!xtb_is_built_in()) return;
  const Outcome on_prior = shop.run("deck.ini --overwrite --saddle.prior=xtb");
  INFO(on_prior.output << on_prior.errors);
  CHECK(on_prior.exit_code == 0);
  CHECK(json_number(shop.run("show deck.h5 --json").output, "energy") ==
        Approx(-92.2460426785).margin(1e-5));
}

TEST_CASE("bad input: around a saddle point") {
  const Workshop shop("bad_reaction");
  CHECK(
      shop.refusal(model + "verify = hessian\n") ==
      "deck.ini:7: verify = hessian gives frequencies, and the particles of mueller-brown have no "
      "masses\n");
  CHECK(shop.refusal(leps + "irc_step = 0.1\n") == "deck.ini:8: 'irc_step' is for irc = yes\n");
  CHECK(shop.refusal(leps + "irc = yes\nmethod = minimize\n") ==
        "deck.ini:8: paths lead down from saddle points; method = minimize looks for a minimum\n");
  CHECK(shop.refusal(leps + "irc = yes\nverify = none\n") ==
        "deck.ini:8: 'irc' needs the Hessian; write verify = modes, or hessian\n");
  CHECK(shop.refusal(leps + "verify = hessian\nmax_verification_calls = 4\n") ==
        "deck.ini:9: 'max_verification_calls' is for verify = modes\n");
}

TEST_CASE("bad input: reactant and product") {
  const Workshop shop("bad_between");
  const std::string start = "[molecule]\n[surface]\nengine = leps\n[saddle]\nreactant = a.xyz\n";
  shop.write("a.xyz", "3\n\nH 0 0 0\nH 0 0 0.75\nH 0 0 3\n");
  shop.write("b.xyz", "3\n\nH 0 0 0\nH 0 0 2.25\nH 0 0 3\n");
  CHECK(shop.refusal(start) == "deck.ini:5: a path has two ends; 'product' is missing\n");
  CHECK(shop.refusal(leps + "reactant = a.xyz\nproduct = b.xyz\n") ==
        "deck.ini:2: the atoms are given twice, here and as 'reactant' and 'product' of [saddle]; "
        "keep one of them\n");
  CHECK(shop.refusal(start + "product = a.xyz\n") ==
        "deck.ini:6: 'product' is the reactant once more\n");
  CHECK(shop.refusal(start + "product = b.xyz\nmethod = minimize\n") ==
        "deck.ini:5: 'reactant' and 'product' have a saddle point between them; method = minimize "
        "only descends\n");
  CHECK(shop.refusal(start + "product = b.xyz\nfrozen = 2\n") ==
        "deck.ini:7: 'frozen' names atom 2, which is not in the same place in 'reactant' and "
        "'product'\n");
  shop.write("b.xyz", "3\n\nH 0 0 0\nHe 0 0 2.25\nH 0 0 3\n");
  CHECK(shop.refusal(start + "product = b.xyz\n") ==
        "b.xyz:4: 'He' stands where the molecule has H; the atoms must be in the same order\n");
  shop.write("b.xyz", "3\n\nH 0 0 0\nH 0 0 3\nH 0 0 3\n");
  CHECK_THAT(shop.refusal(start + "product = b.xyz\n"),
             Contains("b.xyz:5: atom 3 (H, line 5) lies 0 bohr from atom 2"));
  CHECK_THAT(shop.refusal(start + "product = c.xyz\ndirection = d.xyz\n"),
             Contains("deck.ini:6: 'product' names ") && Contains("there is no such file") &&
                 Contains("deck.ini:7: 'direction' names "));
  shop.write("b.xyz", "2\n\nH 0 0 0\nH 0 0 2.25\n");
  CHECK(shop.refusal(start + "product = b.xyz\n") ==
        "b.xyz:1: has 2 atoms, but the molecule has 3 atoms\n");
}

TEST_CASE("bad input: searches that cannot be, and keys that would do nothing") {
  const Workshop shop("bad_search");
  CHECK(shop.refusal("[molecule]\natom = Ar 0 0 0\n[surface]\nengine = hf\n[basis]\nset = "
                     "STO-3G\n[saddle]\n") == "deck.ini:7: one atom alone has nothing to search\n");
  CHECK(shop.refusal(leps + "frozen = 2 2\n") == "deck.ini:8: 'frozen' names atom 2 twice\n");
  CHECK(shop.refusal(leps + "[basis]\nset = STO-3G\n") ==
        "deck.ini:9: [basis] is for orbitals; a search on engine = leps uses none\n");
  shop.write("whole.xyz", "3\n\nH 1 0 0\nH 1 0 0\nH 1 0 0\n");
  CHECK_THAT(shop.refusal(leps + "direction = whole.xyz\n"),
             Contains("whole.xyz: only moves or turns the molecule as a whole"));
  if (!xtb_is_built_in()) return;
  const std::string water =
      "[molecule]\natom = O 0 0 0\natom = H 0 0.76 0.59\natom = H 0 -0.76 0.59\n";
  CHECK_THAT(
      shop.refusal(water + "multiplicity = 9\n[surface]\nengine = xtb\n[saddle]\n"),
      Contains("deck.ini:7: GFN2-xTB, which leaves out the cores, has 8 electrons and 6 orbitals"));
  CHECK_THAT(shop.refusal(water + "[surface]\nengine = xtb\n[saddle]\nprior = xtb\n"),
             Contains("deck.ini:8: prior = xtb knows all that engine = xtb would tell"));
}

// The minimum of formaldehyde is one. Planar methane is of second order, and its second mode has
// another symmetry than the lowest ones of any model.
TEST_CASE("what is not the saddle point that was looked for ends with exit code 1") {
  if (!xtb_is_built_in()) return;
  const Workshop shop("refuted");
  shop.write("minimum.ini",
             "[molecule]\natom = C 0 0 0\natom = O 0 0 1.2\natom = H 0 0.94 -0.58\natom = H 0 "
             "-0.94 -0.58\n[surface]\nengine = xtb\n[saddle]\nmethod = minimize\n");
  REQUIRE(shop.run("minimum.ini").exit_code == 0);
  shop.write("planar.ini",
             "[molecule]\natom = C 0 0 0\natom = H 1.1 0 0\natom = H -1.1 0 0\natom = H 0 1.1 0\n"
             "atom = H 0 -1.1 0\n[surface]\nengine = xtb\n[saddle]\nmethod = prfo\n");
  const Outcome planar = shop.run("planar.ini");
  INFO(planar.output << planar.errors);
  CHECK(planar.exit_code == 1);
  CHECK_THAT(planar.output, Contains("Stationary point: prfo on xtb"));
  CHECK_THAT(planar.errors, Contains("2 of the 2 lowest modes of the Hessian are negative"));
}
