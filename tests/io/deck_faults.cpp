// Everything a deck can get wrong, with the message it gets.
#include "sample_keys.hpp"
#include "support/catch.hpp"

using namespace markhor;

namespace {

const std::string basis = "[basis]\nset = cc-pVDZ\n";

std::string vmc_fault(const std::string& line) { return fault_of(basis + "[vmc]\n" + line + "\n"); }
std::string scf_fault(const std::string& line) { return fault_of(basis + "[scf]\n" + line + "\n"); }

const std::string all_sections = "this version has [molecule], [basis], [scf], [vmc], [output]";

}  // namespace

TEST_CASE("unknown sections") {
  CHECK(fault_of(basis + "[vcm]\nsteps = 3\nwhatever = 4\n") ==
        "deck.ini:3: there is no section [vcm]; did you mean [vmc]? This version has [molecule], "
        "[basis], [scf], [vmc], [output]");
  CHECK(fault_of(basis + "[saddle]\n") ==
        "deck.ini:3: there is no section [saddle]; " + all_sections);
  CHECK(fault_of(basis + "[hf]\n") ==
        "deck.ini:3: there is no section [hf]; Hartree-Fock is [scf]; " + all_sections);
}

TEST_CASE("unknown keys") {
  CHECK(vmc_fault("stpes = 100") ==
        "deck.ini:4: [vmc] has no key 'stpes'; did you mean 'steps'? Its keys: steps, time_step, "
        "acceptance, target_error");
  CHECK(vmc_fault("colour = blue") ==
        "deck.ini:4: [vmc] has no key 'colour'; its keys: steps, time_step, acceptance, "
        "target_error");
  CHECK(vmc_fault("charge = 1") == "deck.ini:4: 'charge' is a key of [molecule], not of [vmc]");
  CHECK(vmc_fault("tau = 0.01") ==
        "deck.ini:4: [vmc] has no key 'tau'; it is called 'time_step' here");
  CHECK(scf_fault("tau = 0.01") ==
        "deck.ini:4: [scf] has no key 'tau'; it is called 'time_step' here, in [vmc]");
  CHECK(vmc_fault("nblocks = 5") ==
        "deck.ini:4: [vmc] has no key 'nblocks'; blocks are formed by themselves");
  CHECK(vmc_fault("metod = rhf") ==
        "deck.ini:4: [vmc] has no key 'metod'; did you mean 'method' of [scf]? Its keys: steps, "
        "time_step, acceptance, target_error");
}

TEST_CASE("misspelt words") {
  CHECK(scf_fault("method = rhff") ==
        "deck.ini:4: 'rhff' is not a value of 'method'; did you mean 'rhf'? Allowed: auto, rhf, "
        "uhf, rohf");
  CHECK(scf_fault("method = b3lyp") ==
        "deck.ini:4: 'b3lyp' is not a value of 'method'; allowed: auto, rhf, uhf, rohf");
  CHECK(scf_fault("jastrow = ee eenn") ==
        "deck.ini:4: 'eenn' is not a value of 'jastrow'; did you mean 'een'? Allowed: none, ee, "
        "en, een");
  CHECK(scf_fault("jastrow = ee ee") == "deck.ini:4: 'ee' is named twice in 'jastrow'");
  CHECK(scf_fault("jastrow = none ee") ==
        "deck.ini:4: 'none' stands alone in 'jastrow'; the value is 'none ee'");
  CHECK(vmc_fault("time_step = auot") ==
        "deck.ini:4: 'auot' is not a value of 'time_step'; did you mean 'auto'? Allowed: auto, or "
        "a number");
  CHECK(fault_of(basis + "[output]\noverwrite = maybe\n") ==
        "deck.ini:4: 'maybe' is not a value of 'overwrite'; allowed: yes, no");
}

TEST_CASE("nonsense numbers") {
  CHECK(vmc_fault("steps = many") ==
        "deck.ini:4: 'many', the value of 'steps', is not a number; write a whole number such as "
        "12 or 1e6");
  CHECK(vmc_fault("steps = 10.5") ==
        "deck.ini:4: '10.5', the value of 'steps', is not a whole number");
  CHECK(vmc_fault("steps = -1") == "deck.ini:4: '-1' is out of range; 'steps' must be at least 1");
  CHECK(vmc_fault("acceptance = nan") ==
        "deck.ini:4: 'nan', the value of 'acceptance', is not a finite number; write a decimal "
        "number such as 0.5 or 1e-6");
  CHECK(vmc_fault("acceptance = 5d-1") ==
        "deck.ini:4: '5d-1', the value of 'acceptance', has a Fortran exponent; write 5e-1");
  CHECK(vmc_fault("acceptance = 0,5") ==
        "deck.ini:4: '0,5', the value of 'acceptance', has a decimal comma; write 0.5");
  CHECK(vmc_fault("acceptance = 1") ==
        "deck.ini:4: '1' is out of range; 'acceptance' must be greater than 0 and less than 1");
  CHECK(vmc_fault("steps = 1e400") ==
        "deck.ini:4: '1e400', the value of 'steps', is too large or too small for a number");
}

TEST_CASE("units") {
  CHECK(vmc_fault("time_step = 0.5 ev") ==
        "deck.ini:4: 'ev' is a unit of an energy; 'time_step' takes an inverse energy (imaginary "
        "time) in 1/hartree, 1/ev");
  CHECK(vmc_fault("target_error = 1 kcal/mole") ==
        "deck.ini:4: 'kcal/mole' is not a unit; did you mean 'kcal/mol'? 'target_error' takes an "
        "energy in hartree, mhartree, ev, kcal/mol, kj/mol");
  CHECK(vmc_fault("target_error = 5 minutes") ==
        "deck.ini:4: 'minutes' is a unit of a duration; 'target_error' takes an energy in "
        "hartree, mhartree, ev, kcal/mol, kj/mol");
  CHECK(vmc_fault("acceptance = 0.5 bohr") ==
        "deck.ini:4: 'bohr' is a unit of a length; 'acceptance' takes a bare number");
  CHECK(vmc_fault("target_error = -1 ev") ==
        "deck.ini:4: '-1 ev' is out of range; 'target_error' must be greater than 0 hartree");
}

TEST_CASE("empty, repeated and missing") {
  CHECK(vmc_fault("steps =") ==
        "deck.ini:4: 'steps' has no value; write a whole number, at least 1, or leave the line "
        "out (default: 4000)");
  CHECK(vmc_fault("steps = # later") ==
        "deck.ini:4: 'steps' has no value; write a whole number, at least 1, or leave the line "
        "out (default: 4000)");
  CHECK(vmc_fault("steps = 3\nsteps = 4") ==
        "deck.ini:5: 'steps' is given twice, first in line 4; keep one of them");
  CHECK(fault_of(basis + "[vmc]\n[scf]\n[vmc]\n") ==
        "deck.ini:5: [vmc] is opened a second time, first in line 3; put its keys in one place");
  CHECK(fault_of("[basis]\n") == "deck.ini:1: [basis] needs 'set': help for set");
  CHECK(fault_of("") == "deck.ini: [basis] needs 'set': help for set");
}

TEST_CASE("lines that are not understood") {
  CHECK(vmc_fault("steps 100") ==
        "deck.ini:4: 'steps 100' is neither a [section] nor a line `key = value`");
  CHECK(vmc_fault("; a comment") ==
        "deck.ini:4: '; a comment' is not understood; a comment starts with #");
  CHECK(vmc_fault("= 100") == "deck.ini:4: '= 100' has no key in front of the '='");
  CHECK(fault_of("steps = 3\n" + basis) ==
        "deck.ini:1: 'steps' stands in front of the first [section]");
  CHECK(fault_of(basis + "[vmc\n") ==
        "deck.ini:3: '[vmc' is not a section header; write [name] alone on the line");
  CHECK(fault_of(basis + "[]\n") ==
        "deck.ini:3: '[]' is not a section header; write [name] alone on the line");
}

TEST_CASE("faults of the command line name the argument") {
  CHECK(fault_of(basis, {{"vmc", "steps", "x", "--vmc.steps=x"}}) ==
        "--vmc.steps=x: 'x', the value of 'steps', is not a number; write a whole number such as "
        "12 or 1e6");
  CHECK(fault_of(basis, {{"vcm", "steps", "3", "--vcm.steps=3"}}) ==
        "--vcm.steps=3: there is no section [vcm]; did you mean [vmc]? This version has "
        "[molecule], [basis], [scf], [vmc], [output]");
  CHECK(fault_of(basis, {{"vmc", "steps", "", "--vmc.steps="}}) ==
        "--vmc.steps=: 'steps' has no value; write a whole number, at least 1, or leave the line "
        "out (default: 4000)");
}

TEST_CASE("all faults are reported at once") {
  const std::vector<std::string> messages = faults_of(
      "[vmc]\nstpes = 3\nacceptance = 2\n[scf]\nmethod = xyz\nnonsense\n[dmc]\ntau = 1\n");
  CHECK(messages.size() == 6);  // with the missing basis set
}
