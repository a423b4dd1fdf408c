#include "surface/leps.hpp"

#include <cmath>

#include "core/units.hpp"

namespace markhor {

namespace {

constexpr std::array<std::array<int, 2>, 3> ends = {{{0, 1}, {1, 2}, {0, 2}}};

// Coulomb Q and exchange J integrals of a pair, over 1 + its Sato parameter, and their slopes.
struct PairTerms {
  double coulomb, exchange, coulomb_slope, exchange_slope;
};

PairTerms pair_terms(const LepsOptions& options, std::size_t pair, double r) {
  const double one = std::exp(-options.width * (r - options.bond_length)), two = one * one;
  const double d = options.dissociation_energy[pair], scale = 1.0 / (1.0 + options.sato[pair]);
  const double width = options.width;
  return {scale * 0.5 * d * (1.5 * two - one), scale * 0.25 * d * (two - 6.0 * one),
          scale * 0.5 * d * (-3.0 * two + one) * width,
          scale * 0.25 * d * (-2.0 * two + 6.0 * one) * width};
}

}  // namespace

SurfaceValue LepsSurface::evaluate(const Eigen::VectorXd& positions) {
  SurfaceValue value;
  std::array<PairTerms, 3> terms{};
  std::array<Eigen::Vector3d, 3> directions;
  double coulomb = 0.0;
  for (std::size_t p = 0; p < 3; ++p) {
    const Eigen::Vector3d r =
        positions.segment<3>(3 * ends[p][0]) - positions.segment<3>(3 * ends[p][1]);
    if (r.norm() == 0.0) {
      value.status = "two atoms are at the same place";
      return value;
    }
    directions[p] = r.normalized();
    terms[p] = pair_terms(options_, p, r.norm() / units::bohr_per_angstrom);
    coulomb += terms[p].coulomb;
  }
  const double ab = terms[0].exchange, bc = terms[1].exchange, ac = terms[2].exchange;
  // A saddle of three equal exchange terms is the crossing of two sheets, where forces end.
  const double root = std::sqrt(ab * ab + bc * bc + ac * ac - ab * bc - bc * ac - ab * ac);
  value.energy = (coulomb - root) * units::hartree_per_ev;
  value.forces = Eigen::VectorXd::Zero(9);
  value.force_errors = Eigen::VectorXd::Zero(9);
  const double sum = ab + bc + ac;
  for (std::size_t p = 0; p < 3; ++p) {
    const double by_exchange = root > 0.0 ? (3.0 * terms[p].exchange - sum) / (2.0 * root) : 0.0;
    const double slope = terms[p].coulomb_slope - by_exchange * terms[p].exchange_slope;
    const Eigen::Vector3d force =
        -slope * units::hartree_per_ev / units::bohr_per_angstrom * directions[p];
    value.forces.segment<3>(3 * ends[p][0]) += force;
    value.forces.segment<3>(3 * ends[p][1]) -= force;
  }
  value.found = std::isfinite(value.energy) && value.forces.allFinite();
  if (!value.found) value.status = "a coordinate is no number";
  return value;
}

}  // namespace markhor
