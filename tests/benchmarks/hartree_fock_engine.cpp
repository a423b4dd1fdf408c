#include "benchmarks/hartree_fock_engine.hpp"

#include <utility>

#include "core/errors.hpp"
#include "engine/hf_surface.hpp"
#include "molecule/basis_library.hpp"

namespace markhor::benchmarks {

std::unique_ptr<Surface> hartree_fock_engine(const Molecule& molecule, const std::string& basis) {
  Faults faults;
  BasisSet functions =
      load_basis({basis, {MARKHOR_SOURCE_DIR "/basis_sets"}, {}, {}}, molecule, faults);
  faults.throw_if_any();
  HartreeFockSurfaceOptions options = hartree_fock_surface_options(molecule);
  options.scf.threads = 1;
  return std::make_unique<HartreeFockSurface>(molecule, std::move(functions), options);
}

}  // namespace markhor::benchmarks
