// Diffusion Monte Carlo of Li2 with the published Slater-Pade wave function, at the published time
// steps.
//
//     [mpirun -n 2] li2_time_steps [target error, Hartree] [unr | zen | size-consistent]
//
// Bond length 5.051 bohr; orbitals of 1s, 1s', 2s and 2p Slater functions on each atom; Jastrow
// factor exp(sum a r/(1 + 0.821683 r)), a = 1/2 for unlike and 1/4 for like spins. Parameters of
// Umrigar, Nightingale, Runge, J. Chem. Phys. 99, 2865 (1993), as QMCPACK's test Li2_STO_ae has
// them. Published energies: VMC -14.9472(2); DMC at tau = 0.25, 0.10, 0.05, 0.01 read from figure
// 7 of the paper: -14.99394(8), -14.98938(14), -14.98889(20), -14.98947(35); tau -> 0: -14.9890(2).
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "montecarlo/dmc.hpp"
#include "parallel/communicator.hpp"
#include "wavefunction/factory.hpp"

namespace {

using namespace markhor;

Shell slater(int atom, int l, int power, double zeta) {
  Shell shell{atom, l, false, {zeta}, {1.0}, {power}};
  normalize_contraction(shell);
  return shell;
}

TrialWaveFunction lithium_dimer() {
  constexpr double half = 2.5255;
  TrialWaveFunction trial;
  trial.molecule.atoms = {{3, {0.0, 0.0, -half}}, {3, {0.0, 0.0, half}}};
  for (int atom = 0; atom < 2; ++atom) {
    trial.basis.shells.push_back(slater(atom, 0, 0, 3.579103));
    trial.basis.shells.push_back(slater(atom, 0, 0, 2.338523));
    trial.basis.shells.push_back(slater(atom, 0, 1, 0.707563));
    trial.basis.shells.push_back(slater(atom, 1, 0, 0.532615));
  }
  // Of each atom 1s, 1s', 2s, 2px, 2py, 2pz.
  Eigen::MatrixXd c = Eigen::MatrixXd::Zero(12, 3);
  c.col(0) << 0.606630, 1, 0, 0, 0, 0.061592, 0.606630, 1, 0, 0, 0, -0.061592;
  c.col(1) << 0.603086, 1, 0, 0, 0, 0.002946, -0.603086, -1, 0, 0, 0, 0.002946;
  c.col(2) << 0.104957, 0, 1, 0, 0, 0.305729, 0.104957, 0, 1, 0, 0, -0.305729;
  trial.up = trial.down = c;
  trial.restricted = true;
  trial.options.jastrow = {"ee"};
  trial.options.cusp_correction = false;
  // R/(1 + a2 R) with R = r/(1 + kappa r) is r/(1 + (kappa + a2) r).
  trial.jastrow.electron_electron = {0.821683, 0.5, 0.0, {}};
  complete_trial(trial);
  return trial;
}

EnergyCutoff cutoff_named(const std::string& name) {
  if (name == "zen") return EnergyCutoff::zen;
  return name == "size-consistent" ? EnergyCutoff::size_consistent : EnergyCutoff::unr;
}

}  // namespace

int main(int argc, char** argv) {
  const MpiSession session(argc, argv);
  const Communicator communicator = Communicator::world();
  const double error = argc > 1 ? std::atof(argv[1]) : 3e-4;
  const TrialWaveFunction trial = lithium_dimer();
  const WaveFunction wave_function = make_wave_function(trial);
  VmcOptions vmc;
  vmc.target_error = error;
  const VmcResult variational = run_vmc(wave_function, trial.molecule, vmc, communicator);
  DmcOptions options;
  options.time_steps = {0.25, 0.1, 0.05, 0.025, 0.01};
  options.target_error = error;
  options.cutoff = cutoff_named(argc > 2 ? argv[2] : "unr");
  const DmcResult result = run_dmc(wave_function, trial.molecule, options, communicator);
  if (!communicator.is_root()) return 0;
  std::printf("vmc            %.5f +/- %.5f  variance %.4f\n", variational.energy.value,
              variational.energy.error, variational.variance.value);
  for (const DmcTimeStep& t : result.time_steps) {
    std::printf(
        "dmc tau %-6g %.5f +/- %.5f  variance %.4f  correlation %.1f  tau_eff/tau %.3f  "
        "acceptance %.3f  growth %.5f +/- %.5f\n",
        t.time_step, t.energy.value, t.energy.error, t.variance.value,
        t.energy.autocorrelation_time, t.effective_time_step / t.time_step, t.acceptance,
        t.growth_energy.value, t.growth_energy.error);
  }
  std::printf("dmc tau -> 0   %.5f +/- %.5f  degree %d  chi squared %.2f for %d\n",
              result.energy.value, result.energy.error, result.extrapolation->degree,
              result.extrapolation->chi_squared, result.extrapolation->degrees_of_freedom);
}
