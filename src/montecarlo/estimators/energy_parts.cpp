#include "montecarlo/estimators/energy_parts.hpp"

namespace markhor {

std::vector<Quantity> EnergyParts::quantities() const {
  return {{"local_energy", "hartree", "H Psi / Psi"},
          {"kinetic", "hartree", "kinetic energy, -1/2 laplacian(Psi)/Psi"},
          {"kinetic_gradient_form", "hartree", "kinetic energy, 1/2 |gradient(ln Psi)|^2"},
          {"electron_electron", "hartree", "electron-electron repulsion"},
          {"electron_nucleus", "hartree", "electron-nucleus attraction"}};
}

void EnergyParts::measure(const Sample& sample, Lanes* values) const {
  Lanes square(0.0);
  for (const Lanes& g : sample.derivatives.gradient) square += g * g;
  values[0] = sample.energy.total;
  values[1] = sample.energy.kinetic;
  values[2] = Lanes(0.5) * square;
  values[3] = sample.energy.electron_electron;
  values[4] = sample.energy.electron_nucleus;
}

}  // namespace markhor
