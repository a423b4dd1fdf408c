#include "hamiltonian/local_energy.hpp"

#include "core/lane_math.hpp"

namespace markhor {

namespace {

[[gnu::always_inline]] inline Lanes inverse_distance(const Lanes* a, const Lanes& x, const Lanes& y,
                                                     const Lanes& z) {
  const Lanes dx = a[0] - x, dy = a[1] - y, dz = a[2] - z;
  return reciprocal_square_root(dx * dx + dy * dy + dz * dz + Lanes(1e-30));
}

}  // namespace

CoulombHamiltonian::CoulombHamiltonian(const Molecule& molecule)
    : electrons_(molecule.electrons()), nucleus_nucleus_(molecule.nuclear_repulsion()) {
  for (const Atom& atom : molecule.atoms) {
    nuclei_.push_back({atom.position[0], atom.position[1], atom.position[2],
                       static_cast<double>(atom.atomic_number)});
  }
}

LocalEnergy CoulombHamiltonian::local_energy(const Lanes* positions,
                                             const LogDerivatives& derivatives) const {
  Lanes kinetic(0.0), repulsion(0.0), attraction(0.0);
  for (int i = 0; i < electrons_; ++i) {
    const auto e = static_cast<std::size_t>(i);
    const Lanes* g = derivatives.gradient.data() + 3 * e;
    kinetic += derivatives.laplacian[e] + (g[0] * g[0] + g[1] * g[1] + g[2] * g[2]);
    const Lanes* a = positions + 3 * e;
    for (int j = 0; j < i; ++j) {
      const Lanes* b = positions + 3 * j;
      repulsion += inverse_distance(a, b[0], b[1], b[2]);
    }
    for (const Nucleus& n : nuclei_) {
      attraction += Lanes(n.charge) * inverse_distance(a, Lanes(n.x), Lanes(n.y), Lanes(n.z));
    }
  }
  LocalEnergy energy{Lanes(-0.5) * kinetic, repulsion, -attraction, Lanes(0.0)};
  energy.total =
      energy.kinetic + energy.electron_electron + energy.electron_nucleus + Lanes(nucleus_nucleus_);
  return energy;
}

void CoulombHamiltonian::electron_energies(const Lanes* positions,
                                           const LogDerivatives& derivatives,
                                           Lanes* energies) const {
  for (int i = 0; i < electrons_; ++i) {
    const auto e = static_cast<std::size_t>(i);
    const Lanes* g = derivatives.gradient.data() + 3 * e;
    energies[e] = Lanes(-0.5) *
                  (derivatives.laplacian[e] + (g[0] * g[0] + g[1] * g[1] + g[2] * g[2]));
    const Lanes* a = positions + 3 * e;
    for (const Nucleus& n : nuclei_) {
      energies[e] -= Lanes(n.charge) * inverse_distance(a, Lanes(n.x), Lanes(n.y), Lanes(n.z));
    }
    for (int j = 0; j < i; ++j) {
      const Lanes* b = positions + 3 * j;
      const Lanes half = Lanes(0.5) * inverse_distance(a, b[0], b[1], b[2]);
      energies[e] += half;
      energies[static_cast<std::size_t>(j)] += half;
    }
  }
}

}  // namespace markhor
