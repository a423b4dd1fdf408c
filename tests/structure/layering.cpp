// The rooms' include rules, checked in the sources themselves: the build enforces most of them, but
// would not notice a relative include or a change of the rules.
#include <algorithm>
#include <filesystem>
#include <map>
#include <set>
#include <sstream>

#include "core/text.hpp"
#include "support/catch.hpp"

using namespace markhor;

namespace {

namespace fs = std::filesystem;

const std::string source_folder = std::string(MARKHOR_SOURCE_DIR) + "/src";

// The rooms from bottom to top, as src/CMakeLists.txt lists them.
std::vector<std::string> rooms_in_order() {
  const std::string text = read_text_file(source_folder + "/CMakeLists.txt");
  const std::string opening = "foreach(room ";
  const std::size_t start = text.find(opening);
  REQUIRE(start != std::string::npos);
  const std::size_t first = start + opening.size();
  return split_words(text.substr(first, text.find(')', first) - first));
}

// The words behind ROOMS in a room's markhor_room call.
std::set<std::string> rooms_named_by(const std::string& room) {
  std::string text = read_text_file(source_folder + "/" + room + "/CMakeLists.txt");
  const std::size_t call = text.find("markhor_room(");
  REQUIRE(call != std::string::npos);
  text = text.substr(call, text.find(')', call) - call);
  std::set<std::string> named;
  bool inside = false;
  for (const std::string& word : split_words(text)) {
    if (word == "ROOMS") {
      inside = true;
    } else if (word == "SOURCES" || word == "LIBRARIES" || word == "PUBLIC_LIBRARIES") {
      inside = false;
    } else if (inside) {
      named.insert(word);
    }
  }
  return named;
}

bool exists(const std::string& room) {
  return fs::exists(source_folder + "/" + room + "/CMakeLists.txt");
}

struct Include {
  std::string file, header;  // file: "room/..."; header: between quotes or angles
  bool quoted = false;
};

std::vector<Include> includes_of(const fs::path& path) {
  std::vector<Include> result;
  std::istringstream stream(read_text_file(path.string()));
  for (std::string line; std::getline(stream, line);) {
    std::string_view text = trim(line);
    if (!text.starts_with('#')) continue;
    text = trim(text.substr(1));
    if (!text.starts_with("include")) continue;
    text = trim(text.substr(7));
    const std::size_t end = text.find_first_of("\">", 1);
    if (end == std::string_view::npos) continue;
    result.push_back({fs::relative(path, source_folder).string(),
                      std::string(text.substr(1, end - 1)), text.front() == '"'});
  }
  return result;
}

std::vector<Include> all_includes() {
  std::vector<Include> result;
  for (const auto& entry : fs::recursive_directory_iterator(source_folder)) {
    const std::string extension = entry.path().extension().string();
    if (extension != ".cpp" && extension != ".hpp") continue;
    const std::vector<Include> here = includes_of(entry.path());
    result.insert(result.end(), here.begin(), here.end());
  }
  return result;
}

std::string room_of(const std::string& file) { return file.substr(0, file.find('/')); }

// Files that include a header of that name or below that folder.
std::set<std::string> users_of(const std::string& header) {
  std::set<std::string> users;
  for (const Include& include : all_includes()) {
    if (include.header.starts_with(header)) users.insert(include.file);
  }
  return users;
}

}  // namespace

TEST_CASE("every folder of src is a room in the list") {
  const std::vector<std::string> rooms = rooms_in_order();
  for (const auto& entry : fs::directory_iterator(source_folder)) {
    if (!entry.is_directory()) continue;
    INFO(entry.path());
    CHECK(std::count(rooms.begin(), rooms.end(), entry.path().filename().string()) == 1);
  }
}

TEST_CASE("a room names only rooms below it") {
  std::set<std::string> below;
  for (const std::string& room : rooms_in_order()) {
    if (!exists(room)) continue;
    for (const std::string& named : rooms_named_by(room)) {
      INFO(room << " names " << named);
      CHECK(below.count(named) == 1);
    }
    below.insert(room);
  }
}

TEST_CASE("a room includes only rooms that it names, or that those name") {
  // Bottom to top, so that the rooms below are complete already.
  std::map<std::string, std::set<std::string>> visible;
  for (const std::string& room : rooms_in_order()) {
    if (!exists(room)) continue;
    visible[room].insert(room);
    for (const std::string& named : rooms_named_by(room)) {
      visible[room].insert(visible[named].begin(), visible[named].end());
    }
  }
  REQUIRE(visible.count("core") == 1);
  std::size_t checked = 0;
  for (const Include& include : all_includes()) {
    if (!include.quoted) continue;
    INFO("src/" << include.file << " includes \"" << include.header << "\"");
    CHECK(include.header.find("..") == std::string::npos);
    CHECK(include.header.find('/') != std::string::npos);
    CHECK(visible[room_of(include.file)].count(room_of(include.header)) == 1);
    ++checked;
  }
  CHECK(checked > 50);
}

TEST_CASE("the wings do not see each other, and saddle searches see no electrons") {
  for (const std::string& room : rooms_in_order()) {
    if (!exists(room) || room == "app") continue;
    const std::set<std::string> named = rooms_named_by(room);
    const bool electrons = named.count("wavefunction") + named.count("montecarlo") > 0;
    const bool surfaces = named.count("surface") + named.count("gp") > 0;
    INFO(room);
    CHECK((room == "engine" || !(electrons && surfaces)));
  }
}

TEST_CASE("third-party headers stay in the room that wraps them") {
  for (const std::string& file : users_of("mpi.h")) CHECK(room_of(file) == "parallel");
  for (const std::string& file : users_of("hdf5.h")) CHECK(room_of(file) == "io");
  for (const std::string& file : users_of("libint2")) CHECK(room_of(file) == "meanfield");
  CHECK(users_of("mpi.h").size() == 1);
}

TEST_CASE("Boost is included in one source and in no header") {
  const std::set<std::string> users = users_of("boost/");
  REQUIRE(users.size() == 1);
  CHECK(*users.begin() == "io/tokens.cpp");
}
