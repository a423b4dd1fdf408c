// The parts of make_settings (settings.hpp) that have files of their own.
#pragma once

#include <string>
#include <vector>

#include "app/settings.hpp"

namespace markhor {

// A list key whose word `none` means the empty list.
std::vector<std::string> deck_names(const Deck& deck, const char* section, const char* key);

// `walkers` of the section, rounded up to whole tiles; a note says so.
int whole_tiles(const Deck& deck, const char* section, std::vector<std::string>& notes);

DeterminantSource determinant_source(const Deck& deck, const ScfOptions& scf, Faults& faults);
WaveFunctionOptions wave_function_options(const Deck& deck);

// The settings' determinants and wave function must be there already: what is optimized must exist.
OptimizeOptions optimize_options(const Deck& deck, Settings& settings, Faults& faults);

DmcOptions dmc_options(const Deck& deck, Faults& faults);

// In saddle_settings.cpp, in this order: each needs what the settings have so far.
SurfaceOptions surface_options(const Deck& deck, const Settings& settings, Faults& faults);
SaddleSettings saddle_settings(const Deck& deck, const Settings& settings, Faults& faults);
// A saddle search between a reactant and a product, which stand for the atoms of [molecule].
bool starts_between(const Deck& deck);
// In saddle_input.cpp, part of read_input, for a sound molecule. Where the search starts between a
// reactant and a product the molecule is the reactant, and is put where the search starts.
void read_saddle_input(const Deck& deck, const Settings& settings, CalculationInput& input,
                       Faults& faults);

}  // namespace markhor
