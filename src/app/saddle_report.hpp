// A saddle search on the screen.
#pragma once

#include <iosfwd>

#include "app/run_record.hpp"

namespace markhor {

void report_saddle_start(std::ostream& out, const SaddleRecord& record, SaddleMethod method);
// One line. number: from 1; frozen: one flag an atom, or empty.
void report_call(std::ostream& out, std::size_t number, const SurfaceCall& call,
                 const std::vector<bool>& frozen);
void report_saddle(std::ostream& out, const SaddleRecord& record, const Molecule& molecule);

}  // namespace markhor
