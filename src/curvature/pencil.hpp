// Dense eigenproblem of a non-symmetric pencil, H v = E S v, and the choice of the physical root.
//
// In the linear method (J. Toulouse, C. J. Umrigar, J. Chem. Phys. 126, 084102 (2007)) the first
// basis vector is the present wave function, the others its derivatives; H and S are averages over
// samples, H is left non-symmetric on purpose (M. P. Nightingale, V. Melik-Alaverdian, Phys. Rev.
// Lett. 87, 043401 (2001)), and many of the roots are made of noise.
#pragma once

#include <Eigen/Dense>
#include <string>
#include <vector>

namespace markhor {

enum class RootPreference {
  // Largest |<v_0|S|v>| of normalized vectors, v_0 the first basis vector. Where S has no elements
  // between the first vector and the others, as in the linear method, this is also the smallest
  // norm of v/v(0) - v_0: the shortest step.
  closest_to_first,
  lowest,  // smallest value
};

// Which root is wanted: a real one in [reference - window_below, reference + window_above], and of
// several the preferred one. While the window holds none it is doubled on both sides.
struct RootChoice {
  double reference = 0.0;  // where the root is expected: the sampled energy. Unit of H/S, as below
  double window_below = 1.0;
  double window_above = 0.1;
  RootPreference preference = RootPreference::closest_to_first;
  // Rounding splits a double real root into a pair of about the square root of the rounding error.
  double imaginary_tolerance = 1e-7;
  int max_widenings = 20;
};

// All right eigenvectors. Sizes: n basis vectors, m = n - dropped roots.
struct PencilSpectrum {
  Eigen::VectorXcd values;   // m
  Eigen::MatrixXcd vectors;  // n x m, each of norm v^H S v = 1
  Eigen::VectorXd overlaps;  // m, |<v_0|S|v>| with the normalized first basis vector, 0 to 1
  int dropped = 0;           // directions in which S is singular
  bool solved = false;
  std::string status;
};

// The roots in order of preference: first the real ones in the (widened) window, then the rest.
struct RootRanking {
  std::vector<Eigen::Index> order;  // columns of the spectrum
  int acceptable = 0;               // how many of these are real and in the window
  int widenings = 0;
};

struct PencilRoot {
  bool found = false;  // real and in the (widened) window
  std::string status;  // why not, or what had to be done
  double value = 0.0;
  double imaginary = 0.0;
  bool real = false;       // |imaginary| within the tolerance
  Eigen::VectorXd vector;  // n, v^T S v = 1, overlap with the first basis vector not negative
  double overlap = 0.0;
  int dropped = 0;
  int widenings = 0;
};

// h: n x n, s: n x n symmetric positive semidefinite. S is scaled to unit diagonal and its
// eigenvectors below singular_threshold of the largest eigenvalue are dropped (canonical
// orthogonalization; P.-O. Lowdin, Adv. Quantum Chem. 5, 185 (1970)). Noise in H is amplified by
// the inverse of the threshold. Where H couples to a dropped direction, as when samples are fewer
// than parameters, the pencil is singular and any value is an eigenvalue of it: what is returned
// then is that of the projected problem; regularize S first if that is not meant.
// Throws std::invalid_argument if the shapes do not fit.
PencilSpectrum pencil_spectrum(const Eigen::MatrixXd& h, const Eigen::MatrixXd& s,
                               double singular_threshold = 1e-12);

RootRanking rank_roots(const PencilSpectrum& spectrum, const RootChoice& choice);

// The eigenvector as a real one of v^T S v = 1; of a complex one the real part, in the phase in
// which its overlap with the first basis vector is real.
Eigen::VectorXd real_vector(const PencilSpectrum& spectrum, const Eigen::MatrixXd& s,
                            Eigen::Index root);

// The best root. If none is acceptable, found is false and the first of the others is returned for
// the report.
PencilRoot pencil_root(const Eigen::MatrixXd& h, const Eigen::MatrixXd& s, const RootChoice& choice,
                       double singular_threshold = 1e-12);

}  // namespace markhor
