// Generations of diffusion Monte Carlo one after another, with everything that all ranks know of
// them. Control of a generation needs the total weight of the one before, whose sum travels between
// the ranks while the walkers move.
#pragma once

#include <cstdint>
#include <vector>

#include "montecarlo/diffusion.hpp"
#include "montecarlo/dmc_series.hpp"
#include "parallel/pending.hpp"

namespace markhor {

class Generations {
 public:
  Generations(const WaveFunction& wave_function, const Molecule& molecule,
              const DmcOptions& options, const Communicator& communicator)
      : options_(options),
        communicator_(communicator),
        diffusion_(wave_function, molecule, options, communicator) {
    diffusion_.set_mean_walkers(static_cast<double>(options.walkers) /
                                static_cast<double>(diffusion_.cells()));
  }

  const Diffusion& diffusion() const { return diffusion_; }
  GenerationRule& rule() { return rule_; }
  const GenerationRule& rule() const { return rule_; }

  // Places the walkers; the rule's trial energy and reference are their means.
  void start();
  // All that is known of the generations, and of all ranks' walkers on the root; and back, from the
  // root's state. Collective.
  void save(DmcState& state);
  void resume(const DmcState& state);
  void start_time_step(double time_step);
  void run(std::int64_t generations);

  // Since the last clear().
  struct Record {
    DmcSeries series;                         // sums: quantities, then squared deviations
    std::vector<std::vector<double>> shares;  // [2 nucleus, 2 nucleus + 1][g]: GenerationSums
    std::vector<double> accepted_squares, proposed_squares;
    std::vector<double> trial_energies, effective_time_steps;
    std::int64_t accepted = 0, crossings = 0, proposed = 0;
  };
  const Record& record() const { return record_; }
  void clear() { record_ = {}; }

 private:
  GenerationSums summed(const GenerationSums& own) const;
  void step();
  void complete_pending();
  void complete(const GenerationSums& sums, double log_control);
  void check_population(double walkers) const;
  std::vector<std::vector<double>*> rows();

  const DmcOptions& options_;
  const Communicator& communicator_;
  Diffusion diffusion_;
  GenerationRule rule_;
  Record record_;
  std::uint64_t generation_ = 0;
  double weight_ = 0.0;  // of the last completed generation
  bool crowded_ = false;
  PendingSum pending_;
  bool under_way_ = false;    // a generation whose sums are not completed
  double log_control_ = 0.0;  // of that generation
};

}  // namespace markhor
