#include "io/hdf5_file.hpp"

#include <filesystem>
#include <fstream>

#include "core/errors.hpp"
#include "core/text.hpp"
#include "support/catch.hpp"

using namespace markhor;

namespace {

// A folder of its own, removed at the end.
class Folder {
 public:
  explicit Folder(std::string name) : path_(std::move(name)) {
    std::filesystem::remove_all(path_);
    std::filesystem::create_directories(path_);
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  std::string file(const std::string& name) const { return path_ + "/" + name; }
  std::size_t entries() const {
    std::size_t count = 0;
    for (const auto& entry : std::filesystem::directory_iterator(path_)) count += !!entry.exists();
    return count;
  }

 private:
  std::string path_;
};

void write_sample(const std::string& path, double energy = -1.5) {
  Hdf5Writer writer(path, 1);
  writer.group("/scf", "Hartree-Fock");
  writer.write_real("/scf/energy", energy, {"Hartree", "total energy"});
  writer.write_integer("/scf/iterations", 1LL << 60, {"1", "number of iterations"});
  writer.write_text("/deck/text", "[basis]\nset = \xc3\xa4\n", {"", "as read"});
  writer.write_reals("/vmc/trace", std::vector<double>{0.1, 0.2, 0.3}, {"Hartree", "trace"});
  writer.write_integers("/vmc/counts", std::vector<std::int64_t>{1, 2}, {"1", "counts"});
  writer.write_texts("/molecule/symbols", {"H", "He", ""}, {"", "elements"});
  writer.write_matrix("/molecule/positions", {2, 3, {1, 2, 3, 4, 5, 6}}, {"bohr", "positions"});
  writer.write_reals("/empty", std::vector<double>{}, {"1", "nothing"});
  writer.finish();
}

std::string refusal(const std::string& path) {
  try {
    Hdf5Reader reader(path, 1);
  } catch (const InputError& error) {
    return error.what();
  }
  return "accepted";
}

}  // namespace

TEST_CASE("an HDF5 file gives back what was written") {
  const Folder folder("test_io_round_trip");
  const std::string path = folder.file("a.h5");
  write_sample(path);
  CHECK(folder.entries() == 1);
  const Hdf5Reader reader(path, 1);
  CHECK(reader.schema_version() == 1);
  CHECK(reader.read_real("/scf/energy") == -1.5);
  CHECK(reader.unit("/scf/energy") == "Hartree");
  CHECK(reader.description("/scf/energy") == "total energy");
  CHECK(reader.read_integer("/scf/iterations") == 1LL << 60);
  CHECK(reader.read_text("/deck/text") == "[basis]\nset = \xc3\xa4\n");
  CHECK(reader.read_reals("/vmc/trace") == std::vector<double>{0.1, 0.2, 0.3});
  CHECK(reader.read_integers("/vmc/counts") == std::vector<std::int64_t>{1, 2});
  CHECK(reader.read_texts("/molecule/symbols") == std::vector<std::string>{"H", "He", ""});
  const DataMatrix positions = reader.read_matrix("/molecule/positions");
  CHECK(positions.rows == 2);
  CHECK(positions.columns == 3);
  CHECK(positions.values == std::vector<double>{1, 2, 3, 4, 5, 6});
  CHECK(reader.read_reals("/empty").empty());
  CHECK(reader.members("/vmc") == std::vector<std::string>{"counts", "trace"});
  CHECK(reader.has("/vmc/trace"));
  CHECK_FALSE(reader.has("/vmc/nothing"));
  CHECK_FALSE(reader.has("/dmc/trace"));
}

TEST_CASE("an unfinished HDF5 file leaves the old one alone") {
  const Folder folder("test_io_unfinished");
  const std::string path = folder.file("a.h5");
  write_sample(path);
  {
    Hdf5Writer writer(path, 1);
    writer.write_real("/scf/energy", 7.0, {"Hartree", "never finished"});
  }
  CHECK(folder.entries() == 1);
  CHECK(Hdf5Reader(path, 1).read_real("/scf/energy") == -1.5);
  write_sample(path, -2.5);
  CHECK(Hdf5Reader(path, 1).read_real("/scf/energy") == -2.5);
}

TEST_CASE("what is no result file is refused with a sentence") {
  const Folder folder("test_io_garbage");
  const std::string path = folder.file("a.h5");
  CHECK(refusal(path) == path + ": no such file");
  CHECK(refusal("test_io_garbage") == "test_io_garbage: is a folder, a result file is expected");
  std::ofstream(path) << "not HDF5 at all";
  CHECK(refusal(path) == path + ": is not an HDF5 file, so it is no result of markhor");
  std::ofstream(path, std::ios::trunc).close();
  CHECK(refusal(path) == path + ": is not an HDF5 file, so it is no result of markhor");

  write_sample(path);
  const std::string whole = read_text_file(path);
  std::ofstream(path, std::ios::binary | std::ios::trunc) << whole.substr(0, whole.size() / 2);
  CHECK(refusal(path) == path + ": is an HDF5 file that is truncated or damaged");
}

TEST_CASE("a file of a newer schema is refused") {
  const Folder folder("test_io_schema");
  const std::string path = folder.file("a.h5");
  Hdf5Writer writer(path, 2);
  writer.finish();
  CHECK(refusal(path) == path + ": was written by a newer version of markhor (schema 2)");
}

TEST_CASE("reading what is not there or of another type is an input error") {
  const Folder folder("test_io_types");
  const std::string path = folder.file("a.h5");
  write_sample(path);
  const Hdf5Reader reader(path, 1);
  CHECK_THROWS_AS(reader.read_real("/scf/nothing"), InputError);
  CHECK_THROWS_AS(reader.read_real("/deck/text"), InputError);
  CHECK_THROWS_AS(reader.read_real("/vmc/trace"), InputError);
  CHECK_THROWS_AS(reader.read_text("/scf/energy"), InputError);
}

TEST_CASE("a folder that does not exist cannot be written to") {
  Hdf5Writer writer("no_such_folder/a.h5", 1);
  CHECK_THROWS_WITH(writer.finish(),
                    "no_such_folder/a.h5: cannot be written: No such file or directory");
}
