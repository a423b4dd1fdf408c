// Covalent radii of the elements: B. Cordero et al., Dalton Trans. 2008, 2832.
#pragma once

namespace markhor {

// bohr; of carbon that of sp3, of Mn, Fe and Co those of low spin. Elements behind radon, and
// particles without an element (0), have radon's.
double covalent_radius(int atomic_number);

}  // namespace markhor
