// A campaign of saddle searches from the guesses of a published benchmark. Every finished search is
// a line of a table, and one that is in it is not made again: a killed campaign goes on.
// Usage: saddle_benchmark FOLDER [--option value ...], see `usage` below.
#include <stdlib.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <functional>
#include <iostream>
#include <map>
#include <memory>
#include <set>
#include <sstream>
#include <stdexcept>

#include "benchmarks/csv_table.hpp"
#include "benchmarks/hartree_fock_engine.hpp"
#include "benchmarks/process_pool.hpp"
#include "benchmarks/saddle_cases.hpp"
#include "benchmarks/saddle_comparison.hpp"
#include "engine/xtb_surface.hpp"
#include "saddle/saddle_search.hpp"

using namespace markhor;
using namespace markhor::benchmarks;

namespace {

const char* usage =
    "saddle_benchmark FOLDER [options]: searches from all */NAME.xyz of the folder\n"
    "  --method NAME     markhor, prfo, dimer, gp-dimer, otgp-dimer (markhor)\n"
    "  --prior xtb       of markhor\n"
    "  --starts DIR      displaced geometries and first directions; the norm of all forces is "
    "then\n"
    "                    what must vanish, as in the studies they come from\n"
    "  --reference CSV   published results to compare with\n"
    "  --select COLUMN   only cases that are True there\n"
    "  --max-atoms N     only cases of at most so many atoms\n"
    "  --only ID,...     only these\n"
    "  --processes N     searches at a time (1)\n"
    "  --output CSV      where results are kept (METHOD.csv)\n"
    "  --engine NAME     hf, xtb (hf); --basis SET (3-21G)\n"
    "  --max-calls N     of a search (3000 for dimer, 300 otherwise)\n"
    "  --verify yes      computes the two lowest modes at the end\n";

struct CampaignOptions {
  std::string folder, prior, starts, reference, select, output, only;
  std::string method = "markhor", engine = "hf", basis = "3-21G", verify;
  std::string max_atoms = "1000", processes = "1", max_calls;
};

CampaignOptions read_options(int argc, char** argv) {
  CampaignOptions options;
  const std::map<std::string, std::string*> names = {
      {"--method", &options.method}, {"--prior", &options.prior},
      {"--starts", &options.starts}, {"--reference", &options.reference},
      {"--select", &options.select}, {"--max-atoms", &options.max_atoms},
      {"--only", &options.only},     {"--processes", &options.processes},
      {"--output", &options.output}, {"--engine", &options.engine},
      {"--basis", &options.basis},   {"--max-calls", &options.max_calls},
      {"--verify", &options.verify}};
  if (argc < 2 || argc % 2 != 0) throw std::invalid_argument(usage);
  options.folder = argv[1];
  if (!std::filesystem::is_directory(options.folder)) {
    throw std::invalid_argument(options.folder + " is no folder\n" + usage);
  }
  for (int i = 2; i < argc; i += 2) {
    const auto name = names.find(argv[i]);
    if (name == names.end()) throw std::invalid_argument(std::string(argv[i]) + "?\n" + usage);
    *name->second = argv[i + 1];
  }
  if (options.output.empty()) options.output = options.method + ".csv";
  if (options.max_calls.empty()) options.max_calls = options.method == "dimer" ? "3000" : "300";
  return options;
}

SaddleMethod method_of(const std::string& name) {
  if (const auto method = method_named(name)) return *method;
  throw std::invalid_argument(name + " is no method\n" + usage);
}

double processor_seconds() {
  timespec time{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

// Processor time, since searches share the machine.
class TimedSurface : public Surface {
 public:
  explicit TimedSurface(std::unique_ptr<Surface> surface) : surface_(std::move(surface)) {}
  const SurfaceSystem& system() const override { return surface_->system(); }
  SurfaceValue evaluate(const Eigen::VectorXd& positions) override {
    const double start = processor_seconds();
    SurfaceValue value = surface_->evaluate(positions);
    seconds += processor_seconds() - start;
    return value;
  }
  double seconds = 0.0;

 private:
  std::unique_ptr<Surface> surface_;
};

std::unique_ptr<Surface> make_engine(const CampaignOptions& options, const Molecule& molecule) {
  if (options.engine == "xtb") return std::make_unique<XtbSurface>(molecule);
  return hartree_fock_engine(molecule, options.basis);
}

CsvRow row_of(const SaddleCase& one, const SaddleResult& result) {
  const auto text = [](const char* format, double value) {
    char number[40];
    std::snprintf(number, sizeof number, format, value);
    return std::string(number);
  };
  CsvRow row;
  row["success"] = result.converged ? "True" : "False";
  row["status"] = result.status;
  row["pes_calls"] = std::to_string(result.search_calls + result.rotation_calls);
  row["rotation_calls"] = std::to_string(result.rotation_calls);
  row["verification_calls"] = std::to_string(result.verification_calls);
  row["steps"] = std::to_string(result.steps);
  row["saddle_fmax"] = text("%.6f", result.max_force / hartree_per_bohr_per_ev_per_angstrom);
  if (!result.calls.empty()) {
    row["init_energy_Ha"] = text("%.9f", result.calls.front().value.energy);
  }
  row["saddle_energy_Ha"] = text("%.9f", result.value.energy);
  row["negative_modes"] = result.verified ? std::to_string(result.negative_modes) : "";
  row["id"] = one.id;
  return row;
}

CsvRow search(const SaddleCase& one, const CampaignOptions& options) {
  const double begin = processor_seconds();
  TimedSurface surface(make_engine(options, one.molecule));
  const SaddleStart start = start_of(one, options.starts);
  SaddleOptions saddle;
  saddle.method = method_of(options.method);
  saddle.limits.max_calls = std::stoi(options.max_calls);
  if (!options.starts.empty()) saddle.limits.measure = ForceMeasure::norm;
  saddle.direction = start.direction;
  saddle.verify = options.verify == "yes" ? Verify::modes : Verify::none;
  std::unique_ptr<Surface> prior;
  if (options.prior == "xtb") prior = std::make_unique<XtbSurface>(one.molecule);
  saddle.prior = prior.get();
  CsvRow row = row_of(one, find_saddle(surface, start.positions, saddle));
  row["surface_seconds"] = std::to_string(surface.seconds);
  row["own_seconds"] = std::to_string(processor_seconds() - begin - surface.seconds);
  return row;
}

// A row as the answer of a process: a line a field.
std::string packed(const CsvRow& row) {
  std::string text;
  for (const auto& [column, value] : row) text += column + "\t" + value + "\n";
  return text;
}

CsvRow unpacked(const std::string& text) {
  CsvRow row;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    row[line.substr(0, line.find('\t'))] = line.substr(line.find('\t') + 1);
  }
  return row;
}

std::vector<SaddleCase> chosen_cases(const CampaignOptions& options,
                                     const std::vector<CsvRow>& reference) {
  std::set<std::string> selected, wanted;
  for (const CsvRow& row : reference) {
    if (options.select.empty() || csv_flag(row, options.select)) {
      selected.insert(csv_text(row, "id"));
    }
  }
  std::istringstream only(options.only);
  for (std::string id; std::getline(only, id, ',');) wanted.insert(id);
  const std::size_t most = std::stoul(options.max_atoms);
  std::vector<SaddleCase> cases = read_saddle_cases(options.folder);
  std::erase_if(cases, [&](const SaddleCase& one) {
    return one.molecule.atoms.size() > most || (!wanted.empty() && wanted.count(one.id) == 0) ||
           (!options.select.empty() && selected.count(one.id) == 0);
  });
  return cases;
}

std::vector<CsvRow> results_of(const CampaignOptions& options,
                               const std::vector<SaddleCase>& cases) {
  if (!std::filesystem::exists(options.output)) return {};
  std::vector<CsvRow> rows = read_csv(options.output);
  std::erase_if(rows, [&](const CsvRow& row) {
    return std::none_of(cases.begin(), cases.end(),
                        [&](const SaddleCase& one) { return one.id == csv_text(row, "id"); });
  });
  return rows;
}

void run_missing(const CampaignOptions& options, std::vector<SaddleCase> cases) {
  for (const CsvRow& row : results_of(options, cases)) {
    std::erase_if(cases, [&](const SaddleCase& one) { return one.id == csv_text(row, "id"); });
  }
  const auto work = [&](std::size_t i) { return packed(search(cases[i], options)); };
  const auto done = [&](std::size_t i, const ProcessEnd& end) {
    CsvRow row =
        end.finished ? unpacked(end.answer) : CsvRow{{"success", "False"}, {"status", end.answer}};
    row["id"] = cases[i].id;
    row["formula"] = cases[i].formula;
    row["n_atoms"] = std::to_string(cases[i].molecule.atoms.size());
    append_csv(options.output, result_columns, row);
    std::cout << cases[i].id << ": " << csv_text(row, "pes_calls") << " calls, "
              << csv_text(row, "status") << std::endl;
  };
  run_in_processes(cases.size(), std::stoi(options.processes), work, done);
}

// One thread a process; the linear algebra reads its environment before main is reached.
void run_with_one_thread(char** argv) {
  if (getenv("OPENBLAS_NUM_THREADS") != nullptr && getenv("OMP_NUM_THREADS") != nullptr) return;
  setenv("OPENBLAS_NUM_THREADS", "1", 1);
  setenv("OMP_NUM_THREADS", "1", 1);
  execv("/proc/self/exe", argv);
}

}  // namespace

int main(int argc, char** argv) {
  run_with_one_thread(argv);
  try {
    const CampaignOptions options = read_options(argc, argv);
    method_of(options.method);
    const std::vector<CsvRow> reference =
        options.reference.empty() ? std::vector<CsvRow>{} : read_csv(options.reference);
    const std::vector<SaddleCase> cases = chosen_cases(options, reference);
    run_missing(options, cases);
    print_comparison(std::cout, options.method, results_of(options, cases), reference);
  } catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 1;
  }
}
