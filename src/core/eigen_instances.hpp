// Eigen's decompositions of dense matrices, compiled once. Each takes g++ 5 to 50 seconds in every
// source that uses it; with these declarations, part of the precompiled header, the sources share
// one. The solver of symmetric matrices and LLT are shared only where they are given a MatrixXd,
// not an expression. Nothing needs this header to be correct.
#pragma once

#include <Eigen/Dense>

namespace Eigen {

extern template class SelfAdjointEigenSolver<MatrixXd>;
extern template class HouseholderQR<MatrixXd>;
extern template class ColPivHouseholderQR<MatrixXd>;
extern template class PartialPivLU<MatrixXd>;
extern template class LLT<MatrixXd, Lower>;
extern template class JacobiSVD<MatrixXd>;
extern template SelfAdjointEigenSolver<MatrixXd>& SelfAdjointEigenSolver<MatrixXd>::compute(
    const EigenBase<MatrixXd>& matrix, int options);
extern template LLT<MatrixXd, Lower>& LLT<MatrixXd, Lower>::compute(
    const EigenBase<MatrixXd>& matrix);

}  // namespace Eigen
