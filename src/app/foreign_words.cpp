#include "app/foreign_words.hpp"

namespace markhor {

std::vector<ForeignWord> foreign_keys() {
  const std::string blocks =
      "blocks are formed when the data are analysed; the length of a run is "
      "'steps' of [vmc]";
  const std::string equilibration = "equilibration is detected and discarded by itself";
  const std::string shift = "the level shift, which sets the length of a step, is chosen by itself";
  return {
      {"basis", "basis", "set", ""},
      {"basis_set", "basis", "set", ""},
      {"basisset", "basis", "set", ""},
      {"bohr", "molecule", "units", "units = bohr"},
      {"coordinates", "molecule", "geometry", "an XYZ file"},
      {"coords", "molecule", "geometry", "an XYZ file"},
      {"geom", "molecule", "geometry", "an XYZ file"},
      {"xyz", "molecule", "geometry", "an XYZ file"},
      {"unit", "molecule", "units", ""},
      {"spin", "molecule", "multiplicity", "2S + 1"},
      {"mult", "molecule", "multiplicity", ""},
      {"pure", "basis", "cartesian", "no for spherical functions"},
      {"spherical", "basis", "cartesian", "no for spherical functions"},
      {"reference", "scf", "method", ""},
      {"scftype", "scf", "method", ""},
      {"scf_type", "scf", "method", ""},
      {"nthreads", "scf", "threads", ""},
      {"num_threads", "scf", "threads", ""},
      {"maxiter", "scf", "max_iterations", ""},
      {"max_cycle", "scf", "max_iterations", ""},
      {"conv_tol", "scf", "convergence", ""},
      {"e_convergence", "scf", "convergence", ""},
      {"stability", "scf", "follow_instability", ""},
      {"max_memory", "scf", "memory", ""},
      {"j1", "wavefunction", "jastrow", "the term is 'en'"},
      {"j2", "wavefunction", "jastrow", "the term is 'ee'"},
      {"j3", "wavefunction", "jastrow", "the term is 'een'"},
      {"cusp", "wavefunction", "cusp_correction", ""},
      {"restart", "wavefunction", "import", "a result file"},
      {"load", "wavefunction", "import", "a result file"},
      {"cas", "wavefunction", "active_space", "such as 8 in 8"},
      {"casscf", "wavefunction", "active_space", "such as 8 in 8"},
      {"nopt", "optimize", "max_iterations", ""},
      {"nopt_iter", "optimize", "max_iterations", ""},
      {"optimizer", "optimize", "method", ""},
      {"nsamples", "optimize", "samples", ""},
      {"nblk_max", "optimize", "max_samples", ""},
      {"variance", "optimize", "variance_weight", ""},
      {"energy_tol", "optimize", "tolerance", ""},
      {"dl_tol", "optimize", "tolerance", ""},
      {"adiag", "", "", shift},
      {"add_diag", "", "", shift},
      {"shift_i", "", "", shift},
      {"shift_s", "", "", shift},
      {"level_shift", "", "", shift},
      {"learning_rate", "", "", shift},
      {"tau", "vmc", "time_step", ""},
      {"timestep", "vmc", "time_step", ""},
      {"dt", "vmc", "time_step", ""},
      {"dtvmc", "vmc", "time_step", ""},
      {"nwalkers", "vmc", "walkers", ""},
      {"nconfig", "vmc", "walkers", ""},
      {"vmc_nstep", "vmc", "steps", ""},
      {"nsteps", "vmc", "steps", ""},
      {"samples", "vmc", "steps", "sweeps of each walker"},
      {"blocks", "", "", blocks},
      {"nblocks", "", "", blocks},
      {"vmc_nblk", "", "", blocks},
      {"warmupsteps", "", "", equilibration},
      {"vmc_equil_nstep", "", "", equilibration},
      {"equilibration", "", "", equilibration},
      {"ecp", "", "", "this version has no pseudopotentials, all electrons are treated"},
      {"pseudo", "", "", "this version has no pseudopotentials, all electrons are treated"},
      {"pseudopotential", "", "",
       "this version has no pseudopotentials, all electrons are treated"},
      {"fmax", "", "", "this version does not move nuclei"},
      {"random_seed", "run", "seed", ""},
      {"output", "output", "file", ""},
      {"outfile", "output", "file", ""},
  };
}

std::vector<ForeignWord> foreign_sections() {
  return {
      {"system", "", "", "the atoms are in [molecule]"},
      {"geometry", "", "", "the atoms are in [molecule]"},
      {"hf", "", "", "Hartree-Fock is [scf]"},
      {"hartree-fock", "", "", "Hartree-Fock is [scf]"},
      {"jastrow", "", "", "the Jastrow factor is a key of [wavefunction]"},
      {"wave_function", "", "", "write [wavefunction]"},
      {"dmc", "", "", "diffusion Monte Carlo is not in this version"},
      {"opt", "", "", "optimization of wave functions is [optimize]"},
      {"optimization", "", "", "optimization of wave functions is [optimize]"},
      {"ci", "", "", "determinants are 'active_space' of [wavefunction]"},
      {"surface", "", "", "surfaces are not in this version"},
      {"saddle", "", "", "saddle searches are not in this version"},
  };
}

}  // namespace markhor
