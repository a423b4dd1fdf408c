// Tables of comma-separated values with a line of column names, as campaigns write and read them.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace markhor::benchmarks {

using CsvRow = std::map<std::string, std::string>;  // by column

// Fields hold no commas and no quotes. An unfinished last line is left out. Throws
// std::runtime_error if there is no such file, or a line has too few fields.
std::vector<CsvRow> read_csv(const std::string& path);

// NaN where the field is missing, empty or no number.
double csv_number(const CsvRow& row, const std::string& column);
std::string csv_text(const CsvRow& row, const std::string& column);  // empty where missing
bool csv_flag(const CsvRow& row, const std::string& column);         // "True"

// Adds a line to a file, which gets the line of names if it is new; on the disk on return.
void append_csv(const std::string& path, const std::vector<std::string>& columns,
                const CsvRow& row);

}  // namespace markhor::benchmarks
