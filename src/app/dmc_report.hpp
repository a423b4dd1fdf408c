// The DMC stage as a table on the screen.
#pragma once

#include <iosfwd>

#include "montecarlo/dmc.hpp"

namespace markhor {

void report_dmc(std::ostream& out, const DmcResult& result);

}  // namespace markhor
