#include "app/frequency_record.hpp"

#include <algorithm>
#include <ostream>

#include "app/matrix_data.hpp"
#include "app/text_table.hpp"
#include "core/units.hpp"

namespace markhor {

namespace {

const std::string root = "/saddle/frequencies/";

}  // namespace

void write_frequencies(Hdf5Writer& writer, const Frequencies& frequencies) {
  writer.group("/saddle/frequencies", "Harmonic vibrations of what moves, from the full Hessian");
  writer.write_reals(root + "wavenumbers", vector_data(frequencies.wavenumbers),
                     {"1/cm", "ascending; imaginary ones are negative"});
  writer.write_matrix(root + "modes", matrix_data(frequencies.modes.transpose()),
                      {"1", "modes x coordinates: displacements, unit vectors"});
  writer.write_real(root + "zero_point_energy", frequencies.zero_point_energy,
                    {"hartree", "half the sum of the real frequencies"});
  writer.write_integer(root + "imaginary", frequencies.imaginary,
                       {"1", "number of imaginary frequencies"});
  writer.write_matrix(root + "hessian", matrix_data(frequencies.hessian),
                      {"hartree/bohr^2",
                       "second derivatives by the coordinates that move; zero along translations "
                       "and rotations"});
}

std::optional<Frequencies> read_frequencies(const Hdf5Reader& reader) {
  if (!reader.has("/saddle/frequencies")) return {};
  Frequencies frequencies;
  frequencies.wavenumbers = eigen_vector(reader.read_reals(root + "wavenumbers"));
  frequencies.modes = eigen_matrix(reader.read_matrix(root + "modes")).transpose();
  frequencies.zero_point_energy = reader.read_real(root + "zero_point_energy");
  frequencies.imaginary = static_cast<int>(reader.read_integer(root + "imaginary"));
  frequencies.hessian = eigen_matrix(reader.read_matrix(root + "hessian"));
  return frequencies;
}

void write_json(JsonWriter& json, const Frequencies& frequencies) {
  json.values("frequencies", vector_data(frequencies.wavenumbers));
  json.value("zero_point_energy", frequencies.zero_point_energy);
}

void report_frequencies(std::ostream& out, const Frequencies& frequencies) {
  constexpr Eigen::Index in_a_line = 6;
  const Eigen::Index count = frequencies.wavenumbers.size();
  for (Eigen::Index first = 0; first < count; first += in_a_line) {
    std::string line;
    for (Eigen::Index k = first; k < std::min(first + in_a_line, count); ++k) {
      const double value = frequencies.wavenumbers[k];
      char text[40];
      std::snprintf(text, sizeof text, " %10.2f%s", value, value < 0.0 ? "i" : " ");
      line += text;
    }
    print_line(out, "  %-24s%s", first == 0 ? "frequencies, 1/cm" : "", line.c_str());
  }
  print_line(out, "  %-24s %16.8f hartree, %.3f kj/mol", "zero-point energy",
             frequencies.zero_point_energy,
             frequencies.zero_point_energy / units::hartree_per_kj_mol);
}

}  // namespace markhor
