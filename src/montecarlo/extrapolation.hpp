// Extrapolation of energies to time step zero.
#pragma once

#include <span>
#include <vector>

#include "montecarlo/statistics.hpp"

namespace markhor {

struct EnergyAtTimeStep {
  double time_step = 0.0, energy = 0.0, error = 0.0;  // Hartree^-1, Hartree
};

// A weighted least-squares polynomial in the time step.
struct Extrapolation {
  Estimate energy;  // at zero; the error is that of the fit with the given errors
  int degree = 1;
  std::vector<double> coefficients;  // of 1, tau, tau^2
  double chi_squared = 0.0;
  int degrees_of_freedom = 0;
  // Probability of a chi squared at least this large if the polynomial is right; 1 without degrees
  // of freedom, where nothing can be said about the fit.
  double probability = 1.0;
  bool acceptable = true;  // probability at least 0.05
};

// A straight line; with four and more time steps a parabola where the line's probability is below
// 0.05. At least two different time steps. The errors are taken as independent: runs that start
// from each other's walkers are, once equilibrated.
Extrapolation extrapolate(std::span<const EnergyAtTimeStep> energies);

}  // namespace markhor
