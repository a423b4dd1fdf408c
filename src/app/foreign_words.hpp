// Words of other programs for what a deck says here.
#pragma once

#include <vector>

#include "io/key_table.hpp"

namespace markhor {

std::vector<ForeignWord> foreign_keys();
std::vector<ForeignWord> foreign_sections();

}  // namespace markhor
