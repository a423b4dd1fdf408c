#include "app/saddle_record.hpp"

#include <limits>

#include "app/descent_record.hpp"
#include "app/frequency_record.hpp"
#include "app/matrix_data.hpp"

namespace markhor {

namespace {

const std::string root = "/saddle/";

struct TextField {
  const char* name;
  std::string SaddleResult::*member;
  const char* description;
};
struct IntegerField {
  const char* name;
  int SaddleResult::*member;
  const char* description;
};
struct RealField {
  const char* name;
  double SaddleResult::*member;
  const char *unit, *description;
};
struct VectorField {
  const char* name;
  Eigen::VectorXd SaddleResult::*member;
  const char *unit, *description;
};

constexpr TextField text_fields[] = {
    {"status", &SaddleResult::status, "what ended the search"},
    {"verification", &SaddleResult::verification, "what the Hessian says of the point found"},
    {"descent_status", &SaddleResult::descent_status,
     "what became of the paths down; empty: not asked for"},
};
constexpr IntegerField integer_fields[] = {
    {"negative_modes", &SaddleResult::negative_modes, "among the modes computed"},
    {"steps", &SaddleResult::steps, "of the search"},
    {"search_calls", &SaddleResult::search_calls, "energies with forces at geometries of steps"},
    {"rotation_calls", &SaddleResult::rotation_calls,
     "energies with forces beside them, for the direction"},
    {"verification_calls", &SaddleResult::verification_calls,
     "energies with forces for the Hessian at the end"},
    {"descent_calls", &SaddleResult::descent_calls,
     "energies with forces on the paths down and at their ends"},
};
constexpr RealField real_fields[] = {
    {"max_force", &SaddleResult::max_force, "hartree/bohr", "largest on an atom that moves"},
    {"force_norm", &SaddleResult::force_norm, "hartree/bohr", "of all coordinates that move"},
    {"force_error", &SaddleResult::force_error, "hartree/bohr",
     "of what the tolerance is compared with, one standard error; 0: exact"},
    {"surface_seconds", &SaddleResult::surface_seconds, "s",
     "wall time of the surface in the last part of the run"},
    {"own_seconds", &SaddleResult::own_seconds, "s",
     "wall time of the search itself in the last part of the run"},
};
constexpr VectorField vector_fields[] = {
    {"positions", &SaddleResult::positions, "bohr", "x y z of each atom, where the search ended"},
    {"position_errors", &SaddleResult::position_errors, "bohr",
     "of where the forces vanish, one standard error each; zero: exact forces"},
    {"mode", &SaddleResult::mode, "1",
     "the mode that was climbed, a unit vector; zero for a minimization"},
};

// No rows stand for a value that was not found.
void write_value(Hdf5Writer& writer, const SurfaceValue& value) {
  writer.write_integer(root + "found", value.found, {"1", "0 if there is no energy there"});
  if (!value.found) return;
  writer.write_real(root + "energy", value.energy, {"hartree", "at the positions"});
  writer.write_real(root + "energy_error", value.energy_error, {"hartree", "one standard error"});
  writer.write_reals(root + "forces", vector_data(value.forces), {"hartree/bohr", "on each atom"});
  writer.write_reals(root + "force_errors", vector_data(value.force_errors),
                     {"hartree/bohr", "one standard error each"});
}

SurfaceValue read_value(const Hdf5Reader& reader) {
  SurfaceValue value;
  value.found = reader.read_integer(root + "found") != 0;
  if (!value.found) return value;
  value.energy = reader.read_real(root + "energy");
  value.energy_error = reader.read_real(root + "energy_error");
  value.forces = eigen_vector(reader.read_reals(root + "forces"));
  value.force_errors = eigen_vector(reader.read_reals(root + "force_errors"));
  return value;
}

void write_modes(Hdf5Writer& writer, const std::vector<VerifiedMode>& modes) {
  if (modes.empty()) return;
  std::vector<double> curvatures, errors, residuals;
  std::vector<std::vector<double>> rows;
  for (const VerifiedMode& mode : modes) {
    curvatures.push_back(mode.curvature);
    errors.push_back(mode.error);
    residuals.push_back(mode.residual);
    rows.push_back(vector_data(mode.mode));
  }
  writer.write_reals(root + "curvatures", curvatures,
                     {"hartree/bohr^2", "lowest eigenvalues of the Hessian"});
  writer.write_reals(root + "curvature_errors", errors,
                     {"hartree/bohr^2", "one standard error each; 0: from exact forces"});
  writer.write_reals(root + "residuals", residuals,
                     {"hartree/bohr^2", "of each, the length of H v - c v"});
  writer.write_matrix(root + "modes", rows_data(rows),
                      {"1", "modes x coordinates: their eigenvectors, unit vectors"});
}

std::vector<VerifiedMode> read_modes(const Hdf5Reader& reader) {
  std::vector<VerifiedMode> modes;
  if (!reader.has(root + "modes")) return modes;
  const auto curvatures = reader.read_reals(root + "curvatures");
  const auto errors = reader.read_reals(root + "curvature_errors");
  const auto residuals = reader.read_reals(root + "residuals");
  const auto rows = rows_of(reader.read_matrix(root + "modes"));
  for (std::size_t i = 0; i < rows.size(); ++i) {
    modes.push_back({curvatures.at(i), residuals.at(i), eigen_vector(rows[i]), errors.at(i)});
  }
  return modes;
}

}  // namespace

void write_saddle(Hdf5Writer& writer, const SaddleRecord& record) {
  const SaddleResult& result = record.result;
  writer.group("/saddle", "Search for a saddle point or a minimum");
  writer.write_integer(root + "finished", record.finished, {"1", "0 as long as it is under way"});
  writer.write_text(root + "engine", record.engine, {"", "what computes energies and forces"});
  writer.write_reals(root + "guess", vector_data(record.guess),
                     {"bohr", "x y z of each atom, where the search starts"});
  if (record.direction.size() > 0) {
    writer.write_reals(root + "direction", vector_data(record.direction),
                       {"1", "unit vector, the direction to climb at first"});
  }
  if (!record.finished) return;
  writer.write_text(root + "method", method_name(result.method), {"", "of the search"});
  writer.write_integer(root + "converged", result.converged,
                       {"1", "1 if the forces vanish within the tolerance"});
  writer.write_integer(root + "verified", result.verified, {"1", "1 if the Hessian was looked at"});
  for (const TextField& field : text_fields) {
    writer.write_text(root + field.name, result.*field.member, {"", field.description});
  }
  for (const IntegerField& field : integer_fields) {
    writer.write_integer(root + field.name, result.*field.member, {"1", field.description});
  }
  for (const RealField& field : real_fields) {
    writer.write_real(root + field.name, result.*field.member, {field.unit, field.description});
  }
  for (const VectorField& field : vector_fields) {
    writer.write_reals(root + field.name, vector_data(result.*field.member),
                       {field.unit, field.description});
  }
  write_value(writer, result.value);
  write_modes(writer, result.modes);
  if (result.frequencies) write_frequencies(writer, *result.frequencies);
  write_descents(writer, result.descents);
  write_calls(writer, "/saddle/calls", result.calls);
}

SaddleRecord read_saddle(const Hdf5Reader& reader) {
  SaddleRecord record;
  SaddleResult& result = record.result;
  record.finished = reader.read_integer(root + "finished") != 0;
  record.engine = reader.read_text(root + "engine");
  record.guess = eigen_vector(reader.read_reals(root + "guess"));
  if (reader.has(root + "direction")) {
    record.direction = eigen_vector(reader.read_reals(root + "direction"));
  }
  if (!record.finished) return record;
  result.method = method_named(reader.read_text(root + "method")).value_or(SaddleMethod::markhor);
  result.converged = reader.read_integer(root + "converged") != 0;
  result.verified = reader.read_integer(root + "verified") != 0;
  for (const TextField& field : text_fields) {
    result.*field.member = reader.read_text(root + field.name);
  }
  for (const IntegerField& field : integer_fields) {
    result.*field.member = static_cast<int>(reader.read_integer(root + field.name));
  }
  for (const RealField& field : real_fields) {
    result.*field.member = reader.read_real(root + field.name);
  }
  for (const VectorField& field : vector_fields) {
    result.*field.member = eigen_vector(reader.read_reals(root + field.name));
  }
  result.value = read_value(reader);
  result.modes = read_modes(reader);
  result.frequencies = read_frequencies(reader);
  result.descents = read_descents(reader);
  result.calls = read_calls(reader, "/saddle/calls");
  return record;
}

void write_json(JsonWriter& json, const SaddleRecord& record) {
  const SaddleResult& result = record.result;
  const double none = std::numeric_limits<double>::quiet_NaN();
  json.begin_object("saddle");
  json.value("converged", result.converged);
  json.value("verified", result.verified);
  json.value("surface_calls", result.search_calls + result.rotation_calls +
                                  result.verification_calls + result.descent_calls);
  json.value("search_calls", result.search_calls);
  json.value("rotation_calls", result.rotation_calls);
  json.value("verification_calls", result.verification_calls);
  json.value("descent_calls", result.descent_calls);
  json.value("energy", result.value.found ? result.value.energy : none);
  json.value("energy_error", result.value.found ? result.value.energy_error : none);
  json.value("max_force", result.value.found ? result.max_force : none);
  json.value("force_error", result.force_error);
  json.value("negative_modes", result.negative_modes);
  json.value("method", method_name(result.method));
  json.value("engine", record.engine);
  json.value("status", result.status);
  json.value("verification", result.verification);
  std::vector<double> curvatures, curvature_errors;
  for (const VerifiedMode& mode : result.modes) {
    curvatures.push_back(mode.curvature);
    curvature_errors.push_back(mode.error);
  }
  json.values("curvatures", curvatures);
  json.values("curvature_errors", curvature_errors);
  if (result.frequencies) write_json(json, *result.frequencies);
  if (!result.descent_status.empty()) {
    json.value("descent_status", result.descent_status);
    write_json(json, result.descents, result.value.energy);
  }
  json.values("positions", vector_data(result.positions));
  json.values("position_errors", vector_data(result.position_errors));
  json.value("surface_seconds", result.surface_seconds);
  json.value("own_seconds", result.own_seconds);
  json.end_object();
}

}  // namespace markhor
