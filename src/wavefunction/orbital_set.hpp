// Molecular orbitals, their gradients and Laplacians for eight walkers at once.
//
//     phi_k(r) = sum_mu C_mu,k R_mu(|r - A|) Y_mu(r - A)
//
// For each nucleus in turn its functions go into a buffer that stays in the first-level cache,
// then blocks of orbitals are accumulated in registers: function values are used once and never
// stored per walker. With R, R1 = R'/r and L = R'' + 2 (l + 1) R'/r of a shell, a function's
//
//     value = R Y,   gradient = R grad Y + R1 Y (r - A),   Laplacian = L Y,
//
// since Y is harmonic of degree l. (For a Cartesian shell Y is not harmonic: L Y + R lap Y.)
//
// Near a nucleus with a cusp correction (cusp_correction.hpp) its s functions are replaced by their
// polynomials times exp(-Z r), and one more function stands for what the other nuclei's functions
// need there: an orbital has it with its value eta at the nucleus as coefficient.
#pragma once

#include <Eigen/Dense>
#include <cstddef>
#include <vector>

#include "core/lanes.hpp"
#include "molecule/basis_set.hpp"
#include "molecule/molecule.hpp"
#include "wavefunction/cusp_correction.hpp"
#include "wavefunction/solid_harmonics.hpp"

namespace markhor {

// Value, gradient (3) and Laplacian of an orbital stand together.
inline constexpr int orbital_components = 5;

class OrbitalSet {
 public:
  // coefficients: basis functions x orbitals; the shells of a nucleus follow each other.
  // cusp_radii: one per nucleus (bohr, 0 for no correction), or empty for none at all.
  OrbitalSet(const Molecule& molecule, const BasisSet& basis, const Eigen::MatrixXd& coefficients,
             const std::vector<double>& cusp_radii);

  int orbitals() const { return orbitals_; }
  // Lanes of work space that evaluate needs.
  std::size_t scratch_size() const { return scratch_size_; }

  // r: x, y, z in bohr. values: orbitals x 5 (value, d/dx, d/dy, d/dz, Laplacian), overwritten.
  void evaluate(const Lanes r[3], Lanes* values, Lanes* scratch) const;

  int basis_functions() const { return basis_functions_; }
  // Derivatives of the basis functions with respect to the logarithm of a common factor of their
  // shell's exponents, the functions staying normalized: of chi(r) -> f^(3/4) chi(sqrt(f) r) for
  // Gaussian and f^(3/2) chi(f r) for Slater functions with respect to ln f. values: basis
  // functions x 5 as above, overwritten.
  void evaluate_scale_derivatives(const Lanes r[3], Lanes* values, Lanes* scratch) const;

 private:
  struct RadialTerm {
    int exponent;      // index into Center::exponents
    double c, c1, c2;  // Gaussian: c, -2 a c, 4 a^2 c. Slater: c, and the power r^p in c1
  };
  struct SparseTerm {
    double coefficient;
    int monomial;
  };
  // One function's polynomial and its three derivatives, as sparse sums over the monomials of
  // degree l and l - 1; the last part is the polynomial's Laplacian (degree l - 2).
  struct AngularFunction {
    std::vector<SparseTerm> value, gradient[3], laplacian;
  };
  // The functions of all shells of a nucleus with this l (l >= 2), evaluated once for all of them.
  struct AngularPlan {
    int l = 0;
    bool cartesian = false;
    std::vector<AngularFunction> functions;
  };
  struct ShellPlan {
    int l = 0, functions = 0;
    bool slater = false, cartesian = false;
    int first_term = 0, terms = 0;
    int angular = -1;  // first Y of its AngularPlan in the buffer
    // Inside the cusp radius (s shells): of the function and of its scale derivative.
    CuspPolynomial cusp = CuspPolynomial::Zero(), cusp_scaled = CuspPolynomial::Zero();
  };
  struct Center {
    double position[3]{};
    double reach_squared = 0.0;  // beyond, every function is below 1e-14 of its size
    std::vector<double> exponents;
    std::vector<char> exponent_is_slater;
    std::vector<RadialTerm> terms;
    std::vector<ShellPlan> shells;
    std::vector<AngularPlan> angular;
    int functions = 0, highest_l = 0, angular_functions = 0;
    bool any_slater = false;
    std::vector<double> coefficients;  // blocks of orbitals: [block][function][orbital in block]
    NuclearCusp cusp;
    CuspPolynomial foreign = CuspPolynomial::Zero();  // for eta = 1
    // At this nucleus: values and scale derivatives of the basis functions of all other nuclei.
    Eigen::VectorXd eta, eta_scaled;
    int first_function = 0;
  };
  struct Block {
    int first = 0, size = 0;
  };
  struct Displacement {
    Lanes x, y, z, r2, r, inverse_r;
    LaneMask near;           // within the reach of the functions
    LaneMask inside;         // the cusp radius
    bool corrected = false;  // any lane is
    Lanes decay;             // exp(-Z r), where any lane is inside
  };
  struct Radial {
    Lanes value, slope, laplacian;  // R, R'/r, R'' + 2 (l + 1) R'/r
  };

  static Center plan_center(int atom, const Molecule& molecule, const BasisSet& basis);
  static void plan_angular(Center& center, ShellPlan& plan);
  static double reach(const Center& center);
  void plan_cusps(const std::vector<double>& radii, const Molecule& molecule);
  static void plan_own_cusps(Center& center, const NuclearCusp& cusp, bool scaled, Lanes* values,
                             Lanes* scratch);
  // One nucleus' functions (or scale derivatives) at a point, in every lane; false if negligible.
  static bool functions_at(const Center& center, const double r[3], bool scaled, Lanes* values,
                           Lanes* scratch);
  void pack_coefficients(Center& center, const Eigen::MatrixXd& coefficients) const;
  // False if every function is negligible in every lane.
  static bool displace(const Center& center, const Lanes r[3], bool need_distance, Displacement& d);
  // scaled: the scale derivatives instead of the functions.
  template <bool scaled>
  static void evaluate_functions(const Center& center, const Displacement& d, Lanes* functions,
                                 Lanes* exponentials);
  static void evaluate_angular(const Center& center, const Displacement& d, Lanes* angular);
  template <bool scaled>
  static Radial radial(const Center& center, const ShellPlan& shell, const Displacement& d,
                       const Lanes* exponentials);
  static Radial cusp_radial(const CuspPolynomial& p, double charge, const Displacement& d);
  void accumulate(const Center& center, const Lanes* functions, bool foreign, Lanes* values) const;

  int orbitals_ = 0, basis_functions_ = 0;
  std::size_t scratch_size_ = 0;
  std::vector<Center> centers_;
  std::vector<Block> blocks_;
};

}  // namespace markhor
