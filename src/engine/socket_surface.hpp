// Another program as a surface, over the socket protocol of i-PI (M. Ceriotti, J. More, D. E.
// Manolopoulos, Comput. Phys. Commun. 185, 1019 (2014)), which many programs speak as clients. We
// are the server.
//
// Each message begins with a word padded to 12 bytes. We say STATUS and the client answers NEEDINIT
// (we send INIT), READY (we send POSDATA: cell, its inverse, the number of atoms, positions) or
// HAVEDATA (we say GETFORCE, and it sends FORCEREADY, energy, number of atoms, forces, virial and a
// text). Integers have 32 bits, reals 64, in the machine's order; bohr and Hartree.
#pragma once

#include <memory>

#include "engine/local_socket.hpp"
#include "surface/surface.hpp"

namespace markhor {

struct SocketSurfaceOptions {
  LocalAddress address;
  double connect_timeout = 600.0;  // seconds, for the client to come
  double reply_timeout = 3600.0;   // seconds, for an energy with forces
  // Of the cubic cell that the protocol wants, bohr; programs for molecules do not look at it.
  double cell = 1000.0;
  std::string init = " ";  // for clients that ask for it
};

// For the user, who starts the client: where it must connect, and for NWChem how to say that.
std::string client_instructions(const LocalAddress& address);

// Listens from construction; whoever starts the client does so then. The first call of evaluate
// waits for it. A client that dies, hangs, does not keep to the protocol or has another number of
// atoms makes evaluate throw CalculationError, and further calls too. Numbers that are not finite
// make a point that is not found. Errors of the values are zero; the client's forces are believed.
class SocketSurface : public Surface {
 public:
  SocketSurface(std::vector<int> atomic_numbers, const SocketSurfaceOptions& options);
  ~SocketSurface() override;  // tells the client to exit

  const SurfaceSystem& system() const override { return system_; }
  SurfaceValue evaluate(const Eigen::VectorXd& positions) override;
  int port() const { return listener_.port(); }  // 0: UNIX domain

 private:
  SurfaceValue exchange(const Eigen::VectorXd& positions);
  std::string ask_status();
  void make_ready();
  void send_positions(const Eigen::VectorXd& positions);
  SurfaceValue receive_forces();

  SurfaceSystem system_;
  SocketSurfaceOptions options_;
  Listener listener_;
  std::unique_ptr<Connection> client_;
  std::string failure_;  // what ended the conversation
};

}  // namespace markhor
