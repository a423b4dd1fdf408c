#include "engine/xtb_surface.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "core/errors.hpp"
#include "engine/point_check.hpp"

#ifdef MARKHOR_HAVE_XTB
#include <omp.h>
#include <xtb.h>

#include <Eigen/Geometry>
#include <array>
#endif

namespace markhor {

namespace {

constexpr int last_element = 86;  // Rn

// Outside its cores: d electrons count up to the coinage metals, f electrons never.
int valence_electrons(int number) {
  if (number <= 2) return number;
  if (number == 30 || number == 48 || number == 80) return 2;
  if (number >= 58 && number <= 71) return 3;
  int core = 2;
  for (const int noble : {10, 18, 36, 54}) {
    if (number > noble) core = noble;
  }
  int filled = core;
  if ((number > 30 && number <= 36) || (number > 48 && number <= 54)) filled += 10;
  if (number > 71) filled += number > 80 ? 24 : 14;
  return number - filled;
}

// At least: polarization functions are not counted.
int valence_orbitals(int number) {
  if (number <= 2) return 1;
  const bool has_d = (number >= 21 && number <= 29) || (number >= 39 && number <= 47) ||
                     (number >= 57 && number <= 79);
  return has_d ? 9 : 4;
}

}  // namespace

// libxtb does not look, and writes where it must not.
std::string xtb_refusal(const Molecule& molecule) {
  if (!xtb_is_built_in()) return no_xtb_sentence();
  int electrons = -molecule.charge, orbitals = 0;
  for (const Atom& atom : molecule.atoms) {
    if (atom.atomic_number < 1 || atom.atomic_number > last_element) {
      return "GFN2-xTB knows the elements up to number " + std::to_string(last_element) +
             ", the molecule has number " + std::to_string(atom.atomic_number);
    }
    electrons += valence_electrons(atom.atomic_number);
    orbitals += valence_orbitals(atom.atomic_number);
  }
  const int unpaired = molecule.multiplicity - 1;
  if (electrons >= std::max(1, unpaired) && electrons + unpaired <= 2 * orbitals) return "";
  return "GFN2-xTB, which leaves out the cores, has " + std::to_string(electrons) +
         " electrons and " + std::to_string(orbitals) + " orbitals here; charge " +
         std::to_string(molecule.charge) + " with multiplicity " +
         std::to_string(molecule.multiplicity) + " does not fit them";
}

#ifdef MARKHOR_HAVE_XTB

namespace {

// libxtb works in OpenMP's threads, of which one is best for molecules of tens of atoms; others get
// back what they had.
class OneThread {
 public:
  OneThread() : before_(omp_get_max_threads()) { omp_set_num_threads(1); }
  ~OneThread() { omp_set_num_threads(before_); }
  OneThread(const OneThread&) = delete;
  OneThread& operator=(const OneThread&) = delete;

 private:
  int before_;
};

using Positions = Eigen::Matrix3Xd;

// The smallest difference of two atoms in one of their coordinates.
double smallest_difference(const Positions& positions) {
  double smallest = 1.0;
  for (Eigen::Index i = 0; i < positions.cols(); ++i) {
    for (Eigen::Index j = 0; j < i; ++j) {
      const Eigen::Vector3d difference = positions.col(i) - positions.col(j);
      smallest = std::min(smallest, difference.cwiseAbs().minCoeff());
    }
  }
  return smallest;
}

// libxtb before 2025 gives forces that are wrong by up to 0.1 Hartree/bohr where two atoms have a
// coordinate in common to the last bits, as in every planar molecule laid into a plane
// (https://github.com/grimme-lab/xtb/issues/986). Turned like this they have not; the first
// rotation does but for accidents.
Eigen::Matrix3d turn_out_of_line(const Positions& positions) {
  const Eigen::Vector3d axis = Eigen::Vector3d(0.36, 0.48, 0.83).normalized();
  Eigen::Matrix3d turn = Eigen::Matrix3d::Identity();
  for (int k = 0; k < 8; ++k) {
    turn = Eigen::AngleAxisd(1.0 + 0.37 * k, axis).toRotationMatrix();
    if (smallest_difference(turn * positions) > 1e-5) break;
  }
  return turn;
}

}  // namespace

// What calculations need, freed behind them whatever happens.
struct XtbSurface::Library {
  struct Handles {
    xtb_TEnvironment environment = xtb_newEnvironment();
    xtb_TCalculator calculator = xtb_newCalculator();
    xtb_TResults results = xtb_newResults();
    xtb_TMolecule molecule = nullptr;
    Handles() = default;
    Handles(const Handles&) = delete;
    Handles& operator=(const Handles&) = delete;
    ~Handles() {
      xtb_delResults(&results);
      xtb_delCalculator(&calculator);
      if (molecule != nullptr) xtb_delMolecule(&molecule);
      xtb_delEnvironment(&environment);
    }
    bool failed() const { return xtb_checkEnvironment(environment) != 0; }
    std::string error() const;
    void read(SurfaceValue& value, Positions& gradient) const;
  };

  std::vector<int> numbers;
  double charge = 0.0;
  int unpaired = 0;
  XtbSurfaceOptions options;
  std::unique_ptr<Handles> anchor;  // the last calculation that began afresh and converged
  Positions anchor_positions;

  bool is_beside_anchor(const Positions& positions) const;
  SurfaceValue beside_anchor(const Positions& positions, Positions& gradient);
  SurfaceValue afresh(const Positions& positions, Positions& gradient);
  bool start(const Positions& positions, Handles& handles) const;
};

std::string XtbSurface::Library::Handles::error() const {
  std::array<char, 512> text{};
  const int size = static_cast<int>(text.size()) - 1;
  xtb_getError(environment, text.data(), &size);
  std::string line(text.data());
  // Fortran pads with blanks, and the messages of its callers follow in lines of their own.
  line = line.substr(0, line.find('\n'));
  const std::size_t end = line.find_last_not_of(' ');
  return end == std::string::npos ? "it does not say why" : line.substr(0, end + 1);
}

void XtbSurface::Library::Handles::read(SurfaceValue& value, Positions& gradient) const {
  xtb_getEnergy(environment, results, &value.energy);
  xtb_getGradient(environment, results, gradient.data());
  value.found = !failed();
}

bool XtbSurface::Library::is_beside_anchor(const Positions& positions) const {
  return anchor != nullptr &&
         (positions - anchor_positions).cwiseAbs().maxCoeff() < options.restart_distance;
}

// A failure leaves its mark in the environment, and the anchor is of no more use.
SurfaceValue XtbSurface::Library::beside_anchor(const Positions& positions, Positions& gradient) {
  const xtb_TResults converged = anchor->results;
  anchor->results = xtb_copyResults(converged);
  xtb_updateMolecule(anchor->environment, anchor->molecule, positions.data(), nullptr);
  xtb_singlepoint(anchor->environment, anchor->molecule, anchor->calculator, anchor->results);
  SurfaceValue value;
  if (!anchor->failed()) anchor->read(value, gradient);
  xtb_delResults(&anchor->results);
  anchor->results = converged;
  if (!value.found) anchor.reset();
  return value;
}

SurfaceValue XtbSurface::Library::afresh(const Positions& positions, Positions& gradient) {
  auto handles = std::make_unique<Handles>();
  SurfaceValue value;
  if (start(positions, *handles)) handles->read(value, gradient);
  if (!value.found) return not_found("GFN2-xTB: " + handles->error());
  anchor = std::move(handles);
  anchor_positions = positions;
  return value;
}

// False, with the reason in the environment, if it fails.
bool XtbSurface::Library::start(const Positions& positions, Handles& handles) const {
  const xtb_TEnvironment environment = handles.environment;
  xtb_setVerbosity(environment, XTB_VERBOSITY_MUTED);
  const int atoms = static_cast<int>(numbers.size());
  handles.molecule = xtb_newMolecule(environment, &atoms, numbers.data(), positions.data(), &charge,
                                     &unpaired, nullptr, nullptr);
  if (handles.failed()) return false;
  xtb_loadGFN2xTB(environment, handles.molecule, handles.calculator, nullptr);
  if (handles.failed()) return false;
  xtb_setAccuracy(environment, handles.calculator, options.accuracy);
  xtb_setMaxIter(environment, handles.calculator, options.max_iterations);
  xtb_singlepoint(environment, handles.molecule, handles.calculator, handles.results);
  return !handles.failed();
}

bool xtb_is_built_in() { return true; }

XtbSurface::XtbSurface(const Molecule& molecule, const XtbSurfaceOptions& options)
    : library_(std::make_shared<Library>()) {
  const std::string refusal = xtb_refusal(molecule);
  if (!refusal.empty()) throw CalculationError(refusal);
  for (const Atom& atom : molecule.atoms) system_.atomic_numbers.push_back(atom.atomic_number);
  library_->numbers = system_.atomic_numbers;
  library_->charge = molecule.charge;
  library_->unpaired = molecule.multiplicity - 1;
  library_->options = options;
}

SurfaceValue XtbSurface::evaluate(const Eigen::VectorXd& positions) {
  if (std::string problem = point_problem(positions); !problem.empty()) {
    return not_found(std::move(problem));
  }
  const OneThread one_thread;
  const Positions given = positions.reshaped(3, positions.size() / 3);
  const Eigen::Matrix3d turn = turn_out_of_line(given);
  const Positions turned = turn * given;
  Positions gradient = Positions::Zero(3, given.cols());
  SurfaceValue value;
  if (library_->is_beside_anchor(turned)) value = library_->beside_anchor(turned, gradient);
  if (!value.found) value = library_->afresh(turned, gradient);
  if (!value.found) return value;
  value.forces = -(turn.transpose() * gradient).reshaped();
  value.force_errors = Eigen::VectorXd::Zero(gradient.size());
  return value;
}

#else

struct XtbSurface::Library {};

bool xtb_is_built_in() { return false; }

XtbSurface::XtbSurface(const Molecule&, const XtbSurfaceOptions&) {
  throw CalculationError(no_xtb_sentence());
}

SurfaceValue XtbSurface::evaluate(const Eigen::VectorXd&) {
  return not_found("built without GFN2-xTB");
}

#endif

XtbSurface::~XtbSurface() = default;

std::string no_xtb_sentence() {
  return "this program was built without GFN2-xTB; install Debian's package libxtb-dev and build "
         "it again";
}

}  // namespace markhor
