#include "app/continue.hpp"

#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <ostream>

#include "app/checkpoints.hpp"
#include "app/keys.hpp"
#include "app/output_file.hpp"
#include "app/root_section.hpp"
#include "app/stages.hpp"
#include "app/summary.hpp"
#include "core/text.hpp"

namespace markhor {

namespace {

// What the root finds in the file and every rank must know.
struct Found {
  char stage[32] = "";  // empty: the run is finished
  bool inside = false;
};

// The stage's result is in the file.
bool is_done(const RunRecord& record, const std::string& stage) {
  if (stage == "scf") return record.scf && record.scf->result.converged;
  if (stage == "wavefunction") return record.wave_function.has_value();
  if (stage == "optimize") return record.optimize && record.optimize->finished;
  if (stage == "vmc") return record.vmc.has_value();
  if (stage == "saddle") {
    return record.saddle && record.saddle->finished && record.saddle->result.converged;
  }
  return record.dmc.has_value();
}

void check_finished(const RunRecord& record, const Settings& settings, const Command& command) {
  for (std::string stage = stage_after(settings, ""); !stage.empty();
       stage = stage_after(settings, stage)) {
    if (is_done(record, stage)) continue;
    throw InputError({command.file, 0}, "has no checkpoint: the run ended with a failure of [" +
                                            stage + "]; correct its deck and run that");
  }
  for (const Override& item : command.overrides) {
    if (item.section == "run") continue;
    throw InputError({item.written, 0},
                     "the run is finished and keeps no walkers; run a deck with [wavefunction] "
                     "import = " +
                         command.file);
  }
}

// Keys that may differ from one part of a run to the next: they say how long it is, not what it is.
bool may_change(const Override& item) {
  if (item.section == "run") return item.key == "wall_time" || item.key == "checkpoint_interval";
  return item.key == "steps" || item.key == "target_error" || item.key == "max_calls";
}

void check_overrides(const std::vector<Override>& overrides, const Deck& stored, Faults& faults) {
  for (const Override& item : overrides) {
    const Place place{item.written, 0};
    if (!may_change(item)) {
      faults.add(place,
                 "this cannot change on the way; `markhor continue` takes wall_time and "
                 "checkpoint_interval of [run], and steps, target_error and max_calls of a stage");
    } else if (key_table().find_section(item.section) != nullptr &&
               !stored.has_section(item.section)) {
      faults.add(place, "the run has no [" + item.section + "]");
    }
  }
}

// A stage behind the checkpoint has been done already.
void check_stages_left(const std::vector<Override>& overrides, const Settings& settings,
                       const std::string& next) {
  Faults faults;
  std::vector<std::string> left = {"run"};
  for (std::string stage = next; !stage.empty(); stage = stage_after(settings, stage)) {
    left.push_back(stage);
  }
  for (const Override& item : overrides) {
    if (std::find(left.begin(), left.end(), item.section) != left.end()) continue;
    faults.add({item.written, 0}, "[" + item.section + "] has been done already");
  }
  faults.throw_if_any();
}

// The stored text with the overrides in it: parsing it anew would call every key the deck's.
std::string with_overrides(const std::string& text, const std::vector<Override>& overrides) {
  std::string result, section;
  std::size_t start = 0;
  while (start < text.size()) {
    const std::size_t end = std::min(text.find('\n', start), text.size());
    std::string line = text.substr(start, end - start);
    start = end + 1;
    if (line.starts_with('[')) section = line.substr(1, line.find(']') - 1);
    for (const Override& item : overrides) {
      if (item.section != section || !line.starts_with(item.key + " =")) continue;
      line = item.key + " = " + item.value + "  # command line of `markhor continue`";
    }
    result += line + "\n";
  }
  return result;
}

Deck parse(const std::string& text, const std::string& path, const std::vector<Override>& overrides,
           Faults& faults) {
  return Deck::parse(key_table(), text, path, overrides, faults);
}

void check_folder(const std::string& file, Faults& faults) {
  const std::string parent = std::filesystem::path(file).parent_path().string();
  const std::string folder = parent.empty() ? "." : parent;
  if (access(folder.c_str(), W_OK | X_OK) != 0) {
    faults.add({file, 0}, "cannot be replaced: the folder " + folder + " cannot be written to");
  }
}

bool same_build(const Provenance& a, const Provenance& b) {
  return a.git_revision == b.git_revision && a.compiler == b.compiler && a.flags == b.flags;
}

void print_start(std::ostream& out, const RunRecord& record, const Provenance& here,
                 const Checkpoint& checkpoint, const Settings& settings) {
  const Provenance& first = record.provenance;
  const std::string& file = settings.output.file;
  out << "continuing " << file << ": " << checkpoint_text(checkpoint, settings) << "\n  started "
      << first.start_time << " on " << first.host << ", now " << part_text(here) << '\n';
  if (!same_build(first, here)) {
    out << "note: the run was started by another build of the program; the last digits may differ "
           "from an\n  undisturbed run's\n";
  }
  if (first.ranks != here.ranks && (checkpoint.stage == "optimize" || settings.runs_optimize)) {
    out << "note: the run was started on " << first.ranks << (first.ranks == 1 ? " rank" : " ranks")
        << "; the last digits of an optimization depend on the number\n";
  }
  out << molecule_line(record.molecule) << '\n';
  if (record.basis.size() > 0) out << basis_line(record.basis) << '\n';
  out << std::flush;
}

}  // namespace

Settings stored_settings(const Hdf5Reader& reader, const std::string& path) {
  Faults faults;
  Settings settings =
      make_settings(parse(reader.read_text("/deck/resolved"), path, {}, faults), faults);
  faults.throw_if_any();
  return settings;
}

void continue_run(const Command& command, const StopSignals& signals,
                  const Communicator& communicator, std::ostream& out, bool terminal) {
  const std::string& file = command.file;
  RunRecord record;
  std::vector<char> bytes;
  on_root(communicator, [&] {
    record = read_output(Hdf5Reader(file, schema_version), file);
    bytes.assign(record.resolved_deck.begin(), record.resolved_deck.end());
  });
  communicator.broadcast(bytes);
  // As in run_deck: the same text gives the same settings on every rank.
  const std::string text(bytes.begin(), bytes.end());
  Faults faults;
  check_overrides(command.overrides, parse(text, file, {}, faults), faults);
  const Deck deck = parse(text, file, command.overrides, faults);
  Settings settings = make_settings(deck, faults);
  settings.output.file = file;
  Checkpoint checkpoint;
  Found found;
  on_root(communicator, [&] {
    check_folder(file, faults);
    faults.throw_if_any();
    if (record.next_stage.empty()) {
      check_finished(record, settings, command);
      out << file << ": the run is finished, there is nothing to continue; `markhor show " << file
          << "` prints it" << std::endl;
      return;
    }
    check_stages_left(command.overrides, settings, record.next_stage);
    checkpoint = read_checkpoint(Hdf5Reader(file, schema_version), file, record);
    checkpoint.stage.copy(found.stage, sizeof found.stage - 1);
    found.inside = checkpoint.inside();
    const Provenance here = make_provenance(communicator.size());
    print_start(out, record, here, checkpoint, settings);
    record.provenance.continued.push_back(part_text(here));
    record.resolved_deck = with_overrides(record.resolved_deck, command.overrides);
  });
  communicator.broadcast_value(found);
  checkpoint.stage = found.stage;
  if (checkpoint.stage.empty()) return;
  skip_to(settings, checkpoint.stage);
  Checkpoints checkpoints(settings, record, signals, communicator, out);
  checkpoints.go_on_from(std::move(checkpoint), found.inside);
  run_stages(settings, record, communicator, checkpoints, out, terminal);
  out << "\nresults in " << file << std::endl;
}

}  // namespace markhor
