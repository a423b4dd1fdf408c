// The geometries of a saddle search as an extended XYZ file, for viewers.
#pragma once

#include <string>

#include "app/run_record.hpp"

namespace markhor {

// "water_saddle.xyz" beside "water.h5".
std::string saddle_xyz_file(const std::string& output_file);

// In angstrom, eV and eV/angstrom: the guess, every further geometry of a step where an energy was
// found, and last the point found with columns `mode`: the lowest mode of the Hessian if it was
// looked at, else the one climbed. Replaced whole. CalculationError: the disk refuses.
void write_saddle_xyz(const std::string& path, const Molecule& molecule,
                      const SaddleRecord& record);

// "water_irc.xyz" beside "water.h5".
std::string descent_xyz_file(const std::string& output_file);

// The path through the saddle point: from the end of its first side up, and down to that of the
// second. Energies everywhere, forces at the saddle point alone. Errors as above.
void write_descent_xyz(const std::string& path, const Molecule& molecule,
                       const SaddleRecord& record);

}  // namespace markhor
