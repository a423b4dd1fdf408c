#include "app/optimize_record.hpp"

#include "app/matrix_data.hpp"

namespace markhor {

namespace {

using Iteration = OptimizeIteration;

const std::string root = "/optimize";

// A column of the table of iterations.
struct RealColumn {
  const char *name, *unit, *description;
  double (*get)(const Iteration&);
  void (*set)(Iteration&, double);
};
struct IntegerColumn {
  const char *name, *description;
  std::int64_t (*get)(const Iteration&);
  void (*set)(Iteration&, std::int64_t);
};

template <double Iteration::*member>
constexpr RealColumn column(const char* name, const char* unit, const char* description) {
  return {name, unit, description, [](const Iteration& i) { return i.*member; },
          [](Iteration& i, double value) { i.*member = value; }};
}

template <Estimate Iteration::*member, double Estimate::*part>
constexpr RealColumn column(const char* name, const char* unit, const char* description) {
  return {name, unit, description, [](const Iteration& i) { return i.*member.*part; },
          [](Iteration& i, double value) { i.*member.*part = value; }};
}

template <auto member>
constexpr IntegerColumn whole(const char* name, const char* description) {
  return {name, description,
          [](const Iteration& i) { return static_cast<std::int64_t>(i.*member); },
          [](Iteration& i, std::int64_t value) {
            i.*member = static_cast<std::remove_reference_t<decltype(i.*member)>>(value);
          }};
}

const std::vector<RealColumn>& real_columns() {
  static const std::vector<RealColumn> columns = {
      column<&Iteration::energy, &Estimate::value>("energy", "hartree",
                                                   "of the wave function it starts from"),
      column<&Iteration::energy, &Estimate::error>("energy_error", "hartree", "one standard error"),
      column<&Iteration::energy, &Estimate::autocorrelation_time>(
          "autocorrelation_time", "sweeps", "integrated autocorrelation time of the energy"),
      column<&Iteration::variance, &Estimate::value>("variance", "hartree^2",
                                                     "variance of the local energy"),
      column<&Iteration::variance, &Estimate::error>("variance_error", "hartree^2",
                                                     "one standard error"),
      column<&Iteration::gradient_norm>("gradient_norm", "hartree",
                                        "of the energy, in parameters of unit metric"),
      column<&Iteration::level_shift>("level_shift", "hartree", "of the step that was chosen"),
      column<&Iteration::step_norm>("step_norm", "1",
                                    "norm of the change of the linearized wave function"),
      column<&Iteration::energy_change>("energy_change", "hartree",
                                        "by the step, from correlated sampling"),
      column<&Iteration::energy_change_error>("energy_change_error", "hartree",
                                              "one standard error"),
      column<&Iteration::changed_weight>(
          "changed_weight", "1",
          "share of the samples' weight that the regularization near nodes "
          "changed in the steps"),
      column<&Iteration::sampling_seconds>("sampling_seconds", "s", "wall time of the sampling"),
      column<&Iteration::algebra_seconds>("algebra_seconds", "s", "wall time of the steps"),
  };
  return columns;
}

const std::vector<IntegerColumn>& integer_columns() {
  static const std::vector<IntegerColumn> columns = {
      whole<&Iteration::number>("number", "number of the iteration, from 1"),
      whole<&Iteration::samples>("samples",
                                 "of the wave function, for its energy and the derivatives"),
      whole<&Iteration::reused>("reused",
                                "of earlier wave functions, reweighted, for the derivatives"),
      whole<&Iteration::comparisons>("comparisons", "configurations of the comparison of steps"),
  };
  return columns;
}

void write_iterations(Hdf5Writer& writer, const std::vector<Iteration>& iterations) {
  const std::string path = root + "/iterations/";
  writer.group(root + "/iterations", "One value an iteration");
  for (const IntegerColumn& column : integer_columns()) {
    std::vector<std::int64_t> values;
    for (const Iteration& iteration : iterations) values.push_back(column.get(iteration));
    writer.write_integers(path + column.name, values, {"1", column.description});
  }
  for (const RealColumn& column : real_columns()) {
    std::vector<double> values;
    for (const Iteration& iteration : iterations) values.push_back(column.get(iteration));
    writer.write_reals(path + column.name, values, {column.unit, column.description});
  }
  std::vector<std::string> notes;
  std::vector<std::int64_t> accepted;
  for (const Iteration& iteration : iterations) {
    notes.push_back(iteration.note);
    accepted.push_back(iteration.accepted);
  }
  writer.write_integers(path + "accepted", accepted, {"1", "1 if a step was taken"});
  writer.write_texts(path + "note", notes, {"", "what was done, or why no step was taken"});
}

std::vector<Iteration> read_iterations(const Hdf5Reader& reader) {
  const std::string path = root + "/iterations/";
  const std::vector<std::string> notes = reader.read_texts(path + "note");
  std::vector<Iteration> iterations(notes.size());
  const auto accepted = reader.read_integers(path + "accepted");
  for (std::size_t i = 0; i < notes.size(); ++i) {
    iterations[i].note = notes[i];
    iterations[i].accepted = accepted.at(i) != 0;
  }
  for (const IntegerColumn& column : integer_columns()) {
    if (!reader.has(path + column.name)) continue;  // files from before there were any
    const auto values = reader.read_integers(path + column.name);
    for (std::size_t i = 0; i < notes.size(); ++i) column.set(iterations[i], values.at(i));
  }
  for (const RealColumn& column : real_columns()) {
    const auto values = reader.read_reals(path + column.name);
    for (std::size_t i = 0; i < notes.size(); ++i) column.set(iterations[i], values.at(i));
  }
  const DataMatrix parameters = reader.read_matrix(root + "/parameters");
  for (std::size_t i = 0; i < std::min(parameters.rows, notes.size()); ++i) {
    const double* row = parameters.values.data() + i * parameters.columns;
    iterations[i].parameters =
        Eigen::Map<const Eigen::VectorXd>(row, static_cast<Eigen::Index>(parameters.columns));
  }
  return iterations;
}

void write_parameters(Hdf5Writer& writer, const OptimizeRecord& record) {
  const auto& iterations = record.result.iterations;
  DataMatrix matrix{iterations.size(), record.names.size(), {}};
  for (const Iteration& iteration : iterations) {
    const std::vector<double> row = vector_data(iteration.parameters);
    matrix.values.insert(matrix.values.end(), row.begin(), row.end());
  }
  writer.write_text(root + "/kinds", record.kinds, {"", "kinds of parameters"});
  writer.write_texts(root + "/parameter_names", record.names, {"", "names of the parameters"});
  writer.write_matrix(root + "/parameters", matrix,
                      {"1",
                       "iterations x parameters, which the iteration starts from; orbital "
                       "rotations and logarithms of exponents count from there and are 0"});
}

void write_estimate(Hdf5Writer& writer, const std::string& name, const Estimate& estimate,
                    const std::string& unit, const std::string& description) {
  writer.write_real(root + "/" + name, estimate.value, {unit, description});
  writer.write_real(root + "/" + name + "_error", estimate.error, {unit, "one standard error"});
  writer.write_real(root + "/" + name + "_autocorrelation_time", estimate.autocorrelation_time,
                    {"sweeps", "integrated autocorrelation time"});
  writer.write_integer(root + "/" + name + "_settled", estimate.settled,
                       {"1", "1 if the series is long enough for its error bar, else 0"});
}

Estimate read_estimate(const Hdf5Reader& reader, const std::string& name) {
  Estimate estimate;
  estimate.value = reader.read_real(root + "/" + name);
  estimate.error = reader.read_real(root + "/" + name + "_error");
  estimate.autocorrelation_time = reader.read_real(root + "/" + name + "_autocorrelation_time");
  estimate.settled = reader.read_integer(root + "/" + name + "_settled") != 0;
  return estimate;
}

}  // namespace

void write_optimize(Hdf5Writer& writer, const OptimizeRecord& record) {
  const OptimizeResult& result = record.result;
  writer.group(root, "Optimization of the trial wave function; the best one is /wavefunction");
  writer.write_integer(root + "/finished", record.finished,
                       {"1", "0 if the run was still going on when the file was written"});
  writer.write_text(root + "/method", result.method, {"", "method of the steps"});
  writer.write_texts(root + "/notes", result.notes,
                     {"", "what differs from what was asked for, and why"});
  write_parameters(writer, record);
  write_iterations(writer, result.iterations);
  if (!record.finished) return;
  writer.write_integer(root + "/converged", result.converged, {"1", "1 if it converged, else 0"});
  writer.write_text(root + "/status", result.status, {"", "what ended the optimization"});
  write_estimate(writer, "energy", result.energy, "hartree", "of the best wave function");
  write_estimate(writer, "variance", result.variance, "hartree^2",
                 "of the local energy of the best wave function");
  writer.write_integer(root + "/samples", result.samples,
                       {"1", "of all iterations, comparisons included"});
  writer.write_real(root + "/seconds", result.seconds, {"s", "wall time"});
  writer.write_real(root + "/cpu_seconds", result.cpu_seconds, {"s", "CPU time of all ranks"});
}

OptimizeRecord read_optimize(const Hdf5Reader& reader) {
  OptimizeRecord record;
  OptimizeResult& result = record.result;
  record.finished = reader.read_integer(root + "/finished") != 0;
  record.kinds = reader.read_text(root + "/kinds");
  record.names = reader.read_texts(root + "/parameter_names");
  result.method = reader.read_text(root + "/method");
  result.notes = reader.read_texts(root + "/notes");
  result.iterations = read_iterations(reader);
  if (!record.finished) return record;
  result.converged = reader.read_integer(root + "/converged") != 0;
  result.status = reader.read_text(root + "/status");
  result.energy = read_estimate(reader, "energy");
  result.variance = read_estimate(reader, "variance");
  result.samples = reader.read_integer(root + "/samples");
  result.seconds = reader.read_real(root + "/seconds");
  result.cpu_seconds = reader.read_real(root + "/cpu_seconds");
  return record;
}

void write_json(JsonWriter& json, const OptimizeRecord& record) {
  const OptimizeResult& result = record.result;
  json.begin_object("optimize");
  json.value("finished", record.finished);
  json.value("converged", result.converged);
  json.value("status", record.finished ? result.status : "not finished");
  json.value("method", result.method);
  json.value("parameters", record.names.size());
  if (record.finished) {
    json.value("energy", result.energy.value);
    json.value("energy_error", result.energy.error);
    json.value("variance", result.variance.value);
    json.value("variance_error", result.variance.error);
    json.value("samples", result.samples);
    json.value("seconds", result.seconds);
    json.value("cpu_seconds", result.cpu_seconds);
  }
  json.begin_array("iterations");
  for (const Iteration& iteration : result.iterations) {
    json.begin_object();
    for (const IntegerColumn& column : integer_columns()) {
      json.value(column.name, column.get(iteration));
    }
    for (const RealColumn& column : real_columns()) json.value(column.name, column.get(iteration));
    json.value("accepted", iteration.accepted);
    json.value("note", iteration.note);
    json.end_object();
  }
  json.end_array();
  json.end_object();
}

}  // namespace markhor
