// A socket on this machine: a file of the UNIX domain, or a port of the loopback address.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>

namespace markhor {

struct LocalAddress {
  std::string unix_path;  // empty: loopback
  int port = 0;           // of 127.0.0.1; 0: any that is free

  std::string text() const;  // "/tmp/ipi_water", "127.0.0.1:31415"
};

struct AddressReading {
  LocalAddress address;
  std::string problem;  // empty if it went well, else the rest of a sentence about the text
};

// What users write: a port ("31415"), a host of this machine with a port ("localhost:31415"), the
// path of a UNIX socket (anything with a slash), or a name, which by i-PI's custom stands for
// /tmp/ipi_NAME.
AddressReading read_local_address(const std::string& text);

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

// Listens from construction to destruction, for one client at a time. The file of a UNIX socket is
// removed in the end; one that is there before is replaced if it is a socket where nobody listens,
// as a killed run leaves it.
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
