// The state of a DMC run in the result file: /checkpoint/dmc.
#include "app/checkpoint_record.hpp"
#include "app/dmc_record.hpp"
#include "app/matrix_data.hpp"

namespace markhor {

namespace {

const std::string root = "/checkpoint/dmc/";

// A member of DmcCounters and its place in the file.
struct IntegerField {
  const char* name;
  std::int64_t DmcCounters::*member;
  const char *unit, *description;
};
struct RealField {
  const char* name;
  double DmcCounters::*member;
  const char *unit, *description;
};

constexpr IntegerField integer_fields[] = {
    {"finished_time_steps", &DmcCounters::finished_time_steps, "1", "time steps that are done"},
    {"generation", &DmcCounters::generation, "generations", "done, over all time steps"},
    {"crowded", &DmcCounters::crowded, "1", "1 if the cells are to be evened out"},
    {"walkers_moved", &DmcCounters::walkers_moved, "1", "walkers handed on between cells"},
    {"accepted", &DmcCounters::accepted, "1", "accepted moves of this phase"},
    {"crossings", &DmcCounters::crossings, "1", "proposals across a node in this phase"},
    {"proposed", &DmcCounters::proposed, "1", "walker-steps of this phase"},
    {"equilibrated", &DmcCounters::equilibrated, "1",
     "1 if the end of the transient has been seen"},
    {"equilibration_steps", &DmcCounters::equilibration_steps, "generations",
     "of the equilibration"},
    {"detected_transient", &DmcCounters::detected_transient, "generations",
     "of the equilibration, detected as transient"},
    {"next_check", &DmcCounters::next_check, "generations",
     "measured ones at the next look at the error bar"},
};

constexpr RealField real_fields[] = {
    {"weight", &DmcCounters::weight, "1", "total weight of the last generation"},
    {"time_step", &DmcCounters::time_step, "1/hartree", "of the moves"},
    {"effective_time_step", &DmcCounters::effective_time_step, "1/hartree", "of the weights"},
    {"trial_energy", &DmcCounters::trial_energy, "hartree", "of the weights"},
    {"reference_energy", &DmcCounters::reference_energy, "hartree", "of the energy cut-off"},
    {"inverse_drift", &DmcCounters::inverse_drift, "1",
     "largest error of an updated inverse matrix met at a rebuild"},
    {"seconds", &DmcCounters::seconds, "s", "wall time of the measurement at this time step"},
};

constexpr const char* phase_names[] = {"equilibration", "measuring"};

}  // namespace

std::string phase_name(DmcPhase phase) { return phase_names[static_cast<int>(phase)]; }

void write_state(Hdf5Writer& writer, const DmcState& state) {
  writer.group("/checkpoint/dmc", "Diffusion Monte Carlo under way");
  writer.write_text(root + "phase", phase_name(state.counters.phase),
                    {"", "equilibration or measuring"});
  for (const IntegerField& field : integer_fields) {
    writer.write_integer(root + field.name, state.counters.*field.member,
                         {field.unit, field.description});
  }
  for (const RealField& field : real_fields) {
    writer.write_real(root + field.name, state.counters.*field.member,
                      {field.unit, field.description});
  }
  writer.write_reals(
      root + "reference_nuclei", state.reference_nuclei,
      {"hartree", "mean share of an electron near each nucleus, in the energy cut-off"});
  writer.write_matrix(root + "series", rows_data(state.series),
                      {"1",
                       "rows x generations: weight, log of the control factor, walkers, accepted "
                       "and proposed squared diffusion, trial energy, effective time step, then "
                       "weighted sums of the quantities, of the squared deviation from the "
                       "reference energy, of the energies and numbers of the electrons near each "
                       "nucleus"});
  writer.write_reals(root + "earlier_controls", state.earlier_controls,
                     {"1", "logs of the control factors of the equilibration"});
  writer.write_integers(root + "walkers_of_cells", state.walkers_of_cells,
                        {"1", "number of walkers in each cell"});
  writer.write_reals(root + "walkers", state.walkers,
                     {"1",
                      "walkers x numbers: weight, branching energy, rejections in a row of each "
                      "electron, positions in bohr, what the wave function keeps"});
  write_time_steps(writer, root + "time_steps", state.finished);
}

DmcState read_dmc_state(const Hdf5Reader& reader) {
  DmcState state;
  const bool measuring = reader.read_text(root + "phase") == phase_name(DmcPhase::measuring);
  state.counters.phase = measuring ? DmcPhase::measuring : DmcPhase::equilibration;
  for (const IntegerField& field : integer_fields) {
    state.counters.*field.member = reader.read_integer(root + field.name);
  }
  for (const RealField& field : real_fields) {
    state.counters.*field.member = reader.read_real(root + field.name);
  }
  state.reference_nuclei = reader.read_reals(root + "reference_nuclei");
  state.series = rows_of(reader.read_matrix(root + "series"));
  state.earlier_controls = reader.read_reals(root + "earlier_controls");
  state.walkers_of_cells = reader.read_integers(root + "walkers_of_cells");
  state.walkers = reader.read_reals(root + "walkers");
  state.finished = read_time_steps(reader, root + "time_steps");
  return state;
}

}  // namespace markhor
