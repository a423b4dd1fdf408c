// Eigen's column-major matrices as the rows of a file, and back.
#pragma once

#include <Eigen/Dense>
#include <vector>

#include "io/hdf5_file.hpp"

namespace markhor {

using RowMajorMatrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

inline DataMatrix matrix_data(const Eigen::MatrixXd& matrix) {
  DataMatrix data;
  data.rows = static_cast<std::size_t>(matrix.rows());
  data.columns = static_cast<std::size_t>(matrix.cols());
  data.values.resize(data.rows * data.columns);
  Eigen::Map<RowMajorMatrix>(data.values.data(), matrix.rows(), matrix.cols()) = matrix;
  return data;
}

inline Eigen::MatrixXd eigen_matrix(const DataMatrix& data) {
  return Eigen::Map<const RowMajorMatrix>(data.values.data(), static_cast<Eigen::Index>(data.rows),
                                          static_cast<Eigen::Index>(data.columns));
}

inline std::vector<double> vector_data(const Eigen::VectorXd& vector) {
  return {vector.data(), vector.data() + vector.size()};
}

inline Eigen::VectorXd eigen_vector(const std::vector<double>& values) {
  return Eigen::Map<const Eigen::VectorXd>(values.data(), static_cast<Eigen::Index>(values.size()));
}

// Rows of equal length.
inline DataMatrix rows_data(const std::vector<std::vector<double>>& rows) {
  DataMatrix matrix{rows.size(), rows.empty() ? 0 : rows[0].size(), {}};
  for (const auto& row : rows) {
    matrix.values.insert(matrix.values.end(), row.begin(), row.end());
  }
  return matrix;
}

inline std::vector<std::vector<double>> rows_of(const DataMatrix& matrix) {
  std::vector<std::vector<double>> rows;
  for (std::size_t row = 0; row < matrix.rows; ++row) {
    const auto first = matrix.values.begin() + static_cast<std::ptrdiff_t>(row * matrix.columns);
    rows.emplace_back(first, first + static_cast<std::ptrdiff_t>(matrix.columns));
  }
  return rows;
}

}  // namespace markhor
