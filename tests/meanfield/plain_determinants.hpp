// Determinants and operators on them as the textbook writes them, one creation operator at a time:
// slow, and nothing in common with the strings of the program.
#pragma once

#include <map>
#include <vector>

#include "meanfield/active_space.hpp"
#include "molecule/determinants.hpp"

namespace markhor {

// Spin orbitals in the order of the creation operators: up 0 ... n - 1, then down. [k]: occupied.
using PlainDeterminant = std::vector<bool>;
using PlainVector = std::map<PlainDeterminant, double>;

// The expansion over its active orbitals, which follow `core` doubly occupied ones.
PlainVector plain_vector(const DeterminantExpansion& expansion, int core, int active);
// One CSF of it, with coefficient one.
PlainVector plain_csf(const DeterminantExpansion& expansion, std::size_t csf, int core, int active);

double dot(const PlainVector& a, const PlainVector& b);

// S^2 = S_- S_+ + Ms (Ms + 1) applied to a vector.
PlainVector spin_squared_times(const PlainVector& vector, int active);

// H = sum h_pq a+_p a_q + 1/2 sum (pq|rs) a+_p a+_r a_s a_q, without the core energy.
PlainVector hamiltonian_times(const PlainVector& vector, const ActiveIntegrals& integrals);

}  // namespace markhor
