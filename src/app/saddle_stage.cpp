#include "app/saddle_stage.hpp"

#include <exception>
#include <memory>
#include <ostream>

#include "app/output_file.hpp"
#include "app/root_section.hpp"
#include "app/saddle_report.hpp"
#include "app/saddle_xyz.hpp"
#include "core/errors.hpp"
#include "engine/xtb_surface.hpp"
#include "molecule/atomic_mass.hpp"

namespace markhor {

namespace {

// Thrown by the listener to leave the search, which has no other way out between calls.
struct SearchStopped {};

// A surface without elements has no masses: its paths are those of steepest descent.
std::vector<double> masses(const Molecule& molecule, const SurfaceKind& engine) {
  std::vector<double> masses;
  for (const Atom& atom : molecule.atoms) {
    const bool known = engine.has_elements && atom.atomic_number <= max_massive_number;
    masses.push_back(known ? atomic_mass(atom.atomic_number) : 1.0);
  }
  return masses;
}

// The root's search, between whose calls all ranks answer whether to go on.
class RootSearch {
 public:
  RootSearch(const Settings& settings, RunRecord& record, const Communicator& communicator,
             const StageControl<SaddleState>& control, std::ostream& out)
      : settings_(settings),
        record_(record),
        communicator_(communicator),
        control_(control),
        out_(out),
        options_(settings.saddle.options) {
    options_.frozen = frozen_flags(settings.saddle.frozen, record.molecule.atoms.size());
    options_.direction = record.saddle->direction;
    options_.masses = masses(record.molecule, surface_kind(settings.surface.engine));
  }

  // False: stopped on the way. CalculationError: the surface cannot go on; what it gave is kept.
  bool run() {
    if (control_.resume != nullptr) calls_ = control_.resume->calls;
    try {
      search();
    } catch (const SearchStopped&) {
      return false;
    } catch (const CalculationError& error) {
      keep_calls(error.what());
      throw CalculationError(error.what() + go_on_sentence());
    }
    return true;
  }

 private:
  void search() {
    const auto exact = make_surface(settings_.surface, record_.molecule, record_.basis);
    NoiseOptions noise = settings_.surface.noise;
    noise.first_call = static_cast<std::uint32_t>(calls_.size());
    NoisySurface noisy(*exact, noise);
    Surface& surface = noise.force_error > 0.0 ? noisy : *exact;
    const SurfaceKind& kind = surface_kind(settings_.surface.engine);
    if (kind.instructions != nullptr) out_ << kind.instructions(settings_.surface);
    report_saddle_start(out_, *record_.saddle, options_.method);
    out_.flush();
    std::unique_ptr<Surface> prior;
    if (settings_.saddle.xtb_prior) prior = std::make_unique<XtbSurface>(record_.molecule);
    options_.prior = prior.get();
    const auto listener = [this](const std::vector<SurfaceCall>& calls) { after_call(calls); };
    record_.saddle->result =
        find_saddle(surface, record_.saddle->guess, options_, calls_, listener);
  }

  void after_call(const std::vector<SurfaceCall>& calls) {
    calls_ = calls;
    report_call(out_, calls.size(), calls.back(), options_.frozen);
    out_.flush();
    bool poll_follows = true;
    communicator_.broadcast_value(poll_follows);
    const ControlRequest request = control_.poll();
    if (request == ControlRequest::go_on) return;
    control_.save({calls});
    if (request == ControlRequest::stop) throw SearchStopped{};
  }

  // A checkpoint, and the geometries so far, the last one last.
  void keep_calls(const std::string& reason) {
    control_.save({calls_});
    SaddleRecord partial = *record_.saddle;
    partial.result.status = reason;
    partial.result.positions = calls_.empty() ? partial.guess : calls_.back().positions;
    if (!calls_.empty()) partial.result.value = calls_.back().value;
    partial.result.calls = calls_;
    write_saddle_xyz(saddle_xyz_file(settings_.output.file), record_.molecule, partial);
  }

  std::string go_on_sentence() const {
    return "; `markhor continue " + settings_.output.file + "` goes on" +
           (calls_.empty() ? "" : " and pays for no call again");
  }

  const Settings& settings_;
  RunRecord& record_;
  const Communicator& communicator_;
  const StageControl<SaddleState>& control_;
  std::ostream& out_;
  SaddleOptions options_;
  std::vector<SurfaceCall> calls_;  // so far, those of earlier parts included
};

// What the other ranks do meanwhile.
void answer_polls(const Communicator& communicator, const StageControl<SaddleState>& control) {
  bool poll_follows = true;
  for (communicator.broadcast_value(poll_follows); poll_follows;
       communicator.broadcast_value(poll_follows)) {
    control.poll();
  }
}

// More calls may be all it lacks.
bool is_exhausted(const SaddleResult& result, const SearchLimits& limits) {
  return !result.converged && result.search_calls + result.rotation_calls >= limits.max_calls;
}

void finish(const Settings& settings, RunRecord& record, Checkpoints& checkpoints,
            const StageControl<SaddleState>& control, std::ostream& out) {
  const SaddleResult& result = record.saddle->result;
  const bool exhausted = is_exhausted(result, settings.saddle.options.limits);
  record.saddle->finished = true;
  if (exhausted) {
    control.save({result.calls});
  } else {
    checkpoints.leave();
    write_output(record, settings.output.file);
  }
  const std::string geometries = saddle_xyz_file(settings.output.file);
  write_saddle_xyz(geometries, record.molecule, *record.saddle);
  out << '\n';
  report_saddle(out, *record.saddle, record.molecule);
  out << "  geometries in " << geometries << '\n';
  if (!result.descents.empty()) {
    const std::string paths = descent_xyz_file(settings.output.file);
    write_descent_xyz(paths, record.molecule, *record.saddle);
    out << "  the path from end to end in " << paths << '\n';
  }
  out.flush();
  if (result.converged && is_refuted(result)) {
    throw CalculationError("saddle search: the forces vanish, but " + result.verification);
  }
  if (result.converged) return;
  throw CalculationError("saddle search: " + result.status +
                         (exhausted ? "; `markhor continue " + settings.output.file +
                                          " --saddle.max_calls=N` goes on with more"
                                    : ""));
}

}  // namespace

void run_saddle_stage(const Settings& settings, RunRecord& record, const Communicator& communicator,
                      Checkpoints& checkpoints, std::ostream& out) {
  // Where calls take less than this, writing them all would cost more than they do.
  constexpr double least_seconds = 3.0;
  const StageControl<SaddleState> control = checkpoints.control<SaddleState>(least_seconds);
  bool stopped = false;
  // An exception must not pass by the other ranks, which wait for the next poll.
  std::exception_ptr failure;
  if (communicator.is_root()) {
    // It may be the first stage, which no other has announced.
    record.next_stage = "saddle";
    // A continued search that ran out of calls has the result of its last part.
    record.saddle->finished = false;
    out << '\n';
    try {
      stopped = !RootSearch(settings, record, communicator, control, out).run();
    } catch (const std::exception&) {
      failure = std::current_exception();
    }
    bool poll_follows = false;
    communicator.broadcast_value(poll_follows);
  } else {
    answer_polls(communicator, control);
  }
  communicator.broadcast_value(stopped);
  if (stopped) checkpoints.end_run();
  on_root(communicator, [&] {
    if (failure) std::rethrow_exception(failure);
    finish(settings, record, checkpoints, control, out);
  });
}

}  // namespace markhor
