// Every record of data/hartree_fock.txt but benzene in cc-pVTZ (large_records.cpp).
#include "check_record.hpp"

using namespace markhor;

namespace {

void check_records(const std::string& basis, bool cartesian, std::size_t expected) {
  std::size_t count = 0;
  for (const ReferenceRecord& record : reference_records()) {
    const bool large = record.system == "benzene" && record.basis_name == "cc-pvtz";
    if (record.basis_name != basis || record.cartesian != cartesian || large) continue;
    check_record(record);
    ++count;
  }
  CHECK(count == expected);
}

}  // namespace

TEST_CASE("reference energies in STO-3G") { check_records("sto-3g", false, 24); }
TEST_CASE("reference energies in 3-21G") { check_records("3-21g", false, 23); }
TEST_CASE("reference energies in spherical 6-31G*") { check_records("6-31g*", false, 23); }
TEST_CASE("reference energies in Cartesian 6-31G*") { check_records("6-31g*", true, 23); }
TEST_CASE("reference energies in cc-pVDZ") { check_records("cc-pvdz", false, 23); }
TEST_CASE("reference energies in cc-pVTZ") { check_records("cc-pvtz", false, 22); }
