// An optimization that is stopped and taken up again gives the bits of the undisturbed one.
#include "optimize/helium.hpp"
#include "optimize/optimize.hpp"
#include "parallel/communicator.hpp"
#include "support/catch.hpp"

using namespace markhor;

namespace {

TrialWaveFunction helium() { return testing::helium("cc-pVDZ", {"ee", "en"}); }

OptimizeOptions small_run(const std::string& method) {
  OptimizeOptions options;
  options.method = method;
  options.parameters = {true, false, true, false};
  options.walkers = 64;
  options.samples = 1024;
  options.max_iterations = 5;
  options.tolerance = 1e-4;
  return options;
}

struct Parts {
  OptimizeResult result;
  int number = 1;
};

Parts run_in_parts(const OptimizeOptions& options) {
  Parts parts;
  OptimizeState state;
  StageControl<OptimizeState> control;
  control.poll = [] { return ControlRequest::stop; };
  control.save = [&](const OptimizeState& saved) { state = saved; };
  parts.result = optimize(helium(), options, Communicator(), {}, control);
  for (; parts.result.stopped; ++parts.number) {
    control.resuming = true;
    control.resume = &state;
    parts.result = optimize(helium(), options, Communicator(), {}, control);
  }
  return parts;
}

void check_same(const OptimizeResult& a, const OptimizeResult& b) {
  CHECK(a.status == b.status);
  CHECK(a.method == b.method);
  CHECK(a.notes == b.notes);
  CHECK(a.samples == b.samples);
  CHECK(a.energy.value == b.energy.value);
  CHECK(a.variance.error == b.variance.error);
  REQUIRE(a.iterations.size() == b.iterations.size());
  for (std::size_t i = 0; i < a.iterations.size(); ++i) {
    CHECK(a.iterations[i].energy.value == b.iterations[i].energy.value);
    CHECK(a.iterations[i].level_shift == b.iterations[i].level_shift);
    CHECK(a.iterations[i].parameters == b.iterations[i].parameters);
    CHECK(a.iterations[i].note == b.iterations[i].note);
  }
  REQUIRE(a.parameters.size() == b.parameters.size());
  for (std::size_t p = 0; p < a.parameters.size(); ++p) {
    CHECK(a.parameters[p].value == b.parameters[p].value);
  }
}

}  // namespace

TEST_CASE("optimize: stopped after every iteration and continued, the same bits", "[unit]") {
  for (const std::string method : {"linear", "sr"}) {
    const OptimizeOptions options = small_run(method);
    const Parts parts = run_in_parts(options);
    CHECK(parts.number == static_cast<int>(parts.result.iterations.size()));
    check_same(parts.result, optimize(helium(), options, Communicator()));
  }
}

TEST_CASE("optimize: a continued run keeps the method that few samples made of it", "[unit]") {
  OptimizeOptions options = small_run("linear");
  options.samples = 64;
  options.max_samples = 64;
  options.max_iterations = 2;
  const Parts parts = run_in_parts(options);
  CHECK(parts.number == 2);
  CHECK(parts.result.method == "sr");
  check_same(parts.result, optimize(helium(), options, Communicator()));
}
