// What a step of a search on a Gaussian process costs: fits of its hyperparameters from scratch and
// from those of the last step, a new observation, predictions. Usage: gp_throughput [atoms]
// [observations] [observations fitted to]
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <numeric>

#include "core/stopwatch.hpp"
#include "core/units.hpp"
#include "gp/geometries.hpp"
#include "gp/hyperparameters.hpp"
#include "gp/transport_distance.hpp"

using namespace markhor;

using Eigen::VectorXd;

namespace {

constexpr double energy_variance = 1e-5 * units::hartree_per_ev * units::hartree_per_ev;
constexpr double gradient_variance =
    energy_variance / (units::bohr_per_angstrom * units::bohr_per_angstrom);

// Along a path, as a search leaves them.
VectorXd position(const Cluster& cluster, int i) {
  const Eigen::Index n = cluster.positions.size();
  return cluster.positions + 0.02 * i * random_numbers(n, 2).normalized() +
         0.02 * random_numbers(n, 100 + unsigned(i));
}

void report(const char* what, int repetitions, const std::function<void()>& work) {
  const Stopwatch watch;
  for (int i = 0; i < repetitions; ++i) work();
  std::printf("%-34s %10.3f ms\n", what, 1e3 * watch.seconds() / repetitions);
}

GpFitResult timed_fit(const char* what, const GaussianProcess& process,
                      const GpFitOptions& options) {
  const Stopwatch watch;
  const GpFitResult fit = fit_hyperparameters(process, options);
  std::printf("%-34s %10.3f ms  %d evaluations, objective %.3f, %s\n", what, 1e3 * watch.seconds(),
              fit.evaluations, fit.objective, fit.status.c_str());
  return fit;
}

void fits(GaussianProcess& process, const char* name, GpFitOptions options) {
  std::printf("%s, %zu observations\n", name, options.observations.size());
  const GpFitResult fresh = timed_fit("  fit from scratch", process, options);
  process.set_hyperparameters(fresh.hyperparameters);
  if (fresh.noise) process.set_noise(*fresh.noise);
  options.fresh_start = false;
  // The next step has another subset.
  for (int& i : options.observations) i = std::max(i - 1, 0);
  options.observations.erase(std::unique(options.observations.begin(), options.observations.end()),
                             options.observations.end());
  timed_fit("  fit from the last one", process, options);
}

void steps(GaussianProcess& process, const Cluster& cluster) {
  const VectorXd x = position(cluster, process.size() + 2);
  GpObservation next = observe(process.features(), position(cluster, process.size()),
                               energy_variance, gradient_variance);
  report("factorize", 1, [&] { process.factorize(); });
  report("weights", 1, [&] { process.predict(x); });
  report("add an observation", 1, [&] {
    process.add(next);
    process.predict(x);
  });
  report("predict", 1000, [&] { process.predict(x); });
  report("Hessian", 100, [&] { process.hessian(x); });
  report("variance", 5, [&] { process.variance(x); });
}

}  // namespace

int main(int argc, char** argv) {
  const int atoms = argc > 1 ? std::atoi(argv[1]) : 20;
  const int observations = argc > 2 ? std::atoi(argv[2]) : 30;
  const int fitted = argc > 3 ? std::atoi(argv[3]) : 10;
  const Cluster cluster = random_cluster(atoms, 1);
  GaussianProcess process(make_features(cluster.atomic_numbers, {}, true));
  std::vector<VectorXd> geometries;
  for (int i = 0; i < observations; ++i) {
    geometries.push_back(position(cluster, i));
    process.add(observe(process.features(), geometries.back(), energy_variance, gradient_variance));
  }
  process.set_reference_energy(process.observations().front().energy);
  std::printf("%d atoms, %d observations\n", atoms, observations);
  const TransportDistance distance(cluster.atomic_numbers, {});
  GpFitOptions options;
  report("farthest points", 1,
         [&] { options.observations = farthest_points(geometries, fitted, distance); });
  options.map.barrier = true;
  options.map.search.shift = 100.0;
  options.map.search.function_tolerance = 1e-2;
  fits(process, "map", options);
  options.map.shared_length_scale = true;
  fits(process, "map, one length scale", options);
  options.objective = GpObjective::profile;
  fits(process, "profile", options);
  steps(process, cluster);
}
