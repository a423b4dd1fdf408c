// The state of a VMC run in the result file: /checkpoint/vmc.
#include "app/checkpoint_record.hpp"
#include "app/matrix_data.hpp"
#include "core/errors.hpp"

namespace markhor {

namespace {

const std::string root = "/checkpoint/vmc/";

// A member of VmcCounters and its place in the file.
struct IntegerField {
  const char* name;
  std::int64_t VmcCounters::*member;
  const char *unit, *description;
};
struct RealField {
  const char* name;
  double VmcCounters::*member;
  const char *unit, *description;
};

constexpr IntegerField integer_fields[] = {
    {"tuning_rounds", &VmcCounters::tuning_rounds, "1", "rounds of the tuning that are done"},
    {"tuning_steps", &VmcCounters::tuning_steps, "sweeps", "spent on the time step"},
    {"warm_up_steps", &VmcCounters::warm_up_steps, "sweeps", "before the measurement, in all"},
    {"detected_transient", &VmcCounters::detected_transient, "sweeps",
     "of the equilibration, detected as transient"},
    {"next_check", &VmcCounters::next_check, "sweeps",
     "measured ones at the next look at the error bar"},
};

constexpr RealField real_fields[] = {
    {"time_step", &VmcCounters::time_step, "1/hartree", "of drift moves"},
    {"reference_energy", &VmcCounters::reference_energy, "hartree",
     "that the squared deviations are counted from"},
    {"accepted_fraction_sum", &VmcCounters::accepted_fraction_sum, "1",
     "sum of the acceptance over the measured sweeps"},
    {"inverse_drift", &VmcCounters::inverse_drift, "1",
     "largest error of an updated inverse matrix met at a rebuild"},
    {"seconds", &VmcCounters::seconds, "s", "wall time of the measurement so far"},
};

struct PhaseName {
  VmcPhase phase;
  const char* name;
};
constexpr PhaseName phase_names[] = {
    {VmcPhase::tuning, "tuning"},
    {VmcPhase::equilibration, "equilibration"},
    {VmcPhase::measuring, "measuring"},
};

VmcPhase phase_of(const std::string& name) {
  for (const PhaseName& known : phase_names) {
    if (name == known.name) return known.phase;
  }
  throw InputError({}, "the checkpoint is in an unknown phase '" + name + "'");
}

void write_counters(Hdf5Writer& writer, const VmcCounters& counters) {
  writer.write_text(root + "phase", phase_name(counters.phase),
                    {"", "tuning, equilibration or measuring"});
  writer.write_integer(root + "equilibrated", counters.equilibrated,
                       {"1", "1 if the end of the transient has been seen"});
  for (const IntegerField& field : integer_fields) {
    writer.write_integer(root + field.name, counters.*field.member,
                         {field.unit, field.description});
  }
  for (const RealField& field : real_fields) {
    writer.write_real(root + field.name, counters.*field.member, {field.unit, field.description});
  }
  const Estimate& energy = counters.energy;
  writer.write_real(root + "energy", energy.value, {"hartree", "at the last look"});
  writer.write_real(root + "energy_error", energy.error, {"hartree", "one standard error"});
  writer.write_real(root + "energy_autocorrelation_time", energy.autocorrelation_time,
                    {"sweeps", "integrated autocorrelation time"});
  writer.write_integer(root + "energy_settled", energy.settled,
                       {"1", "1 if the series is long enough for its error bar, else 0"});
}

VmcCounters read_counters(const Hdf5Reader& reader) {
  VmcCounters counters;
  counters.phase = phase_of(reader.read_text(root + "phase"));
  counters.equilibrated = reader.read_integer(root + "equilibrated") != 0;
  for (const IntegerField& field : integer_fields) {
    counters.*field.member = reader.read_integer(root + field.name);
  }
  for (const RealField& field : real_fields) {
    counters.*field.member = reader.read_real(root + field.name);
  }
  counters.energy.value = reader.read_real(root + "energy");
  counters.energy.error = reader.read_real(root + "energy_error");
  counters.energy.autocorrelation_time = reader.read_real(root + "energy_autocorrelation_time");
  counters.energy.settled = reader.read_integer(root + "energy_settled") != 0;
  return counters;
}

}  // namespace

std::string phase_name(VmcPhase phase) {
  for (const PhaseName& known : phase_names) {
    if (phase == known.phase) return known.name;
  }
  return "";
}

void write_state(Hdf5Writer& writer, const VmcState& state) {
  writer.group("/checkpoint/vmc", "Variational Monte Carlo under way");
  write_counters(writer, state.counters);
  writer.write_reals(root + "warm_up_energies", state.warm_up_energies,
                     {"hartree", "means over the walkers while equilibrating"});
  writer.write_matrix(root + "traces", rows_data(state.traces),
                      {"1",
                       "quantities x sweeps, means over the walkers in the quantities' units; the "
                       "last row: squared deviation from the reference energy, hartree^2"});
  writer.write_real(root + "histogram_low", state.histogram.low, {"hartree", "lower end"});
  writer.write_real(root + "histogram_high", state.histogram.high, {"hartree", "upper end"});
  writer.write_integers(root + "histogram_counts", state.histogram.counts,
                        {"1", "local energies in equal bins"});
  writer.write_reals(root + "walkers", state.walkers,
                     {"1",
                      "tiles x numbers of a tile x 8 walkers: positions in bohr, then what the "
                      "wave function keeps of them"});
  writer.write_reals(root + "walker_sums", state.walker_sums,
                     {"1", "tiles x quantities x 8 walkers, in the quantities' units"});
}

VmcState read_vmc_state(const Hdf5Reader& reader) {
  VmcState state;
  state.counters = read_counters(reader);
  state.warm_up_energies = reader.read_reals(root + "warm_up_energies");
  state.traces = rows_of(reader.read_matrix(root + "traces"));
  state.histogram.low = reader.read_real(root + "histogram_low");
  state.histogram.high = reader.read_real(root + "histogram_high");
  state.histogram.counts = reader.read_integers(root + "histogram_counts");
  state.walkers = reader.read_reals(root + "walkers");
  state.walker_sums = reader.read_reals(root + "walker_sums");
  return state;
}

}  // namespace markhor
