#include <cmath>
#include <memory>

#include "saddle/markhor_search.hpp"
#include "saddle/saddle_search.hpp"
#include "saddle/surface_prior.hpp"
#include "support/catch.hpp"
#include "surface/leps.hpp"
#include "surface/mueller_brown.hpp"
#include "surface/pair_surfaces.hpp"

using namespace markhor;
using Eigen::VectorXd;

namespace {

constexpr double bohr = units::bohr_per_angstrom;

// H + H2, bent, off the saddle.
const VectorXd leps_guess{{-1.7, 0.0, 0.0, 0.0, 0.25, 0.0, 2.1, 0.0, 0.1}};

SaddleOptions with(SaddleMethod method) {
  SaddleOptions options;
  options.method = method;
  if (method == SaddleMethod::dimer) options.limits.max_calls = 2000;
  return options;
}

const SaddleMethod to_saddles[] = {SaddleMethod::markhor, SaddleMethod::dimer,
                                   SaddleMethod::gp_dimer, SaddleMethod::otgp_dimer,
                                   SaddleMethod::prfo};

}  // namespace

// K. Mueller, L. D. Brown, Theor. Chim. Acta 53, 75 (1979): saddle points at (-0.822, 0.624) and
// (0.212, 0.293), energies -40.665 and -72.249.
TEST_CASE("saddle: every method finds a saddle point of Mueller and Brown's surface") {
  for (const SaddleMethod method : to_saddles) {
    INFO(method_name(method));
    MuellerBrownSurface surface;
    SaddleOptions options = with(method);
    options.direction = VectorXd{{-1.0, 1.0, 0.0}};
    const SaddleResult result = find_saddle(surface, VectorXd{{-0.75, 0.55, 0.0}}, options);
    INFO(result.status);
    REQUIRE(result.converged);
    CHECK(result.value.energy == Approx(-0.040665).margin(2e-5));
    CHECK(result.negative_modes == 1);
  }
}

TEST_CASE("saddle: every method finds the collinear saddle point of LEPS, and says so") {
  for (const SaddleMethod method : to_saddles) {
    INFO(method_name(method));
    LepsSurface surface;
    const SaddleResult result = find_saddle(surface, leps_guess, with(method));
    INFO(result.status);
    REQUIRE(result.converged);
    CHECK(result.max_force < with(method).limits.force_tolerance);
    CHECK(result.verified);
    INFO(result.verification);
    CHECK(result.negative_modes == 1);
    CHECK(result.modes[0].curvature < -0.01);
    // The ends are equally far from the middle only in a symmetric surface, which this is not.
    const VectorXd& x = result.positions;
    const Eigen::Vector3d a = x.segment<3>(0) - x.segment<3>(3),
                          b = x.segment<3>(6) - x.segment<3>(3);
    CHECK(a.dot(b) / (a.norm() * b.norm()) == Approx(-1.0).margin(1e-3));
    CHECK(result.search_calls + result.rotation_calls + result.verification_calls ==
          static_cast<int>(result.calls.size()));
  }
}

TEST_CASE("saddle: a minimization ends in a minimum") {
  LepsSurface surface;
  const VectorXd guess{{0.0, 0.0, 0.0, 0.9 * bohr, 0.1, 0.0, 5.0, 0.0, 0.0}};
  const SaddleResult result = find_saddle(surface, guess, with(SaddleMethod::minimize));
  INFO(result.status);
  REQUIRE(result.converged);
  CHECK(result.negative_modes == 0);
  CHECK(result.value.energy < surface.evaluate(guess).energy);
}

// An adatom that moves from one hollow of three frozen atoms' triangle to the next over the bridge
// between two of them.
TEST_CASE("saddle: frozen atoms") {
  const double r = 2.897 * bohr, height = 0.8 * r;
  const double y = 0.866 * r;
  const VectorXd guess{
      {0.0, 0.0, 0.0, r, 0.0, 0.0, 0.5 * r, y, 0.0, 0.5 * r, -y, 0.0, 0.5 * r + 0.1, 0.15, height}};
  PairSurface<Morse> surface(std::vector<int>(5, 78),
                             {0.7102 * units::hartree_per_ev, 1.6047 / bohr, 2.897 * bohr});
  for (const SaddleMethod method : to_saddles) {
    INFO(method_name(method));
    SaddleOptions options = with(method);
    options.frozen = {true, true, true, true, false};
    const SaddleResult result = find_saddle(surface, guess, options);
    INFO(result.status);
    REQUIRE(result.converged);
    CHECK(result.negative_modes == 1);
    CHECK(result.positions.head(12) == guess.head(12));
    // A force of 0.01 eV/angstrom leaves this much in the softer direction.
    CHECK(std::abs(result.positions[12] - 0.5 * r) < 0.05);
    CHECK(std::abs(result.positions[13]) < 0.05);
  }
}

TEST_CASE("saddle: calls of an earlier part are not paid again") {
  LepsSurface surface;
  const SaddleOptions options = with(SaddleMethod::markhor);
  const SaddleResult whole = find_saddle(surface, leps_guess, options);
  std::vector<SurfaceCall> stored(whole.calls.begin(), whole.calls.begin() + 5);
  int paid = 0, searched = 0;
  const auto listener = [&](const std::vector<SurfaceCall>& calls) {
    ++paid;
    if (calls.back().purpose != CallPurpose::verification) ++searched;
  };
  const SaddleResult rest = find_saddle(surface, leps_guess, options, stored, listener);
  CHECK(rest.positions == whole.positions);
  CHECK(paid == static_cast<int>(whole.calls.size()) - 5);
  // Bits that another machine rounds otherwise do not cost a call of the search. They turn the
  // degenerate bends that the verification starts from.
  for (SurfaceCall& call : stored) call.positions.array() += 1e-9;
  searched = 0;
  find_saddle(surface, leps_guess, options, stored, listener);
  CHECK(searched == whole.search_calls + whole.rotation_calls - 5);
}

namespace {

// A calculation that does not converge at some of its points.
class Moody : public Surface {
 public:
  Moody(int first_bad, int last_bad) : first_bad_(first_bad), last_bad_(last_bad) {}
  const SurfaceSystem& system() const override { return surface_.system(); }
  SurfaceValue evaluate(const VectorXd& positions) override {
    ++calls_;
    if (calls_ < first_bad_ || calls_ > last_bad_) return surface_.evaluate(positions);
    SurfaceValue value;
    value.status = "no convergence in 100 iterations";
    return value;
  }

 private:
  LepsSurface surface_;
  int first_bad_, last_bad_, calls_ = 0;
};

}  // namespace

// How many rotations come first differs from method to method: one bad point after the other.
TEST_CASE("saddle: where a point has no energy the step is cut back") {
  for (const SaddleMethod method : {SaddleMethod::markhor, SaddleMethod::prfo}) {
    int steps_cut = 0;
    for (int bad = 4; bad < 16; ++bad) {
      INFO(method_name(method) << ' ' << bad);
      Moody surface(bad, bad);
      const SaddleResult result = find_saddle(surface, leps_guess, with(method));
      INFO(result.status);
      CHECK(result.converged);
      for (const SurfaceCall& call : result.calls) {
        if (!call.value.found && call.purpose == CallPurpose::search) ++steps_cut;
      }
    }
    CHECK(steps_cut > 0);
  }
}

TEST_CASE("saddle: where no further point has an energy the last good one is what is left") {
  for (const SaddleMethod method : to_saddles) {
    INFO(method_name(method));
    // Before its end and after its rotations.
    Moody surface(method == SaddleMethod::markhor ? 8 : 12, 1000000);
    SaddleOptions options = with(method);
    options.limits.force_tolerance = 1e-9;
    options.limits.max_calls = 60;
    const SaddleResult result = find_saddle(surface, leps_guess, options);
    INFO(result.status);
    CHECK_FALSE(result.converged);
    CHECK(result.status.find("no convergence in 100 iterations") != std::string::npos);
    CHECK(result.value.found);
    CHECK(LepsSurface().evaluate(result.positions).energy == result.value.energy);
  }
}

TEST_CASE("saddle: no search makes more calls than it is given") {
  for (const SaddleMethod method : saddle_methods) {
    for (int calls = 1; calls < 8; ++calls) {
      INFO(method_name(method) << ' ' << calls);
      LepsSurface surface;
      SaddleOptions options = with(method);
      options.limits.max_calls = calls;
      const SaddleResult result = find_saddle(surface, leps_guess, options);
      CHECK(result.search_calls + result.rotation_calls <= calls);
      CHECK_FALSE(result.converged);
      CHECK(result.value.found);
    }
  }
}

TEST_CASE("saddle: particles that can only move as a whole leave nothing to search") {
  for (const SaddleMethod method : saddle_methods) {
    INFO(method_name(method));
    PairSurface<LennardJones> surface{{18}, {0.04, 3.6}};
    const SaddleResult result = find_saddle(surface, VectorXd::Zero(3), with(method));
    CHECK_FALSE(result.converged);
    CHECK(result.status.find("nothing to search") == 0);
    CHECK(result.calls.size() == 1);
  }
}

// A guess on the saddle itself, where forces show no way.
TEST_CASE("saddle: every method knows a saddle point that it is given") {
  for (const SaddleMethod method : to_saddles) {
    INFO(method_name(method));
    LepsSurface surface;
    const SaddleResult found = find_saddle(surface, leps_guess, with(SaddleMethod::prfo));
    const SaddleResult result = find_saddle(surface, found.positions, with(method));
    INFO(result.status);
    CHECK(result.converged);
    CHECK(result.negative_modes == 1);
  }
}

namespace {

// Forces that are no numbers at its third point.
class Broken : public Surface {
 public:
  const SurfaceSystem& system() const override { return surface_.system(); }
  SurfaceValue evaluate(const VectorXd& positions) override {
    SurfaceValue value = surface_.evaluate(positions);
    if (++calls_ == 3) value.forces[4] = std::nan("");
    return value;
  }

 private:
  LepsSurface surface_;
  int calls_ = 0;
};

}  // namespace

TEST_CASE("saddle: a value that is no number is none") {
  for (const SaddleMethod method : saddle_methods) {
    INFO(method_name(method));
    Broken surface;
    const SaddleResult result = find_saddle(surface, leps_guess, with(method));
    REQUIRE(result.calls.size() >= 3);
    CHECK_FALSE(result.calls[2].value.found);
    CHECK(result.calls[2].value.status.find("not finite") != std::string::npos);
    CHECK(result.value.forces.allFinite());
  }
}

namespace {

// LEPS with ripples over the distances, which steps are longer than.
class Rippled : public Surface {
 public:
  explicit Rippled(double height) : height_(height) {}
  const SurfaceSystem& system() const override { return surface_.system(); }
  SurfaceValue evaluate(const VectorXd& x) override {
    SurfaceValue value = surface_.evaluate(x);
    for (Eigen::Index a = 0; a < 3; ++a) {
      for (Eigen::Index b = 0; b < a; ++b) {
        const Eigen::Vector3d r = x.segment<3>(3 * a) - x.segment<3>(3 * b);
        value.energy += height_ * std::sin(density * r.norm());
        const Eigen::Vector3d pull =
            height_ * density * std::cos(density * r.norm()) * r.normalized();
        value.forces.segment<3>(3 * a) -= pull;
        value.forces.segment<3>(3 * b) += pull;
      }
    }
    return value;
  }

 private:
  static constexpr double density = 15.0;  // 1/bohr
  LepsSurface surface_;
  double height_;
};

}  // namespace

TEST_CASE("saddle: a prior that foresees worse than what is learned without it is given up") {
  LepsSurface surface;
  const double energy = find_saddle(surface, leps_guess, with(SaddleMethod::markhor)).value.energy;
  for (const double height : {0.0, 1e-3}) {
    Rippled prior(height);
    SaddleOptions options = with(SaddleMethod::markhor);
    options.prior = &prior;
    const SaddleResult result = find_saddle(surface, leps_guess, options);
    INFO(height << ' ' << result.status);
    CHECK(result.converged);
    CHECK(result.value.energy == Approx(energy).margin(1e-6));
    const bool given_up = result.status.find("the prior was given up after") != std::string::npos;
    CHECK(given_up == (height > 0.0));
  }
}

TEST_CASE("saddle: a search that its prior does not lead to the end begins again without it") {
  LepsSurface surface;
  Rippled prior(1e-5);
  const FreeCoordinates space(surface.system(), {});
  Evaluations evaluations(surface, {}, {});
  const SearchProblem problem{evaluations, space, leps_guess, {}, {}};
  MarkhorOptions options;
  options.max_prior_calls = 3;
  const SearchOutcome outcome = markhor_search(problem, surface_prior(prior, space), options);
  INFO(outcome.status);
  CHECK(outcome.converged);
  CHECK(outcome.status.find("given up after 3 calls") != std::string::npos);
  CHECK(outcome.status.find("began again at the guess") != std::string::npos);
  CHECK(outcome.value.energy == Approx(-0.1167494).margin(1e-6));
}

TEST_CASE("saddle: what does not converge says so") {
  LepsSurface surface;
  SaddleOptions options = with(SaddleMethod::prfo);
  options.limits.max_calls = 4;
  const SaddleResult result = find_saddle(surface, leps_guess, options);
  CHECK_FALSE(result.converged);
  CHECK(result.status.find("not converged after") == 0);
  CHECK_FALSE(result.verified);
  CHECK(result.verification == "the Hessian was not looked at: not converged");
  const SaddleResult none = find_saddle(surface, VectorXd::Zero(9), options);
  CHECK_FALSE(none.converged);
  CHECK(none.status == "no energy at the guess: two atoms are at the same place");
}
