// The VMC stage as a table on the screen.
#pragma once

#include <iosfwd>

#include "montecarlo/vmc.hpp"

namespace markhor {

void report_vmc(std::ostream& out, const VmcResult& result);

}  // namespace markhor
