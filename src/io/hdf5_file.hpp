// HDF5 files: written whole and safely, read back with sentences for what is wrong.
//
// Every dataset carries the attributes `unit` ("1" for a bare number, "" for text) and
// `description`; the root carries `schema_version`.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace markhor {

struct DataLabel {
  std::string unit, description;
};

// Rows x columns, row by row.
struct DataMatrix {
  std::size_t rows = 0, columns = 0;
  std::vector<double> values;
};

// Builds the file in memory; finish() writes it beside the final place (FILE.part), syncs it to
// disk and renames it, so that a reader sees the old file or the new one, never a part. In memory,
// because the library does not let go of a file that a full disk keeps it from flushing.
// Paths are absolute ("/scf/energy"); groups on the way are made. Throws CalculationError, with the
// system's reason, if the disk refuses: the old file is then as it was, and FILE.part is gone.
class Hdf5Writer {
 public:
  Hdf5Writer(std::string path, int schema_version);
  ~Hdf5Writer();
  Hdf5Writer(const Hdf5Writer&) = delete;
  Hdf5Writer& operator=(const Hdf5Writer&) = delete;

  void group(const std::string& path, const std::string& description);
  void write_real(const std::string& path, double value, const DataLabel& label);
  void write_integer(const std::string& path, std::int64_t value, const DataLabel& label);
  void write_text(const std::string& path, const std::string& value, const DataLabel& label);
  void write_reals(const std::string& path, std::span<const double> values, const DataLabel& label);
  void write_integers(const std::string& path, std::span<const std::int64_t> values,
                      const DataLabel& label);
  void write_texts(const std::string& path, const std::vector<std::string>& values,
                   const DataLabel& label);
  void write_matrix(const std::string& path, const DataMatrix& matrix, const DataLabel& label);
  void finish();

 private:
  void write(const std::string& path, std::int64_t type, std::int64_t space, const void* data,
             const DataLabel& label);
  std::vector<char> image() const;

  std::string path_;
  std::int64_t file_ = -1;  // an HDF5 handle
};

// Throws InputError: no such file, not an HDF5 file, truncated, no schema_version, a newer one;
// from the read functions: no such dataset, another type.
class Hdf5Reader {
 public:
  Hdf5Reader(std::string path, int newest_schema);
  ~Hdf5Reader();
  Hdf5Reader(const Hdf5Reader&) = delete;
  Hdf5Reader& operator=(const Hdf5Reader&) = delete;

  bool has(const std::string& path) const;
  std::vector<std::string> members(const std::string& group) const;  // by name
  std::string unit(const std::string& path) const;
  std::string description(const std::string& path) const;
  double read_real(const std::string& path) const;
  std::int64_t read_integer(const std::string& path) const;
  std::string read_text(const std::string& path) const;
  std::vector<double> read_reals(const std::string& path) const;
  std::vector<std::int64_t> read_integers(const std::string& path) const;
  std::vector<std::string> read_texts(const std::string& path) const;
  DataMatrix read_matrix(const std::string& path) const;
  int schema_version() const { return schema_version_; }

 private:
  void close();

  std::string path_;
  std::int64_t file_ = -1;
  int schema_version_ = 0;
};

}  // namespace markhor
