#include "app/saddle_xyz.hpp"

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <vector>

#include "core/errors.hpp"
#include "core/units.hpp"
#include "molecule/element.hpp"

namespace markhor {

namespace {

struct Frame {
  std::string comment;
  Eigen::VectorXd positions;
  const SurfaceValue* value = nullptr;
  Eigen::VectorXd mode;  // empty: no such columns
};

std::string columns(const Eigen::VectorXd& vector, std::size_t atom, double unit) {
  std::string text;
  char number[40];
  for (std::size_t k = 0; k < 3; ++k) {
    std::snprintf(number, sizeof number, " %16.10f",
                  vector[static_cast<Eigen::Index>(3 * atom + k)] / unit);
    text += number;
  }
  return text;
}

std::string frame_text(const Molecule& molecule, const Frame& frame) {
  const bool found = frame.value != nullptr && frame.value->found;
  const bool has_forces = found && frame.value->forces.size() > 0;
  const bool has_mode = frame.mode.size() > 0;
  std::string text = std::to_string(molecule.atoms.size()) + "\nProperties=species:S:1:pos:R:3";
  text += has_forces ? ":forces:R:3" : "";
  text += has_mode ? ":mode:R:3" : "";
  if (found) {
    char energy[60];
    std::snprintf(energy, sizeof energy, " energy=%.10f",
                  frame.value->energy / units::hartree_per_ev);
    text += energy;
  }
  text += " comment=\"" + frame.comment + "\"\n";
  for (std::size_t atom = 0; atom < molecule.atoms.size(); ++atom) {
    text += element_symbol(molecule.atoms[atom].atomic_number) +
            columns(frame.positions, atom, units::bohr_per_angstrom);
    if (has_forces) {
      text += columns(frame.value->forces, atom, hartree_per_bohr_per_ev_per_angstrom);
    }
    if (has_mode) text += columns(frame.mode, atom, 1.0);
    text += '\n';
  }
  return text;
}

std::string all_frames(const Molecule& molecule, const SaddleRecord& record) {
  const SaddleResult& result = record.result;
  std::string text;
  for (std::size_t i = 0; i < result.calls.size(); ++i) {
    const SurfaceCall& call = result.calls[i];
    if (call.purpose != CallPurpose::search || (i > 0 && !call.value.found)) continue;
    const std::string name = i == 0 ? "guess" : "call " + std::to_string(i + 1);
    text += frame_text(molecule, {name, call.positions, &call.value, {}});
  }
  const std::string name = result.method == SaddleMethod::minimize ? "minimum" : "saddle point";
  return text + frame_text(molecule, {result.converged ? name : "not converged", result.positions,
                                      &result.value,
                                      result.verified ? result.modes.front().mode : result.mode});
}

std::string energy_frame(const Molecule& molecule, const std::string& name,
                         const Eigen::VectorXd& positions, double energy) {
  SurfaceValue value;
  value.found = true;
  value.energy = energy;
  return frame_text(molecule, {name, positions, &value, {}});
}

// From the saddle point down, which it does not hold.
std::vector<std::string> side_frames(const Molecule& molecule, const Descent& side, int number) {
  std::vector<std::string> frames;
  for (const DescentPoint& point : side.points) {
    char name[40];
    std::snprintf(name, sizeof name, "side %d path %.4f", number, point.length);
    frames.push_back(energy_frame(molecule, name, point.positions, point.energy));
  }
  const std::string end = "side " + std::to_string(number);
  frames.push_back(energy_frame(molecule, end + (side.converged ? " end" : " not converged"),
                                side.end, side.end_energy));
  return frames;
}

void replace_file(const std::string& path, const std::string& text) {
  const std::string part = path + ".part";
  std::ofstream file(part);
  file << text;
  file.close();
  std::error_code error;
  if (file) std::filesystem::rename(part, path, error);
  if (file && !error) return;
  std::filesystem::remove(part, error);
  throw CalculationError(path + " cannot be written");
}

std::string beside(const std::string& output_file, const std::string& ending) {
  const std::filesystem::path path(output_file);
  return (path.parent_path() / (path.stem().string() + ending)).string();
}

}  // namespace

std::string saddle_xyz_file(const std::string& output_file) {
  return beside(output_file, "_saddle.xyz");
}

void write_saddle_xyz(const std::string& path, const Molecule& molecule,
                      const SaddleRecord& record) {
  replace_file(path, all_frames(molecule, record));
}

std::string descent_xyz_file(const std::string& output_file) {
  return beside(output_file, "_irc.xyz");
}

void write_descent_xyz(const std::string& path, const Molecule& molecule,
                       const SaddleRecord& record) {
  const SaddleResult& result = record.result;
  const auto up = side_frames(molecule, result.descents.front(), 1);
  std::string text;
  for (auto frame = up.rbegin(); frame != up.rend(); ++frame) text += *frame;
  text += frame_text(molecule, {"saddle point", result.positions, &result.value, {}});
  for (const std::string& frame : side_frames(molecule, result.descents.back(), 2)) text += frame;
  replace_file(path, text);
}

}  // namespace markhor
