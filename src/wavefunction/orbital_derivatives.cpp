#include "wavefunction/orbital_derivatives.hpp"

#include <algorithm>

#include "wavefunction/shell_fit.hpp"

namespace markhor {

OrbitalDerivatives::OrbitalDerivatives(const TrialWaveFunction& trial,
                                       const ParameterSelection& selection,
                                       const std::vector<int> (&used)[2]) {
  std::vector<OrbitalRotation> rotations;
  if (selection.orbitals) rotations = orbital_rotations(trial, selection);
  rotations_ = rotations.size();
  for (int s = 0; s < 2; ++s) {
    const Eigen::MatrixXd& orbitals = s == 0 ? trial.up : trial.down;
    Spin spin{
        {trial.molecule, trial.basis,
         selection.orbitals ? orbitals : Eigen::MatrixXd(orbitals.rows(), 0), trial.cusp_radii},
        static_cast<int>(used[s].size()),
        {},
        orbitals(Eigen::all, used[s])};
    std::vector<int> place(static_cast<std::size_t>(orbitals.cols()), -1);
    for (std::size_t u = 0; u < used[s].size(); ++u) {
      place[static_cast<std::size_t>(used[s][u])] = static_cast<int>(u);
    }
    for (std::size_t k = 0; k < rotations.size(); ++k) {
      const auto [up, down, p, q] = rotations[k];
      if (!(s == 0 ? up : down)) continue;
      const int from = place[static_cast<std::size_t>(p)], to = place[static_cast<std::size_t>(q)];
      if (from >= 0) spin.gains.push_back({static_cast<int>(k), from, q, 1.0});
      if (to >= 0) spin.gains.push_back({static_cast<int>(k), to, p, -1.0});
    }
    const auto all = static_cast<std::size_t>(spin.all.orbitals());
    scratch_size_ =
        std::max(scratch_size_, all * (orbital_components + 1) + spin.all.scratch_size());
    spins_.push_back(std::move(spin));
  }
  if (selection.exponents) plan_exponents(trial);
}

void OrbitalDerivatives::plan_exponents(const TrialWaveFunction& trial) {
  const std::vector<TiedShells> groups = tied_shells(trial);
  exponents_ = groups.size();
  std::vector<int> group_of_shell(trial.basis.shells.size(), 0);
  for (std::size_t g = 0; g < groups.size(); ++g) {
    for (const std::size_t s : groups[g].shells) group_of_shell[s] = static_cast<int>(g);
  }
  for (std::size_t s = 0; s < trial.basis.shells.size(); ++s) {
    parameter_of_function_.insert(parameter_of_function_.end(),
                                  static_cast<std::size_t>(trial.basis.shells[s].size()),
                                  group_of_shell[s]);
  }
  const Eigen::Index n = trial.basis.size();
  functions_ = std::make_unique<OrbitalSet>(trial.molecule, trial.basis,
                                            Eigen::MatrixXd::Identity(n, n), trial.cusp_radii);
  const std::vector<Eigen::Index> first = first_functions(trial.basis);
  for (const ShellBlock& block : shell_blocks(trial.basis)) {
    for (std::size_t of = 0; of < block.shells.size(); ++of) {
      for (std::size_t by = 0; by < block.shells.size(); ++by) {
        const double part =
            block.scale_fit(static_cast<Eigen::Index>(by), static_cast<Eigen::Index>(of));
        for (int m = 0; m < block.functions; ++m) {
          follows_.push_back({static_cast<int>(first[block.shells[of]]) + m,
                              static_cast<int>(first[block.shells[by]]) + m, part});
        }
      }
    }
  }
  const std::size_t values = static_cast<std::size_t>(n) * orbital_components;
  scratch_size_ = std::max(scratch_size_, 2 * values + functions_->scratch_size());
}

void OrbitalDerivatives::add_rotations(const Spin& spin, const Lanes* position, const Lanes* drift,
                                       const Lanes* gamma, const Lanes* xi, Lanes* log_derivative,
                                       Lanes* energy_derivative, Lanes* scratch) const {
  const int all = spin.all.orbitals();
  Lanes* const orbitals = scratch;
  Lanes* const b = scratch + all * orbital_components;
  spin.all.evaluate(position, orbitals, b + all);
  for (int j = 0; j < all; ++j) b[j] = one_electron_part(orbitals + j * orbital_components, drift);
  for (const Gain& gain : spin.gains) {
    const Lanes sign(gain.sign), value = orbitals[gain.target * orbital_components];
    log_derivative[gain.parameter] += sign * gamma[gain.source] * value;
    energy_derivative[gain.parameter] +=
        sign * (xi[gain.source] * value + gamma[gain.source] * b[gain.target]);
  }
}

void OrbitalDerivatives::add_exponents(const Spin& spin, const Lanes* position, const Lanes* drift,
                                       const Lanes* gamma, const Lanes* xi, Lanes* log_derivative,
                                       Lanes* energy_derivative, Lanes* scratch) const {
  const int functions = functions_->basis_functions();
  const int values = functions * orbital_components;
  Lanes *const f = scratch, *const still = f + values, *const work = still + values;
  functions_->evaluate_scale_derivatives(position, f, work);
  functions_->evaluate(position, still, work);
  for (const auto& [of, by, part] : follows_) {
    for (int c = 0; c < orbital_components; ++c) {
      f[of * orbital_components + c] -= Lanes(part) * still[by * orbital_components + c];
    }
  }
  for (int m = 0; m < functions; ++m) {
    Lanes g(0.0), x(0.0);
    for (int j = 0; j < spin.used; ++j) {
      const Lanes c(spin.coefficients(m, j));
      g += c * gamma[j];
      x += c * xi[j];
    }
    const Lanes* own = f + m * orbital_components;
    const int p = parameter_of_function_[static_cast<std::size_t>(m)];
    log_derivative[p] += g * own[0];
    energy_derivative[p] += x * own[0] + g * one_electron_part(own, drift);
  }
}

void OrbitalDerivatives::accumulate(const Adjoint& adjoint, const Lanes* positions,
                                    const Lanes* jastrow_gradient, Lanes* log_derivative,
                                    Lanes* energy_derivative, Lanes* scratch) const {
  const Spin& spin = spins_[static_cast<std::size_t>(adjoint.spin)];
  for (int e = 0; e < adjoint.count; ++e) {
    const int electron = adjoint.first + e;
    const Lanes* position = positions + 3 * electron;
    const Lanes* drift = jastrow_gradient + 3 * electron;
    const Lanes* gamma = adjoint.gamma + e * spin.used;
    const Lanes* xi = adjoint.xi + e * spin.used;
    if (rotations_ > 0) {
      add_rotations(spin, position, drift, gamma, xi, log_derivative, energy_derivative, scratch);
    }
    if (exponents_ > 0) {
      add_exponents(spin, position, drift, gamma, xi, log_derivative + rotations_,
                    energy_derivative + rotations_, scratch);
    }
  }
}

}  // namespace markhor
