#include "parallel/pending.hpp"

#include <utility>

#include "parallel/communicator_handle.hpp"

namespace markhor {

struct PendingSum::Request {
  MPI_Request handle = MPI_REQUEST_NULL;
};

PendingSum::PendingSum() = default;

PendingSum::PendingSum(const Communicator& communicator, std::vector<std::int64_t> values)
    : values_(std::move(values)) {
  if (communicator.size() == 1) return;
  request_ = std::make_unique<Request>();
  MPI_Iallreduce(MPI_IN_PLACE, values_.data(), static_cast<int>(values_.size()), MPI_INT64_T,
                 MPI_SUM, communicator.handle_->comm, &request_->handle);
}

PendingSum::~PendingSum() { wait(); }
PendingSum::PendingSum(PendingSum&&) noexcept = default;

PendingSum& PendingSum::operator=(PendingSum&& other) noexcept {
  wait();
  request_ = std::move(other.request_);
  values_ = std::move(other.values_);
  return *this;
}

const std::vector<std::int64_t>& PendingSum::wait() {
  if (request_) MPI_Wait(&request_->handle, MPI_STATUS_IGNORE);
  request_.reset();
  return values_;
}

namespace {
constexpr int packet_tag = 1;
}

struct Exchange::Requests {
  MPI_Comm comm = MPI_COMM_NULL;
  std::vector<std::vector<double>> sent, received;
  std::vector<MPI_Request> handles;
};

Exchange::Exchange(const Communicator& communicator) : requests_(std::make_unique<Requests>()) {
  if (communicator.handle_) requests_->comm = communicator.handle_->comm;
}
Exchange::~Exchange() {
  if (requests_) finish();
}
Exchange::Exchange(Exchange&&) noexcept = default;

Exchange& Exchange::operator=(Exchange&& other) noexcept {
  if (requests_) finish();
  requests_ = std::move(other.requests_);
  return *this;
}

// Moving a vector keeps its elements where they are, so the list of packets may grow meanwhile.
void Exchange::send(int rank, std::vector<double> numbers) {
  Requests& r = *requests_;
  r.sent.push_back(std::move(numbers));
  r.handles.push_back(MPI_REQUEST_NULL);
  MPI_Isend(r.sent.back().data(), static_cast<int>(r.sent.back().size()), MPI_DOUBLE, rank,
            packet_tag, r.comm, &r.handles.back());
}

void Exchange::receive(int rank, std::size_t size) {
  Requests& r = *requests_;
  r.received.emplace_back(size);
  r.handles.push_back(MPI_REQUEST_NULL);
  MPI_Irecv(r.received.back().data(), static_cast<int>(size), MPI_DOUBLE, rank, packet_tag, r.comm,
            &r.handles.back());
}

bool Exchange::idle() const { return requests_->handles.empty(); }

std::vector<std::vector<double>> Exchange::finish() {
  Requests& r = *requests_;
  if (!idle()) {
    MPI_Waitall(static_cast<int>(r.handles.size()), r.handles.data(), MPI_STATUSES_IGNORE);
  }
  r.handles.clear();
  r.sent.clear();
  return std::exchange(r.received, {});
}

}  // namespace markhor
