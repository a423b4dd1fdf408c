// Communication that goes on while the caller works.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "parallel/communicator.hpp"

namespace markhor {

// A sum of integers over all ranks, started at construction. Every rank must start its sums in the
// same order.
class PendingSum {
 public:
  PendingSum();  // nothing under way
  PendingSum(const Communicator& communicator, std::vector<std::int64_t> values);
  ~PendingSum();  // waits
  PendingSum(PendingSum&&) noexcept;
  PendingSum& operator=(PendingSum&&) noexcept;

  // The totals; returns when they are there.
  const std::vector<std::int64_t>& wait();

 private:
  struct Request;
  std::unique_ptr<Request> request_;  // null: nothing to wait for
  std::vector<std::int64_t> values_;
};

// Packets of numbers between pairs of ranks. Packets of one pair arrive in the order in which they
// were sent; a rank does not send to itself.
class Exchange {
 public:
  explicit Exchange(const Communicator& communicator);
  ~Exchange();
  Exchange(Exchange&&) noexcept;
  Exchange& operator=(Exchange&&) noexcept;

  void send(int rank, std::vector<double> numbers);
  void receive(int rank, std::size_t size);
  bool idle() const;
  // Waits for everything; what was received, in the order of the receive calls.
  std::vector<std::vector<double>> finish();

 private:
  struct Requests;
  std::unique_ptr<Requests> requests_;
};

}  // namespace markhor
