// A campaign of saddle searches beside published ones on the same guesses.
#pragma once

#include <ostream>
#include <string>
#include <vector>

#include "benchmarks/csv_table.hpp"

namespace markhor::benchmarks {

// Of the results of a campaign, which are rows of these columns.
extern const std::vector<std::string> result_columns;

// ours: rows of `result_columns`; reference: rows with an `id` and, for the published methods,
// METHOD_success, METHOD_pes_calls and METHOD_saddle_energy_Ha; empty: ours alone are printed.
// Calls are of successful searches. The published counts of the eOn methods hold two calls that are
// none of the search; they are taken off. The energy to agree with is the median of the published
// ones. Failures are listed with their reasons.
void print_comparison(std::ostream& out, const std::string& method, const std::vector<CsvRow>& ours,
                      const std::vector<CsvRow>& reference);

}  // namespace markhor::benchmarks
