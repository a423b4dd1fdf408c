#include "check_record.hpp"

using namespace markhor;

TEST_CASE("reference energy of benzene in cc-pVTZ with stored integrals") {
  ScfOptions options;
  options.memory_limit = 6e9;
  options.follow_instability = false;
  check_record(reference_record("benzene", "cc-pvtz", ScfMethod::rhf, "untested"), options);
}

TEST_CASE("reference energy of benzene in cc-pVDZ with recomputed integrals") {
  ScfOptions options;
  options.memory_limit = 0.0;
  options.follow_instability = false;
  check_record(reference_record("benzene", "cc-pvdz", ScfMethod::rhf, "untested"), options);
}
