// What no engine need be asked.
#pragma once

#include <Eigen/Dense>
#include <string>

#include "surface/surface.hpp"

namespace markhor {

// Atoms nearer than 0.1 angstrom are a search gone astray, and an engine may fail on them in its
// own ways (linear dependence, overflow, an exit of the whole process).
//
// Empty if the positions can be computed; else a sentence: a coordinate that is no number, two
// atoms on top of each other. Positions as in Surface.
std::string point_problem(const Eigen::VectorXd& positions);

// A value that was not found, for this reason.
SurfaceValue not_found(std::string status);

}  // namespace markhor
