// Decks with [surface] and [saddle], from the search to the files, and in parts.
#include <cmath>
#include <filesystem>

#include "engine/xtb_surface.hpp"
#include "io/hdf5_file.hpp"
#include "program.hpp"
#include "support/catch.hpp"

using namespace markhor;

namespace {

const std::string model =
    "[molecule]\nunits = bohr\natom = H -0.7 0.7 0\n[surface]\nengine = mueller-brown\n"
    "[saddle]\n";
const std::string h3 =
    "[molecule]\natom = H 0 0 -1.05\natom = H 0 0.05 0\natom = H 0 0 0.85\nmultiplicity = 2\n"
    "[basis]\nset = STO-3G\n[surface]\nengine = hf\n[saddle]\n";
const std::string leps =
    "[molecule]\natom = H -1.0 0 0\natom = H 0 0.1 0\natom = H 0.85 0 0\n[surface]\n"
    "engine = leps\n[saddle]\n";

// Keys of [surface].
std::string with_noise(const std::string& keys) {
  std::string deck = leps;
  return deck.insert(deck.find("[saddle]"), keys);
}

const std::string at_once = " '--run.wall_time=1e-9 seconds'";

using Catch::Matchers::Contains;

}  // namespace

TEST_CASE("saddle: the upper saddle point of Mueller and Brown, and all that is written of it") {
  const Workshop shop("saddle_model");
  shop.write("mb.ini", model);
  const Outcome run = shop.run("mb.ini");
  INFO(run.output << run.errors);
  REQUIRE(run.exit_code == 0);
  CHECK_THAT(run.output, Contains("Saddle search: markhor on mueller-brown\n") &&
                             Contains("a saddle point of first order") &&
                             Contains("geometries in mb_saddle.xyz\n"));
  const std::string json = shop.run("show mb.h5 --json").output;
  // The paper's (-0.822, 0.624) with -40.66.
  CHECK(json_number(json, "energy") == Approx(-0.04066484).margin(2e-6));
  CHECK(json_number(json, "negative_modes") == 1);
  CHECK(json_number(json, "surface_calls") == json_number(json, "search_calls") +
                                                  json_number(json, "rotation_calls") +
                                                  json_number(json, "verification_calls"));
  CHECK_THAT(json, Contains("\"converged\": true") && Contains("\"verified\": true") &&
                       Contains("\"method\": \"markhor\""));
  CHECK_THAT(shop.run("show mb.h5").output, Contains("Saddle point: markhor on mueller-brown"));

  const Hdf5Reader reader("saddle_model/mb.h5", 1);
  const auto calls = static_cast<std::size_t>(json_number(json, "surface_calls"));
  CHECK(reader.read_texts("/saddle/calls/purpose").size() == calls);
  CHECK(reader.read_matrix("/saddle/calls/positions").rows == calls);
  CHECK(reader.read_reals("/saddle/positions")[0] == Approx(-0.822).margin(1e-3));
  CHECK(reader.read_matrix("/saddle/modes").columns == 3);
  CHECK_FALSE(reader.has("/checkpoint"));
  for (const char* path : {"/saddle/status", "/saddle/forces", "/saddle/calls/energies",
                           "/saddle/calls/hyperparameters", "/saddle/calls/trust_radii"}) {
    INFO(path);
    CHECK_FALSE(reader.description(path).empty());
  }
  const std::string frames = shop.read("mb_saddle.xyz");
  CHECK_THAT(frames, Contains("comment=\"guess\"") && Contains(":mode:R:3") &&
                         Contains("comment=\"saddle point\""));
}

TEST_CASE("saddle: the exchange of hydrogen on LEPS by every method, and down to a minimum") {
  const Workshop shop("saddle_leps");
  shop.write("leps.ini", leps);
  double energy = 0.0;
  for (const std::string method : {"markhor", "prfo", "dimer", "gp-dimer", "otgp-dimer"}) {
    const Outcome run = shop.run("leps.ini --overwrite --saddle.method=" + method);
    INFO(method << run.output << run.errors);
    REQUIRE(run.exit_code == 0);
    const double found = json_number(shop.run("show leps.h5 --json").output, "energy");
    if (energy != 0.0) CHECK(found == Approx(energy).margin(1e-5));
    energy = found;
  }
  const Outcome down = shop.run("leps.ini --overwrite --saddle.method=minimize");
  INFO(down.output << down.errors);
  REQUIRE(down.exit_code == 0);
  CHECK(json_number(shop.run("show leps.h5 --json").output, "energy") < energy);
}

TEST_CASE("saddle: H3 in Hartree-Fock, without a stage [scf]") {
  const Workshop shop("saddle_h3");
  shop.write("h3.ini", h3);
  shop.write("up.xyz", "3\nexchange\nH 0 0 1\nH 0 0 -2\nH 0 0 1\n");
  const Outcome check = shop.run("check h3.ini");
  CHECK_THAT(check.output, Contains("stages    saddle (markhor on hf, at most 300 calls)\n"));
  const Outcome run = shop.run("h3.ini --saddle.direction=up.xyz");
  INFO(run.output << run.errors);
  REQUIRE(run.exit_code == 0);
  const Hdf5Reader reader("saddle_h3/h3.h5", 1);
  CHECK_FALSE(reader.has("/scf"));
  CHECK(reader.read_integer("/saddle/negative_modes") == 1);
  // Symmetric: both bonds are as long.
  const auto x = reader.read_reals("/saddle/positions");
  const auto distance = [&x](std::size_t a, std::size_t b) {
    return std::hypot(x[3 * a] - x[3 * b], x[3 * a + 1] - x[3 * b + 1],
                      x[3 * a + 2] - x[3 * b + 2]);
  };
  CHECK(distance(0, 1) == Approx(distance(1, 2)).margin(5e-3));
}

TEST_CASE("saddle: in parts, no call is made twice") {
  const Workshop shop("saddle_parts");
  shop.write("leps.ini", leps);
  REQUIRE(shop.run("leps.ini").exit_code == 0);
  const std::string whole = lasting_part(shop.run("show leps.h5 --json").output);
  const auto calls = static_cast<int>(json_number(whole, "surface_calls"));
  Outcome part = shop.run("leps.ini --overwrite" + at_once, 2);
  CHECK_THAT(shop.run("show leps.h5").output, Contains("Not finished: [saddle], 1 call done\n"));
  CHECK_THAT(shop.run("show leps.h5 --json").output, !Contains("\"saddle\": {"));
  std::filesystem::remove("saddle_parts/leps.ini");
  int parts = 1;
  for (; part.exit_code == 3 && parts < 200; ++parts) {
    part = shop.run("continue leps.h5" + at_once, parts == 1 ? 2 : 1);  // mpiexec is slow
  }
  INFO(part.output << part.errors);
  CHECK(part.exit_code == 0);
  // Each part but the last pays for one call; the last finds all of them there.
  CHECK(parts == calls + 1);
  CHECK(lasting_part(shop.run("show leps.h5 --json").output) == whole);
}

TEST_CASE("saddle: a search that fails ends with 1 and keeps what it found") {
  const Workshop shop("saddle_failed");
  shop.write("few.ini", leps + "max_calls = 2\n");
  const Outcome few = shop.run("few.ini");
  CHECK(few.exit_code == 1);
  CHECK_THAT(few.errors, Catch::Matchers::StartsWith("markhor: saddle search: not converged"));
  CHECK_THAT(shop.run("show few.h5 --json").output,
             Contains("\"converged\": false") && Contains("\"search_calls\": 1"));
  shop.write("near.ini",
             "[molecule]\nunits = bohr\natom = H 0 0 0\natom = H 0 0 0.15\natom = H 0 0 2\n"
             "multiplicity = 2\n[basis]\nset = STO-3G\n[surface]\nengine = hf\n[saddle]\n");
  const Outcome near = shop.run("near.ini");
  CHECK(near.exit_code == 1);
  CHECK_THAT(near.errors,
             Catch::Matchers::StartsWith("markhor: saddle search: no energy at the guess: "));
  CHECK_THAT(shop.read("near_saddle.xyz"), Contains("comment=\"not converged\""));
  CHECK(shop.run("show near.h5 --json").exit_code == 0);
  CHECK(shop.run("show near.h5").exit_code == 0);
}

TEST_CASE("saddle: a search that ran out of calls goes on with more, and none is paid again") {
  const Workshop shop("saddle_more");
  shop.write("leps.ini", leps);
  REQUIRE(shop.run("leps.ini").exit_code == 0);
  const std::string whole = lasting_part(shop.run("show leps.h5 --json").output);
  const auto calls = static_cast<int>(json_number(whole, "surface_calls"));
  const Outcome few = shop.run("leps.ini --overwrite --saddle.max_calls=6");
  CHECK(few.exit_code == 1);
  CHECK_THAT(few.errors, Contains("`markhor continue leps.h5 --saddle.max_calls=N` goes on"));
  CHECK_THAT(shop.run("show leps.h5").output,
             Contains("not converged after 6 calls") && Contains("[saddle], 6 calls done"));
  CHECK(shop.run("continue leps.h5").exit_code == 1);
  const Outcome more = shop.run("continue leps.h5 --saddle.max_calls=300");
  INFO(more.output << more.errors);
  REQUIRE(more.exit_code == 0);
  // A line for every call that was made.
  const std::string first_new = "\n      7  ", last = "\n  " +
                                                      std::string(calls < 10 ? 4 : 3, ' ') +
                                                      std::to_string(calls) + "  ";
  CHECK_THAT(more.output, Contains(first_new) && Contains(last) && !Contains("\n      6  "));
  CHECK(lasting_part(shop.run("show leps.h5 --json").output) == whole);
}

// The minimum of the paper at (-0.558, 1.442).
TEST_CASE("saddle: a guess that is a minimum is told to be one") {
  const Workshop shop("saddle_minimum");
  shop.write("mb.ini",
             "[molecule]\nunits = bohr\natom = H -0.55822 1.44173 0\n[surface]\n"
             "engine = mueller-brown\n[saddle]\nforce_tolerance = 0.02\nirc = yes\n");
  const Outcome run = shop.run("mb.ini");
  INFO(run.output << run.errors);
  CHECK_THAT(run.output, Contains("0 of the 2 lowest modes of the Hessian are negative: not a "
                                  "saddle point of first order") &&
                             Contains("no paths down: no mode of the Hessian is known to be "
                                      "negative"));
  CHECK(json_number(shop.run("show mb.h5 --json").output, "negative_modes") == 0);
}

TEST_CASE("saddle: frozen atoms stay") {
  const Workshop shop("saddle_frozen");
  shop.write("h3.ini", leps + "frozen = 1 3\n");
  const Outcome run = shop.run("h3.ini");
  INFO(run.output << run.errors);
  const Hdf5Reader reader("saddle_frozen/h3.h5", 1);
  const auto x = reader.read_reals("/saddle/positions"), guess = reader.read_reals("/saddle/guess");
  for (const std::size_t k : {0U, 1U, 2U, 6U, 7U, 8U}) CHECK(x[k] == guess[k]);
  CHECK(x[3] != guess[3]);
}

TEST_CASE("bad input: surfaces") {
  const Workshop shop("bad_surface");
  const std::string molecule = "[molecule]\natom = H 0 0 0\natom = H 0 0 0.74\n";
  CHECK(shop.refusal(molecule + "[saddle]\n") ==
        "deck.ini:4: [saddle] needs 'engine' of [surface]; one of hf, xtb, socket, lennard-jones, "
        "morse, leps, mueller-brown\n");
  CHECK_THAT(shop.refusal(molecule + "[surface]\nengine = hf\n[saddle]\n"),
             Catch::Matchers::StartsWith("deck.ini: [basis] needs 'set'"));
  CHECK(shop.refusal(molecule + "[surface]\nengine = morse\nsigma = 2\n[saddle]\n") ==
        "deck.ini:6: 'sigma' is for engine = lennard-jones; morse does not use it\n");
  CHECK(shop.refusal(molecule + "[surface]\nengine = leps\n[saddle]\n") ==
        "deck.ini:5: leps is a surface of three H atoms\n");
  CHECK(shop.refusal("[molecule]\natom = H 0 0 0\n[surface]\nengine = mueller-brown\n[saddle]\n") ==
        "deck.ini:1: mueller-brown takes x and y in bohr; write units = bohr in [molecule]\n");
  CHECK(shop.refusal(molecule + "[basis]\nset = STO-3G\n[scf]\n[surface]\nengine = hf\n") ==
        "deck.ini:7: [surface] is what [saddle] searches on, and the deck has no [saddle]\n");
  if (!xtb_is_built_in()) {
    CHECK_THAT(shop.refusal(molecule + "[surface]\nengine = xtb\n[saddle]\n"),
               Contains("Debian's package libxtb-dev"));
  }
}

TEST_CASE("bad input: saddle searches") {
  const Workshop shop("bad_saddle");
  CHECK(shop.refusal(leps + "frozen = 1 4\n") ==
        "deck.ini:8: 'frozen' names atom 4, but the molecule has 3 atoms\n");
  CHECK(shop.refusal(leps + "frozen = 1.5\n") ==
        "deck.ini:8: '1.5' of 'frozen' is not the number of an atom\n");
  CHECK(shop.refusal(leps + "frozen = 1 2 3\n") == "deck.ini:8: 'frozen' leaves no atom to move\n");
  CHECK(shop.refusal(h3 + "method = dimer\nprior = xtb\n") ==
        "deck.ini:12: 'prior' is for method = markhor; dimer uses none\n");
  const std::string noisy = with_noise("force_noise = 0.05\n");
  CHECK(shop.refusal(noisy + "method = prfo\nverify = hessian\nirc = yes\n") ==
        "deck.ini:9: only method = markhor takes forces with 'force_noise' in [surface]\n"
        "deck.ini:10: verify = hessian takes differences of forces, which say nothing with "
        "'force_noise' in [surface]\n"
        "deck.ini:11: paths down follow forces, and lead nowhere with 'force_noise' in "
        "[surface]\nmarkhor: 3 faults in the input\n");
  CHECK(shop.refusal(with_noise("energy_noise = 0.05\n")) ==
        "deck.ini:7: 'energy_noise' needs 'force_noise'\n");
  CHECK(shop.refusal(leps + "force_tolerance = 0.01 ev\n") ==
        "deck.ini:8: 'ev' is a unit of an energy; 'force_tolerance' takes a force in hartree/bohr, "
        "ev/angstrom\n");
  CHECK(shop.refusal(leps + "direction = up.xyz\n") ==
        "deck.ini:8: 'direction' names up.xyz, and there is no such file\n");
  shop.write("up.xyz", "2\n\nH 0 0 1\nH 0 0 0\n");
  CHECK(shop.refusal(leps + "direction = up.xyz\n") ==
        "up.xyz:1: has 2 displacements, but the molecule has 3 atoms\n");
  shop.write("up.xyz", "3\n\nH 0 0 0\nH 0 0 0\nH 0 0 0\n");
  CHECK(shop.refusal(leps + "direction = up.xyz\n") == "up.xyz: displaces no atom that may move\n");
  shop.write("deck_saddle.xyz", "precious");
  CHECK(shop.refusal(leps) ==
        "deck.ini: the file deck_saddle.xyz, which the saddle search writes, exists and is kept; "
        "--overwrite replaces it, --output.file=NAME writes another\n");
}

// Seed 1, at 3 of its own error bars; the true saddle point is the search's without noise.
TEST_CASE("saddle: on forces with errors the search ends where the model is sure, and says how") {
  const Workshop shop("noisy_saddle");
  shop.write("exact.ini", leps);
  REQUIRE(shop.run("exact.ini").exit_code == 0);
  const std::string noisy = with_noise("force_noise = 0.05\nenergy_noise = 0.05\n");
  shop.write("noisy.ini", noisy);
  const Outcome run = shop.run("noisy.ini");
  INFO(run.output << run.errors);
  REQUIRE(run.exit_code == 0);
  CHECK_THAT(run.output, Contains("converged: on the model of all ") && Contains(" +- ") &&
                             Contains("on the model that was learned"));
  const std::string exact = shop.run("show exact.h5 --json").output;
  const std::string json = shop.run("show noisy.h5 --json").output;
  const double error = json_number(json, "energy_error");
  CHECK(error > 0.0);
  CHECK(std::abs(json_number(json, "energy") - json_number(exact, "energy")) < 3.0 * error);
  CHECK(json_number(json, "verification_calls") == 0);
  CHECK(json_number(json, "force_error") < 0.01 / 51.422);
  // Stopped and gone on with, its errors are those of the run in one piece.
  shop.write("part.ini", noisy + "max_calls = 7\n");
  CHECK(shop.run("part.ini").exit_code != 0);
  REQUIRE(shop.run("continue part.h5 --saddle.max_calls=300").exit_code == 0);
  CHECK(json_number(shop.run("show part.h5 --json").output, "energy") ==
        Approx(json_number(json, "energy")).margin(1e-9));
}
