#pragma once

namespace markhor::exit_codes {

inline constexpr int done = 0;
inline constexpr int calculation_failed = 1;  // not converged, numerical breakdown
inline constexpr int bad_input = 2;
inline constexpr int stopped_early = 3;  // by a signal or the wall limit, with a checkpoint

}  // namespace markhor::exit_codes
