// The optimizers' algebra at size: steps of 3,000 parameters from 20,000 samples by every solver,
// with wall time, peak memory of the process so far, and the difference from the first solver's
// step. Synthetic samples; no walkers. Usage: optimizer_scale [parameters] [samples]
#include <sys/resource.h>

#include <cstdio>
#include <cstdlib>
#include <random>

#include "core/stopwatch.hpp"
#include "optimize/factory.hpp"
#include "parallel/communicator.hpp"

using namespace markhor;

namespace {

// Local energies that depend on twenty directions, derivatives that mix these with noise.
DerivativeSamples synthetic(Eigen::Index parameters, Eigen::Index count) {
  std::mt19937_64 generator(7);
  std::normal_distribution<double> normal;
  const auto draw = [&](double) { return normal(generator); };
  const Eigen::MatrixXd hidden = Eigen::MatrixXd::Zero(count, 20).unaryExpr(draw);
  const Eigen::MatrixXd mixture = Eigen::MatrixXd::Zero(20, parameters).unaryExpr(draw) / 20.0;
  DerivativeSamples samples;
  samples.energies = 0.1 * hidden.rowwise().sum();
  samples.weights = Eigen::VectorXd::Ones(count);
  samples.log_derivatives = Eigen::MatrixXd::Zero(count, parameters).unaryExpr(draw);
  samples.energy_derivatives = samples.log_derivatives;
  samples.log_derivatives += hidden * mixture;
  samples.linear = Eigen::Array<bool, Eigen::Dynamic, 1>::Constant(parameters, false);
  return samples;
}

double peak_gigabytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / (1024.0 * 1024.0);
}

}  // namespace

int main(int argc, char** argv) {
  const Eigen::Index parameters = argc > 1 ? std::atol(argv[1]) : 3000;
  const Eigen::Index count = argc > 2 ? std::atol(argv[2]) : 20000;
  const Communicator alone;
  const CentredSamples samples = centre(synthetic(parameters, count), false, alone);
  std::printf("%ld parameters, %ld samples: peak %.2f GiB\n", static_cast<long>(parameters),
              static_cast<long>(count), peak_gigabytes());
  // The cheap ones in memory first: the peak only grows.
  const std::pair<const char*, const char*> runs[] = {{"linear", "matrix-free"},
                                                      {"linear", "dense"},
                                                      {"sr", "conjugate-gradient"},
                                                      {"sr", "sample-space"},
                                                      {"sr", "dense"}};
  Eigen::VectorXd reference;
  std::string method;
  for (const auto& [name, solver] : runs) {
    const Stopwatch watch;
    const ProposedStep step =
        make_optimizer(name, solver, 0.0)->prepare(samples, alone)({1.0}).front();
    if (method != name) reference = step.change;
    method = name;
    std::printf("%-7s %-19s %8.2f s  peak %.2f GiB  found %d  difference %.1e\n", name, solver,
                watch.seconds(), peak_gigabytes(), step.found,
                (step.change - reference).norm() / reference.norm());
  }
}
