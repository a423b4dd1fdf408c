#include "montecarlo/diffusion_move.hpp"

#include <cmath>

#include "montecarlo/nearest_nucleus.hpp"

namespace markhor {

namespace {

constexpr double pi = 3.14159265358979323846;

// What the limit of the velocity needs to know of the nearest nucleus.
struct Surroundings {
  NearestNucleus nucleus;
  Lanes axis[3];        // outwards from the nucleus
  Lanes along, square;  // v.axis, v^2
};

Surroundings survey(const Molecule& molecule, const Lanes position[3], const Lanes velocity[3]) {
  Surroundings s{nearest_nucleus(molecule, position), {}, Lanes(0.0), Lanes(1e-30)};
  const Lanes inverse = Lanes(1.0) / s.nucleus.distance;
  for (int d = 0; d < 3; ++d) {
    s.axis[d] = (position[d] - s.nucleus.center[d]) * inverse;
    s.along += velocity[d] * s.axis[d];
    s.square += velocity[d] * velocity[d];
  }
  return s;
}

Lanes limit(const Surroundings& s, double time_step) {
  const Lanes one(1.0), zz = s.nucleus.charge * s.nucleus.distance, zz2 = zz * zz;
  const Lanes a = Lanes(0.5) * (one + s.along / square_root(s.square)) +
                  zz2 / (Lanes(10.0) * (Lanes(4.0) + zz2));
  return Lanes(2.0) / (one + square_root(one + Lanes(2.0 * time_step) * a * s.square));
}

}  // namespace

DiffusionPlan plan_diffusion(const Molecule& molecule, const Lanes position[3],
                             const Lanes velocity[3], double time_step) {
  const Surroundings s = survey(molecule, position, velocity);
  const Lanes shift = limit(s, time_step) * Lanes(time_step);  // vbar tau = shift v
  const Lanes z = s.nucleus.distance, reached = z + shift * s.along;
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
      Lanes(0.5) * complementary_error(reached * Lanes(1.0 / std::sqrt(2.0 * time_step)));
  return plan;
}

Lanes velocity_fraction(const Molecule& molecule, const Lanes position[3], const Lanes velocity[3],
                        double time_step) {
  return limit(survey(molecule, position, velocity), time_step);
}

DiffusionProposal propose_diffusion(const DiffusionPlan& plan, const RandomKey& key,
                                    const LaneBits& walkers, std::uint64_t step, int electron,
                                    double time_step) {
  const MoveNumbers random = move_numbers(key, walkers, step, electron);
  const Lanes root(std::sqrt(time_step));
  DiffusionProposal proposal;
  proposal.test = random.uniform;
  for (int d = 0; d < 3; ++d) proposal.position[d] = plan.drifted[d] + root * random.normal[d];
  const PhiloxWords choice = random_words(key, walkers, step, electron, 2);
  const LaneMask nuclear = uniform(choice.word[0], choice.word[1]) < plan.nuclear_probability;
  if (!any(nuclear)) return proposal;
  // r^2 exp(-2 zeta r) is the density of the sum of three exponential numbers.
  const PhiloxWords radial = random_words(key, walkers, step, electron, 3);
  const PhiloxWords angles = random_words(key, walkers, step, electron, 4);
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
  const Lanes gaussian = Lanes(std::pow(2.0 * pi * time_step, -1.5)) *
                         exponential_of_negative(from_drifted * Lanes(-0.5 / time_step));
  const Lanes cubed = plan.zeta * plan.zeta * plan.zeta * Lanes(1.0 / pi);
  const Lanes nuclear =
      cubed * exponential_of_negative(Lanes(-2.0) * plan.zeta * square_root(from_nucleus));
  return (Lanes(1.0) - plan.nuclear_probability) * gaussian + plan.nuclear_probability * nuclear;
}

}  // namespace markhor
