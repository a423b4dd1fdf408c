// The engines a surface can have, by name.
//
// A new engine is a row of the table in factory.cpp.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/units.hpp"
#include "engine/hf_surface.hpp"
#include "engine/socket_surface.hpp"
#include "molecule/basis_set.hpp"
#include "molecule/molecule.hpp"
#include "surface/leps.hpp"
#include "surface/noisy_surface.hpp"
#include "surface/pair_surfaces.hpp"

namespace markhor {

struct SurfaceOptions {
  std::string engine;  // a name of surface_kinds()
  HartreeFockSurfaceOptions hartree_fock;
  LennardJones lennard_jones = {units::hartree_per_ev, 2.5 * units::bohr_per_angstrom};
  // Platinum as in G. Henkelman, G. Johannesson, H. Jonsson, in Theoretical Methods in Condensed
  // Phase Chemistry (Kluwer, 2000), p. 269: 0.7102 eV, 1.6047 1/angstrom, 2.8970 angstrom.
  Morse morse = {0.7102 * units::hartree_per_ev, 1.6047 / units::bohr_per_angstrom,
                 2.8970 * units::bohr_per_angstrom};
  LepsOptions leps;
  SocketSurfaceOptions socket;
  NoiseOptions noise;  // planted on any of them by whoever makes it
};

struct SurfaceKind {
  std::string name, help;
  bool has_electrons = false;  // charge and multiplicity matter
  bool needs_basis = false;
  std::vector<std::string> parameters;  // deck names of those members of the options it has alone
  // A sentence on what keeps this engine from this molecule, empty if nothing does.
  std::string (*problem)(const Molecule& molecule);
  // The molecule's positions do not matter. Throws CalculationError as the surface's constructor.
  std::unique_ptr<Surface> (*make)(const SurfaceOptions& options, const Molecule& molecule,
                                   const BasisSet& basis);
  // Lines on what the user must do once the surface is made, each with its end. Null: nothing.
  std::string (*instructions)(const SurfaceOptions& options) = nullptr;
  bool has_elements = true;  // the particles are atoms, which have masses
};

const std::vector<SurfaceKind>& surface_kinds();
// Throws std::logic_error if there is none of that name.
const SurfaceKind& surface_kind(const std::string& name);

// basis: of engines that need one.
std::unique_ptr<Surface> make_surface(const SurfaceOptions& options, const Molecule& molecule,
                                      const BasisSet& basis);

}  // namespace markhor
