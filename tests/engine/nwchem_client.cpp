// A client that others wrote: NWChem (package nwchem), where it is installed.
#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>

#include "core/errors.hpp"
#include "engine/hf_surface.hpp"
#include "engine/socket_surface.hpp"
#include "molecules.hpp"
#include "reference_data.hpp"
#include "support/catch.hpp"

using namespace markhor;

namespace {

// See https://nwchemgit.github.io/Geometry-Optimization.html. Turning the molecule into axes of its
// own would turn the forces.
std::string nwchem_input(const Molecule& molecule, int port) {
  std::ostringstream text;
  text << "start client\ngeometry units au noautoz nocenter noautosym\n";
  for (const Atom& atom : molecule.atoms) {
    text << (atom.atomic_number == 1 ? "H" : "O");
    for (const double x : atom.position) text << ' ' << x;
    text << '\n';
  }
  text << "end\nbasis\n * library 3-21G\nend\nscf\n thresh 1e-8\nend\n"
       << "driver\n maxiter 100\n socket ipi_client 127.0.0.1:" << port << "\nend\n"
       << "task scf optimize\n";
  return text.str();
}

// A folder of its own, a process in it, and nothing of either left behind: the process ends when
// the server does, which therefore goes first.
class Nwchem {
 public:
  Nwchem(const std::string& input, std::unique_ptr<SocketSurface>& server)
      : server_(server),
        folder_(std::filesystem::temp_directory_path() /
                ("markhor_nwchem_" + std::to_string(getpid()))) {
    std::filesystem::create_directory(folder_);
    std::ofstream(folder_ / "client.nw") << input;
    // Open MPI wants to be asked twice before it runs as root, as in a container.
    std::vector<std::string> variables = {"OMPI_ALLOW_RUN_AS_ROOT=1",
                                          "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1"};
    for (char** variable = environ; *variable != nullptr; ++variable) {
      variables.emplace_back(*variable);
    }
    std::vector<char*> environment;
    for (std::string& variable : variables) environment.push_back(variable.data());
    environment.push_back(nullptr);
    std::string name = "nwchem", deck = "client.nw";
    char* const arguments[] = {name.data(), deck.data(), nullptr};
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addchdir_np(&actions, folder_.c_str());
    posix_spawn_file_actions_addopen(&actions, 1, "output", O_WRONLY | O_CREAT, 0600);
    posix_spawn_file_actions_adddup2(&actions, 1, 2);
    started_ = posix_spawnp(&process_, name.c_str(), &actions, nullptr, arguments,
                            environment.data()) == 0;
    posix_spawn_file_actions_destroy(&actions);
  }
  ~Nwchem() {
    server_.reset();
    if (started_) waitpid(process_, nullptr, 0);
    std::filesystem::remove_all(folder_);
  }
  Nwchem(const Nwchem&) = delete;
  Nwchem& operator=(const Nwchem&) = delete;

  bool started() const { return started_; }

 private:
  std::unique_ptr<SocketSurface>& server_;
  std::filesystem::path folder_;
  pid_t process_ = 0;
  bool started_ = false;
};

}  // namespace

TEST_CASE("NWChem as a client has our Hartree-Fock energies and forces") {
  const Molecule molecule = bent_water();
  SocketSurfaceOptions options;
  options.connect_timeout = options.reply_timeout = 60.0;
  auto surface = std::make_unique<SocketSurface>(std::vector<int>{8, 1, 1}, options);
  const Nwchem nwchem(nwchem_input(molecule, surface->port()), surface);
  if (!nwchem.started()) {
    WARN("skipped: the program nwchem is not installed");
    return;
  }
  HartreeFockSurface ours(molecule, shipped_basis("3-21G", molecule, false),
                          hartree_fock_surface_options(molecule));
  for (const double scale : {1.0, 1.02, 1.0}) {
    const Eigen::VectorXd x = scale * positions_of(molecule);
    const SurfaceValue a = surface->evaluate(x), b = ours.evaluate(x);
    CHECK(std::abs(a.energy - b.energy) < 1e-7);
    CHECK((a.forces - b.forces).cwiseAbs().maxCoeff() < 1e-5);
  }
}
