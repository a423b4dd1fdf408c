#include "saddle/reaction_hessian.hpp"

#include <algorithm>

#include "saddle/valence_terms.hpp"

namespace markhor {

namespace {

// clang-format off
const std::vector<double> coefficients = {
    // stretches H-H, H-X, X-X; Hartree/bohr^2
    0.0000, 0.0000, 0.0000, 0.0000, 0.0000, 0.0000, 0.0000, 0.0000, 0.0000, 0.0503,
    1.3707, 0.6449, 0.3466, 0.0527, 0.0137, -0.0380, 0.0186, 0.0077, 0.0350, 0.0012,
    1.1438, 0.3319, 0.1627, 0.0449, -0.0488, -0.0274, -0.0135, 0.0424, 0.0039, 0.0009,
    // angles: centre H with ends H-H, H-X, X-X, centre X with the same; Hartree
    0.0000, 0.0000, 0.0000, 0.0000, 0.0000, 0.0000, 0.0000, 0.0000, 0.0000, 0.0000,
    0.0000, 0.0000, 0.0000, 0.0000, 0.0000, 0.0000, 0.0000, 0.0000, 0.0000, 0.0000,
    0.0000, -0.4861, 0.0267, -0.1337, 0.0082, 0.0546, -0.1478, -0.0876, 0.0571, -0.0491,
    0.0145, 0.0951, 0.1690, -0.0103, 0.0043, -0.0508, -0.0530, 0.0523, 0.0241, 0.0477,
    0.1069, 0.0281, 0.1670, 0.0220, -0.0378, -0.0189, -0.0606, 0.0617, -0.0268, -0.0086,
    0.0546, 0.0154, 0.1971, 0.0183, -0.1105, 0.1379, 0.0106, 0.0544, 0.0180, -0.0117,
    // couplings of stretches, as angles; Hartree/bohr^2
    0.0000, 0.0000, 0.0000, 0.0000, 0.0000, 0.0000, 0.0000, 0.0000, 0.0000, 0.0000,
    0.0000, 0.0000, 0.0000, 0.0000, 0.0000, 0.0000, 0.0000, 0.0000, 0.0000, 0.0000,
    0.0000, 0.1387, 0.0733, 0.0663, 0.0575, 0.0044, -0.0381, 0.0022, -0.0053, -0.0009,
    0.0160, -0.0174, 0.0422, 0.0109, -0.0023, -0.3650, 0.0072, -0.0016, 0.0015, -0.0048,
    -0.0240, 0.0075, 0.0162, 0.0096, 0.0061, 0.0376, 0.0049, 0.0012, 0.0016, -0.0039,
    0.0210, -0.0116, 0.0348, 0.0251, 0.0159, 0.0347, 0.0017, -0.0052, -0.0051, -0.0010,
    // dihedrals; Hartree
    0.0000, 0.0002, 0.0009, 0.0000, 0.0009, -0.0011};
// clang-format on

}  // namespace

bool reaction_hessian_knows(const std::vector<int>& atomic_numbers) {
  constexpr int neon = 10;
  return std::all_of(atomic_numbers.begin(), atomic_numbers.end(),
                     [](int number) { return number >= 1 && number <= neon; }) &&
         std::any_of(atomic_numbers.begin(), atomic_numbers.end(),
                     [](int number) { return number > 1; });
}

Eigen::MatrixXd reaction_hessian(const FreeCoordinates& space, const Eigen::VectorXd& positions) {
  const auto pieces = valence_pieces(space.system().atomic_numbers, positions);
  return valence_hessian(pieces, coefficients, positions.size())(space.moving(), space.moving());
}

}  // namespace markhor
