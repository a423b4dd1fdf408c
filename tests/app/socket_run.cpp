// Decks with engine = socket: the surface is in another process, and that may fail in many ways.
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <thread>

#include "../engine/ipi_client.hpp"
#include "core/text.hpp"
#include "program.hpp"
#include "support/catch.hpp"
#include "surface/leps.hpp"

using namespace markhor;
using Catch::Matchers::Contains;
using Catch::Matchers::StartsWith;

namespace {

const std::string geometry = "[molecule]\natom = H -1.0 0 0\natom = H 0 0.1 0\natom = H 0.85 0 0\n";

// A name of this process alone: tests may run side by side.
std::string socket_name() { return "markhor_" + std::to_string(getpid()); }

std::string deck(const std::string& timeout) {
  return geometry + "[surface]\nengine = socket\nsocket = " + socket_name() +
         "\ntimeout = " + timeout + "\n[saddle]\n";
}

double leps_model(Eigen::VectorXd& x) {
  LepsSurface surface;
  const SurfaceValue value = surface.evaluate(x);
  x = value.forces;
  return value.energy;
}

Outcome run_with(const Workshop& shop, const std::string& arguments, Misbehaviour misbehaviour) {
  const IpiClient client("/tmp/ipi_" + socket_name(), 0, misbehaviour, leps_model);
  return shop.run(arguments);
}

}  // namespace

TEST_CASE("socket: a client's surface gives what the same surface inside gives") {
  const Workshop shop("socket_same");
  shop.write("inside.ini", geometry + "[surface]\nengine = leps\n[saddle]\n");
  shop.write("outside.ini", deck("60 seconds"));
  REQUIRE(shop.run("inside.ini").exit_code == 0);
  const Outcome run = run_with(shop, "outside.ini", Misbehaviour::none);
  INFO(run.output << run.errors);
  REQUIRE(run.exit_code == 0);
  CHECK_THAT(run.output, Contains("waiting for a client of the i-PI protocol at /tmp/ipi_" +
                                  socket_name() + "\n") &&
                             Contains("      socket unix " + socket_name() + "\n"));
  const std::string inside = shop.run("show inside.h5 --json").output,
                    outside = shop.run("show outside.h5 --json").output;
  for (const char* key : {"energy", "max_force", "surface_calls"}) {
    INFO(key);
    CHECK(json_number(inside, key) == json_number(outside, key));
  }
  CHECK_FALSE(std::filesystem::exists("/tmp/ipi_" + socket_name()));
}

namespace {

std::string with_socket(std::string text) {
  for (const std::string key : {"socket = markhor", "socket unix markhor"}) {
    const std::size_t place = text.find(key);
    if (place != std::string::npos) {
      text.replace(place, key.size(), key.substr(0, key.size() - 7) + socket_name());
    }
  }
  return text;
}

}  // namespace

// The energy is that of input_examples/hcn.ini, and of Psi4 (reaction_run.cpp).
TEST_CASE("socket: the example with NWChem, where that is installed") {
  if (std::system("command -v nwchem >/dev/null 2>&1") != 0) {
    WARN("skipped: the program nwchem is not installed");
    return;
  }
  const Workshop shop("socket_nwchem");
  const std::string examples = MARKHOR_EXAMPLES;
  shop.write("nwchem_socket.ini", with_socket(read_text_file(examples + "/nwchem_socket.ini")));
  shop.write("nwchem_socket.nw", with_socket(read_text_file(examples + "/nwchem_socket.nw")));
  // It comes before the server does, too, unless it is made to wait.
  std::thread client([] {
    const std::string wait = "for i in $(seq 200); do test -S /tmp/ipi_" + socket_name() +
                             " && break; sleep 0.1; done; ";
    const std::string nwchem =
        "OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1 timeout 120 nwchem "
        "nwchem_socket.nw >nwchem.txt 2>&1 </dev/null";
    [[maybe_unused]] const int status =
        std::system(("cd socket_nwchem && " + wait + nwchem).c_str());
  });
  const Outcome run = shop.run("nwchem_socket.ini '--surface.timeout=100 seconds'");
  client.join();
  INFO(run.output << run.errors);
  CHECK(run.exit_code == 0);
  CHECK(json_number(shop.run("show nwchem_socket.h5 --json").output, "energy") ==
        Approx(-92.2460426785).margin(1e-6));
}

TEST_CASE("socket: no client in time") {
  const Workshop shop("socket_none");
  shop.write("none.ini", deck("0.2 seconds"));
  const Outcome run = shop.run("none.ini");
  CHECK(run.exit_code == 1);
  CHECK_THAT(run.errors, StartsWith("markhor: socket: the client did not come within 1 second"));
  CHECK_THAT(shop.run("show none.h5").output, Contains("Not finished: [saddle], 0 calls done\n"));
  CHECK_THAT(shop.read("none_saddle.xyz"), Contains("comment=\"not converged\""));
}

TEST_CASE("socket: a client that fails ends the run with a sentence and what was known") {
  struct Case {
    Misbehaviour misbehaviour;
    std::string timeout, sentence;
    int calls;
  };
  for (const Case& c :
       {Case{Misbehaviour::dies_early, "30 seconds", "socket: the client ", 0},
        Case{Misbehaviour::hangs, "1 seconds", "socket: the client sent nothing for 1 second", 0},
        Case{Misbehaviour::babbles, "30 seconds", "socket: the client said \"HTTP/1.1 400\"", 0},
        Case{Misbehaviour::dies_third, "30 seconds", "socket: the client ", 2}}) {
    INFO(c.sentence << c.calls);
    const Workshop shop("socket_faults");
    shop.write("deck.ini", deck(c.timeout));
    const Outcome run = run_with(shop, "deck.ini", c.misbehaviour);
    INFO(run.output << run.errors);
    CHECK(run.exit_code == 1);
    CHECK_THAT(run.errors,
               StartsWith("markhor: " + c.sentence) && Contains("`markhor continue deck.h5`"));
    CHECK(std::count(run.errors.begin(), run.errors.end(), '\n') == 1);
    CHECK_THAT(shop.run("show deck.h5").output,
               Contains("Not finished: [saddle], " + std::to_string(c.calls) + " calls done\n"));
    CHECK_THAT(shop.read("deck_saddle.xyz"), Contains("comment=\"not converged\""));
    if (c.calls == 0) continue;
    const Outcome rest = run_with(shop, "continue deck.h5", Misbehaviour::none);
    INFO(rest.output << rest.errors);
    CHECK(rest.exit_code == 0);
    CHECK_THAT(rest.output, !Contains("\n      2  ") && Contains("\n      3  "));
  }
}

// As with Hartree-Fock that does not converge any more: the last good point is what is left.
TEST_CASE(
    "socket: a calculation that fails from the third point on ends the search with a reason") {
  const Workshop shop("socket_failing");
  shop.write("deck.ini", deck("60 seconds") + "method = prfo\n");
  const Outcome run = run_with(shop, "deck.ini", Misbehaviour::fails_third);
  INFO(run.output << run.errors);
  CHECK(run.exit_code == 1);
  CHECK_THAT(run.errors, StartsWith("markhor: saddle search: no energy around the last point: ") &&
                             Contains("not finite numbers"));
  CHECK_THAT(run.output, Contains("  3  "));
  CHECK_THAT(shop.read("deck_saddle.xyz"), Contains("comment=\"not converged\""));
  CHECK_THAT(shop.run("show deck.h5 --json").output, Contains("\"converged\": false"));
}

TEST_CASE("bad input: sockets") {
  const Workshop shop("bad_socket");
  const std::string start = geometry + "[surface]\nengine = socket\n";
  CHECK(shop.refusal(start + "[saddle]\n") ==
        "deck.ini:6: engine = socket needs 'socket', where the client connects: a name, a path or "
        "a port\n");
  CHECK(shop.refusal(start + "socket = node7:31415\n[saddle]\n") ==
        "deck.ini:7: 'node7:31415' of 'socket' is not on this machine; clients are waited for on "
        "127.0.0.1 or a UNIX socket; write a name (for /tmp/ipi_NAME), the path of a UNIX socket, "
        "or a port\n");
  CHECK(shop.refusal(start + "socket = 70000\n[saddle]\n") ==
        "deck.ini:7: '70000' of 'socket' has no port between 1 and 65535; write a name (for "
        "/tmp/ipi_NAME), the path of a UNIX socket, or a port\n");
  CHECK_THAT(shop.refusal(start + "socket = a\ntimeout = 5\n[saddle]\n"),
             StartsWith("deck.ini:8: ") && Contains("seconds"));
  CHECK(shop.refusal(geometry + "[surface]\nengine = leps\nsocket = a\n[saddle]\n") ==
        "deck.ini:7: 'socket' is for engine = socket; leps does not use it\n");
}
