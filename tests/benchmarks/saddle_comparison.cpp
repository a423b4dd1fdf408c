#include "benchmarks/saddle_comparison.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <limits>
#include <map>

#include "core/units.hpp"

namespace markhor::benchmarks {

const std::vector<std::string> result_columns = {"id",
                                                 "formula",
                                                 "n_atoms",
                                                 "success",
                                                 "status",
                                                 "pes_calls",
                                                 "rotation_calls",
                                                 "verification_calls",
                                                 "steps",
                                                 "saddle_fmax",
                                                 "init_energy_Ha",
                                                 "saddle_energy_Ha",
                                                 "surface_seconds",
                                                 "own_seconds",
                                                 "negative_modes"};

namespace {

struct PublishedMethod {
  std::string column;
  double calls_of_no_search = 0.0;
};

// Of eOn: the energy of the reactant, and one that its output routine adds.
const std::vector<PublishedMethod> published = {
    {"dimer", 2.0}, {"gpdimer", 2.0}, {"otgpd", 2.0}, {"sella", 0.0}};

// One search, of ours or of another.
struct Search {
  bool success = false;
  double calls = 0.0;
  double error = std::numeric_limits<double>::infinity();  // of the saddle energy, Hartree
};

double median(std::vector<double> values) {
  if (values.empty()) return std::numeric_limits<double>::quiet_NaN();
  std::sort(values.begin(), values.end());
  const std::size_t half = values.size() / 2;
  return values.size() % 2 == 1 ? values[half] : 0.5 * (values[half - 1] + values[half]);
}

double mean(const std::vector<double>& values) {
  double sum = 0.0;
  for (const double value : values) sum += value;
  return sum / static_cast<double>(values.size());
}

double published_energy(const CsvRow& reference) {
  std::vector<double> energies;
  for (const PublishedMethod& method : published) {
    const double energy = csv_number(reference, method.column + "_saddle_energy_Ha");
    if (csv_flag(reference, method.column + "_success")) energies.push_back(energy);
  }
  return median(energies);
}

Search search_of(const CsvRow& row, const std::string& prefix, double calls_of_no_search,
                 double energy) {
  Search search;
  search.success = csv_flag(row, prefix + "success");
  search.calls = csv_number(row, prefix + "pes_calls") - calls_of_no_search;
  const double error = std::abs(csv_number(row, prefix + "saddle_energy_Ha") - energy);
  if (search.success && std::isfinite(error)) search.error = error;
  return search;
}

void print_line(std::ostream& out, const std::string& name, const std::vector<Search>& searches) {
  std::vector<double> calls;
  int same = 0, close = 0;
  for (const Search& search : searches) {
    if (search.success && std::isfinite(search.calls)) calls.push_back(search.calls);
    if (search.error < 1e-5) ++same;
    if (search.error < 0.01 * units::hartree_per_ev) ++close;
  }
  char line[160];
  std::snprintf(line, sizeof line, "%-14s %4zu/%-4zu %10.1f %10.1f %16d %14d\n", name.c_str(),
                calls.size(), searches.size(), median(calls), mean(calls), same, close);
  out << line;
}

void print_times(std::ostream& out, const std::vector<CsvRow>& ours) {
  double surface = 0.0, own = 0.0;
  for (const CsvRow& row : ours) {
    const double one = csv_number(row, "surface_seconds"), other = csv_number(row, "own_seconds");
    if (std::isfinite(one) && std::isfinite(other)) {
      surface += one;
      own += other;
    }
  }
  char line[160];
  std::snprintf(line, sizeof line,
                "processor time: surface %.1f s, search itself %.1f s (%.1f %% of all)\n", surface,
                own, 100.0 * own / (surface + own));
  out << line;
}

void print_failures(std::ostream& out, const std::vector<CsvRow>& ours,
                    const std::map<std::string, double>& energies) {
  for (const CsvRow& row : ours) {
    const std::string id = csv_text(row, "id");
    if (!csv_flag(row, "success")) {
      out << "failed: " << id << ": " << csv_text(row, "status") << '\n';
      continue;
    }
    const auto energy = energies.find(id);
    if (energy == energies.end()) continue;
    const double above = csv_number(row, "saddle_energy_Ha") - energy->second;
    if (std::abs(above) < 1e-5) continue;
    char line[160];
    std::snprintf(line, sizeof line, "another saddle energy: %s: %+.4f eV, %s calls\n", id.c_str(),
                  above / units::hartree_per_ev, csv_text(row, "pes_calls").c_str());
    out << line;
  }
}

}  // namespace

void print_comparison(std::ostream& out, const std::string& method, const std::vector<CsvRow>& ours,
                      const std::vector<CsvRow>& reference) {
  std::map<std::string, const CsvRow*> references;
  for (const CsvRow& row : reference) references[csv_text(row, "id")] = &row;
  std::map<std::string, double> energies;
  std::vector<Search> searches;
  std::map<std::string, std::vector<Search>> others;
  for (const CsvRow& row : ours) {
    const auto found = references.find(csv_text(row, "id"));
    double energy = std::numeric_limits<double>::quiet_NaN();
    if (found != references.end()) {
      energy = energies[csv_text(row, "id")] = published_energy(*found->second);
      for (const PublishedMethod& other : published) {
        others[other.column].push_back(
            search_of(*found->second, other.column + "_", other.calls_of_no_search, energy));
      }
    }
    searches.push_back(search_of(row, "", 0.0, energy));
  }
  char line[160];
  std::snprintf(line, sizeof line, "%-14s %9s %10s %10s %16s %14s\n", "method", "success", "median",
                "mean", "same (1e-5 Ha)", "same (0.01 eV)");
  out << line;
  print_line(out, method, searches);
  for (const PublishedMethod& other : published) {
    if (others.count(other.column) > 0) print_line(out, other.column, others[other.column]);
  }
  if (!energies.empty()) {
    out << "(calls of successful searches; 2 taken off the published dimer, gpdimer and otgpd, "
           "which are none of the search)\n";
  }
  print_times(out, ours);
  print_failures(out, ours, energies);
}

}  // namespace markhor::benchmarks
