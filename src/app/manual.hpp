// The key table as a user reads it.
#pragma once

#include <string>

#include "io/key_table.hpp"

namespace markhor {

// For a terminal; one section, or all of them if it is empty.
std::string keys_text(const KeyTable& table, const std::string& section);

// docs/keys.md.
std::string keys_markdown(const KeyTable& table);

}  // namespace markhor
