#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>

#include "core/errors.hpp"
#include "io/hdf5_file.hpp"
#include "io/hdf5_handle.hpp"

namespace markhor {

namespace {

[[noreturn]] void fail(const std::string& path, const std::string& problem) {
  throw CalculationError(path + ": " + problem);
}

void write_attribute(hid_t object, const char* name, const std::string& text) {
  const Hdf5Handle type = string_type(text.size());
  const Hdf5Handle space(H5Screate(H5S_SCALAR), H5Sclose);
  const Hdf5Handle attribute(
      H5Acreate2(object, name, type.id(), space.id(), H5P_DEFAULT, H5P_DEFAULT), H5Aclose);
  H5Awrite(attribute.id(), type.id(), text.c_str());
}

void write_attribute(hid_t object, const char* name, int value) {
  const Hdf5Handle space(H5Screate(H5S_SCALAR), H5Sclose);
  const Hdf5Handle attribute(
      H5Acreate2(object, name, H5T_STD_I64LE, space.id(), H5P_DEFAULT, H5P_DEFAULT), H5Aclose);
  H5Awrite(attribute.id(), H5T_NATIVE_INT, &value);
}

Hdf5Handle scalar_space() { return {H5Screate(H5S_SCALAR), H5Sclose}; }

Hdf5Handle vector_space(std::size_t size) {
  const hsize_t extent = size;
  return {H5Screate_simple(1, &extent, nullptr), H5Sclose};
}

Hdf5Handle groups_made_on_the_way() {
  Hdf5Handle properties(H5Pcreate(H5P_LINK_CREATE), H5Pclose);
  H5Pset_create_intermediate_group(properties.id(), 1);
  return properties;
}

std::string system_reason() { return std::strerror(errno); }

// These return why they failed, or "".
std::string write_all(int descriptor, const std::vector<char>& bytes) {
  std::size_t written = 0;
  while (written < bytes.size()) {
    const ssize_t count = ::write(descriptor, bytes.data() + written, bytes.size() - written);
    if (count < 0 && errno != EINTR) return system_reason();
    if (count > 0) written += static_cast<std::size_t>(count);
  }
  return fsync(descriptor) == 0 ? "" : system_reason();
}

std::string write_file(const std::string& path, const std::vector<char>& bytes) {
  const int descriptor = open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (descriptor < 0) return system_reason();
  const std::string problem = write_all(descriptor, bytes);
  // A network disk may refuse as late as here.
  const bool closed = close(descriptor) == 0;
  return problem.empty() && !closed ? system_reason() : problem;
}

// Not every file system can; what it refuses here it does by itself.
void sync_folder(const std::string& path) {
  const int descriptor = open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return;
  fsync(descriptor);
  close(descriptor);
}

}  // namespace

Hdf5Writer::Hdf5Writer(std::string path, int schema_version) : path_(std::move(path)) {
  silence_hdf5();
  constexpr std::size_t growth = std::size_t{1} << 20;
  const Hdf5Handle in_memory(H5Pcreate(H5P_FILE_ACCESS), H5Pclose);
  H5Pset_fapl_core(in_memory.id(), growth, 0);
  file_ = H5Fcreate(path_.c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, in_memory.id());
  if (file_ < 0) fail(path_, "cannot be built in memory");
  write_attribute(file_, "schema_version", schema_version);
}

Hdf5Writer::~Hdf5Writer() {
  if (file_ >= 0) H5Fclose(file_);
}

void Hdf5Writer::group(const std::string& path, const std::string& description) {
  const Hdf5Handle links = groups_made_on_the_way();
  const Hdf5Handle group(H5Gcreate2(file_, path.c_str(), links.id(), H5P_DEFAULT, H5P_DEFAULT),
                         H5Gclose);
  if (!group.valid()) fail(path_, "group " + path + " cannot be made");
  write_attribute(group.id(), "description", description);
}

void Hdf5Writer::write(const std::string& path, std::int64_t type, std::int64_t space,
                       const void* data, const DataLabel& label) {
  const Hdf5Handle links = groups_made_on_the_way();
  const Hdf5Handle dataset(
      H5Dcreate2(file_, path.c_str(), type, space, links.id(), H5P_DEFAULT, H5P_DEFAULT), H5Dclose);
  if (!dataset.valid() || H5Dwrite(dataset.id(), type, H5S_ALL, H5S_ALL, H5P_DEFAULT, data) < 0) {
    fail(path_, path + " cannot be written");
  }
  write_attribute(dataset.id(), "unit", label.unit);
  write_attribute(dataset.id(), "description", label.description);
}

void Hdf5Writer::write_real(const std::string& path, double value, const DataLabel& label) {
  write(path, H5T_NATIVE_DOUBLE, scalar_space().id(), &value, label);
}

void Hdf5Writer::write_integer(const std::string& path, std::int64_t value,
                               const DataLabel& label) {
  write(path, H5T_NATIVE_INT64, scalar_space().id(), &value, label);
}

void Hdf5Writer::write_text(const std::string& path, const std::string& value,
                            const DataLabel& label) {
  write(path, string_type(value.size()).id(), scalar_space().id(), value.c_str(), label);
}

void Hdf5Writer::write_reals(const std::string& path, std::span<const double> values,
                             const DataLabel& label) {
  write(path, H5T_NATIVE_DOUBLE, vector_space(values.size()).id(), values.data(), label);
}

void Hdf5Writer::write_integers(const std::string& path, std::span<const std::int64_t> values,
                                const DataLabel& label) {
  write(path, H5T_NATIVE_INT64, vector_space(values.size()).id(), values.data(), label);
}

void Hdf5Writer::write_texts(const std::string& path, const std::vector<std::string>& values,
                             const DataLabel& label) {
  std::size_t size = 1;
  for (const std::string& value : values) size = std::max(size, value.size());
  std::string padded;
  for (const std::string& value : values) padded += value + std::string(size - value.size(), '\0');
  write(path, string_type(size).id(), vector_space(values.size()).id(), padded.data(), label);
}

void Hdf5Writer::write_matrix(const std::string& path, const DataMatrix& matrix,
                              const DataLabel& label) {
  const hsize_t extents[2] = {matrix.rows, matrix.columns};
  const Hdf5Handle space(H5Screate_simple(2, extents, nullptr), H5Sclose);
  write(path, H5T_NATIVE_DOUBLE, space.id(), matrix.values.data(), label);
}

std::vector<char> Hdf5Writer::image() const {
  if (H5Fflush(file_, H5F_SCOPE_LOCAL) < 0) fail(path_, "cannot be built in memory");
  const ssize_t size = H5Fget_file_image(file_, nullptr, 0);
  std::vector<char> bytes(size > 0 ? static_cast<std::size_t>(size) : 0);
  if (size <= 0 || H5Fget_file_image(file_, bytes.data(), bytes.size()) != size) {
    fail(path_, "cannot be built in memory");
  }
  return bytes;
}

void Hdf5Writer::finish() {
  const std::string temporary = path_ + ".part";
  std::string problem = write_file(temporary, image());
  if (problem.empty() && std::rename(temporary.c_str(), path_.c_str()) != 0) {
    problem = system_reason();
  }
  if (!problem.empty()) {
    std::remove(temporary.c_str());
    std::error_code error;
    const bool older = std::filesystem::exists(path_, error);
    fail(path_, "cannot be written: " + problem + (older ? "; the file is as it was" : ""));
  }
  // The rename itself lives in the folder.
  const std::string folder = std::filesystem::path(path_).parent_path().string();
  sync_folder(folder.empty() ? "." : folder);
}

}  // namespace markhor
