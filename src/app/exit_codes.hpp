#pragma once

namespace markhor::exit_codes {

inline constexpr int done = 0;
inline constexpr int calculation_failed = 1;  // not converged, numerical breakdown
inline constexpr int bad_input = 2;

}  // namespace markhor::exit_codes
