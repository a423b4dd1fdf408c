#include "parallel/communicator.hpp"

#include <algorithm>
#include <cstdlib>
#include <numeric>
#include <stdexcept>

#include "parallel/communicator_handle.hpp"

namespace markhor {

MpiSession::MpiSession(int& argc, char**& argv) { MPI_Init(&argc, &argv); }

MpiSession::~MpiSession() { MPI_Finalize(); }

Communicator::Communicator() = default;
Communicator::~Communicator() = default;
Communicator::Communicator(Communicator&&) noexcept = default;
Communicator& Communicator::operator=(Communicator&&) noexcept = default;

Communicator Communicator::world() {
  Communicator result;
  result.handle_ = std::make_unique<Handle>(Handle{MPI_COMM_WORLD});
  MPI_Comm_rank(MPI_COMM_WORLD, &result.rank_);
  MPI_Comm_size(MPI_COMM_WORLD, &result.size_);
  return result;
}

void Communicator::sum(std::span<std::int64_t> values) const {
  if (size_ == 1) return;
  MPI_Allreduce(MPI_IN_PLACE, values.data(), static_cast<int>(values.size()), MPI_INT64_T, MPI_SUM,
                handle_->comm);
}

void Communicator::sum(std::span<double> values) const {
  if (size_ == 1) return;
  // Reduced on the root and sent from there: every rank holds the same bits.
  const auto count = static_cast<int>(values.size());
  MPI_Reduce(is_root() ? MPI_IN_PLACE : values.data(), values.data(), count, MPI_DOUBLE, MPI_SUM, 0,
             handle_->comm);
  MPI_Bcast(values.data(), count, MPI_DOUBLE, 0, handle_->comm);
}

std::vector<std::int64_t> Communicator::concatenate(std::span<const std::int64_t> values,
                                                    std::span<const int> lengths) const {
  std::vector<int> offsets;
  int total = 0;
  for (const int length : lengths) {
    offsets.push_back(total);
    total += length;
  }
  if (size_ == 1) return {values.begin(), values.end()};
  std::vector<std::int64_t> all(static_cast<std::size_t>(total));
  MPI_Allgatherv(values.data(), static_cast<int>(values.size()), MPI_INT64_T, all.data(),
                 lengths.data(), offsets.data(), MPI_INT64_T, handle_->comm);
  return all;
}

double Communicator::maximum(double value) const {
  if (size_ > 1) MPI_Allreduce(MPI_IN_PLACE, &value, 1, MPI_DOUBLE, MPI_MAX, handle_->comm);
  return value;
}

void Communicator::broadcast(std::vector<char>& bytes) const {
  if (size_ == 1) return;
  std::uint64_t length = bytes.size();
  MPI_Bcast(&length, 1, MPI_UINT64_T, 0, handle_->comm);
  bytes.resize(length);
  MPI_Bcast(bytes.data(), static_cast<int>(length), MPI_CHAR, 0, handle_->comm);
}

namespace {

// Counts are ints in MPI, and libraries have been seen to fail beyond 2^31 bytes: long arrays go in
// parts of 1 GiB. send_or_receive(first, count) moves one part.
template <class Transfer>
void in_parts(std::size_t size, const Transfer& send_or_receive) {
  constexpr std::size_t largest = std::size_t{1} << 27;  // doubles
  for (std::size_t first = 0; first < size; first += largest) {
    send_or_receive(first, static_cast<int>(std::min(largest, size - first)));
  }
}

constexpr int message_tag = 0;

}  // namespace

void Communicator::broadcast(std::span<double> values) const {
  if (size_ == 1) return;
  in_parts(values.size(), [&](std::size_t first, int count) {
    MPI_Bcast(values.data() + first, count, MPI_DOUBLE, 0, handle_->comm);
  });
}

void Communicator::broadcast(std::vector<double>& values) const {
  std::size_t size = values.size();
  broadcast_value(size);
  values.resize(size);
  broadcast(std::span<double>(values));
}

void Communicator::broadcast_memory(void* data, std::size_t size) const {
  if (size_ == 1) return;
  MPI_Bcast(data, static_cast<int>(size), MPI_BYTE, 0, handle_->comm);
}

std::vector<std::int64_t> Communicator::counts_of_ranks(std::size_t count) const {
  std::vector<std::int64_t> counts(static_cast<std::size_t>(size_), 0);
  counts[static_cast<std::size_t>(rank_)] = static_cast<std::int64_t>(count);
  sum(counts);
  return counts;
}

std::vector<double> Communicator::gather(std::span<const double> values) const {
  const std::vector<std::int64_t> counts = counts_of_ranks(values.size());
  if (!is_root()) {
    in_parts(values.size(), [&](std::size_t first, int count) {
      MPI_Send(values.data() + first, count, MPI_DOUBLE, 0, message_tag, handle_->comm);
    });
    return {};
  }
  std::vector<double> all(values.begin(), values.end());
  all.resize(static_cast<std::size_t>(std::accumulate(counts.begin(), counts.end(), 0LL)));
  double* next = all.data() + counts[0];
  for (int rank = 1; rank < size_; ++rank) {
    const std::int64_t size = counts[static_cast<std::size_t>(rank)];
    in_parts(static_cast<std::size_t>(size), [&](std::size_t first, int count) {
      MPI_Recv(next + first, count, MPI_DOUBLE, rank, message_tag, handle_->comm,
               MPI_STATUS_IGNORE);
    });
    next += size;
  }
  return all;
}

std::vector<double> Communicator::scatter(std::span<const double> values, std::size_t count) const {
  const std::vector<std::int64_t> counts = counts_of_ranks(count);
  auto whole = static_cast<std::int64_t>(values.size());
  broadcast_value(whole);
  if (std::accumulate(counts.begin(), counts.end(), 0LL) != whole) {
    throw std::length_error("the shares of the ranks do not make up the whole");
  }
  std::vector<double> share(count);
  if (!is_root()) {
    in_parts(count, [&](std::size_t first, int part) {
      MPI_Recv(share.data() + first, part, MPI_DOUBLE, 0, message_tag, handle_->comm,
               MPI_STATUS_IGNORE);
    });
    return share;
  }
  std::copy_n(values.begin(), count, share.begin());
  const double* next = values.data() + counts[0];
  for (int rank = 1; rank < size_; ++rank) {
    const std::int64_t size = counts[static_cast<std::size_t>(rank)];
    in_parts(static_cast<std::size_t>(size), [&](std::size_t first, int part) {
      MPI_Send(next + first, part, MPI_DOUBLE, rank, message_tag, handle_->comm);
    });
    next += size;
  }
  return share;
}

void Communicator::abort(int exit_code) const {
  if (handle_ != nullptr) MPI_Abort(handle_->comm, exit_code);
  std::exit(exit_code);
}

std::string mpi_library_version() {
  char text[MPI_MAX_LIBRARY_VERSION_STRING];
  int length = 0;
  MPI_Get_library_version(text, &length);
  const std::string version(text, static_cast<std::size_t>(length));
  return version.substr(0, version.find(','));
}

}  // namespace markhor
