// Ways to go wrong in [wavefunction] and [optimize], with the message each gets.
#include "program.hpp"
#include "support/catch.hpp"

using namespace markhor;

namespace {

const std::string h2 = "[molecule]\natom = H 0 0 0\natom = H 0 0 0.74\n[basis]\nset = STO-3G\n";

}  // namespace

TEST_CASE("bad input: active spaces") {
  const Workshop shop("bad_space");
  for (const std::string text : {"2", "2 of 2", "two in two", "0 in 2", "2 in 2 3"}) {
    CHECK(shop.refusal(h2 + "[wavefunction]\nactive_space = " + text + "\n") ==
          "deck.ini:7: '" + text +
              "' is not an active space; write electrons in orbitals, such as active_space = 8 in "
              "8\n");
  }
  CHECK(
      shop.refusal(h2 + "[wavefunction]\nactive_space = 4 in 4\n")
          .starts_with("deck.ini:7: an active space of 4 electrons in 4 orbitals is not possible: "
                       "the core takes electrons in pairs"));
  CHECK(shop.refusal(h2 + "[wavefunction]\nactive_space = 2 in 9\n")
            .starts_with(
                "deck.ini:7: an active space of 2 electrons in 9 orbitals is not possible: "));
  CHECK(shop.refusal(h2 + "[scf]\nmethod = uhf\n[wavefunction]\nactive_space = 2 in 2\n") ==
        "deck.ini:9: 'active_space' needs orbitals that both spins share; use method = rhf or rohf "
        "in [scf]\n");
}

TEST_CASE("bad input: determinants from two sources") {
  const Workshop shop("bad_sources");
  shop.write("d.txt", "csf 1\n  1 20\n");
  CHECK(shop.refusal(h2 + "[wavefunction]\nactive_space = 2 in 2\ndeterminants = d.txt\n") ==
        "deck.ini:8: the determinants are given twice, as 'active_space' and as 'determinants'; "
        "keep one of them\n");
  CHECK(shop.refusal(h2 + "[wavefunction]\nci_threshold = 0.1\n") ==
        "deck.ini:7: 'ci_threshold' is for the configurations of an 'active_space', which is not "
        "given\n");
  CHECK(shop.refusal(h2 + "[wavefunction]\ndeterminants = e.txt\n") == "e.txt: no such file\n");
  shop.write("bad.txt", "csf 1\n  1 002\n");
  CHECK(shop.refusal(h2 + "[wavefunction]\ndeterminants = bad.txt\n").starts_with("bad.txt:2: "));
}

TEST_CASE("bad input: files to import from") {
  const Workshop shop("bad_import");
  const std::string start = "[molecule]\natom = H 0 0 0\natom = H 0 0 0.74\n";
  CHECK(shop.refusal(start + "[wavefunction]\nimport = none.h5\n") == "none.h5: no such file\n");
  shop.write("scf.ini", h2 + "[scf]\n");
  REQUIRE(shop.run("scf.ini").exit_code == 0);
  CHECK(shop.refusal(start + "[wavefunction]\nimport = scf.h5\n") ==
        "scf.h5: has no wave function to start from; a run with [wavefunction] or [optimize] "
        "writes one\n");
  shop.write("h2.ini", h2 + "[wavefunction]\n");
  REQUIRE(shop.run("h2.ini").exit_code == 0);
  const std::string import = "[wavefunction]\nimport = h2.h5\n";
  CHECK(
      shop.refusal(start + "[scf]\n" + import) ==
      "deck.ini:4: the orbitals come from h2.h5, so that Hartree-Fock is not run; leave out [scf] "
      "or 'import'\n");
  CHECK(shop.refusal(start + import + "active_space = 2 in 2\n") ==
        "deck.ini:6: 'active_space' makes new determinants, but 'import' takes them from h2.h5; "
        "leave one of them out\n");
  CHECK(shop.refusal("[molecule]\natom = H 0 0 0\natom = H 0 0 0.75\n" + import) ==
        "deck.ini:5: the wave function in h2.h5 is of another molecule: it has another atom 2 or "
        "another place for it\n");
  CHECK(shop.refusal("[molecule]\natom = He 0 0 0\n" + import) ==
        "deck.ini:4: the wave function in h2.h5 is of another molecule: it has 2 atoms, the deck "
        "1\n");
  CHECK(
      shop.refusal("[molecule]\natom = H 0 0 0\natom = H 0 0 0.74\nmultiplicity = 3\n" + import) ==
      "deck.ini:6: the wave function in h2.h5 is of another molecule: it has multiplicity 1, the "
      "deck 3\n");
  CHECK(shop.refusal(start + "[basis]\nset = cc-pVDZ\n" + import) ==
        "deck.ini:5: the wave function in h2.h5 has the basis set STO-3G, the deck cc-pVDZ; leave "
        "'set' out, or import another file\n");
  CHECK(shop.refusal(start + import + "cusp_correction = no\n") ==
        "deck.ini:6: the wave function in h2.h5 was made with cusp correction, which cannot be "
        "changed; leave 'cusp_correction' out\n");
  CHECK(shop.refusal(start + import + "een_order = 3\n") ==
        "deck.ini:6: een_order = 3 is less than that of the imported wave function, 4; it can only "
        "be raised\n");
  CHECK(shop.refusal(start + import + "[optimize]\nparameters = ci\n") ==
        "deck.ini:7: parameters = ci needs several determinants, but the wave function in h2.h5 "
        "has one\n");
  CHECK(shop.refusal(start + import + "[output]\nfile = h2.h5\noverwrite = yes\n") ==
        "deck.ini:7: the output file is the one to import from; name another [output] file\n");
}

TEST_CASE("bad input: parameters that the wave function does not have") {
  const Workshop shop("bad_parameters");
  CHECK(shop.refusal(h2 + "[optimize]\nparameters = jastrow ci\n") ==
        "deck.ini:7: parameters = ci needs a wave function of several determinants; give "
        "[wavefunction] an 'active_space', 'determinants' or 'import'\n");
  CHECK(shop.refusal(h2 + "[wavefunction]\njastrow = none\n[optimize]\n") ==
        "deck.ini:8: parameters = jastrow needs a Jastrow factor, but 'jastrow' of [wavefunction] "
        "is none\n");
  CHECK(shop.refusal(h2 + "[optimize]\nparameters = jastrow orbital\n") ==
        "deck.ini:7: 'orbital' is not a value of 'parameters'; did you mean 'orbitals'? Allowed: "
        "jastrow, ci, orbitals, exponents\n");
  // Known only when the orbitals are: sigma_g and sigma_u do not mix.
  shop.write("deck.ini", h2 + "[optimize]\nparameters = orbitals\n");
  const Outcome run = shop.run("deck.ini");
  CHECK(run.exit_code == 2);
  CHECK(run.errors ==
        "markhor: the wave function has no parameters of the kind 'orbitals'; leave the word out "
        "of 'parameters' of [optimize]\n");
}

TEST_CASE("bad input: solvers and samples") {
  const Workshop shop("bad_samples");
  CHECK(shop.refusal(h2 + "[optimize]\nmethod = sr\nsolver = matrix-free\n") ==
        "deck.ini:8: method = sr has no solver 'matrix-free'; it has auto, dense, "
        "conjugate-gradient, sample-space\n");
  CHECK(shop.refusal(h2 + "[optimize]\nwalkers = 512\nsamples = 100\n") ==
        "deck.ini:8: samples = 100 is less than one of each of the 512 walkers; give more samples "
        "or fewer walkers\n");
  CHECK(shop.refusal(h2 + "[optimize]\nsamples = 1e5\nmax_samples = 1e4\n") ==
        "deck.ini:7: samples = 100000 is more than max_samples = 10000\n");
  CHECK(shop.refusal(h2 + "[optimize]\nmax_samples = 100\n") ==
        "deck.ini:7: max_samples = 100 is less than one of each of the 512 walkers\n");
  CHECK(shop.refusal(h2 + "[optimize]\nvariance_weight = 1.5\n") ==
        "deck.ini:7: '1.5' is out of range; 'variance_weight' must be from 0 to 1\n");
}

TEST_CASE("bad input: words of other programs for an optimization") {
  const Workshop shop("bad_foreign");
  CHECK(shop.refusal(h2 + "[optimize]\nadiag = 0.01\n") ==
        "deck.ini:7: [optimize] has no key 'adiag'; the level shift, which sets the length of a "
        "step, is chosen by itself\n");
  CHECK(shop.refusal(h2 + "[optimize]\nnopt = 10\n") ==
        "deck.ini:7: [optimize] has no key 'nopt'; it is called 'max_iterations' here\n");
}
