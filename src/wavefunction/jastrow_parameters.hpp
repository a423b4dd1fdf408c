// The Jastrow factors' parameters: names, values and steps. What the factors differentiate, in the
// same order.
//
// Symmetry-equivalent nuclei share their functions: their parameters are tied, one parameter for
// each class of TrialWaveFunction::atom_classes.
#pragma once

#include <Eigen/Dense>
#include <optional>
#include <string>
#include <vector>

#include "wavefunction/factory.hpp"
#include "wavefunction/parameters.hpp"

namespace markhor {

// a2 and b_2, b_3, ... of the one radial function.
std::vector<Parameter> electron_electron_parameters(const TrialWaveFunction& trial);
std::optional<std::string> change_electron_electron(TrialWaveFunction& trial,
                                                    const Eigen::VectorXd& step);

// b_2, b_3, ... of the function of parallel spins; none where no two electrons have equal spin.
bool has_parallel_pairs(const Molecule& molecule);
std::vector<Parameter> parallel_parameters(const TrialWaveFunction& trial);
std::optional<std::string> change_parallel(TrialWaveFunction& trial, const Eigen::VectorXd& step);

// b_2, b_3, ... of every class of nuclei.
std::vector<Parameter> electron_nucleus_parameters(const TrialWaveFunction& trial);
std::optional<std::string> change_electron_nucleus(TrialWaveFunction& trial,
                                                   const Eigen::VectorXd& step);

// The independent coefficients (three_body_cusp_basis) of every class of nuclei.
std::vector<Parameter> three_body_parameters(const TrialWaveFunction& trial);
std::optional<std::string> change_three_body(TrialWaveFunction& trial, const Eigen::VectorXd& step);

// The same of parallel spins; none where no two electrons have equal spin.
std::vector<Parameter> parallel_three_body_parameters(const TrialWaveFunction& trial);
std::optional<std::string> change_parallel_three_body(TrialWaveFunction& trial,
                                                      const Eigen::VectorXd& step);

}  // namespace markhor
