#include "app/ci_record.hpp"

#include "app/matrix_data.hpp"

namespace markhor {

namespace {

struct RealField {
  const char* name;
  double CiResult::*member;
  const char *unit, *description;
};
struct IntegerField {
  const char* name;
  int CiResult::*member;
  const char* description;
};

constexpr RealField real_fields[] = {
    {"energy", &CiResult::energy, "hartree", "total energy in the active space"},
    {"reference_energy", &CiResult::reference_energy, "hartree",
     "total energy of the lowest configuration"},
    {"spin_squared", &CiResult::spin_squared, "1", "<S^2>"},
    {"residual", &CiResult::residual, "hartree", "norm of H c - E c"},
    {"truncated_weight", &CiResult::truncated_weight, "1",
     "sum of the squared coefficients that the threshold left out"},
};

constexpr IntegerField integer_fields[] = {
    {"iterations", &CiResult::iterations, "of the eigenvalue solver"},
    {"core_orbitals", &CiResult::core_orbitals, "doubly occupied below the active space"},
    {"determinants_in_space", &CiResult::determinants_in_space, "determinants of the space"},
    {"configurations_in_space", &CiResult::csfs_in_space, "configurations of the space"},
};

struct RecordField {
  const char* name;
  int CiRecord::*member;
  const char* description;
};

constexpr RecordField record_fields[] = {
    {"configurations", &CiRecord::configurations, "configurations that were kept"},
    {"determinants", &CiRecord::determinants, "determinants that were kept"},
};

std::string path_of(const char* name) { return std::string("/ci/") + name; }

}  // namespace

void write_ci(Hdf5Writer& writer, const CiRecord& record) {
  const CiResult& result = record.result;
  writer.group("/ci", "Configuration interaction in an active space of the Hartree-Fock orbitals");
  writer.write_integer("/ci/converged", result.converged, {"1", "1 if it converged, else 0"});
  writer.write_text("/ci/status", result.status, {"", "how it converged, or why it did not"});
  writer.write_integer("/ci/active_electrons", record.space.electrons, {"1", "active electrons"});
  writer.write_integer("/ci/active_orbitals", record.space.orbitals, {"1", "active orbitals"});
  writer.write_real("/ci/threshold", record.threshold,
                    {"1", "smaller coefficients were left out of the wave function"});
  writer.write_real("/ci/seconds", record.seconds, {"s", "wall time"});
  writer.write_integer("/ci/parts_degenerate_orbitals", result.parts_degenerate_orbitals,
                       {"1", "1 if the active space parts orbitals of equal energy"});
  for (const RealField& field : real_fields) {
    writer.write_real(path_of(field.name), result.*field.member, {field.unit, field.description});
  }
  for (const IntegerField& field : integer_fields) {
    writer.write_integer(path_of(field.name), result.*field.member, {"1", field.description});
  }
  for (const RecordField& field : record_fields) {
    writer.write_integer(path_of(field.name), record.*field.member, {"1", field.description});
  }
  writer.write_reals("/ci/natural_occupations", vector_data(result.natural_occupations),
                     {"1", "electrons in the active natural orbitals"});
}

CiRecord read_ci(const Hdf5Reader& reader) {
  CiRecord record;
  CiResult& result = record.result;
  result.converged = reader.read_integer("/ci/converged") != 0;
  result.status = reader.read_text("/ci/status");
  record.space.electrons = static_cast<int>(reader.read_integer("/ci/active_electrons"));
  record.space.orbitals = static_cast<int>(reader.read_integer("/ci/active_orbitals"));
  record.threshold = reader.read_real("/ci/threshold");
  record.seconds = reader.read_real("/ci/seconds");
  result.parts_degenerate_orbitals = reader.read_integer("/ci/parts_degenerate_orbitals") != 0;
  for (const RealField& field : real_fields) {
    result.*field.member = reader.read_real(path_of(field.name));
  }
  for (const IntegerField& field : integer_fields) {
    result.*field.member = static_cast<int>(reader.read_integer(path_of(field.name)));
  }
  for (const RecordField& field : record_fields) {
    record.*field.member = static_cast<int>(reader.read_integer(path_of(field.name)));
  }
  result.natural_occupations = eigen_vector(reader.read_reals("/ci/natural_occupations"));
  return record;
}

void write_json(JsonWriter& json, const CiRecord& record) {
  const CiResult& result = record.result;
  json.begin_object("ci");
  json.value("converged", result.converged);
  json.value("status", result.status);
  json.value("active_electrons", record.space.electrons);
  json.value("active_orbitals", record.space.orbitals);
  for (const RealField& field : real_fields) json.value(field.name, result.*field.member);
  for (const IntegerField& field : integer_fields) json.value(field.name, result.*field.member);
  for (const RecordField& field : record_fields) json.value(field.name, record.*field.member);
  json.values("natural_occupations", vector_data(result.natural_occupations));
  json.end_object();
}

}  // namespace markhor
