// The ranks of a run. This room is the only user of mpi.h.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <type_traits>
#include <vector>

namespace markhor {

// Starts MPI on construction and ends it on destruction: one per program, in main.
class MpiSession {
 public:
  MpiSession(int& argc, char**& argv);
  ~MpiSession();
  MpiSession(const MpiSession&) = delete;
  MpiSession& operator=(const MpiSession&) = delete;
};

// A group of ranks. The default one holds only the caller: what tests and libraries use, no MPI
// needed. world() is all ranks of the run; an MpiSession must be alive.
class Communicator {
 public:
  Communicator();
  static Communicator world();
  ~Communicator();
  Communicator(Communicator&&) noexcept;
  Communicator& operator=(Communicator&&) noexcept;

  int rank() const { return rank_; }
  int size() const { return size_; }
  bool is_root() const { return rank_ == 0; }

  // Elementwise sum over ranks, left on every rank. Integers only: their sum does not depend on
  // the order, so results are the same bits on any number of ranks (see ExactSum).
  void sum(std::span<std::int64_t> values) const;
  // The same for real numbers, where the last digits depend on the number of ranks (not from run
  // to run, nor from rank to rank); for sums that no bit-identical result is made of.
  void sum(std::span<double> values) const;
  // The values of all ranks one after another, on every rank. lengths: how many each rank gives.
  std::vector<std::int64_t> concatenate(std::span<const std::int64_t> values,
                                        std::span<const int> lengths) const;
  // Largest value over ranks, on every rank.
  double maximum(double value) const;
  // The root's bytes, on every rank.
  void broadcast(std::vector<char>& bytes) const;
  void broadcast(std::span<double> values) const;
  // The same, with the root's length.
  void broadcast(std::vector<double>& values) const;
  // Plain numbers in a struct, sent as they lie in memory.
  template <class T>
  requires std::is_trivially_copyable_v<T>
  void broadcast_value(T& value) const { broadcast_memory(&value, sizeof value); }
  // The values of all ranks one after another, on the root; empty on the others. Each rank may have
  // another number of them, and any number.
  std::vector<double> gather(std::span<const double> values) const;
  // The inverse: this rank's share of the root's values, `count` of them, behind those of the ranks
  // before it. `values` is read on the root only. Throws std::length_error on every rank if the
  // shares do not make up the whole.
  std::vector<double> scatter(std::span<const double> values, std::size_t count) const;
  // Ends every rank of the run at once with this exit code; for a fault that only some ranks meet.
  [[noreturn]] void abort(int exit_code) const;

 private:
  friend class PendingSum;
  friend class Exchange;
  void broadcast_memory(void* data, std::size_t size) const;
  // How many values every rank has; on every rank.
  std::vector<std::int64_t> counts_of_ranks(std::size_t count) const;

  struct Handle;
  std::unique_ptr<Handle> handle_;  // null: a single rank without MPI
  int rank_ = 0, size_ = 1;
};

// "Open MPI v4.1.4 ..." for the record.
std::string mpi_library_version();

}  // namespace markhor
