// A small client of the i-PI protocol in a thread of its own, and ways for it to misbehave.
#pragma once

#include <Eigen/Dense>
#include <functional>
#include <string>
#include <thread>

namespace markhor {

enum class Misbehaviour {
  none,
  needs_init,      // asks for INIT first; no fault
  dies_early,      // closes the connection before the first answer
  dies_late,       // takes positions and closes the connection
  dies_third,      // the same with the third positions, after two answers
  hangs,           // takes positions and says nothing until the server is gone
  babbles,         // answers with something else
  loses_an_atom,   // sends forces of fewer atoms
  sends_infinity,  // an energy that is no number
  fails_third,     // the same from the third positions on
  promises_a_lot   // a text of negative length behind the forces
};

class IpiClient {
 public:
  // Connects to the port of 127.0.0.1, or to the UNIX socket if the path is not empty, within 20
  // seconds. `model`
  // turns positions into the energy and, in place, into forces.
  using Model = std::function<double(Eigen::VectorXd&)>;
  IpiClient(const std::string& unix_path, int port, Misbehaviour misbehaviour, Model model);
  ~IpiClient() { thread_.join(); }

 private:
  std::thread thread_;
};

}  // namespace markhor
