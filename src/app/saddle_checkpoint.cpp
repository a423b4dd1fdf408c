// The calls of a saddle search in the result file: /saddle/calls when it is done,
// /checkpoint/saddle/calls while it is under way.
#include <algorithm>
#include <cmath>
#include <limits>

#include "app/checkpoint_record.hpp"
#include "app/matrix_data.hpp"
#include "app/saddle_record.hpp"

namespace markhor {

namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN();

// A member of each call, nan where it has none.
struct RealField {
  const char *name, *unit, *description;
  double (*get)(const SurfaceCall&);
  void (*set)(SurfaceCall&, double);
};

constexpr RealField real_fields[] = {
    {"energies", "hartree", "energy",
     [](const SurfaceCall& c) { return c.value.found ? c.value.energy : none; },
     [](SurfaceCall& c, double x) { c.value.energy = c.value.found ? x : 0.0; }},
    {"energy_errors", "hartree", "one standard error",
     [](const SurfaceCall& c) { return c.value.found ? c.value.energy_error : none; },
     [](SurfaceCall& c, double x) { c.value.energy_error = c.value.found ? x : 0.0; }},
    {"predicted_energies", "hartree", "what the search expected; nan: nothing",
     [](const SurfaceCall& c) { return c.context.predicted_energy; },
     [](SurfaceCall& c, double x) { c.context.predicted_energy = x; }},
    {"predicted_forces", "hartree/bohr", "largest force that the search expected; nan: none",
     [](const SurfaceCall& c) { return c.context.predicted_force; },
     [](SurfaceCall& c, double x) { c.context.predicted_force = x; }},
    {"trust_radii", "bohr", "longest step allowed; nan: no step",
     [](const SurfaceCall& c) { return c.context.trust_radius; },
     [](SurfaceCall& c, double x) { c.context.trust_radius = x; }},
};

std::vector<double> found_or_nan(const SurfaceCall& call, const Eigen::VectorXd& vector) {
  return call.value.found
             ? vector_data(vector)
             : std::vector<double>(static_cast<std::size_t>(call.positions.size()), none);
}

// A vector of each call as a row of a matrix.
struct RowsField {
  const char *name, *unit, *description;
  std::vector<double> (*get)(const SurfaceCall&);
};

constexpr RowsField rows_fields[] = {
    {"positions", "bohr", "calls x coordinates",
     [](const SurfaceCall& c) { return vector_data(c.positions); }},
    {"forces", "hartree/bohr", "calls x coordinates; nan: not found",
     [](const SurfaceCall& c) { return found_or_nan(c, c.value.forces); }},
    {"force_errors", "hartree/bohr", "one standard error each",
     [](const SurfaceCall& c) { return found_or_nan(c, c.value.force_errors); }},
    {"hyperparameters", "hartree^2, 1/bohr",
     "of the Gaussian process: variance, then inverse lengths; nan where there are fewer",
     [](const SurfaceCall& c) { return c.context.hyperparameters; }},
};

// Rows of the longest one's length.
DataMatrix padded_rows(const std::vector<SurfaceCall>& calls, const RowsField& field) {
  std::vector<std::vector<double>> rows;
  std::size_t longest = 1;
  for (const SurfaceCall& call : calls) {
    rows.push_back(field.get(call));
    longest = std::max(longest, rows.back().size());
  }
  for (auto& row : rows) row.resize(longest, none);
  return rows_data(rows);
}

CallPurpose purpose_of(const std::string& name) {
  for (const CallPurpose purpose :
       {CallPurpose::rotation, CallPurpose::verification, CallPurpose::descent}) {
    if (purpose_name(purpose) == name) return purpose;
  }
  return CallPurpose::search;
}

void set_rows(SurfaceCall& call, const std::vector<std::vector<double>>& rows) {
  call.positions = eigen_vector(rows[0]);
  if (call.value.found) {
    call.value.forces = eigen_vector(rows[1]);
    call.value.force_errors = eigen_vector(rows[2]);
  }
  for (const double value : rows[3]) {
    if (!std::isnan(value)) call.context.hyperparameters.push_back(value);
  }
}

}  // namespace

void write_calls(Hdf5Writer& writer, const std::string& group,
                 const std::vector<SurfaceCall>& calls) {
  writer.group(group, "Every energy with forces that was computed, in order");
  if (calls.empty()) return;
  std::vector<std::string> purposes, statuses;
  std::vector<std::int64_t> found;
  for (const SurfaceCall& call : calls) {
    purposes.push_back(purpose_name(call.purpose));
    statuses.push_back(call.value.status);
    found.push_back(call.value.found);
  }
  writer.write_texts(group + "/purpose", purposes, {"", "what each was for"});
  writer.write_texts(group + "/status", statuses, {"", "what the engine had to say"});
  writer.write_integers(group + "/found", found, {"1", "0 if there was no energy there"});
  for (const RealField& field : real_fields) {
    std::vector<double> values;
    for (const SurfaceCall& call : calls) values.push_back(field.get(call));
    writer.write_reals(group + "/" + field.name, values, {field.unit, field.description});
  }
  for (const RowsField& field : rows_fields) {
    writer.write_matrix(group + "/" + field.name, padded_rows(calls, field),
                        {field.unit, field.description});
  }
}

std::vector<SurfaceCall> read_calls(const Hdf5Reader& reader, const std::string& group) {
  if (!reader.has(group + "/purpose")) return {};
  const auto purposes = reader.read_texts(group + "/purpose");
  const auto statuses = reader.read_texts(group + "/status");
  const auto found = reader.read_integers(group + "/found");
  std::vector<SurfaceCall> calls(purposes.size());
  for (std::size_t i = 0; i < calls.size(); ++i) {
    calls[i].purpose = purpose_of(purposes[i]);
    calls[i].value.status = statuses.at(i);
    calls[i].value.found = found.at(i) != 0;
  }
  for (const RealField& field : real_fields) {
    const auto values = reader.read_reals(group + "/" + field.name);
    for (std::size_t i = 0; i < calls.size(); ++i) field.set(calls[i], values.at(i));
  }
  std::vector<std::vector<std::vector<double>>> fields;
  for (const RowsField& field : rows_fields) {
    fields.push_back(rows_of(reader.read_matrix(group + "/" + field.name)));
  }
  for (std::size_t i = 0; i < calls.size(); ++i) {
    std::vector<std::vector<double>> rows;
    for (const auto& field : fields) rows.push_back(field.at(i));
    set_rows(calls[i], rows);
  }
  return calls;
}

void write_state(Hdf5Writer& writer, const SaddleState& state) {
  writer.group("/checkpoint/saddle", "Saddle search under way");
  write_calls(writer, "/checkpoint/saddle/calls", state.calls);
}

SaddleState read_saddle_state(const Hdf5Reader& reader) {
  return {read_calls(reader, "/checkpoint/saddle/calls")};
}

}  // namespace markhor
