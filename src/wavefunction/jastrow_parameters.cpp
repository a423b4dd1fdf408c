#include "wavefunction/jastrow_parameters.hpp"

#include <algorithm>

#include "molecule/element.hpp"
#include "wavefunction/three_body_terms.hpp"

namespace markhor {

namespace {

// The first nucleus of each class speaks for it.
std::vector<std::size_t> representatives(const TrialWaveFunction& trial) {
  std::vector<std::size_t> first;
  for (std::size_t a = 0; a < trial.atom_classes.size(); ++a) {
    if (trial.atom_classes[a] == static_cast<int>(first.size())) first.push_back(a);
  }
  return first;
}

std::string nucleus_name(const TrialWaveFunction& trial, std::size_t atom) {
  return element_symbol(trial.molecule.atoms[atom].atomic_number) + std::to_string(atom + 1);
}

void add_polynomial(std::vector<Parameter>& parameters, const std::string& start,
                    const RadialJastrow& f) {
  for (std::size_t i = 0; i < f.polynomial.size(); ++i) {
    parameters.push_back(
        {start + " b" + std::to_string(i + 2), ParameterKind::jastrow, f.polynomial[i]});
  }
}

// The terms that three_body_cusp_basis leaves independent: rows of the unit matrix within it.
std::vector<Eigen::Index> independent_terms(const Eigen::MatrixXd& basis) {
  std::vector<Eigen::Index> rows;
  for (Eigen::Index t = 0; t < basis.rows(); ++t) {
    const auto p = static_cast<Eigen::Index>(rows.size());
    if (p < basis.cols() && basis.row(t) == Eigen::RowVectorXd::Unit(basis.cols(), p)) {
      rows.push_back(t);
    }
  }
  return rows;
}

std::vector<Parameter> polynomial_parameters(const TrialWaveFunction& trial,
                                             const ThreeBodyJastrow& jastrow,
                                             const std::string& start) {
  const std::vector<ThreeBodyTerm> terms = three_body_terms(jastrow.order);
  const auto independent = independent_terms(three_body_cusp_basis(jastrow.order));
  std::vector<Parameter> parameters;
  for (const std::size_t atom : representatives(trial)) {
    for (const Eigen::Index t : independent) {
      const auto [k, l, m] = terms[static_cast<std::size_t>(t)];
      parameters.push_back({start + " " + nucleus_name(trial, atom) + " c" + std::to_string(k) +
                                std::to_string(l) + std::to_string(m),
                            ParameterKind::jastrow, jastrow.coefficients[atom][t]});
    }
  }
  return parameters;
}

void change_polynomial(const std::vector<int>& classes, const Eigen::VectorXd& step,
                       ThreeBodyJastrow& jastrow) {
  const Eigen::MatrixXd basis = three_body_cusp_basis(jastrow.order);
  for (std::size_t a = 0; a < classes.size(); ++a) {
    jastrow.coefficients[a] += basis * step.segment(classes[a] * basis.cols(), basis.cols());
  }
}

}  // namespace

std::vector<Parameter> electron_electron_parameters(const TrialWaveFunction& trial) {
  const RadialJastrow& f = trial.jastrow.electron_electron;
  std::vector<Parameter> parameters = {{"ee a2", ParameterKind::jastrow, f.pade}};
  add_polynomial(parameters, "ee", f);
  return parameters;
}

std::optional<std::string> change_electron_electron(TrialWaveFunction& trial,
                                                    const Eigen::VectorXd& step) {
  RadialJastrow& f = trial.jastrow.electron_electron;
  f.pade += step[0];
  for (std::size_t i = 0; i < f.polynomial.size(); ++i) {
    f.polynomial[i] += step[static_cast<Eigen::Index>(i) + 1];
  }
  // At a2 = -kappa the Pade term has a pole at infinite distance; 5 % away it is already odd.
  if (f.pade > -0.95 * f.kappa) return std::nullopt;
  return "electron-electron a2 = " + std::to_string(f.pade) +
         " is at its pole, -kappa = " + std::to_string(-f.kappa);
}

bool has_parallel_pairs(const Molecule& molecule) {
  return std::max(molecule.up_electrons(), molecule.down_electrons()) > 1;
}

std::vector<Parameter> parallel_parameters(const TrialWaveFunction& trial) {
  std::vector<Parameter> parameters;
  if (has_parallel_pairs(trial.molecule)) {
    add_polynomial(parameters, "ee_parallel", trial.jastrow.parallel);
  }
  return parameters;
}

std::optional<std::string> change_parallel(TrialWaveFunction& trial, const Eigen::VectorXd& step) {
  for (Eigen::Index i = 0; i < step.size(); ++i) {
    trial.jastrow.parallel.polynomial[static_cast<std::size_t>(i)] += step[i];
  }
  return std::nullopt;
}

std::vector<Parameter> electron_nucleus_parameters(const TrialWaveFunction& trial) {
  std::vector<Parameter> parameters;
  for (const std::size_t atom : representatives(trial)) {
    add_polynomial(parameters, "en " + nucleus_name(trial, atom),
                   trial.jastrow.electron_nucleus[atom]);
  }
  return parameters;
}

std::optional<std::string> change_electron_nucleus(TrialWaveFunction& trial,
                                                   const Eigen::VectorXd& step) {
  Eigen::Index first = 0;
  const std::vector<std::size_t> leaders = representatives(trial);
  for (std::size_t c = 0; c < leaders.size(); ++c) {
    const std::size_t size = trial.jastrow.electron_nucleus[leaders[c]].polynomial.size();
    for (std::size_t a = 0; a < trial.atom_classes.size(); ++a) {
      if (trial.atom_classes[a] != static_cast<int>(c)) continue;
      for (std::size_t i = 0; i < size; ++i) {
        trial.jastrow.electron_nucleus[a].polynomial[i] +=
            step[first + static_cast<Eigen::Index>(i)];
      }
    }
    first += static_cast<Eigen::Index>(size);
  }
  return std::nullopt;
}

std::vector<Parameter> three_body_parameters(const TrialWaveFunction& trial) {
  return polynomial_parameters(trial, trial.jastrow.three_body, "een");
}

std::optional<std::string> change_three_body(TrialWaveFunction& trial,
                                             const Eigen::VectorXd& step) {
  change_polynomial(trial.atom_classes, step, trial.jastrow.three_body);
  return std::nullopt;
}

std::vector<Parameter> parallel_three_body_parameters(const TrialWaveFunction& trial) {
  if (!has_parallel_pairs(trial.molecule)) return {};
  return polynomial_parameters(trial, trial.jastrow.parallel_three_body, "een_parallel");
}

std::optional<std::string> change_parallel_three_body(TrialWaveFunction& trial,
                                                      const Eigen::VectorXd& step) {
  change_polynomial(trial.atom_classes, step, trial.jastrow.parallel_three_body);
  return std::nullopt;
}

}  // namespace markhor
