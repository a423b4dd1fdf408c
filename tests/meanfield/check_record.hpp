// Runs Hartree-Fock on a reference record and holds the result against it.
#pragma once

#include <algorithm>
#include <cmath>

#include "reference_data.hpp"
#include "support/catch.hpp"

namespace markhor {

inline double length(const std::array<double, 3>& v) { return std::hypot(v[0], v[1], v[2]); }

// Energy within 1e-8 Hartree, <S^2> within 1e-8, dipole within 1e-6 e bohr. A `first_scf` record is
// a saddle point and reached only if instabilities are not followed.
inline void check_record(const ReferenceRecord& record, ScfOptions options = {}) {
  INFO(record.name());
  options.method = record.method;
  options.follow_instability = options.follow_instability && record.solution != "first_scf";
  const BasisSet basis = shipped_basis(record.basis_name, record.molecule, record.cartesian);
  REQUIRE(basis.size() == record.functions);
  const ScfResult result = run_scf(record.molecule, basis, options);
  INFO(result.status);
  CHECK(result.converged);
  CHECK(std::abs(result.energy - record.energy) < 1e-8);
  CHECK(std::abs(result.spin_squared - record.spin_squared) < 1e-8);
  CHECK(std::abs(result.nuclear_repulsion - record.nuclear_repulsion) < 1e-9);
  // The components go with the gradient, not with its square.
  CHECK(std::abs(result.kinetic - record.kinetic) < 1e-6);
  CHECK(std::abs(result.nuclear_attraction - record.nuclear_attraction) < 1e-6);
  CHECK(std::abs(result.electron_repulsion - record.electron_repulsion) < 1e-6);
  CHECK(std::abs(result.energy - result.kinetic - result.nuclear_attraction -
                 result.electron_repulsion - result.nuclear_repulsion) < 1e-10);
  if (record.solution == "stable") {
    // A density that breaks the symmetry of the nuclei may point anywhere around the axis.
    CHECK(std::abs(length(result.dipole) - length(record.dipole)) < 1e-6);
    CHECK(result.instabilities_followed > 0);
  } else {
    for (std::size_t k = 0; k < 3; ++k) {
      CHECK(std::abs(result.dipole[k] - record.dipole[k]) < 1e-6);
    }
  }
  if (options.follow_instability) CHECK(result.stable);
}

}  // namespace markhor
