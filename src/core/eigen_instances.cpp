#include "core/eigen_instances.hpp"

namespace Eigen {

template class SelfAdjointEigenSolver<MatrixXd>;
template class HouseholderQR<MatrixXd>;
template class ColPivHouseholderQR<MatrixXd>;
template class PartialPivLU<MatrixXd>;
template class LLT<MatrixXd, Lower>;
template class JacobiSVD<MatrixXd>;
template SelfAdjointEigenSolver<MatrixXd>& SelfAdjointEigenSolver<MatrixXd>::compute(
    const EigenBase<MatrixXd>& matrix, int options);
template LLT<MatrixXd, Lower>& LLT<MatrixXd, Lower>::compute(const EigenBase<MatrixXd>& matrix);

}  // namespace Eigen
