#include "parallel/communicator.hpp"

#include <cstdlib>

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

void Communicator::broadcast(std::span<double> values) const {
  if (size_ == 1) return;
  MPI_Bcast(values.data(), static_cast<int>(values.size()), MPI_DOUBLE, 0, handle_->comm);
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
