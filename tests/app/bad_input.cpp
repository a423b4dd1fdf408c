// Every way to go wrong in a deck or beside it, through the real program, with the message it gets.
#include "program.hpp"
#include "support/catch.hpp"

using namespace markhor;

namespace {

const std::string h2 = "[molecule]\natom = H 0 0 0\natom = H 0 0 0.74\n";
const std::string basis = "[basis]\nset = STO-3G\n";
const std::string scf = "[scf]\n";

using Catch::Matchers::StartsWith;

}  // namespace

TEST_CASE("bad input: unknown section") {
  const Workshop shop("bad_section");
  CHECK(shop.refusal(h2 + basis + scf + "[vcm]\nsteps = 10\n") ==
        "deck.ini:7: there is no section [vcm]; did you mean [vmc]? This version has [molecule], "
        "[basis], [scf], [wavefunction], [optimize], [vmc], [dmc], [surface], [saddle], "
        "[output], [run]\n");
}

TEST_CASE("bad input: unknown key") {
  const Workshop shop("bad_key");
  CHECK(shop.refusal(h2 + basis + "[scf]\nconvergense = 1e-8\n") ==
        "deck.ini:7: [scf] has no key 'convergense'; did you mean 'convergence'? Its keys: method, "
        "follow_instability, convergence, max_iterations, memory, threads\n");
  CHECK(shop.refusal(h2 + basis + "[vmc]\ntau = 0.01\n") ==
        "deck.ini:7: [vmc] has no key 'tau'; it is called 'time_step' here\n");
  CHECK(shop.refusal(h2 + basis + "[vmc]\nnblocks = 10\n") ==
        "deck.ini:7: [vmc] has no key 'nblocks'; blocks are formed when the data are analysed; "
        "the length of a run is 'steps' of its section\n");
  CHECK(shop.refusal(h2 + basis + "[dmc]\ntau = 0.01\n") ==
        "deck.ini:7: [dmc] has no key 'tau'; it is called 'time_step' here\n");
  CHECK(shop.refusal(h2 + basis + "[dmc]\nnconf = 100\n") ==
        "deck.ini:7: [dmc] has no key 'nconf'; it is called 'walkers' here\n");
}

TEST_CASE("bad input: misspelt value") {
  const Workshop shop("bad_value");
  CHECK(shop.refusal(h2 + basis + "[scf]\nmethod = rhff\n") ==
        "deck.ini:7: 'rhff' is not a value of 'method'; did you mean 'rhf'? Allowed: auto, rhf, "
        "uhf, rohf\n");
  CHECK(shop.refusal(h2 + basis + "[wavefunction]\njastrow = ee eenn\n") ==
        "deck.ini:7: 'eenn' is not a value of 'jastrow'; did you mean 'een'? Allowed: none, ee, "
        "ee_parallel, en, een, een_parallel\n");
}

TEST_CASE("bad input: missing geometry file") {
  const Workshop shop("bad_geometry");
  CHECK(shop.refusal("[molecule]\ngeometry = water.xyz\n" + basis + scf) ==
        "deck.ini:2: 'geometry' names water.xyz, and there is no such file\n");
  CHECK(shop.refusal("[molecule]\n" + basis + scf) ==
        "deck.ini:1: [molecule] needs the atoms: geometry = an XYZ file, or lines such as atom = O "
        "0.0 0.0 0.117\n");
}

TEST_CASE("bad input: malformed XYZ line") {
  const Workshop shop("bad_xyz");
  shop.write("h2.xyz", "2\nhydrogen\nH 0 0 0\nH 0 0 O.74\n");
  CHECK(shop.refusal("[molecule]\ngeometry = h2.xyz\n" + basis + scf) ==
        "h2.xyz:4: 'O.74', the z coordinate of H, is not a number; write a decimal number such as "
        "0.5 or 1e-6\n");
  CHECK(shop.refusal("[molecule]\natom = H 0 0\n" + basis + scf) ==
        "deck.ini:2: 'H 0 0' has 3 words instead of 4; an atom line is an element and three "
        "numbers, such as `O 0.0 0.0 0.117`\n");
}

TEST_CASE("bad input: unknown element") {
  const Workshop shop("bad_element");
  shop.write("h2.xyz", "2\nhydrogen\nH 0 0 0\nJ 0 0 0.74\n");
  CHECK_THAT(shop.refusal("[molecule]\ngeometry = h2.xyz\n" + basis + scf),
             StartsWith("h2.xyz:4: 'J' is not a chemical element"));
  CHECK(shop.refusal("[molecule]\natom = O1 0 0 0\n" + basis + scf) ==
        "deck.ini:2: 'O1' is not a chemical element; did you mean 'O'?\n");
}

TEST_CASE("bad input: multiplicity that does not fit") {
  const Workshop shop("bad_multiplicity");
  CHECK(shop.refusal(h2 + "multiplicity = 2\n" + basis + scf) ==
        "deck.ini:4: multiplicity 2 does not fit 2 electrons; allowed: 1, 3 (the number of "
        "unpaired electrons plus one)\n");
  CHECK(shop.refusal(h2 + "multiplicity = 3\n" + basis + "[scf]\nmethod = rhf\n") ==
        "deck.ini:8: method = rhf pairs all electrons, but the multiplicity is 3; use rohf or "
        "uhf\n");
  CHECK(shop.refusal(h2 + "charge = 2\n" + basis + scf) ==
        "deck.ini:4: charge 2 leaves no electrons; the nuclei carry 2 charges, so the charge can "
        "be at most 1\n");
}

TEST_CASE("bad input: basis sets") {
  const Workshop shop("bad_basis");
  CHECK(shop.refusal("[molecule]\natom = U 0 0 0\nmultiplicity = 5\n[basis]\nset = cc-pVDZ\n" +
                     scf) == "deck.ini:5: basis set 'cc-pVDZ' does not define U\n");
  CHECK_THAT(shop.refusal(h2 + "[basis]\nset = cc-pVDX\n" + scf),
             StartsWith("deck.ini:5: there is no basis set 'cc-pVDX'; did you mean 'cc-pv"));
  CHECK(shop.refusal(h2 + "[basis]\n" + scf).starts_with("deck.ini:4: [basis] needs 'set'"));
}

TEST_CASE("bad input: two atoms on one point") {
  const Workshop shop("bad_points");
  CHECK(shop.refusal("[molecule]\natom = H 0 0 0\natom = H 0 0 0.01\n" + basis + scf) ==
        "deck.ini:3: atom 2 (H, line 3) lies 0.0189 bohr from atom 1 (H, line 2); two nuclei must "
        "be at least 0.1 bohr apart\n");
}

TEST_CASE("bad input: nonsense numbers") {
  const Workshop shop("bad_numbers");
  CHECK(shop.refusal(h2 + basis + "[vmc]\nwalkers = -8\n") ==
        "deck.ini:7: '-8' is out of range; 'walkers' must be from 1 to 1e8\n");
  CHECK(shop.refusal(h2 + basis + "[vmc]\ntime_step = nan\n") ==
        "deck.ini:7: 'nan', the value of 'time_step', is not a finite number; write a decimal "
        "number such as 0.5 or 1e-6\n");
  CHECK(shop.refusal(h2 + basis + "[vmc]\ntime_step = 1d-2\n") ==
        "deck.ini:7: '1d-2', the value of 'time_step', has a Fortran exponent; write 1e-2\n");
  CHECK(shop.refusal(h2 + basis + "[vmc]\ntime_step = 0.1 angstrom\n") ==
        "deck.ini:7: 'angstrom' is a unit of a length; 'time_step' takes an inverse energy "
        "(imaginary time) in 1/hartree, 1/ev\n");
  CHECK(shop.refusal(h2 + basis + "[run]\nseed = 1.5\n" + scf) ==
        "deck.ini:7: '1.5', the value of 'seed', is not a whole number\n");
}

TEST_CASE("bad input: keys that contradict each other") {
  const Workshop shop("bad_pairs");
  shop.write("h2.xyz", "2\nhydrogen\nH 0 0 0\nH 0 0 0.74\n");
  CHECK(shop.refusal(h2 + "geometry = h2.xyz\n" + basis + scf) ==
        "deck.ini:2: the atoms are given twice, as 'atom' lines and as 'geometry'; keep one of "
        "them\n");
  CHECK(shop.refusal(h2 + basis + "[vmc]\nmove = drift\ntime_step = 0.1\nacceptance = 0.4\n") ==
        "deck.ini:9: 'acceptance' is what an automatic time step is tuned to, but 'time_step' is "
        "fixed at 0.1; leave one of them out\n");
  CHECK(shop.refusal(h2 + basis + "[vmc]\ntime_step = 0.1\n") ==
        "deck.ini:7: 'time_step' is for move = drift; accelerated moves, the default, have no time "
        "step\n");
  CHECK(shop.refusal(h2 + basis) ==
        "deck.ini: the deck has no stage to run; add one of [scf], [wavefunction], "
        "[optimize], [vmc], [dmc], [saddle]\n");
  CHECK(shop.refusal(h2 + basis + "[dmc]\npopulation = reconfiguration\nfeedback = 2\n") ==
        "deck.ini:8: 'feedback' steers a branching population; with population = reconfiguration "
        "the number of walkers is fixed\n");
  CHECK(shop.refusal(h2 + basis + "[dmc]\ntime_step = 0.02 0.01 0.02\n") ==
        "deck.ini:7: a time step is given twice in 'time_step = 0.02 0.01 0.02'; they are "
        "extrapolated to zero, so each counts once\n");
}

TEST_CASE("bad input: one of several numbers") {
  const Workshop shop("bad_numbers");
  CHECK(
      shop.refusal(h2 + basis + "[dmc]\ntime_step = ,\n") ==
      "deck.ini:7: ',', the value of 'time_step', is not a number; write a decimal number such as "
      "0.5 or 1e-6\n");
  CHECK(shop.refusal(h2 + basis + "[dmc]\ntime_step = 0.02 0\n") ==
        "deck.ini:7: '0' is out of range; 'time_step' must be greater than 0 1/hartree\n");
  CHECK(shop.refusal(h2 + basis + "[dmc]\ntime_step = 0.02 1d-2\n") ==
        "deck.ini:7: '1d-2', the value of 'time_step', has a Fortran exponent; write 1e-2\n");
  CHECK(shop.refusal(h2 + basis + "[dmc]\ntime_step = 0.02 0.01 bohr\n") ==
        "deck.ini:7: 'bohr' is a unit of a length; 'time_step' takes an inverse energy (imaginary "
        "time) in 1/hartree, 1/ev\n");
}

TEST_CASE("bad input: output folder that cannot be used") {
  const Workshop shop("bad_folder");
  CHECK(shop.refusal(h2 + basis + scf + "[output]\nfile = no_such_folder/a.h5\n") ==
        "deck.ini:8: the folder of the output file, no_such_folder, does not exist\n");
  shop.write("a_file", "");
  CHECK(shop.refusal(h2 + basis + scf + "[output]\nfile = a_file/a.h5\n") ==
        "deck.ini:8: the folder of the output file, a_file, is not a folder\n");
  CHECK(shop.refusal(h2 + basis + scf + "[output]\nfile = deck.ini\n") ==
        "deck.ini:8: the output file is the deck itself; name another [output] file\n");
}

TEST_CASE("bad input: an existing output file is kept unless it may be overwritten") {
  const Workshop shop("bad_existing");
  shop.write("deck.ini", h2 + basis + scf);
  shop.write("deck.h5", "precious");
  const Outcome kept = shop.run("deck.ini");
  CHECK(kept.exit_code == 2);
  CHECK(kept.errors ==
        "deck.ini: the output file deck.h5 exists and is kept; --overwrite replaces it, "
        "--output.file=NAME writes another\n");
  CHECK(shop.read("deck.h5") == "precious");
  CHECK(shop.run("check deck.ini").exit_code == 2);
  CHECK(shop.run("deck.ini --overwrite").exit_code == 0);
  CHECK(shop.run("show deck.h5").exit_code == 0);
}

TEST_CASE("bad input: all faults at once") {
  const Workshop shop("bad_many");
  const std::string errors = shop.refusal(
      "[molecule]\ngeometry = none.xyz\n[basis]\nset = nonsense\n[scf]\nmehtod = rhf\n"
      "[vmc]\nsteps = ten\n[output]\nfile = nowhere/a.h5\n");
  INFO(errors);
  for (const char* part : {"deck.ini:6: ", "deck.ini:8: ", "deck.ini:2: 'geometry' names none.xyz",
                           "deck.ini:4: ", "deck.ini:10: ", "markhor: 5 faults in the input\n"}) {
    CHECK(errors.find(part) != std::string::npos);
  }
}

TEST_CASE("bad input: the deck itself") {
  const Workshop shop("bad_deck");
  const Outcome missing = shop.run("nowhere.ini");
  CHECK(missing.exit_code == 2);
  CHECK(missing.errors == "nowhere.ini: no such file\n");
  const Outcome folder = shop.run(".");
  CHECK(folder.exit_code == 2);
  CHECK(folder.errors == ".: is a folder, a file is expected\n");
}

TEST_CASE("bad input: result files that are none") {
  const Workshop shop("bad_result");
  shop.write("a.h5", "garbage");
  const Outcome garbage = shop.run("show a.h5");
  CHECK(garbage.exit_code == 2);
  CHECK(garbage.errors == "a.h5: is not an HDF5 file, so it is no result of markhor\n");
  CHECK(shop.run("show a.h5 --json").exit_code == 2);
  CHECK(shop.run("show b.h5").errors == "b.h5: no such file\n");
}
