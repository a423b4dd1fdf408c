// Which pairs of electrons a term of the Jastrow factor is about.
#pragma once

namespace markhor {

enum class ElectronPairs {
  all,
  parallel  // of equal spin: what such a term adds to that of all pairs
};

}  // namespace markhor
