// The trial wave function in the result file: /wavefunction, complete with its own basis set (whose
// exponents may have been optimized) and orbitals, so that it can be taken over from there.
#pragma once

#include "io/hdf5_file.hpp"
#include "wavefunction/factory.hpp"

namespace markhor {

void write_basis(Hdf5Writer& writer, const std::string& group, const BasisSet& basis);
BasisSet read_basis(const Hdf5Reader& reader, const std::string& group);

Molecule read_molecule(const Hdf5Reader& reader);  // from /molecule

// root: the group it is in. which: for the group's description.
void write_trial(Hdf5Writer& writer, const TrialWaveFunction& trial,
                 const std::string& root = "/wavefunction",
                 const std::string& which = "the best one so far");
// With the molecule of the file. Throws InputError if the file has none. path: the file's, for the
// message.
TrialWaveFunction read_trial(const Hdf5Reader& reader, const std::string& path,
                             const std::string& root = "/wavefunction");

}  // namespace markhor
