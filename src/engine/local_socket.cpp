#include "engine/local_socket.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <cstdint>
#include <cstring>

#include "core/errors.hpp"
#include "core/text.hpp"

namespace markhor {

namespace {

using Clock = std::chrono::steady_clock;

std::string system_error() { return std::strerror(errno); }

std::string in_words(Connection::Seconds patience) {
  const double seconds = patience.count();
  return std::to_string(static_cast<long>(std::ceil(seconds))) +
         (seconds <= 1.0 ? " second" : " seconds");
}

// False: the time is over.
bool wait_for(int descriptor, short events, Clock::time_point end) {
  while (true) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - Clock::now());
    // poll takes an int, which ends after 24 days: the loop comes back for more.
    const auto wait = std::clamp<long long>(left.count() + 1, 0, 1000000);
    pollfd entry{descriptor, events, 0};
    const int ready = poll(&entry, 1, static_cast<int>(wait));
    if (ready > 0) return true;
    if (ready < 0 && errno != EINTR) throw CalculationError("cannot wait: " + system_error());
    if (Clock::now() >= end) return false;
  }
}

Clock::time_point after(Connection::Seconds patience) {
  return Clock::now() + std::chrono::duration_cast<Clock::duration>(patience);
}

// Nobody listens at this UNIX socket.
bool is_abandoned(const sockaddr_un& address) {
  struct stat file {};
  if (lstat(address.sun_path, &file) != 0 || !S_ISSOCK(file.st_mode)) return false;
  const int probe = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const bool refused =
      connect(probe, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 &&
      errno == ECONNREFUSED;
  close(probe);
  return refused;
}

}  // namespace

std::string LocalAddress::text() const {
  return unix_path.empty() ? "127.0.0.1:" + std::to_string(port) : unix_path;
}

AddressReading read_local_address(const std::string& text) {
  if (text.find('/') != std::string::npos) return {{text, 0}, ""};
  const std::size_t colon = text.find(':');
  std::string port = text;
  if (colon != std::string::npos) {
    const std::string host = lower_case(text.substr(0, colon));
    if (host != "localhost" && host != "127.0.0.1") {
      return {{}, "is not on this machine; clients are waited for on 127.0.0.1 or a UNIX socket"};
    }
    port = text.substr(colon + 1);
  } else if (port.find_first_not_of("0123456789") != std::string::npos) {
    return {{"/tmp/ipi_" + text, 0}, ""};
  }
  double number = 0.0;
  if (!parse_number(port, number) || number != std::floor(number) || number < 1.0 ||
      number > 65535.0) {
    return {{}, "has no port between 1 and 65535"};
  }
  return {{"", static_cast<int>(number)}, ""};
}

Connection::~Connection() { close(descriptor_); }

void Connection::send(const void* data, std::size_t size, Seconds patience) {
  const auto end = after(patience);
  const char* from = static_cast<const char*>(data);
  while (size > 0) {
    if (!wait_for(descriptor_, POLLOUT, end)) {
      throw CalculationError("the client took nothing for " + in_words(patience));
    }
    // Without the flag a client that is gone would end this process by a signal.
    const ssize_t count = ::send(descriptor_, from, size, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (count < 0 && (errno == EINTR || errno == EAGAIN)) continue;
    if (count < 0) throw CalculationError("the client is gone: " + system_error());
    from += count;
    size -= static_cast<std::size_t>(count);
  }
}

void Connection::receive(void* data, std::size_t size, Seconds patience) {
  const auto end = after(patience);
  char* to = static_cast<char*>(data);
  while (size > 0) {
    if (!wait_for(descriptor_, POLLIN, end)) {
      throw CalculationError("the client sent nothing for " + in_words(patience));
    }
    const ssize_t count = ::recv(descriptor_, to, size, MSG_DONTWAIT);
    if (count < 0 && (errno == EINTR || errno == EAGAIN)) continue;
    if (count < 0) throw CalculationError("the client is gone: " + system_error());
    if (count == 0) throw CalculationError("the client closed the connection");
    to += count;
    size -= static_cast<std::size_t>(count);
  }
}

Listener::Listener(const LocalAddress& address) {
  try {
    if (address.unix_path.empty()) {
      bind_loopback(address.port);
    } else {
      bind_unix(address.unix_path);
    }
    if (listen(descriptor_, 1) != 0) throw CalculationError("cannot listen: " + system_error());
  } catch (...) {
    if (descriptor_ >= 0) close(descriptor_);
    if (!unix_path_.empty()) unlink(unix_path_.c_str());
    throw;
  }
}

Listener::~Listener() {
  close(descriptor_);
  if (!unix_path_.empty()) unlink(unix_path_.c_str());
}

void Listener::bind_unix(const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.size() >= sizeof address.sun_path) {
    throw CalculationError("the path of a socket has at most " +
                           std::to_string(sizeof address.sun_path - 1) + " bytes: " + path);
  }
  std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
  descriptor_ = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (is_abandoned(address)) unlink(path.c_str());
  if (bind(descriptor_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    throw CalculationError("cannot make the socket " + path + ": " + system_error());
  }
  unix_path_ = path;
}

void Listener::bind_loopback(int port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  descriptor_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const int yes = 1;
  setsockopt(descriptor_, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  socklen_t size = sizeof address;
  if (bind(descriptor_, reinterpret_cast<const sockaddr*>(&address), size) != 0) {
    throw CalculationError("cannot have port " + std::to_string(port) +
                           " of 127.0.0.1: " + system_error());
  }
  getsockname(descriptor_, reinterpret_cast<sockaddr*>(&address), &size);
  port_ = ntohs(address.sin_port);
}

int Listener::accept(Connection::Seconds patience) {
  if (!wait_for(descriptor_, POLLIN, after(patience))) {
    throw CalculationError("the client did not come within " + in_words(patience));
  }
  const int client = accept4(descriptor_, nullptr, nullptr, SOCK_CLOEXEC);
  if (client < 0) throw CalculationError("the client is gone: " + system_error());
  const int yes = 1;
  // The protocol's messages are short, and each waits for an answer. Fails for UNIX sockets, which
  // need no such thing.
  if (port_ != 0) setsockopt(client, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
  return client;
}

}  // namespace markhor
