// The trial wave function of a run: made from the Hartree-Fock orbitals, or imported.
#pragma once

#include <iosfwd>

#include "app/run_record.hpp"
#include "app/settings.hpp"

namespace markhor {

// The best wave function in the result file that the settings name, with the deck's terms of the
// Jastrow factor. molecule: the deck's, null if it is not sound. Faults: a file that cannot be
// read, another molecule, options that contradict what the file holds.
TrialWaveFunction import_trial(const Deck& deck, const Settings& settings, const Molecule* molecule,
                               Faults& faults);

// On the root. The record gains the wave function, and the CI if there is one; an imported one is
// there already. Throws InputError for a determinant file with orbitals that Hartree-Fock does not
// have, CalculationError if the CI does not converge.
void run_trial_stage(const Settings& settings, RunRecord& record, std::ostream& out);

// Throws InputError if a kind of parameters that is to be optimized has none in this wave function.
void check_parameter_kinds(const TrialWaveFunction& trial, const ParameterSelection& selection);

}  // namespace markhor
