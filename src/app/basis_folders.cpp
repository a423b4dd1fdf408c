#include "app/basis_folders.hpp"

#include <cstdlib>
#include <filesystem>
#include <sstream>

namespace markhor {

std::vector<std::string> basis_folders(const std::string& deck_folder) {
  std::vector<std::string> folders = {deck_folder};
  if (const char* variable = std::getenv("MARKHOR_BASIS_PATH")) {
    std::istringstream stream(variable);
    for (std::string folder; std::getline(stream, folder, ':');) {
      if (!folder.empty()) folders.push_back(folder);
    }
  }
  std::error_code error;
  const auto program = std::filesystem::read_symlink("/proc/self/exe", error);
  if (!error) {
    const auto prefix = program.parent_path().parent_path();
    folders.push_back((prefix / "share/markhor/basis_sets").string());
  }
  folders.emplace_back(MARKHOR_BASIS_SETS);
  return folders;
}

}  // namespace markhor
