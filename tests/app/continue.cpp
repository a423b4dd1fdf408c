// `markhor continue`: runs in parts, and files that cannot be continued.
#include <algorithm>
#include <filesystem>

#include "io/hdf5_file.hpp"
#include "program.hpp"
#include "support/catch.hpp"

using namespace markhor;

namespace {

const std::string helium =
    "[molecule]\natom = He 0 0 0\n[basis]\nset = cc-pVDZ\n[vmc]\nwalkers = 40\nsteps = 100\n";
const std::string beryllium =
    "[molecule]\natom = Be 0 0 0\n[basis]\nset = cc-pVDZ\n[wavefunction]\nactive_space = 2 in 4\n"
    "[optimize]\nparameters = jastrow ci\nwalkers = 64\nsamples = 1024\nmax_iterations = 3\n"
    "[vmc]\nwalkers = 40\nsteps = 50\n";
// Stops at the first occasion, so that every part of the run is one chunk of work.
const std::string at_once = " '--run.wall_time=1e-9 seconds'";

// In parts on the given numbers of ranks in turn, until the run is finished; returns their number.
int run_in_parts(const Workshop& shop, const std::string& deck, const std::string& file,
                 const std::vector<int>& ranks) {
  std::string arguments = deck + ".ini --output.file=" + file;
  for (int part = 1; part < 200; ++part) {
    const int here = ranks[static_cast<std::size_t>(part) % ranks.size()];
    const Outcome run = shop.run(arguments + at_once, here);
    INFO(run.output << run.errors);
    if (run.exit_code == 0) return part;
    REQUIRE(run.exit_code == 3);
    CHECK(run.errors.find("markhor: stopped by the wall limit of 0 s in [") != std::string::npos);
    CHECK(run.errors.find("`markhor continue " + file + "` goes on from there\n") !=
          std::string::npos);
    arguments = "continue " + file;
  }
  return 0;
}

std::string refusal(const Workshop& shop, const std::string& arguments) {
  const Outcome run = shop.run("continue " + arguments);
  INFO(run.output);
  CHECK(run.exit_code == 2);
  return run.errors;
}

}  // namespace

TEST_CASE("continue: a VMC run in parts on 1, 2 and 4 ranks has the undisturbed one's bits") {
  const Workshop shop("continue_vmc");
  shop.write("he.ini", helium);
  REQUIRE(shop.run("he.ini").exit_code == 0);
  CHECK(run_in_parts(shop, "he", "parts.h5", {1, 2, 4}) > 10);
  CHECK(lasting_part(shop.run("show parts.h5 --json").output) ==
        lasting_part(shop.run("show he.h5 --json").output));
  const Hdf5Reader whole("continue_vmc/he.h5", 1), parts("continue_vmc/parts.h5", 1);
  CHECK_FALSE(parts.has("/checkpoint"));
  for (const std::string name : {"local_energy", "kinetic"}) {
    const std::string trace = "/vmc/estimates/" + name + "/trace";
    CHECK(parts.read_reals(trace) == whole.read_reals(trace));
  }
  CHECK(parts.read_integers("/vmc/histogram/counts") ==
        whole.read_integers("/vmc/histogram/counts"));
  CHECK(parts.read_texts("/provenance/continued").size() > 10);
}

TEST_CASE("continue: all stages in parts, from the file alone") {
  const Workshop shop("continue_stages");
  shop.write("be.ini", beryllium);
  REQUIRE(shop.run("be.ini").exit_code == 0);
  const std::string expected = lasting_part(shop.run("show be.h5 --json").output);
  // Stopped between Hartree-Fock and the active space.
  REQUIRE(shop.run("be.ini --overwrite" + at_once).exit_code == 3);
  CHECK(shop.run("show be.h5").output.find("\nNot finished: [wavefunction], not begun\n") !=
        std::string::npos);
  std::filesystem::create_directory("continue_stages/elsewhere");
  std::filesystem::rename("continue_stages/be.h5", "continue_stages/elsewhere/moved.h5");
  std::filesystem::remove("continue_stages/be.ini");
  int parts = 0, code = 3;
  for (; code == 3 && parts < 50; ++parts) {
    code = shop.run("continue elsewhere/moved.h5" + at_once).exit_code;
  }
  CHECK(code == 0);
  CHECK(parts > 8);
  CHECK(lasting_part(shop.run("show elsewhere/moved.h5 --json").output) == expected);
}

TEST_CASE("continue: an optimization in parts on two ranks") {
  const Workshop shop("continue_optimize");
  shop.write("be.ini", beryllium);
  REQUIRE(shop.run("be.ini", 2).exit_code == 0);
  CHECK(run_in_parts(shop, "be", "parts.h5", {2}) > 8);
  CHECK(lasting_part(shop.run("show parts.h5 --json").output) ==
        lasting_part(shop.run("show be.h5 --json").output));
}

TEST_CASE("continue: what a stopped run says of itself") {
  const Workshop shop("continue_show");
  shop.write("he.ini", helium + "[run]\nwall_time = 1 minutes\n");
  REQUIRE(shop.run("he.ini" + at_once).exit_code == 3);
  int parts = 0;
  while (shop.run("show he.h5").output.find("measuring") == std::string::npos && ++parts < 50) {
    REQUIRE(shop.run("continue he.h5" + at_once).exit_code == 3);
  }
  const std::string text = shop.run("show he.h5").output;
  CHECK(text.find("Not finished: [vmc], measuring, 16 of 100 sweeps done, energy so far -2.") !=
        std::string::npos);
  CHECK(text.find("`markhor continue he.h5` goes on") != std::string::npos);
  CHECK(text.find("\n  continued 20") != std::string::npos);
  const std::string json = shop.run("show he.h5 --json").output;
  CHECK(json.find("\"stopped\": true") != std::string::npos);
  CHECK(json.find("\"stage\": \"vmc\"") != std::string::npos);
  CHECK(json_number(json, "step_limit") == 100);
  // The present part has other limits than the first; the file says so.
  const Outcome last = shop.run("continue he.h5 --vmc.steps=40 '--run.wall_time=1 hours'");
  CHECK(last.exit_code == 0);
  CHECK(last.output.starts_with("continuing he.h5: [vmc], measuring, 16 of 40 sweeps done"));
  CHECK(json_number(shop.run("show he.h5 --json").output, "steps") == 40);
  const std::string deck = Hdf5Reader("continue_show/he.h5", 1).read_text("/deck/resolved");
  CHECK(deck.find("steps = 40  # command line of `markhor continue`\n") != std::string::npos);
  CHECK(deck.find("wall_time = 1 hours  # command line") != std::string::npos);
  CHECK(shop.run("show he.h5 --json").output.find("\"stopped\": false") != std::string::npos);
}

TEST_CASE("continue: a finished run") {
  const Workshop shop("continue_finished");
  shop.write("he.ini", helium);
  REQUIRE(shop.run("he.ini").exit_code == 0);
  for (const int ranks : {1, 2}) {
    const Outcome again = shop.run("continue he.h5 '--run.wall_time=1 hours'", ranks);
    CHECK(again.exit_code == 0);
    CHECK(again.output ==
          "he.h5: the run is finished, there is nothing to continue; `markhor show he.h5` prints "
          "it\n");
  }
  CHECK(refusal(shop, "he.h5 --vmc.steps=1e6") ==
        "--vmc.steps=1e6: the run is finished and keeps no walkers; run a deck with [wavefunction] "
        "import = he.h5\n");
}

TEST_CASE("bad input: files that cannot be continued") {
  const Workshop shop("continue_bad");
  CHECK(refusal(shop, "none.h5") == "none.h5: no such file\n");
  shop.write("text.h5", "[vmc]\n");
  CHECK(refusal(shop, "text.h5") ==
        "text.h5: is not an HDF5 file, so it is no result of markhor\n");
  shop.write("he.ini", helium);
  REQUIRE(shop.run("he.ini" + at_once).exit_code == 3);
  const std::string whole = shop.read("he.h5");
  shop.write("half.h5", whole.substr(0, whole.size() / 2));
  CHECK(refusal(shop, "half.h5") == "half.h5: is an HDF5 file that is truncated or damaged\n");
  Hdf5Writer("continue_bad/newer.h5", 99).finish();
  CHECK(refusal(shop, "newer.h5") ==
        "newer.h5: was written by a newer version of markhor (schema 99)\n");
  Hdf5Writer("continue_bad/empty.h5", 1).finish();
  CHECK(refusal(shop, "empty.h5") == "empty.h5: has no data set /deck/text\n");
  shop.write("failed.ini", helium + "[scf]\nmax_iterations = 1\n");
  REQUIRE(shop.run("failed.ini").exit_code == 1);
  CHECK(refusal(shop, "failed.h5") ==
        "failed.h5: has no checkpoint: the run ended with a failure of [scf]; correct its deck and "
        "run that\n");
  CHECK(refusal(shop, "") == "markhor: `markhor continue` needs the result file of a run\n");
  CHECK(shop.run("continue none.h5", 2).exit_code == 2);
}

TEST_CASE("bad input: what cannot change on the way") {
  const Workshop shop("continue_overrides");
  shop.write("he.ini", helium);
  REQUIRE(shop.run("he.ini" + at_once).exit_code == 3);
  const std::string harmless =
      ": this cannot change on the way; `markhor continue` takes wall_time and "
      "checkpoint_interval of [run], and steps, target_error and max_calls of a stage\n";
  CHECK(refusal(shop, "he.h5 --vmc.walkers=80") == "--vmc.walkers=80" + harmless);
  CHECK(refusal(shop, "he.h5 --run.seed=2") == "--run.seed=2" + harmless);
  CHECK(refusal(shop, "he.h5 --optimize.steps=2")
            .starts_with("--optimize.steps=2: the run has no [optimize]\n"));
  CHECK(refusal(shop, "he.h5 --overwrite") == "markhor: '--overwrite' belongs to `markhor DECK`\n");
  CHECK(refusal(shop, "he.h5 --run.wall_time=24") ==
        "--run.wall_time=24: '24', the value of 'wall_time', has no unit; write none, or a number "
        "with its unit (seconds, minutes, hours), greater than 0\n");
  CHECK(shop.run("continue he.h5 --run.wall_time=none").exit_code == 0);
}

TEST_CASE("bad input: durations") {
  const Workshop shop("bad_durations");
  CHECK(shop.refusal(helium + "[run]\nwall_time = 24\n") ==
        "deck.ini:9: '24', the value of 'wall_time', has no unit; write none, or a number with its "
        "unit (seconds, minutes, hours), greater than 0\n");
  CHECK(shop.refusal(helium + "[run]\ncheckpoint_interval = 0 minutes\n") ==
        "deck.ini:9: '0 minutes' is out of range; 'checkpoint_interval' must be greater than 0\n");
  CHECK(shop.refusal(helium + "[run]\nwall_time = 24 bohr\n") ==
        "deck.ini:9: 'bohr' is a unit of a length; 'wall_time' takes a duration in seconds, "
        "minutes, hours\n");
}

TEST_CASE("a deck whose run was stopped") {
  const Workshop shop("continue_rerun");
  shop.write("he.ini", helium);
  REQUIRE(shop.run("he.ini" + at_once).exit_code == 3);
  const Outcome again = shop.run("he.ini");
  CHECK(again.exit_code == 2);
  CHECK(again.errors ==
        "he.ini: the output file he.h5 exists and is kept; --overwrite replaces it, "
        "--output.file=NAME writes another, `markhor continue he.h5` goes on with its run\n");
}

TEST_CASE("a result file in the place of a deck") {
  const Workshop shop("continue_as_deck");
  shop.write("he.ini", helium);
  REQUIRE(shop.run("he.ini" + at_once).exit_code == 3);
  CHECK(shop.run("he.h5").errors ==
        "he.h5: is a result file, not a deck; `markhor show he.h5` prints it, `markhor continue "
        "he.h5` goes on with it\n");
}
