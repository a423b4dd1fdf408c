#include "engine/socket_surface.hpp"

#include <array>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <utility>

#include "core/errors.hpp"
#include "engine/point_check.hpp"

namespace markhor {

namespace {

using Seconds = Connection::Seconds;

constexpr std::size_t word_size = 12;
// What is not an answer that takes a calculation comes at once.
constexpr Seconds at_once{60.0};
// A longer text behind the forces is taken for garbage.
constexpr std::int32_t longest_text = 1 << 24;

void send_word(Connection& client, const std::string& word) {
  std::string padded = word;
  padded.resize(word_size, ' ');
  client.send(padded.data(), padded.size(), at_once);
}

std::string receive_word(Connection& client, Seconds patience) {
  std::array<char, word_size> bytes{};
  client.receive(bytes.data(), bytes.size(), patience);
  std::string word(bytes.data(), bytes.size());
  // Some clients pad with zeros.
  word.erase(word.find_last_not_of(std::string(" \0", 2)) + 1);
  return word;
}

template <typename T>
void send_value(Connection& client, const T& value) {
  client.send(&value, sizeof value, at_once);
}

template <typename T>
T receive_value(Connection& client) {
  T value{};
  client.receive(&value, sizeof value, at_once);
  return value;
}

// What was received, fit for a message.
std::string quoted(const std::string& word) {
  std::string text = "\"";
  for (const char c : word) text += c >= ' ' && c <= '~' ? c : '?';
  return text + "\"";
}

}  // namespace

std::string client_instructions(const LocalAddress& address) {
  std::string text =
      "waiting for a client of the i-PI protocol at " + address.text() +
      "\n  it must have the atoms in the order of this deck, and must not turn them\n";
  const std::string prefix = "/tmp/ipi_";  // which NWChem puts in front by itself
  if (!address.unix_path.empty() && !address.unix_path.starts_with(prefix)) return text;
  return text + "  for NWChem: `geometry ... noautoz nocenter noautosym`, and\n" +
         "    driver\n      maxiter 10000\n      socket " +
         (address.unix_path.empty() ? "ipi_client " + address.text()
                                    : "unix " + address.unix_path.substr(prefix.size())) +
         "\n    end\n    task scf optimize\n";
}

SocketSurface::SocketSurface(std::vector<int> atomic_numbers, const SocketSurfaceOptions& options)
    : system_{std::move(atomic_numbers)}, options_(options), listener_(options.address) {}

SocketSurface::~SocketSurface() {
  if (!client_ || !failure_.empty()) return;
  try {
    send_word(*client_, "EXIT");
  } catch (const CalculationError&) {
    // It is gone already, which is what was wanted.
  }
}

std::string SocketSurface::ask_status() {
  send_word(*client_, "STATUS");
  return receive_word(*client_, Seconds(options_.reply_timeout));
}

void SocketSurface::make_ready() {
  std::string status = ask_status();
  if (status == "NEEDINIT") {
    send_word(*client_, "INIT");
    send_value(*client_, std::int32_t{0});  // the number of the replica
    send_value(*client_, static_cast<std::int32_t>(options_.init.size()));
    client_->send(options_.init.data(), options_.init.size(), at_once);
    status = ask_status();
  }
  if (status != "READY") {
    throw CalculationError("the client said " + quoted(status) + " where it should be READY");
  }
}

void SocketSurface::send_positions(const Eigen::VectorXd& positions) {
  const Eigen::Matrix3d cell = options_.cell * Eigen::Matrix3d::Identity();
  const Eigen::Matrix3d inverse = cell.inverse();
  send_word(*client_, "POSDATA");
  client_->send(cell.data(), sizeof(double) * 9, at_once);
  client_->send(inverse.data(), sizeof(double) * 9, at_once);
  send_value(*client_, static_cast<std::int32_t>(positions.size() / 3));
  client_->send(positions.data(), sizeof(double) * static_cast<std::size_t>(positions.size()),
                at_once);
}

SurfaceValue SocketSurface::receive_forces() {
  send_word(*client_, "GETFORCE");
  const std::string word = receive_word(*client_, at_once);
  if (word != "FORCEREADY") {
    throw CalculationError("the client said " + quoted(word) + " where it should be FORCEREADY");
  }
  SurfaceValue value;
  value.energy = receive_value<double>(*client_);
  const auto atoms = receive_value<std::int32_t>(*client_);
  if (3 * static_cast<Eigen::Index>(atoms) != system_.coordinates()) {
    throw CalculationError("the client has " + std::to_string(atoms) + " atoms, not " +
                           std::to_string(system_.atomic_numbers.size()));
  }
  value.forces.resize(system_.coordinates());
  client_->receive(value.forces.data(),
                   sizeof(double) * static_cast<std::size_t>(value.forces.size()), at_once);
  std::array<double, 9> virial{};
  client_->receive(virial.data(), sizeof virial, at_once);
  const auto length = receive_value<std::int32_t>(*client_);
  if (length < 0 || length > longest_text) {
    throw CalculationError("the client announced a text of " + std::to_string(length) + " bytes");
  }
  std::string text(static_cast<std::size_t>(length), ' ');
  client_->receive(text.data(), text.size(), at_once);
  return value;
}

SurfaceValue SocketSurface::exchange(const Eigen::VectorXd& positions) {
  if (!client_) {
    client_ = std::make_unique<Connection>(listener_.accept(Seconds(options_.connect_timeout)));
  }
  make_ready();
  send_positions(positions);
  const std::string status = ask_status();
  if (status != "HAVEDATA") {
    throw CalculationError("the client said " + quoted(status) + " where it should be HAVEDATA");
  }
  return receive_forces();
}

SurfaceValue SocketSurface::evaluate(const Eigen::VectorXd& positions) {
  if (!failure_.empty()) throw CalculationError(failure_);
  if (std::string problem = point_problem(positions); !problem.empty()) {
    return not_found(std::move(problem));
  }
  SurfaceValue value;
  try {
    value = exchange(positions);
  } catch (const CalculationError& error) {
    failure_ = std::string("socket: ") + error.what();
    throw CalculationError(failure_);
  }
  if (!std::isfinite(value.energy) || !value.forces.allFinite()) {
    return not_found("the client's energy or forces are not finite numbers");
  }
  value.found = true;
  value.force_errors = Eigen::VectorXd::Zero(value.forces.size());
  return value;
}

}  // namespace markhor
