#include "app/run.hpp"

#include <ostream>

#include "app/keys.hpp"
#include "app/root_section.hpp"
#include "app/stages.hpp"
#include "app/summary.hpp"
#include "core/text.hpp"
#include "molecule/coordinates.hpp"

namespace markhor {

namespace {

std::string read_deck_text(const std::string& path) {
  std::string text = read_text_file(path);
  if (text.starts_with("\x89HDF")) {
    throw InputError({path, 0}, "is a result file, not a deck; `markhor show " + path +
                                    "` prints it, `markhor continue " + path + "` goes on with it");
  }
  return text;
}

// A deck with its settings, and what is wrong with them so far.
struct ReadDeck {
  Deck deck;
  Settings settings;
  Faults faults;
};

ReadDeck understand(const Command& command, const std::string& text) {
  ReadDeck result;
  result.deck = Deck::parse(key_table(), text, command.file, command.overrides, result.faults);
  result.settings = make_settings(result.deck, result.faults);
  return result;
}

// The files a run needs. Throws InputError with every fault of deck and files.
CalculationInput read_files(ReadDeck& read) {
  CalculationInput input = read_input(read.deck, read.settings, read.faults);
  check_output(read.settings, read.deck, read.faults);
  read.faults.throw_if_any();
  return input;
}

void print_notes(std::ostream& out, const Settings& settings) {
  for (const std::string& note : settings.notes) out << "note: " << note << '\n';
}

// What a later part of the run, which reads no files of the deck, needs as well.
SaddleRecord start_saddle(const Settings& settings, const RunRecord& record,
                          const CalculationInput& input) {
  SaddleRecord saddle;
  saddle.engine = settings.surface.engine;
  saddle.direction = input.direction;
  saddle.guess = positions_of(record.molecule);
  return saddle;
}

RunRecord start_record(const ReadDeck& read, CalculationInput input, int ranks) {
  RunRecord record;
  record.deck_text = read.deck.text();
  record.resolved_deck = read.deck.resolved();
  record.seed = read.settings.vmc.seed;
  record.provenance = make_provenance(ranks);
  record.molecule = std::move(input.molecule);
  record.basis = std::move(input.basis);
  record.wave_function = std::move(input.imported);
  if (read.settings.runs_saddle) record.saddle = start_saddle(read.settings, record, input);
  return record;
}

void print_start(std::ostream& out, const ReadDeck& read, const RunRecord& record) {
  const Provenance& p = record.provenance;
  out << "markhor " << p.version << " (revision " << p.git_revision << "), " << p.ranks
      << (p.ranks == 1 ? " rank" : " ranks") << " from " << p.host << ", " << p.start_time << "\n\n"
      << record.resolved_deck << '\n';
  print_notes(out, read.settings);
  out << molecule_line(record.molecule) << '\n';
  if (record.basis.size() > 0) out << basis_line(record.basis) << '\n';
  out << std::flush;
}

}  // namespace

void run_deck(const Command& command, const StopSignals& signals, const Communicator& communicator,
              std::ostream& out, bool terminal) {
  std::vector<char> bytes;
  on_root(communicator, [&] {
    const std::string text = read_deck_text(command.file);
    bytes.assign(text.begin(), text.end());
  });
  communicator.broadcast(bytes);
  // The same text gives the same settings on every rank; what is wrong with it the root reports.
  ReadDeck read = understand(command, std::string(bytes.begin(), bytes.end()));
  RunRecord record;
  on_root(communicator, [&] {
    record = start_record(read, read_files(read), communicator.size());
    print_start(out, read, record);
  });
  Checkpoints checkpoints(read.settings, record, signals, communicator, out);
  run_stages(read.settings, record, communicator, checkpoints, out, terminal);
  out << "\nresults in " << read.settings.output.file << std::endl;
}

void check_deck(const Command& command, std::ostream& out) {
  ReadDeck read = understand(command, read_deck_text(command.file));
  const CalculationInput input = read_files(read);
  out << read.deck.resolved() << '\n';
  print_notes(out, read.settings);
  out << "molecule  " << molecule_line(input.molecule) << '\n'
      << "basis     " << (input.basis.size() > 0 ? basis_line(input.basis) : "none") << '\n'
      << "stages    " << stages_line(read.settings, input) << '\n'
      << "memory    " << memory_line(read.settings, input) << '\n'
      << "output    " << read.settings.output.file << '\n'
      << command.file << ": no faults\n";
}

}  // namespace markhor
