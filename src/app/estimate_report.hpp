// Estimates with their error bars on the screen.
#pragma once

#include <iosfwd>
#include <string>

#include "montecarlo/statistics.hpp"

namespace markhor {

// As many decimals as the error has two significant digits.
int decimals_for(double error);
void report_estimate(std::ostream& out, const std::string& name, const Estimate& estimate,
                     const std::string& unit);
// "local_energy" reads better without its underscore.
std::string spaced(std::string name);

}  // namespace markhor
