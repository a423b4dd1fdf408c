#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
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

// HDF5's own flush leaves the data in the system's cache.
bool sync_to_disk(const std::string& path) {
  const int descriptor = open(path.c_str(), O_RDONLY);
  if (descriptor < 0) return false;
  const bool synced = fsync(descriptor) == 0;
  close(descriptor);
  return synced;
}

}  // namespace

Hdf5Writer::Hdf5Writer(std::string path, int schema_version)
    : path_(std::move(path)), temporary_(path_ + ".part" + std::to_string(getpid())) {
  silence_hdf5();
  file_ = H5Fcreate(temporary_.c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT);
  if (file_ < 0) fail(path_, "cannot be written");
  write_attribute(file_, "schema_version", schema_version);
}

Hdf5Writer::~Hdf5Writer() {
  if (file_ < 0) return;
  H5Fclose(file_);
  std::remove(temporary_.c_str());
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

void Hdf5Writer::finish() {
  const bool flushed = H5Fflush(file_, H5F_SCOPE_LOCAL) >= 0;
  const bool closed = H5Fclose(file_) >= 0;
  file_ = -1;
  if (!flushed || !closed || !sync_to_disk(temporary_) ||
      std::rename(temporary_.c_str(), path_.c_str()) != 0) {
    std::remove(temporary_.c_str());
    fail(path_, "cannot be written (is the disk full?)");
  }
  // The rename itself lives in the folder.
  const std::string folder = std::filesystem::path(path_).parent_path().string();
  sync_to_disk(folder.empty() ? "." : folder);
}

}  // namespace markhor
