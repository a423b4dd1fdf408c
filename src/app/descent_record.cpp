#include "app/descent_record.hpp"

#include "app/matrix_data.hpp"

namespace markhor {

namespace {

std::string group_of(std::size_t side) { return "/saddle/descent_" + std::to_string(side + 1); }

void write_points(Hdf5Writer& writer, const std::string& group,
                  const std::vector<DescentPoint>& points) {
  if (points.empty()) return;
  std::vector<double> lengths, energies, forces;
  std::vector<std::vector<double>> rows;
  for (const DescentPoint& point : points) {
    lengths.push_back(point.length);
    energies.push_back(point.energy);
    forces.push_back(point.max_force);
    rows.push_back(vector_data(point.positions));
  }
  writer.write_reals(group + "/lengths", lengths,
                     {"bohr u^1/2", "of the path from the saddle point"});
  writer.write_reals(group + "/energies", energies, {"hartree", "at each point"});
  writer.write_reals(group + "/max_forces", forces,
                     {"hartree/bohr", "largest on an atom that moves"});
  writer.write_matrix(group + "/positions", rows_data(rows), {"bohr", "points x coordinates"});
}

std::vector<DescentPoint> read_points(const Hdf5Reader& reader, const std::string& group) {
  std::vector<DescentPoint> points;
  if (!reader.has(group + "/positions")) return points;
  const auto lengths = reader.read_reals(group + "/lengths");
  const auto energies = reader.read_reals(group + "/energies");
  const auto forces = reader.read_reals(group + "/max_forces");
  const auto rows = rows_of(reader.read_matrix(group + "/positions"));
  for (std::size_t i = 0; i < rows.size(); ++i) {
    points.push_back({lengths.at(i), eigen_vector(rows[i]), energies.at(i), forces.at(i)});
  }
  return points;
}

}  // namespace

void write_descents(Hdf5Writer& writer, const std::vector<Descent>& descents) {
  for (std::size_t side = 0; side < descents.size(); ++side) {
    const Descent& descent = descents[side];
    const std::string group = group_of(side);
    writer.group(group, "Path of steepest descent from the saddle point, and its end");
    write_points(writer, group, descent.points);
    writer.write_text(group + "/path_status", descent.path_status, {"", "what ended the path"});
    writer.write_text(group + "/status", descent.status, {"", "of the minimization at its end"});
    writer.write_integer(group + "/converged", descent.converged,
                         {"1", "1 if the forces vanish at the end"});
    writer.write_reals(group + "/end", vector_data(descent.end), {"bohr", "x y z of each atom"});
    writer.write_real(group + "/end_energy", descent.end_energy, {"hartree", "at the end"});
  }
}

std::vector<Descent> read_descents(const Hdf5Reader& reader) {
  std::vector<Descent> descents;
  for (std::size_t side = 0; reader.has(group_of(side)); ++side) {
    const std::string group = group_of(side);
    Descent descent;
    descent.points = read_points(reader, group);
    descent.path_status = reader.read_text(group + "/path_status");
    descent.status = reader.read_text(group + "/status");
    descent.converged = reader.read_integer(group + "/converged") != 0;
    descent.end = eigen_vector(reader.read_reals(group + "/end"));
    descent.end_energy = reader.read_real(group + "/end_energy");
    descents.push_back(std::move(descent));
  }
  return descents;
}

void write_json(JsonWriter& json, const std::vector<Descent>& descents, double saddle_energy) {
  json.begin_array("descents");
  for (const Descent& descent : descents) {
    std::vector<double> lengths, energies;
    for (const DescentPoint& point : descent.points) {
      lengths.push_back(point.length);
      energies.push_back(point.energy);
    }
    json.begin_object();
    json.value("converged", descent.converged);
    json.value("status", descent.status);
    json.value("end_energy", descent.end_energy);
    json.value("barrier", saddle_energy - descent.end_energy);
    json.values("end", vector_data(descent.end));
    json.values("lengths", lengths);
    json.values("energies", energies);
    json.end_object();
  }
  json.end_array();
}

}  // namespace markhor
