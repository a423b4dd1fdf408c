#include "app/stage_settings.hpp"
#include "core/text.hpp"
#include "io/number.hpp"

namespace markhor {

namespace {

const char* const section = "wavefunction";

// "8 in 8"; a fault for anything else.
std::optional<ActiveSpace> parse_active_space(const std::string& text, const Place& place,
                                              Faults& faults) {
  const std::vector<std::string> words = split_words(lower_case(text));
  const bool shaped = words.size() == 3 && words[1] == "in";
  const IntegerReading electrons = read_integer(shaped ? words[0] : "");
  const IntegerReading orbitals = read_integer(shaped ? words[2] : "");
  constexpr std::int64_t most = 1'000'000;
  const auto sensible = [](const IntegerReading& reading) {
    return reading.problem.empty() && reading.value >= 1 && reading.value <= most;
  };
  if (!sensible(electrons) || !sensible(orbitals)) {
    faults.add(place, "'" + text +
                          "' is not an active space; write electrons in orbitals, such as "
                          "active_space = 8 in 8");
    return std::nullopt;
  }
  return ActiveSpace{static_cast<int>(electrons.value), static_cast<int>(orbitals.value)};
}

CiOptions ci_options(const Deck& deck, const ScfOptions& scf, const ActiveSpace& space) {
  CiOptions options;
  options.space = space;
  if (deck.has_value(section, "ci_threshold")) {
    options.threshold = deck.real(section, "ci_threshold");
  }
  options.memory_limit = scf.memory_limit;
  options.threads = scf.threads;
  return options;
}

// Of the three sources at most one can be followed.
void check_one_source(const Deck& deck, Faults& faults) {
  const bool import = deck.is_given(section, "import");
  const bool space = deck.is_given(section, "active_space");
  const bool file = deck.is_given(section, "determinants");
  if (import && (space || file)) {
    const char* other = space ? "active_space" : "determinants";
    faults.add(deck.place(section, other),
               std::string("'") + other +
                   "' makes new determinants, but 'import' takes them from " +
                   deck.text(section, "import") + "; leave one of them out");
  } else if (space && file) {
    faults.add(
        deck.place(section, "determinants"),
        "the determinants are given twice, as 'active_space' and as 'determinants'; keep one "
        "of them");
  }
  if (deck.is_given(section, "ci_threshold") && !space) {
    faults.add(deck.place(section, "ci_threshold"),
               "'ci_threshold' is for the configurations of an 'active_space', which is not given");
  }
}

// An imported wave function brings its orbitals with it.
void check_import(const Deck& deck, Faults& faults) {
  if (!deck.is_given(section, "import") || !deck.has_section("scf")) return;
  faults.add(deck.section_place("scf"), "the orbitals come from " + deck.text(section, "import") +
                                            ", so that Hartree-Fock is not run; leave out [scf] or "
                                            "'import'");
}

}  // namespace

DeterminantSource determinant_source(const Deck& deck, const ScfOptions& scf, Faults& faults) {
  DeterminantSource source;
  source.jastrow_given = deck.has_value(section, "jastrow");
  if (deck.is_given(section, "import")) source.import = deck.file(section, "import");
  if (deck.is_given(section, "determinants")) {
    source.determinant_file = deck.file(section, "determinants");
  }
  check_one_source(deck, faults);
  check_import(deck, faults);
  if (!deck.is_given(section, "active_space")) return source;
  const Place place = deck.place(section, "active_space");
  if (scf.method == ScfMethod::uhf) {
    faults.add(place,
               "'active_space' needs orbitals that both spins share; use method = rhf or rohf in "
               "[scf]");
  }
  const auto space = parse_active_space(deck.text(section, "active_space"), place, faults);
  if (space) source.ci = ci_options(deck, scf, *space);
  return source;
}

WaveFunctionOptions wave_function_options(const Deck& deck) {
  WaveFunctionOptions options;
  if (deck.has_value(section, "jastrow")) options.jastrow = deck_names(deck, section, "jastrow");
  if (deck.has_value(section, "cusp_correction")) {
    options.cusp_correction = deck.yes(section, "cusp_correction");
  }
  options.jastrow_start =
      deck.word(section, "jastrow_start") == "cusp" ? JastrowStart::cusp : JastrowStart::mean_field;
  if (deck.has_value(section, "een_order")) {
    options.three_body_order = static_cast<int>(deck.integer(section, "een_order"));
  }
  return options;
}

}  // namespace markhor
