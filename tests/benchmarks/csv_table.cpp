#include "benchmarks/csv_table.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <limits>
#include <sstream>
#include <stdexcept>

#include "core/text.hpp"

namespace markhor::benchmarks {

namespace {

std::vector<std::string> fields_of(const std::string& line) {
  std::vector<std::string> fields;
  std::stringstream stream(line);
  for (std::string field; std::getline(stream, field, ',');) {
    fields.push_back(std::string(trim(field)));
  }
  if (!line.empty() && line.back() == ',') fields.emplace_back();
  return fields;
}

std::string without_commas(std::string text) {
  for (char& c : text) {
    if (c == ',' || c == '"') c = ';';
    if (c == '\n' || c == '\r') c = ' ';
  }
  return text;
}

// A killed campaign may have left a line without its end, which no line may be added to.
void cut_unfinished_line(const std::string& path) {
  std::ifstream in(path);
  const std::string text(std::istreambuf_iterator<char>(in), {});
  in.close();
  if (text.empty() || text.back() == '\n') return;
  std::filesystem::resize_file(path, text.rfind('\n') + 1);
}

}  // namespace

std::vector<CsvRow> read_csv(const std::string& path) {
  std::ifstream in(path);
  if (!in) throw std::runtime_error(path + " cannot be read");
  std::string line;
  std::getline(in, line);
  const std::vector<std::string> columns = fields_of(line);
  std::vector<CsvRow> rows;
  while (std::getline(in, line)) {
    if (in.eof()) break;  // no end of line
    const std::vector<std::string> fields = fields_of(line);
    if (fields.size() < columns.size()) {
      throw std::runtime_error(path + ": too few fields in the line " + line);
    }
    CsvRow& row = rows.emplace_back();
    for (std::size_t i = 0; i < columns.size(); ++i) row[columns[i]] = fields[i];
  }
  return rows;
}

std::string csv_text(const CsvRow& row, const std::string& column) {
  const auto found = row.find(column);
  return found == row.end() ? "" : found->second;
}

double csv_number(const CsvRow& row, const std::string& column) {
  double value = std::numeric_limits<double>::quiet_NaN();
  parse_number(csv_text(row, column), value);
  return value;
}

bool csv_flag(const CsvRow& row, const std::string& column) {
  return csv_text(row, column) == "True";
}

void append_csv(const std::string& path, const std::vector<std::string>& columns,
                const CsvRow& row) {
  const bool fresh = !std::filesystem::exists(path) || std::filesystem::file_size(path) == 0;
  if (!fresh) cut_unfinished_line(path);
  std::vector<std::string> fields;
  for (const std::string& column : columns) {
    fields.push_back(without_commas(csv_text(row, column)));
  }
  std::ofstream out(path, std::ios::app);
  if (fresh) out << joined(columns, ",") << '\n';
  out << joined(fields, ",") << '\n';
  out.flush();
  if (!out) throw std::runtime_error(path + " cannot be written");
}

}  // namespace markhor::benchmarks
