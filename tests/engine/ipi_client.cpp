#include "ipi_client.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstring>

namespace markhor {

namespace {

// Plain and trusting: where the server is gone, reads and writes fail and the client ends.
class Client {
 public:
  Client(const std::string& unix_path, int port) {
    if (unix_path.empty()) {
      sockaddr_in address{};
      address.sin_family = AF_INET;
      address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
      address.sin_port = htons(static_cast<std::uint16_t>(port));
      open(AF_INET, &address, sizeof address);
    } else {
      sockaddr_un address{};
      address.sun_family = AF_UNIX;
      std::strncpy(address.sun_path, unix_path.c_str(), sizeof address.sun_path - 1);
      open(AF_UNIX, &address, sizeof address);
    }
  }
  ~Client() { close(descriptor_); }

  void serve(Misbehaviour misbehaviour, const IpiClient::Model& model);

 private:
  // The server may take a while to come.
  void open(int family, const void* address, std::size_t size) {
    for (int attempt = 0; attempt < 1000 && !alive_; ++attempt) {
      if (attempt > 0) std::this_thread::sleep_for(std::chrono::milliseconds(20));
      if (descriptor_ >= 0) close(descriptor_);
      descriptor_ = socket(family, SOCK_STREAM, 0);
      alive_ = connect(descriptor_, static_cast<const sockaddr*>(address),
                       static_cast<socklen_t>(size)) == 0;
    }
  }
  void read(void* data, std::size_t size) {
    alive_ = alive_ && recv(descriptor_, data, size, MSG_WAITALL) == static_cast<ssize_t>(size);
  }
  void write(const void* data, std::size_t size) {
    alive_ = alive_ && send(descriptor_, data, size, MSG_NOSIGNAL) == static_cast<ssize_t>(size);
  }
  std::string read_word() {
    std::string word(12, ' ');
    read(word.data(), word.size());
    return word.substr(0, word.find(' '));
  }
  void say(std::string word) {
    word.resize(12, ' ');
    write(word.data(), word.size());
  }
  void take_init();
  void take_positions();
  void give_forces(Misbehaviour misbehaviour);

  int descriptor_ = -1;
  bool alive_ = false;
  std::string state_ = "READY";
  double energy_ = 0.0;
  int taken_ = 0;         // positions
  Eigen::VectorXd data_;  // positions, then forces
};

void Client::take_init() {
  std::int32_t replica = 0, size = 0;
  read(&replica, sizeof replica);
  read(&size, sizeof size);
  std::string text(static_cast<std::size_t>(size), ' ');
  read(text.data(), text.size());
}

void Client::take_positions() {
  std::array<double, 18> cells{};
  std::int32_t atoms = 0;
  read(cells.data(), sizeof cells);
  read(&atoms, sizeof atoms);
  data_.resize(3 * atoms);
  read(data_.data(), sizeof(double) * static_cast<std::size_t>(data_.size()));
}

void Client::give_forces(Misbehaviour misbehaviour) {
  say("FORCEREADY");
  if (misbehaviour == Misbehaviour::sends_infinity ||
      (misbehaviour == Misbehaviour::fails_third && taken_ >= 3)) {
    energy_ = INFINITY;
  }
  write(&energy_, sizeof energy_);
  auto atoms = static_cast<std::int32_t>(data_.size() / 3);
  if (misbehaviour == Misbehaviour::loses_an_atom) --atoms;
  write(&atoms, sizeof atoms);
  write(data_.data(), 3 * sizeof(double) * static_cast<std::size_t>(atoms));
  const std::array<double, 9> virial{};
  write(virial.data(), sizeof virial);
  const std::int32_t size = misbehaviour == Misbehaviour::promises_a_lot ? -1 : 5;
  write(&size, sizeof size);
  write("extra", 5);
}

void Client::serve(Misbehaviour misbehaviour, const IpiClient::Model& model) {
  if (misbehaviour == Misbehaviour::dies_early) return;
  if (misbehaviour == Misbehaviour::needs_init) state_ = "NEEDINIT";
  while (alive_) {
    const std::string word = read_word();
    if (word == "STATUS") {
      if (misbehaviour == Misbehaviour::babbles) state_ = "HTTP/1.1 400";
      // A word that never comes: the read ends when the server closes its end.
      if (misbehaviour == Misbehaviour::hangs && state_ == "HAVEDATA") continue;
      say(state_);
    } else if (word == "INIT") {
      take_init();
      state_ = "READY";
    } else if (word == "POSDATA") {
      take_positions();
      ++taken_;
      if (misbehaviour == Misbehaviour::dies_late) return;
      if (misbehaviour == Misbehaviour::dies_third && taken_ == 3) return;
      energy_ = model(data_);
      state_ = "HAVEDATA";
    } else if (word == "GETFORCE") {
      give_forces(misbehaviour);
      state_ = "READY";
    } else {
      return;
    }
  }
}

}  // namespace

IpiClient::IpiClient(const std::string& unix_path, int port, Misbehaviour misbehaviour, Model model)
    : thread_([=] { Client(unix_path, port).serve(misbehaviour, model); }) {}

}  // namespace markhor
