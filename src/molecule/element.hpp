// The periodic table: symbols and atomic numbers.
#pragma once

#include <string>
#include <string_view>

namespace markhor {

inline constexpr int max_atomic_number = 118;

// Atomic number of a symbol such as "O", "o" or "HE" (case-insensitive); 0 if there is none.
int atomic_number(std::string_view symbol);

// "H" for 1 ... "Og" for 118. Throws std::out_of_range otherwise.
std::string element_symbol(int atomic_number);

}  // namespace markhor
