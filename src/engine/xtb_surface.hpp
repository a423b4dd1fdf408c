// GFN2-xTB as a surface, in this process through Debian's libxtb (package libxtb-dev).
#pragma once

#include <memory>
#include <string>

#include "molecule/molecule.hpp"
#include "surface/surface.hpp"

namespace markhor {

struct XtbSurfaceOptions {
  // Scales the thresholds of its self-consistency. With its own default of 1 forces are not the
  // slopes of energies to better than 1e-5 Hartree/bohr.
  double accuracy = 0.01;
  int max_iterations = 250;
  // Points as near as this in every coordinate to one that began afresh start from its charges, as
  // those of differences do; bohr. All others begin afresh.
  double restart_distance = 0.02;
};

// True if the program was built with libxtb.
bool xtb_is_built_in();
std::string no_xtb_sentence();  // what to do where it was not
// Why there can be no surface of this molecule, a sentence; empty if there can.
std::string xtb_refusal(const Molecule& molecule);

// Energies and forces of C. Bannwarth, S. Ehlert, S. Grimme, J. Chem. Theory Comput. 15, 1652
// (2019), by one thread; errors are zero. A value does not depend on the points before but for what
// is left of the self-consistency, 1e-7 Hartree/bohr in the forces; a self-consistency that fails
// makes a point that is not found.
class XtbSurface : public Surface {
 public:
  // The molecule's positions do not matter. CalculationError: xtb_refusal.
  explicit XtbSurface(const Molecule& molecule, const XtbSurfaceOptions& options = {});
  ~XtbSurface() override;

  const SurfaceSystem& system() const override { return system_; }
  SurfaceValue evaluate(const Eigen::VectorXd& positions) override;

 private:
  struct Library;  // handles; not defined without libxtb
  SurfaceSystem system_;
  std::shared_ptr<Library> library_;
};

}  // namespace markhor
