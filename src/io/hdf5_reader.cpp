#include <algorithm>
#include <filesystem>

#include "core/errors.hpp"
#include "io/hdf5_file.hpp"
#include "io/hdf5_handle.hpp"

namespace markhor {

namespace {

Hdf5Handle open_dataset(const std::string& file, hid_t id, const std::string& path) {
  Hdf5Handle dataset(H5Dopen2(id, path.c_str(), H5P_DEFAULT), H5Dclose);
  if (!dataset.valid()) throw InputError({file, 0}, "has no data set " + path);
  return dataset;
}

std::vector<hsize_t> extents_of(const Hdf5Handle& dataset) {
  const Hdf5Handle space(H5Dget_space(dataset.id()), H5Sclose);
  const int rank = H5Sget_simple_extent_ndims(space.id());
  std::vector<hsize_t> extents(rank > 0 ? static_cast<std::size_t>(rank) : 0);
  if (rank > 0) H5Sget_simple_extent_dims(space.id(), extents.data(), nullptr);
  return extents;
}

// No data set of ours comes near; a damaged extent would ask for all memory there is.
constexpr double largest_bytes = 1e11;

// The number of values; the data set's type must be of the expected class, and its number of
// dimensions the expected one.
std::size_t checked_size(const std::string& file, const Hdf5Handle& dataset,
                         const std::string& path, H5T_class_t type_class, std::size_t rank) {
  const Hdf5Handle type(H5Dget_type(dataset.id()), H5Tclose);
  const std::vector<hsize_t> extents = extents_of(dataset);
  if (H5Tget_class(type.id()) != type_class || H5Tis_variable_str(type.id()) > 0 ||
      extents.size() != rank) {
    throw InputError({file, 0}, path + " has another type or shape than this version expects");
  }
  double bytes = static_cast<double>(H5Tget_size(type.id()));
  std::size_t size = 1;
  for (const hsize_t extent : extents) {
    bytes *= static_cast<double>(extent);
    size *= extent;
  }
  if (bytes > largest_bytes) throw InputError({file, 0}, path + " is damaged");
  return size;
}

void read_raw(const std::string& file, const Hdf5Handle& dataset, const std::string& path,
              hid_t memory_type, void* data) {
  if (H5Dread(dataset.id(), memory_type, H5S_ALL, H5S_ALL, H5P_DEFAULT, data) < 0) {
    throw InputError({file, 0}, path + " cannot be read; the file is damaged");
  }
}

template <class T>
std::vector<T> read_values(const std::string& file, const Hdf5Handle& dataset,
                           const std::string& path, hid_t memory_type, std::size_t rank) {
  std::vector<T> values(checked_size(file, dataset, path, H5Tget_class(memory_type), rank));
  read_raw(file, dataset, path, memory_type, values.data());
  return values;
}

// Without the zeros that fill it up.
std::string unpadded(const char* text, std::size_t size) {
  return {text, static_cast<std::size_t>(std::find(text, text + size, '\0') - text)};
}

std::vector<std::string> read_strings(const std::string& file, const Hdf5Handle& dataset,
                                      const std::string& path, std::size_t rank) {
  const std::size_t count = checked_size(file, dataset, path, H5T_STRING, rank);
  const Hdf5Handle stored(H5Dget_type(dataset.id()), H5Tclose);
  const std::size_t size = H5Tget_size(stored.id());
  const Hdf5Handle type = string_type(size);
  std::vector<char> characters(count * size);
  read_raw(file, dataset, path, type.id(), characters.data());
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < count; ++i) {
    texts.push_back(unpadded(characters.data() + i * size, size));
  }
  return texts;
}

// "" if there is none.
std::string read_text_attribute(hid_t object, const char* name) {
  if (H5Aexists(object, name) <= 0) return "";
  const Hdf5Handle attribute(H5Aopen(object, name, H5P_DEFAULT), H5Aclose);
  const Hdf5Handle stored(H5Aget_type(attribute.id()), H5Tclose);
  if (H5Tget_class(stored.id()) != H5T_STRING || H5Tis_variable_str(stored.id()) > 0) return "";
  const std::size_t size = H5Tget_size(stored.id());
  const Hdf5Handle type = string_type(size);
  std::vector<char> characters(size);
  if (H5Aread(attribute.id(), type.id(), characters.data()) < 0) return "";
  return unpadded(characters.data(), size);
}

// 0 if there is none.
int read_schema(hid_t file) {
  if (H5Aexists(file, "schema_version") <= 0) return 0;
  const Hdf5Handle attribute(H5Aopen(file, "schema_version", H5P_DEFAULT), H5Aclose);
  int value = 0;
  return H5Aread(attribute.id(), H5T_NATIVE_INT, &value) < 0 ? 0 : value;
}

herr_t add_name(hid_t, const char* name, const H5L_info_t*, void* list) {
  static_cast<std::vector<std::string>*>(list)->emplace_back(name);
  return 0;
}

}  // namespace

Hdf5Reader::Hdf5Reader(std::string path, int newest_schema) : path_(std::move(path)) {
  silence_hdf5();
  std::error_code error;
  const Place place{path_, 0};
  if (!std::filesystem::exists(path_, error)) throw InputError(place, "no such file");
  if (std::filesystem::is_directory(path_, error)) {
    throw InputError(place, "is a folder, a result file is expected");
  }
  if (H5Fis_hdf5(path_.c_str()) <= 0) {
    throw InputError(place, "is not an HDF5 file, so it is no result of markhor");
  }
  file_ = H5Fopen(path_.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT);
  if (file_ < 0) throw InputError(place, "is an HDF5 file that is truncated or damaged");
  schema_version_ = read_schema(file_);
  if (schema_version_ >= 1 && schema_version_ <= newest_schema) return;
  // The destructor of an object whose constructor throws is not called.
  close();
  throw InputError(place, schema_version_ < 1
                              ? "is an HDF5 file, but not one that markhor wrote"
                              : "was written by a newer version of markhor (schema " +
                                    std::to_string(schema_version_) + ")");
}

Hdf5Reader::~Hdf5Reader() { close(); }

void Hdf5Reader::close() {
  if (file_ >= 0) H5Fclose(file_);
  file_ = -1;
}

bool Hdf5Reader::has(const std::string& path) const {
  // H5Lexists fails unless every group on the way exists.
  for (std::size_t slash = path.find('/', 1); slash != std::string::npos;
       slash = path.find('/', slash + 1)) {
    if (H5Lexists(file_, path.substr(0, slash).c_str(), H5P_DEFAULT) <= 0) return false;
  }
  return H5Lexists(file_, path.c_str(), H5P_DEFAULT) > 0;
}

std::vector<std::string> Hdf5Reader::members(const std::string& group) const {
  const Hdf5Handle handle(H5Gopen2(file_, group.c_str(), H5P_DEFAULT), H5Gclose);
  if (!handle.valid()) throw InputError({path_, 0}, "has no group " + group);
  std::vector<std::string> names;
  H5Literate(handle.id(), H5_INDEX_NAME, H5_ITER_INC, nullptr, add_name, &names);
  return names;
}

std::string Hdf5Reader::unit(const std::string& path) const {
  return read_text_attribute(open_dataset(path_, file_, path).id(), "unit");
}

std::string Hdf5Reader::description(const std::string& path) const {
  return read_text_attribute(open_dataset(path_, file_, path).id(), "description");
}

double Hdf5Reader::read_real(const std::string& path) const {
  const Hdf5Handle dataset = open_dataset(path_, file_, path);
  return read_values<double>(path_, dataset, path, H5T_NATIVE_DOUBLE, 0)[0];
}

std::int64_t Hdf5Reader::read_integer(const std::string& path) const {
  const Hdf5Handle dataset = open_dataset(path_, file_, path);
  return read_values<std::int64_t>(path_, dataset, path, H5T_NATIVE_INT64, 0)[0];
}

std::string Hdf5Reader::read_text(const std::string& path) const {
  return read_strings(path_, open_dataset(path_, file_, path), path, 0)[0];
}

std::vector<double> Hdf5Reader::read_reals(const std::string& path) const {
  const Hdf5Handle dataset = open_dataset(path_, file_, path);
  return read_values<double>(path_, dataset, path, H5T_NATIVE_DOUBLE, 1);
}

std::vector<std::int64_t> Hdf5Reader::read_integers(const std::string& path) const {
  const Hdf5Handle dataset = open_dataset(path_, file_, path);
  return read_values<std::int64_t>(path_, dataset, path, H5T_NATIVE_INT64, 1);
}

std::vector<std::string> Hdf5Reader::read_texts(const std::string& path) const {
  return read_strings(path_, open_dataset(path_, file_, path), path, 1);
}

DataMatrix Hdf5Reader::read_matrix(const std::string& path) const {
  const Hdf5Handle dataset = open_dataset(path_, file_, path);
  DataMatrix matrix;
  matrix.values = read_values<double>(path_, dataset, path, H5T_NATIVE_DOUBLE, 2);
  const std::vector<hsize_t> extents = extents_of(dataset);
  matrix.rows = extents[0];
  matrix.columns = extents[1];
  return matrix;
}

}  // namespace markhor
