#include "wavefunction/three_body_terms.hpp"

namespace markhor {

std::vector<ThreeBodyTerm> three_body_terms(int order) {
  std::vector<ThreeBodyTerm> terms;
  for (int n = 2; n <= order; ++n) {
    for (int k = n - 1; k >= 0; --k) {
      for (int l = k == 0 ? n - 2 : n - k; l >= 0; --l) {
        if ((n - k - l) % 2 == 0) terms.push_back({k, l, (n - k - l) / 2});
      }
    }
  }
  return terms;
}

namespace {

// One row per power of x and condition; the sums are those of the header's two derivatives.
Eigen::MatrixXd cusp_conditions(int order, const std::vector<ThreeBodyTerm>& terms) {
  const Eigen::Index powers = 2 * order + 1;
  Eigen::MatrixXd rows = Eigen::MatrixXd::Zero(2 * powers, static_cast<Eigen::Index>(terms.size()));
  for (Eigen::Index t = 0; t < rows.cols(); ++t) {
    const auto [k, l, m] = terms[static_cast<std::size_t>(t)];
    rows(l + 2 * m, t) += k;
    rows(powers + k + m, t) += l + m;
    rows(powers + k + l + m, t) += m;
  }
  return rows;
}

}  // namespace

// Gauss-Jordan elimination: every pivot column becomes a dependent term, the others are the
// independent parameters.
Eigen::MatrixXd three_body_cusp_basis(int order) {
  const std::vector<ThreeBodyTerm> terms = three_body_terms(order);
  Eigen::MatrixXd rows = cusp_conditions(order, terms);
  const Eigen::Index count = rows.cols();
  std::vector<Eigen::Index> pivot_of_row;
  std::vector<char> dependent(terms.size(), 0);
  Eigen::Index next = 0;
  for (Eigen::Index column = 0; column < count && next < rows.rows(); ++column) {
    Eigen::Index best = 0;
    const double size = rows.col(column).tail(rows.rows() - next).cwiseAbs().maxCoeff(&best);
    if (size < 1e-10) continue;
    rows.row(next).swap(rows.row(next + best));
    rows.row(next) /= rows(next, column);
    for (Eigen::Index r = 0; r < rows.rows(); ++r) {
      if (r != next) rows.row(r) -= rows(r, column) * rows.row(next);
    }
    pivot_of_row.push_back(column);
    dependent[static_cast<std::size_t>(column)] = 1;
    ++next;
  }
  Eigen::MatrixXd basis = Eigen::MatrixXd::Zero(count, count - next);
  Eigen::Index parameter = 0;
  for (Eigen::Index t = 0; t < count; ++t) {
    if (dependent[static_cast<std::size_t>(t)] != 0) continue;
    basis(t, parameter) = 1.0;
    for (Eigen::Index r = 0; r < next; ++r) {
      basis(pivot_of_row[static_cast<std::size_t>(r)], parameter) = -rows(r, t);
    }
    ++parameter;
  }
  return basis;
}

}  // namespace markhor
