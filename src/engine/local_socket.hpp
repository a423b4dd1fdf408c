// A socket on this machine: a file of the UNIX domain, or a port of the loopback address.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>

namespace markhor {

struct LocalAddress {
  std::string unix_path;  // empty: loopback
  int port = 0;           // of 127.0.0.1; 0: any that is free
};

// One end of a connection. Every failure (the other end closed, no answer in time, an error of the
// system) is a CalculationError whose sentence begins with "the client".
class Connection {
 public:
  explicit Connection(int descriptor) : descriptor_(descriptor) {}
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  using Seconds = std::chrono::duration<double>;
  // All bytes or an error, within the time.
  void send(const void* data, std::size_t size, Seconds patience);
  void receive(void* data, std::size_t size, Seconds patience);

 private:
  int descriptor_;
};

// Listens from construction to destruction, for one client at a time. The file of a UNIX socket
// must not exist before; it is removed in the end.
class Listener {
 public:
  // CalculationError: the address cannot be had.
  explicit Listener(const LocalAddress& address);
  ~Listener();
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;

  int port() const { return port_; }  // 0: UNIX domain
  // The descriptor of the next client, for a Connection. CalculationError: none within the time.
  int accept(Connection::Seconds patience);

 private:
  void bind_unix(const std::string& path);
  void bind_loopback(int port);

  int descriptor_ = -1, port_ = 0;
  std::string unix_path_;
};

}  // namespace markhor
