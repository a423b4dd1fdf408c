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

namespace markhor {

namespace {

// Thrown by the listener to leave the search, which has no other way out between calls.
struct SearchStopped {};

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
  }

  // False: stopped on the way.
  bool run() {
    const auto surface = make_surface(settings_.surface, record_.molecule, record_.basis);
    std::unique_ptr<Surface> prior;
    if (settings_.saddle.xtb_prior) prior = std::make_unique<XtbSurface>(record_.molecule);
    options_.prior = prior.get();
    std::vector<SurfaceCall> stored;
    if (control_.resume != nullptr) stored = control_.resume->calls;
    const auto listener = [this](const std::vector<SurfaceCall>& calls) { after_call(calls); };
    try {
      record_.saddle->result =
          find_saddle(*surface, record_.saddle->guess, options_, std::move(stored), listener);
    } catch (const SearchStopped&) {
      return false;
    }
    return true;
  }

 private:
  void after_call(const std::vector<SurfaceCall>& calls) {
    report_call(out_, calls.size(), calls.back(), options_.frozen);
    out_.flush();
    bool poll_follows = true;
    communicator_.broadcast_value(poll_follows);
    const ControlRequest request = control_.poll();
    if (request == ControlRequest::go_on) return;
    control_.save({calls});
    if (request == ControlRequest::stop) throw SearchStopped{};
  }

  const Settings& settings_;
  RunRecord& record_;
  const Communicator& communicator_;
  const StageControl<SaddleState>& control_;
  std::ostream& out_;
  SaddleOptions options_;
};

// What the other ranks do meanwhile.
void answer_polls(const Communicator& communicator, const StageControl<SaddleState>& control) {
  bool poll_follows = true;
  for (communicator.broadcast_value(poll_follows); poll_follows;
       communicator.broadcast_value(poll_follows)) {
    control.poll();
  }
}

void finish(const Settings& settings, RunRecord& record, Checkpoints& checkpoints,
            std::ostream& out) {
  record.saddle->finished = true;
  checkpoints.leave();
  write_output(record, settings.output.file);
  const std::string geometries = saddle_xyz_file(settings.output.file);
  write_saddle_xyz(geometries, record.molecule, *record.saddle);
  out << '\n';
  report_saddle(out, *record.saddle);
  out << "  geometries in " << geometries << '\n';
  out.flush();
  if (!record.saddle->result.converged) {
    throw CalculationError("saddle search: " + record.saddle->result.status);
  }
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
    out << '\n';
    report_saddle_start(out, *record.saddle, settings.saddle.options.method);
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
    finish(settings, record, checkpoints, out);
  });
}

}  // namespace markhor
