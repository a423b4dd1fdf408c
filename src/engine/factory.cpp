#include "engine/factory.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "engine/xtb_surface.hpp"
#include "molecule/coordinates.hpp"
#include "surface/mueller_brown.hpp"

namespace markhor {

namespace {

std::string no_problem(const Molecule&) { return ""; }

std::string pair_problem(const Molecule& molecule) {
  return molecule.atoms.size() > 1 ? "" : "a potential between pairs needs at least two atoms";
}

std::string leps_problem(const Molecule& molecule) {
  const std::vector<int> numbers = atomic_numbers(molecule);
  return numbers == std::vector<int>{1, 1, 1} ? "" : "leps is a surface of three H atoms";
}

std::string mueller_brown_problem(const Molecule& molecule) {
  const bool flat = molecule.atoms.size() == 1 && molecule.atoms[0].position[2] == 0.0;
  return flat ? ""
              : "mueller-brown is a surface of one particle in a plane: one line `atom = H x y 0`";
}

std::unique_ptr<Surface> make_hf(const SurfaceOptions& options, const Molecule& molecule,
                                 const BasisSet& basis) {
  return std::make_unique<HartreeFockSurface>(molecule, basis, options.hartree_fock);
}

std::unique_ptr<Surface> make_xtb(const SurfaceOptions&, const Molecule& molecule,
                                  const BasisSet&) {
  return std::make_unique<XtbSurface>(molecule);
}

std::unique_ptr<Surface> make_lennard_jones(const SurfaceOptions& options, const Molecule& molecule,
                                            const BasisSet&) {
  return std::make_unique<PairSurface<LennardJones>>(atomic_numbers(molecule),
                                                     options.lennard_jones);
}

std::unique_ptr<Surface> make_morse(const SurfaceOptions& options, const Molecule& molecule,
                                    const BasisSet&) {
  return std::make_unique<PairSurface<Morse>>(atomic_numbers(molecule), options.morse);
}

std::unique_ptr<Surface> make_leps(const SurfaceOptions& options, const Molecule&,
                                   const BasisSet&) {
  return std::make_unique<LepsSurface>(options.leps);
}

std::unique_ptr<Surface> make_mueller_brown(const SurfaceOptions&, const Molecule&,
                                            const BasisSet&) {
  return std::make_unique<MuellerBrownSurface>();
}

std::unique_ptr<Surface> make_socket(const SurfaceOptions& options, const Molecule& molecule,
                                     const BasisSet&) {
  return std::make_unique<SocketSurface>(atomic_numbers(molecule), options.socket);
}

std::string socket_instructions(const SurfaceOptions& options) {
  return client_instructions(options.socket.address);
}

}  // namespace

const std::vector<SurfaceKind>& surface_kinds() {
  static const std::vector<SurfaceKind> kinds = {
      {"hf", "Hartree-Fock in [basis]", true, true, {}, no_problem, make_hf},
      {"xtb", "GFN2-xTB", true, false, {}, xtb_refusal, make_xtb},
      {"socket",
       "another program, such as NWChem, that connects as a client of i-PI and has its own charge, "
       "multiplicity and method",
       false,
       false,
       {"socket", "timeout"},
       no_problem,
       make_socket,
       socket_instructions},
      {"lennard-jones",
       "a pair potential",
       false,
       false,
       {"epsilon", "sigma"},
       pair_problem,
       make_lennard_jones},
      {"morse",
       "a pair potential",
       false,
       false,
       {"depth", "width", "bond_length"},
       pair_problem,
       make_morse},
      {"leps", "three H atoms, a model of an exchange", false, false, {}, leps_problem, make_leps},
      {"mueller-brown",
       "one particle in a plane, x and y in bohr",
       false,
       false,
       {},
       mueller_brown_problem,
       make_mueller_brown,
       nullptr,
       false},
  };
  return kinds;
}

const SurfaceKind& surface_kind(const std::string& name) {
  const auto& kinds = surface_kinds();
  const auto found = std::find_if(kinds.begin(), kinds.end(),
                                  [&](const SurfaceKind& kind) { return kind.name == name; });
  if (found == kinds.end()) throw std::logic_error("no engine " + name);
  return *found;
}

std::unique_ptr<Surface> make_surface(const SurfaceOptions& options, const Molecule& molecule,
                                      const BasisSet& basis) {
  return surface_kind(options.engine).make(options, molecule, basis);
}

}  // namespace markhor
