#include "optimize/broadcast.hpp"

#include <cstring>
#include <type_traits>

namespace markhor {

namespace {

// A packer appends what it is shown to its bytes, an unpacker overwrites it from its bytes: one
// description of the fields (the `transfer` functions below) serves both ways.
class Packer {
 public:
  void raw(void* data, std::size_t size) {
    const char* from = static_cast<const char*>(data);
    bytes.insert(bytes.end(), from, from + size);
  }
  std::vector<char> bytes;
};

class Unpacker {
 public:
  void raw(void* data, std::size_t size) {
    if (size > 0) std::memcpy(data, bytes.data() + position_, size);
    position_ += size;
  }
  std::vector<char> bytes;

 private:
  std::size_t position_ = 0;
};

template <class Archive, class T>
requires std::is_arithmetic_v<T>
void transfer(Archive& archive, T& value) { archive.raw(&value, sizeof value); }

template <class Archive>
void transfer(Archive& archive, std::string& text) {
  std::size_t size = text.size();
  transfer(archive, size);
  text.resize(size);
  archive.raw(text.data(), size);
}

template <class Archive>
void transfer(Archive& archive, Eigen::MatrixXd& matrix) {
  Eigen::Index rows = matrix.rows(), columns = matrix.cols();
  transfer(archive, rows);
  transfer(archive, columns);
  matrix.resize(rows, columns);
  archive.raw(matrix.data(), static_cast<std::size_t>(matrix.size()) * sizeof(double));
}

template <class Archive>
void transfer(Archive& archive, Eigen::VectorXd& vector) {
  Eigen::Index size = vector.size();
  transfer(archive, size);
  vector.resize(size);
  archive.raw(vector.data(), static_cast<std::size_t>(size) * sizeof(double));
}

template <class Archive>
void transfer(Archive& archive, Atom& atom) {
  transfer(archive, atom.atomic_number);
  for (double& x : atom.position) transfer(archive, x);
}

template <class Archive, class T>
void transfer(Archive& archive, std::vector<T>& list);

template <class Archive>
void transfer(Archive& archive, OptimizeIteration& iteration);

// Its numbers are dealt to the ranks later.
template <class Archive>
void transfer(Archive& archive, StoredConfigurations& stored) {
  transfer(archive, stored.rounds);
}

template <class Archive>
void transfer(Archive& archive, Shell& shell) {
  transfer(archive, shell.atom);
  transfer(archive, shell.angular_momentum);
  transfer(archive, shell.cartesian);
  transfer(archive, shell.exponents);
  transfer(archive, shell.coefficients);
  transfer(archive, shell.powers);
}

template <class Archive>
void transfer(Archive& archive, Determinant& determinant) {
  transfer(archive, determinant.up);
  transfer(archive, determinant.down);
}

template <class Archive>
void transfer(Archive& archive, CsfTerm& term) {
  transfer(archive, term.determinant);
  transfer(archive, term.weight);
}

template <class Archive>
void transfer(Archive& archive, Csf& csf) {
  transfer(archive, csf.coefficient);
  transfer(archive, csf.terms);
}

template <class Archive>
void transfer(Archive& archive, RadialJastrow& jastrow) {
  transfer(archive, jastrow.kappa);
  transfer(archive, jastrow.first);
  transfer(archive, jastrow.pade);
  transfer(archive, jastrow.polynomial);
}

template <class Archive, class T>
void transfer(Archive& archive, std::vector<T>& list) {
  std::size_t size = list.size();
  transfer(archive, size);
  list.resize(size);
  for (T& item : list) transfer(archive, item);
}

template <class Archive>
void transfer(Archive& archive, TrialWaveFunction& trial) {
  transfer(archive, trial.molecule.atoms);
  transfer(archive, trial.molecule.charge);
  transfer(archive, trial.molecule.multiplicity);
  transfer(archive, trial.basis.name);
  transfer(archive, trial.basis.shells);
  transfer(archive, trial.up);
  transfer(archive, trial.down);
  transfer(archive, trial.restricted);
  transfer(archive, trial.up_symmetry);
  transfer(archive, trial.down_symmetry);
  transfer(archive, trial.expansion.determinants);
  transfer(archive, trial.expansion.csfs);
  transfer(archive, trial.atom_classes);
  transfer(archive, trial.cusp_radii);
  transfer(archive, trial.options.jastrow);
  transfer(archive, trial.options.cusp_correction);
  transfer(archive, trial.jastrow.electron_electron);
  transfer(archive, trial.jastrow.parallel);
  transfer(archive, trial.jastrow.electron_nucleus);
  for (ThreeBodyJastrow* term : {&trial.jastrow.three_body, &trial.jastrow.parallel_three_body}) {
    transfer(archive, term->kappa);
    transfer(archive, term->order);
    transfer(archive, term->coefficients);
  }
}

template <class Archive>
void transfer(Archive& archive, Estimate& estimate) {
  transfer(archive, estimate.value);
  transfer(archive, estimate.error);
  transfer(archive, estimate.autocorrelation_time);
  transfer(archive, estimate.settled);
}

template <class Archive>
void transfer(Archive& archive, OptimizeIteration& iteration) {
  transfer(archive, iteration.number);
  transfer(archive, iteration.samples);
  transfer(archive, iteration.reused);
  transfer(archive, iteration.comparisons);
  transfer(archive, iteration.energy);
  transfer(archive, iteration.variance);
  for (double* value :
       {&iteration.gradient_norm, &iteration.level_shift, &iteration.step_norm,
        &iteration.energy_change, &iteration.energy_change_error, &iteration.changed_weight,
        &iteration.sampling_seconds, &iteration.algebra_seconds}) {
    transfer(archive, *value);
  }
  transfer(archive, iteration.accepted);
  transfer(archive, iteration.note);
  transfer(archive, iteration.parameters);
}

// Of the result what is there before the end.
template <class Archive>
void transfer(Archive& archive, OptimizeState& state) {
  transfer(archive, state.present);
  transfer(archive, state.result.best);
  transfer(archive, state.result.energy);
  transfer(archive, state.result.variance);
  transfer(archive, state.result.method);
  transfer(archive, state.result.notes);
  transfer(archive, state.result.iterations);
  transfer(archive, state.result.samples);
  transfer(archive, state.result.seconds);
  transfer(archive, state.sampler_steps);
  transfer(archive, state.sample_count);
  transfer(archive, state.level_shift);
  transfer(archive, state.settled);
  transfer(archive, state.has_best);
  transfer(archive, state.pool);
}

template <class T>
void broadcast(T& value, const Communicator& communicator) {
  if (communicator.size() == 1) return;
  if (communicator.is_root()) {
    Packer packer;
    transfer(packer, value);
    communicator.broadcast(packer.bytes);
  } else {
    Unpacker unpacker;
    communicator.broadcast(unpacker.bytes);
    transfer(unpacker, value);
  }
}

}  // namespace

void broadcast_trial(TrialWaveFunction& trial, const Communicator& communicator) {
  broadcast(trial, communicator);
}

void broadcast_state(OptimizeState& state, const Communicator& communicator) {
  broadcast(state, communicator);
}

}  // namespace markhor
