// A small key table that has every kind of key.
#pragma once

#include "io/deck.hpp"

namespace markhor {

const KeyTable& sample_keys();

// Parses a deck "deck.ini" that must have no faults.
Deck good_deck(const std::string& text, const std::vector<Override>& overrides = {});

// Messages of all faults of a deck "deck.ini", as printed.
std::vector<std::string> faults_of(const std::string& text,
                                   const std::vector<Override>& overrides = {});

// The message of the only fault.
std::string fault_of(const std::string& text, const std::vector<Override>& overrides = {});

}  // namespace markhor
