#include "molecule/atomic_mass.hpp"

#include <array>
#include <stdexcept>
#include <string>

namespace markhor {

namespace {

// NIST Standard Reference Database 144, Atomic Weights and Isotopic Compositions (2015), rounded to
// a millionth: masses of M. Wang et al., Chinese Phys. C 36, 1603 (2012), abundances of M.
// Berglund, M. E. Wieser, Pure Appl. Chem. 83, 397 (2011).
constexpr std::array<double, max_massive_number> masses = {
    1.007825,   4.002603,   7.016003,   9.012183,   11.009305,  12.000000,  14.003074,  15.994915,
    18.998403,  19.992440,  22.989769,  23.985042,  26.981539,  27.976927,  30.973762,  31.972071,
    34.968853,  39.962383,  38.963706,  39.962591,  44.955908,  47.947942,  50.943957,  51.940506,
    54.938044,  55.934936,  58.933194,  57.935342,  62.929598,  63.929142,  68.925573,  73.921178,
    74.921595,  79.916522,  78.918338,  83.911498,  84.911790,  87.905613,  88.905840,  89.904698,
    92.906373,  97.905405,  97.907212,  101.904344, 102.905498, 105.903480, 106.905092, 113.903365,
    114.903879, 119.902202, 120.903812, 129.906223, 126.904472, 131.904155, 132.905452, 137.905247,
    138.906356, 139.905443, 140.907658, 141.907729, 144.912756, 151.919740, 152.921238, 157.924112,
    158.925355, 163.929182, 164.930329, 165.930299, 168.934218, 173.938866, 174.940775, 179.946557,
    180.947996, 183.950931, 186.955750, 191.961477, 192.962922, 194.964792, 196.966569, 201.970643,
    204.974428, 207.976653, 208.980399, 208.982431, 209.987148, 222.017578};

}  // namespace

double atomic_mass(int atomic_number) {
  if (atomic_number < 1 || atomic_number > max_massive_number) {
    throw std::out_of_range("no mass is known of atomic number " + std::to_string(atomic_number));
  }
  return masses[static_cast<std::size_t>(atomic_number - 1)];
}

}  // namespace markhor
