#include "engine/socket_surface.hpp"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cmath>
#include <filesystem>
#include <memory>

#include "core/errors.hpp"
#include "ipi_client.hpp"
#include "molecules.hpp"
#include "support/catch.hpp"

using namespace markhor;

namespace {

// Springs of unequal strength to the origin.
double springs(Eigen::VectorXd& x) {
  double energy = 0.0;
  for (Eigen::Index k = 0; k < x.size(); ++k) {
    const double strength = 0.1 + 0.01 * static_cast<double>(k);
    energy += 0.5 * strength * x[k] * x[k];
    x[k] *= -strength;
  }
  return energy;
}

std::string socket_path() {
  const auto folder = std::filesystem::temp_directory_path();
  return folder / ("markhor_test_" + std::to_string(getpid()));
}

struct Talk {
  std::unique_ptr<SocketSurface> surface;
  std::unique_ptr<IpiClient> client;
  // The client ends when the server's end is closed.
  ~Talk() { surface.reset(); }
};

Talk talk(Misbehaviour misbehaviour, const std::string& unix_path = "") {
  SocketSurfaceOptions options;
  options.address.unix_path = unix_path;
  options.connect_timeout = 20.0;
  options.reply_timeout = misbehaviour == Misbehaviour::hangs ? 0.2 : 20.0;
  auto surface = std::make_unique<SocketSurface>(std::vector<int>{8, 1, 1}, options);
  auto client = std::make_unique<IpiClient>(unix_path, surface->port(), misbehaviour, springs);
  return {std::move(surface), std::move(client)};
}

void check_values(SocketSurface& surface) {
  const Eigen::VectorXd x = positions_of(bent_water());
  for (const double scale : {1.0, 1.3, 0.7}) {
    Eigen::VectorXd forces = scale * x;
    const double energy = springs(forces);
    const SurfaceValue value = surface.evaluate(scale * x);
    CHECK(value.found);
    CHECK(value.energy == energy);
    CHECK(value.forces == forces);
    CHECK(value.force_errors == Eigen::VectorXd::Zero(9));
  }
}

}  // namespace

TEST_CASE("a client's energies and forces come over a port of the loopback address") {
  const Talk t = talk(Misbehaviour::none);
  check_values(*t.surface);
}

TEST_CASE("a client's energies and forces come over a UNIX socket, which leaves no file") {
  const std::string path = socket_path();
  {
    const Talk t = talk(Misbehaviour::none, path);
    CHECK(t.surface->port() == 0);
    check_values(*t.surface);
    CHECK(std::filesystem::exists(path));
  }
  CHECK_FALSE(std::filesystem::exists(path));
}

TEST_CASE("a client that asks for it is initialized") {
  const Talk t = talk(Misbehaviour::needs_init);
  check_values(*t.surface);
}

TEST_CASE("a client that fails ends the surface with a sentence") {
  struct Case {
    Misbehaviour misbehaviour;
    std::string sentence;
  };
  for (const Case& c :
       {Case{Misbehaviour::dies_early, "socket: the client"},
        Case{Misbehaviour::dies_late, "socket: the client"},
        Case{Misbehaviour::hangs, "socket: the client sent nothing for 1 second"},
        Case{Misbehaviour::babbles, "socket: the client said \"HTTP/1.1 400\" where it should be"},
        Case{Misbehaviour::loses_an_atom, "socket: the client has 2 atoms, not 3"},
        Case{Misbehaviour::promises_a_lot, "socket: the client announced a text of -1 bytes"}}) {
    INFO(c.sentence);
    const Talk t = talk(c.misbehaviour);
    const Eigen::VectorXd x = positions_of(bent_water());
    CHECK_THROWS_WITH(t.surface->evaluate(x), Catch::Matchers::StartsWith(c.sentence));
    CHECK_THROWS_AS(t.surface->evaluate(x), CalculationError);
  }
}

TEST_CASE("a client's infinite energy is a point not found, and the next one is asked for") {
  const Talk t = talk(Misbehaviour::sends_infinity);
  const Eigen::VectorXd x = positions_of(bent_water());
  CHECK_FALSE(t.surface->evaluate(x).found);
  CHECK_FALSE(t.surface->evaluate(x).status.empty());
}

TEST_CASE("a client that does not come is not waited for without end") {
  SocketSurfaceOptions options;
  options.connect_timeout = 0.1;
  SocketSurface surface({1, 1}, options);
  CHECK_THROWS_WITH(surface.evaluate(Eigen::VectorXd::LinSpaced(6, 0.0, 5.0)),
                    "socket: the client did not come within 1 second");
}

TEST_CASE("an address that cannot be had is refused at once") {
  SocketSurfaceOptions options;
  options.address.unix_path = std::string(200, 'x');
  CHECK_THROWS_AS(SocketSurface({1}, options), CalculationError);
  options.address.unix_path = "/no/such/folder/socket";
  CHECK_THROWS_AS(SocketSurface({1}, options), CalculationError);
  SocketSurfaceOptions taken;
  const SocketSurface first({1}, taken);
  taken.address.port = first.port();
  CHECK_THROWS_AS(SocketSurface({1}, taken), CalculationError);
}

TEST_CASE("addresses as users write them") {
  CHECK(read_local_address("31415").address.text() == "127.0.0.1:31415");
  CHECK(read_local_address("LocalHost:7").address.text() == "127.0.0.1:7");
  CHECK(read_local_address("water").address.unix_path == "/tmp/ipi_water");
  CHECK(read_local_address("run/socket").address.unix_path == "run/socket");
  for (const char* text : {"0", "65536", "localhost:", "localhost:1.5", "node7:31415"}) {
    INFO(text);
    CHECK_FALSE(read_local_address(text).problem.empty());
  }
}

TEST_CASE("the file that a killed server leaves is replaced, that of a living one is not") {
  SocketSurfaceOptions options;
  options.address.unix_path = socket_path();
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  options.address.unix_path.copy(address.sun_path, sizeof address.sun_path - 1);
  const int dead = socket(AF_UNIX, SOCK_STREAM, 0);
  REQUIRE(bind(dead, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
  close(dead);
  REQUIRE(std::filesystem::exists(options.address.unix_path));
  const SocketSurface living({1}, options);
  CHECK_THROWS_AS(SocketSurface({1}, options), CalculationError);
}
