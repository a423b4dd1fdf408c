#include "montecarlo/accelerated_move.hpp"

#include "montecarlo/nearest_nucleus.hpp"

namespace markhor {

namespace {

constexpr double pi = 3.14159265358979323846;

// m_a(x) = gamma(a, x)/x^a for a = 3/2 and 5/2 (gamma: the lower incomplete gamma function).
struct ScaledGammas {
  Lanes three_halves, five_halves;
};

ScaledGammas scaled_gammas(const Lanes& x) {
  const Lanes decay = exponential(-x), one(1.0);
  // x < 1: the series of m_5/2, then the recursion downwards, which is stable.
  const Lanes small = minimum(x, one);
  Lanes series(0.0);
  double inverse_factorial = 1.0 / 355687428096000.0;  // 1/17!
  for (int n = 17; n >= 0; --n) {
    series = Lanes(inverse_factorial / (n + 2.5)) - small * series;
    inverse_factorial *= n;
  }
  const Lanes low = (small * series + exponential(-small)) * Lanes(2.0 / 3.0);
  // x >= 1: erf, and the recursion upwards.
  const Lanes large = maximum(x, one), root = square_root(large);
  const Lanes erf = one - decay * scaled_complementary_error(root);
  const Lanes high = (Lanes(0.5 * 1.7724538509055160) * erf - root * decay) / (large * root);
  const LaneMask is_small = x < one;
  return {select(is_small, low, high),
          select(is_small, series, (Lanes(1.5) * high - decay) / large)};
}

// int_0^r sqrt(s) (1 + c s) exp(-zeta s) ds
Lanes antiderivative(const Lanes& zeta, const Lanes& c, const Lanes& r) {
  const ScaledGammas m = scaled_gammas(zeta * r);
  return r * square_root(r) * (m.three_halves + c * r * m.five_halves);
}

// What a move's distribution depends on, in all lanes.
struct Frame {
  Lanes center[3], charge, distance;  // nearest nucleus
  Lanes axis[3], perpendicular[3];    // unit vector outwards; direction of the drift across it
  Lanes across;                       // |drift across the axis|
  Lanes zeta, c;
};

// zeta and c from the nuclear charge and the radial velocity (Umrigar1993a).
void radial_parameters(const Lanes& radial_velocity, Frame& frame) {
  const Lanes zero(0.0), z = frame.charge, r0 = frame.distance;
  const Lanes v = maximum(radial_velocity, Lanes(-2.0) * z);
  const Lanes discriminant = (z + v) * (z + v - Lanes(4.0) / r0);
  const Lanes root = square_root(maximum(discriminant, zero));
  const Lanes lower = Lanes(0.5) * (z - v - root), upper = Lanes(0.5) * (z - v + root);
  const Lanes real = select(lower > zero, lower, select(upper > zero, upper, Lanes(1e-10)));
  const Lanes complex = select(v < zero, -v, Lanes(1.0));
  frame.zeta = select(discriminant < zero, complex, real);
  const Lanes sum = frame.zeta + v;
  frame.c = sum / (Lanes(1.0) - sum * r0);
}

Frame make_frame(const Molecule& molecule, const Lanes position[3], const Lanes velocity[3]) {
  Frame frame;
  const NearestNucleus nucleus = nearest_nucleus(molecule, position);
  for (int d = 0; d < 3; ++d) frame.center[d] = nucleus.center[d];
  frame.charge = nucleus.charge;
  frame.distance = square_root(nucleus.squared_distance);
  const Lanes inverse = Lanes(1.0) / frame.distance;
  Lanes radial(0.0);
  for (int d = 0; d < 3; ++d) {
    frame.axis[d] = (position[d] - frame.center[d]) * inverse;
    radial += velocity[d] * frame.axis[d];
  }
  Lanes square(0.0);
  for (int d = 0; d < 3; ++d) {
    frame.perpendicular[d] = velocity[d] - radial * frame.axis[d];
    square += frame.perpendicular[d] * frame.perpendicular[d];
  }
  frame.across = square_root(square);
  // Without a drift across the axis any direction will do: across the axis' smaller component.
  const Lanes* a = frame.axis;
  const LaneMask none = square<Lanes(1e-20), steep = absolute(a[2])> Lanes(0.7);
  const Lanes zero(0.0);
  const Lanes other[3] = {select(steep, a[2], -a[1]), select(steep, zero, a[0]),
                          select(steep, -a[0], zero)};
  square = zero;
  for (int d = 0; d < 3; ++d) {
    frame.perpendicular[d] = select(none, other[d], frame.perpendicular[d]);
    square += frame.perpendicular[d] * frame.perpendicular[d];
  }
  const Lanes scale = Lanes(1.0) / square_root(square);
  for (int d = 0; d < 3; ++d) frame.perpendicular[d] *= scale;
  radial_parameters(radial, frame);
  return frame;
}

Lanes radial_weight(const Frame& f, const Lanes& r) {
  return square_root(r) * absolute(Lanes(1.0) + f.c * r) * exponential(-(f.zeta * r));
}

// Width of the interval of cos(theta): 2 at the nucleus, 1 far away.
Lanes angular_width(const Frame& f, const Lanes& r) {
  const Lanes x = f.charge * Lanes(0.5) * (f.distance + r);
  return Lanes(1.0) + Lanes(1.0) / (Lanes(1.0) + x * x);
}

Lanes azimuthal_bias(const Frame& f, const Lanes& r, const Lanes& sine) {
  return minimum(f.across * Lanes(0.5) * (f.distance + r) * sine, Lanes(1.0));
}

}  // namespace

Lanes radial_integral(const Lanes& zeta, const Lanes& c, const Lanes& low, const Lanes& high) {
  // The node of 1 + c r splits the interval; without one inside, the split is at an end.
  const Lanes node = select(c < Lanes(0.0), minimum(maximum(Lanes(-1.0) / c, low), high), low);
  const Lanes middle = antiderivative(zeta, c, node);
  return absolute(middle - antiderivative(zeta, c, low)) +
         absolute(antiderivative(zeta, c, high) - middle);
}

namespace {

// Density per volume of the point at radius r, given 1 + t cos(phi); zero weight never divides.
Lanes density(const Frame& f, const Lanes& r, const Lanes& azimuthal, double spread) {
  const Lanes integral =
      radial_integral(f.zeta, f.c, f.distance * Lanes(1.0 / spread), f.distance * Lanes(spread));
  return radial_weight(f, r) * azimuthal /
         (integral * angular_width(f, r) * r * r * Lanes(2.0 * pi));
}

// Largest value of sqrt(r) |1 + c r| exp(-k r) on [low, high]: at an end or at a stationary point.
Lanes largest_weight(const Lanes& c, const Lanes& k, const Lanes& low, const Lanes& high) {
  const auto weight = [&](const Lanes& r) {
    return square_root(r) * absolute(Lanes(1.0) + c * r) * exponential(-(k * r));
  };
  // d ln/dr = 1/(2r) + c/(1 + c r) - k = 0:  2 k c r^2 + (2 k - 3 c) r - 1 = 0.
  const Lanes b = Lanes(3.0) * c - Lanes(2.0) * k;
  const Lanes root = square_root(maximum(b * b + Lanes(8.0) * k * c, Lanes(0.0)));
  Lanes best = maximum(weight(low), weight(high));
  // Both roots in the form without cancellation, -2 C/(B -+ root) and (B +- root)/2A.
  for (const Lanes& r : {Lanes(2.0) / (root - b), (b + root) / (Lanes(4.0) * k * c),
                         (b - root) / (Lanes(4.0) * k * c)}) {
    const LaneMask inside = (r > low) & (r < high);
    best = select(inside, maximum(best, weight(select(inside, r, low))), best);
  }
  return best;
}

struct RadialSample {
  Lanes r;
  LaneMask valid;
};

// Rejection from a truncated exponential of half the rate, so that long tails cost no tries.
RadialSample sample_radius(const Frame& f, const MoveStream& stream, double spread) {
  constexpr int most_tries = 400;
  const Lanes low = f.distance * Lanes(1.0 / spread), high = f.distance * Lanes(spread);
  const Lanes rate = Lanes(0.5) * f.zeta, span = rate * (high - low);
  // For a tiny rate the exponential is flat on the interval; both limits agree to 1e-9 there.
  const LaneMask flat = span < Lanes(1e-6);
  const Lanes used_rate = select(flat, Lanes(0.0), rate);
  const Lanes missing = Lanes(1.0) - exponential(-span);
  const Lanes remaining = f.zeta - used_rate;
  const Lanes most = largest_weight(f.c, remaining, low, high) * Lanes(1.0 + 1e-9);
  RadialSample sample{f.distance, mask_from_bits(0)};
  for (int i = 0; i < most_tries; ++i) {
    const PhiloxWords words =
        random_words(stream.key, stream.walkers, stream.step, stream.electron, 2 + i);
    const Lanes u = uniform(words.word[0], words.word[1]);
    const Lanes test = uniform(words.word[2], words.word[3]);
    const Lanes exponential_r = low - logarithm(Lanes(1.0) - u * missing) / rate;
    const Lanes r = select(flat, low + u * (high - low), exponential_r);
    const Lanes weight =
        square_root(r) * absolute(Lanes(1.0) + f.c * r) * exponential(-(remaining * r));
    const LaneMask taken = (test * most < weight) & ~sample.valid;
    sample.r = select(taken, r, sample.r);
    sample.valid = sample.valid | taken;
    if (!any(~sample.valid)) break;
  }
  return sample;
}

}  // namespace

AcceleratedProposal propose_accelerated(const Molecule& molecule, const Lanes position[3],
                                        const Lanes velocity[3], const MoveStream& stream,
                                        double spread) {
  const Frame frame = make_frame(molecule, position, velocity);
  const RadialSample radius = sample_radius(frame, stream, spread);
  const PhiloxWords a = random_words(stream.key, stream.walkers, stream.step, stream.electron, 0);
  const PhiloxWords b = random_words(stream.key, stream.walkers, stream.step, stream.electron, 1);
  const Lanes one(1.0), r = radius.r;
  const Lanes cosine = one - angular_width(frame, r) * uniform(a.word[0], a.word[1]);
  const Lanes sine = square_root(maximum(one - cosine * cosine, Lanes(0.0)));
  const Lanes bias = azimuthal_bias(frame, r, sine);
  // phi uniform, reflected to pi - phi with probability (1 - t cos phi)/2: density 1 + t cos phi.
  SineCosine azimuth = sine_cosine_of_turns(uniform(a.word[2], a.word[3]));
  const LaneMask keep = uniform(b.word[0]) < Lanes(0.5) * (one + bias * azimuth.cosine);
  azimuth.cosine = select(keep, azimuth.cosine, -azimuth.cosine);
  AcceleratedProposal proposal;
  const Lanes* z = frame.axis;
  const Lanes* x = frame.perpendicular;
  const Lanes y[3] = {z[1] * x[2] - z[2] * x[1], z[2] * x[0] - z[0] * x[2],
                      z[0] * x[1] - z[1] * x[0]};
  for (int d = 0; d < 3; ++d) {
    proposal.position[d] =
        frame.center[d] +
        r * (cosine * z[d] + sine * (azimuth.cosine * x[d] + azimuth.sine * y[d]));
  }
  proposal.density = density(frame, r, one + bias * azimuth.cosine, spread);
  proposal.test = uniform(b.word[2], b.word[3]);
  proposal.valid = radius.valid;
  return proposal;
}

Lanes reverse_density(const Molecule& molecule, const Lanes to[3], const Lanes from[3],
                      const Lanes velocity[3], double spread) {
  const Frame frame = make_frame(molecule, from, velocity);
  Lanes square(1e-30), along(0.0), across(0.0);
  for (int d = 0; d < 3; ++d) {
    const Lanes x = to[d] - frame.center[d];
    square += x * x;
    along += x * frame.axis[d];
    across += x * frame.perpendicular[d];
  }
  const Lanes r = square_root(square), cosine = along / r, one(1.0);
  const Lanes sine = square_root(maximum(one - cosine * cosine, Lanes(0.0)));
  const Lanes bias = azimuthal_bias(frame, r, sine);
  // t cos(phi) with cos(phi) = across/(r sin(theta)); on the axis t is zero.
  const Lanes azimuthal = one + bias * across / (r * maximum(sine, Lanes(1e-14)));
  const LaneMask possible = (r > frame.distance * Lanes(1.0 / spread)) &
                            (r < frame.distance * Lanes(spread)) &
                            (cosine > one - angular_width(frame, r));
  return select(possible, density(frame, r, azimuthal, spread), Lanes(0.0));
}

}  // namespace markhor
