// Where basis sets are looked for.
#pragma once

#include <string>
#include <vector>

namespace markhor {

// In this order: the deck's folder, the folders of the environment variable MARKHOR_BASIS_PATH
// (separated by colons), share/markhor/basis_sets of the installation, the source tree's
// basis_sets.
std::vector<std::string> basis_folders(const std::string& deck_folder);

}  // namespace markhor
