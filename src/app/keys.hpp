// The one table of everything a deck may say. Parsing, checking, `markhor keys` and the manual page
// come from it; its defaults come from the option structs of the rooms.
#pragma once

#include "io/key_table.hpp"

namespace markhor {

const KeyTable& key_table();

}  // namespace markhor
