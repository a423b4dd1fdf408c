#include "montecarlo/diffusion_move.hpp"

#include <cmath>

#include "montecarlo/nearest_nucleus.hpp"

namespace markhor {

namespace {

constexpr double pi = 3.14159265358979323846;

// erfc(a) to 1.5e-7 (Abramowitz and Stegun, Handbook of Mathematical Functions, 7.1.26). The
// probability q may be any function of where the electron is, so long as drawing and density use
// the same one; only its size near and far from the nucleus matters.
[[gnu::always_inline]] inline Lanes roughly_complementary_error(const Lanes& a) {
  const Lanes size = absolute(a), one(1.0), t = one / (one + Lanes(0.3275911) * size);
  const Lanes polynomial =
      t * (Lanes(0.254829592) +
           t * (Lanes(-0.284496736) +
                t * (Lanes(1.421413741) + t * (Lanes(-1.453152027) + t * Lanes(1.061405429)))));
  const Lanes tail = polynomial * exponential_of_negative(-(size * size));
  return select(a < Lanes(0.0), Lanes(2.0) - tail, tail);
}

// What the limit of the velocity needs to know of the nearest nucleus.
struct Surroundings {
  NearestNucleus nucleus;
  Lanes distance;
  Lanes axis[3];        // outwards from the nucleus
  Lanes along, square;  // v.axis, v^2
};

[[gnu::always_inline]] inline Surroundings survey(const Molecule& molecule, const Lanes position[3],
                                                  const Lanes velocity[3]) {
  Surroundings s{nearest_nucleus(molecule, position), {}, {}, Lanes(0.0), Lanes(1e-30)};
  const Lanes inverse = reciprocal_square_root(s.nucleus.squared_distance);
  s.distance = s.nucleus.squared_distance * inverse;
  for (int d = 0; d < 3; ++d) {
    s.axis[d] = (position[d] - s.nucleus.center[d]) * inverse;
    s.along += velocity[d] * s.axis[d];
    s.square += velocity[d] * velocity[d];
  }
  return s;
}

[[gnu::always_inline]] inline Lanes limit(const Surroundings& s, double time_step) {
  const Lanes one(1.0), zz2 = s.nucleus.charge * s.nucleus.charge * s.nucleus.squared_distance;
  const Lanes a = Lanes(0.5) * (one + s.along * reciprocal_square_root(s.square)) +
                  zz2 / (Lanes(40.0) + Lanes(10.0) * zz2);
  return Lanes(2.0) / (one + square_root(one + Lanes(2.0 * time_step) * a * s.square));
}

}  // namespace

DiffusionPlan plan_diffusion(const Molecule& molecule, const Lanes position[3],
                             const Lanes velocity[3], double time_step) {
  const Surroundings s = survey(molecule, position, velocity);
  const Lanes shift = limit(s, time_step) * Lanes(time_step);  // vbar tau = shift v
  const Lanes z = s.distance, reached = z + shift * s.along;
  const Lanes drifted_z = maximum(reached, Lanes(0.0));
  const Lanes across = shift * Lanes(2.0) * drifted_z / (z + drifted_z);
  DiffusionPlan plan;
  for (int d = 0; d < 3; ++d) {
    plan.center[d] = s.nucleus.center[d];
    plan.drifted[d] =
        s.nucleus.center[d] + drifted_z * s.axis[d] + across * (velocity[d] - s.along * s.axis[d]);
  }
  plan.zeta = square_root(s.nucleus.charge * s.nucleus.charge + Lanes(1.0 / time_step));
  plan.nuclear_probability =
      Lanes(0.5) * roughly_complementary_error(reached * Lanes(1.0 / std::sqrt(2.0 * time_step)));
  return plan;
}

Lanes velocity_fraction(const Molecule& molecule, const Lanes position[3], const Lanes velocity[3],
                        double time_step) {
  return limit(survey(molecule, position, velocity), time_step);
}

DiffusionProposal propose_diffusion(const DiffusionPlan& plan, const RandomKey& key,
                                    const LaneBits& walkers, std::uint64_t step, int electron,
                                    double time_step) {
  const NormalNumbers random = normal_numbers(key, walkers, step, electron);
  const Lanes root(std::sqrt(time_step));
  DiffusionProposal proposal;
  proposal.test = uniform(random.rest[0]);
  for (int d = 0; d < 3; ++d) proposal.position[d] = plan.drifted[d] + root * random.normal[d];
  const LaneMask nuclear = uniform(random.rest[1]) < plan.nuclear_probability;
  if (!any(nuclear)) return proposal;
  // r^2 exp(-2 zeta r) is the density of the sum of three exponential numbers.
  const PhiloxWords radial = random_words(key, walkers, step, electron, 2);
  const PhiloxWords angles = random_words(key, walkers, step, electron, 3);
  const Lanes product =
      uniform(radial.word[0]) * uniform(radial.word[1]) * uniform(radial.word[2], radial.word[3]);
  const Lanes r = -logarithm(product) / (plan.zeta + plan.zeta);
  const Lanes cosine = Lanes(2.0) * uniform(angles.word[0], angles.word[1]) - Lanes(1.0);
  const Lanes sine = square_root(maximum(Lanes(1.0) - cosine * cosine, Lanes(0.0)));
  const SineCosine azimuth = sine_cosine_of_turns(uniform(angles.word[2]));
  const Lanes direction[3] = {sine * azimuth.cosine, sine * azimuth.sine, cosine};
  for (int d = 0; d < 3; ++d) {
    proposal.position[d] = select(nuclear, plan.center[d] + r * direction[d], proposal.position[d]);
  }
  return proposal;
}

Lanes diffusion_density(const DiffusionPlan& plan, const Lanes point[3], double time_step) {
  Lanes from_drifted(0.0), from_nucleus(1e-30);
  for (int d = 0; d < 3; ++d) {
    const Lanes a = point[d] - plan.drifted[d], b = point[d] - plan.center[d];
    from_drifted += a * a;
    from_nucleus += b * b;
  }
  const double width = 2.0 * pi * time_step;
  const Lanes gaussian = Lanes(1.0 / (width * std::sqrt(width))) *
                         exponential_of_negative(from_drifted * Lanes(-0.5 / time_step));
  const Lanes cubed = plan.zeta * plan.zeta * plan.zeta * Lanes(1.0 / pi);
  const Lanes nuclear = cubed * exponential_of_negative(Lanes(-2.0) * plan.zeta * from_nucleus *
                                                        reciprocal_square_root(from_nucleus));
  return (Lanes(1.0) - plan.nuclear_probability) * gaussian + plan.nuclear_probability * nuclear;
}

}  // namespace markhor
