#include "app/scf_record.hpp"

#include "app/matrix_data.hpp"

namespace markhor {

namespace {

struct EnergyField {
  const char* name;
  double ScfResult::*member;
  const char* description;
};

constexpr EnergyField energy_fields[] = {
    {"energy", &ScfResult::energy, "total energy"},
    {"kinetic_energy", &ScfResult::kinetic, "kinetic energy of the electrons"},
    {"nuclear_attraction", &ScfResult::nuclear_attraction, "attraction of electrons and nuclei"},
    {"electron_repulsion", &ScfResult::electron_repulsion,
     "repulsion of the electrons, with exchange"},
    {"nuclear_repulsion", &ScfResult::nuclear_repulsion, "repulsion of the nuclei"},
};

void write_iterations(Hdf5Writer& writer, const ScfResult& result) {
  std::vector<double> energies, changes, gradients;
  std::vector<std::string> steps;
  for (const ScfIteration& iteration : result.iterations) {
    energies.push_back(iteration.energy);
    changes.push_back(iteration.energy_change);
    gradients.push_back(iteration.gradient);
    steps.push_back(iteration.step);
  }
  writer.group("/scf/iterations", "One value an iteration");
  writer.write_reals("/scf/iterations/energy", energies, {"hartree", "energy"});
  writer.write_reals("/scf/iterations/energy_change", changes,
                     {"hartree", "energy minus that of the iteration before"});
  writer.write_reals("/scf/iterations/gradient", gradients,
                     {"hartree", "largest element of the orbital gradient"});
  writer.write_texts("/scf/iterations/step", steps, {"", "how the next orbitals were found"});
}

void write_orbitals(Hdf5Writer& writer, const MolecularOrbitals& orbitals, int up, int down) {
  const std::string ordering = "basis functions x orbitals; the occupied orbitals come first";
  writer.group("/orbitals", "Hartree-Fock orbitals over the functions of /basis");
  writer.write_matrix("/orbitals/up", matrix_data(orbitals.up), {"1", "spin up: " + ordering});
  writer.write_matrix("/orbitals/down", matrix_data(orbitals.down),
                      {"1", "spin down: " + ordering});
  writer.write_reals("/orbitals/up_energies", vector_data(orbitals.up_energies),
                     {"hartree", "orbital energies, spin up"});
  writer.write_reals("/orbitals/down_energies", vector_data(orbitals.down_energies),
                     {"hartree", "orbital energies, spin down"});
  writer.write_integer("/orbitals/up_electrons", up, {"1", "occupied orbitals of spin up"});
  writer.write_integer("/orbitals/down_electrons", down, {"1", "occupied orbitals of spin down"});
}

std::vector<ScfIteration> read_iterations(const Hdf5Reader& reader) {
  const auto energies = reader.read_reals("/scf/iterations/energy");
  const auto changes = reader.read_reals("/scf/iterations/energy_change");
  const auto gradients = reader.read_reals("/scf/iterations/gradient");
  const auto steps = reader.read_texts("/scf/iterations/step");
  std::vector<ScfIteration> iterations;
  for (std::size_t i = 0; i < energies.size(); ++i) {
    iterations.push_back({energies[i], changes.at(i), gradients.at(i), steps.at(i)});
  }
  return iterations;
}

}  // namespace

void write_scf(Hdf5Writer& writer, const ScfRecord& record) {
  const ScfResult& result = record.result;
  writer.group("/scf", "Hartree-Fock");
  writer.write_text("/scf/method", record.method, {"", "rhf, uhf or rohf"});
  writer.write_text("/scf/basis", record.basis, {"", "name of the basis set"});
  writer.write_integer("/scf/functions", record.functions, {"1", "number of basis functions"});
  writer.write_integer("/scf/converged", result.converged, {"1", "1 if it converged, else 0"});
  writer.write_text("/scf/status", result.status, {"", "how it converged, or why it did not"});
  writer.write_real("/scf/seconds", record.seconds, {"s", "wall time"});
  write_iterations(writer, result);
  if (!result.converged) return;
  for (const EnergyField& field : energy_fields) {
    writer.write_real(std::string("/scf/") + field.name, result.*field.member,
                      {"hartree", field.description});
  }
  writer.write_real("/scf/spin_squared", result.spin_squared, {"1", "<S^2>"});
  writer.write_reals("/scf/dipole", result.dipole,
                     {"e bohr", "dipole moment about the origin, x y z"});
  writer.write_integer("/scf/stability_checked", result.stability_checked,
                       {"1", "1 if the stability was tested"});
  writer.write_integer("/scf/stable", result.stable, {"1", "1 if no rotation lowers the energy"});
  writer.write_integer("/scf/instabilities_followed", result.instabilities_followed,
                       {"1", "saddle points that were left"});
  writer.write_real("/scf/lowest_hessian_eigenvalue", result.lowest_hessian_eigenvalue,
                    {"hartree", "lowest eigenvalue of the orbital Hessian, if tested"});
  writer.write_integer("/scf/dropped_functions", result.dropped_functions,
                       {"1", "functions left out for linear dependence"});
  writer.write_integer("/scf/fewest_gaussians", result.fewest_gaussians,
                       {"1", "Gaussians that stand for a Slater function, at least; 0: no such"});
  writer.write_integer("/scf/most_gaussians", result.most_gaussians,
                       {"1", "Gaussians that stand for a Slater function, at most; 0: no such"});
  write_orbitals(writer, result.orbitals, record.up, record.down);
}

ScfRecord read_scf(const Hdf5Reader& reader) {
  ScfRecord record;
  ScfResult& result = record.result;
  record.method = reader.read_text("/scf/method");
  record.basis = reader.read_text("/scf/basis");
  record.functions = static_cast<int>(reader.read_integer("/scf/functions"));
  record.seconds = reader.read_real("/scf/seconds");
  result.converged = reader.read_integer("/scf/converged") != 0;
  result.status = reader.read_text("/scf/status");
  result.iterations = read_iterations(reader);
  if (!result.converged) return record;
  for (const EnergyField& field : energy_fields) {
    result.*field.member = reader.read_real(std::string("/scf/") + field.name);
  }
  result.spin_squared = reader.read_real("/scf/spin_squared");
  const std::vector<double> dipole = reader.read_reals("/scf/dipole");
  for (std::size_t k = 0; k < 3; ++k) result.dipole[k] = dipole.at(k);
  result.stability_checked = reader.read_integer("/scf/stability_checked") != 0;
  result.stable = reader.read_integer("/scf/stable") != 0;
  result.instabilities_followed =
      static_cast<int>(reader.read_integer("/scf/instabilities_followed"));
  result.lowest_hessian_eigenvalue = reader.read_real("/scf/lowest_hessian_eigenvalue");
  result.dropped_functions = static_cast<int>(reader.read_integer("/scf/dropped_functions"));
  result.fewest_gaussians = static_cast<int>(reader.read_integer("/scf/fewest_gaussians"));
  result.most_gaussians = static_cast<int>(reader.read_integer("/scf/most_gaussians"));
  result.orbitals.up = eigen_matrix(reader.read_matrix("/orbitals/up"));
  result.orbitals.down = eigen_matrix(reader.read_matrix("/orbitals/down"));
  result.orbitals.up_energies = eigen_vector(reader.read_reals("/orbitals/up_energies"));
  result.orbitals.down_energies = eigen_vector(reader.read_reals("/orbitals/down_energies"));
  record.up = static_cast<int>(reader.read_integer("/orbitals/up_electrons"));
  record.down = static_cast<int>(reader.read_integer("/orbitals/down_electrons"));
  return record;
}

void write_json(JsonWriter& json, const ScfRecord& record) {
  const ScfResult& result = record.result;
  json.begin_object("scf");
  json.value("converged", result.converged);
  json.value("status", result.status);
  json.value("method", record.method);
  json.value("basis", record.basis);
  json.value("functions", record.functions);
  json.value("iterations", result.iterations.size());
  if (result.converged) {
    for (const EnergyField& field : energy_fields) json.value(field.name, result.*field.member);
    if (result.most_gaussians > 0) {
      json.value("fewest_gaussians", result.fewest_gaussians);
      json.value("most_gaussians", result.most_gaussians);
    }
    json.value("spin_squared", result.spin_squared);
    json.values("dipole", {result.dipole.begin(), result.dipole.end()});
    if (result.stability_checked) json.value("stable", result.stable);
    json.values("up_orbital_energies", vector_data(result.orbitals.up_energies));
    json.values("down_orbital_energies", vector_data(result.orbitals.down_energies));
    json.value("up_electrons", record.up);
    json.value("down_electrons", record.down);
  }
  json.end_object();
}

}  // namespace markhor
