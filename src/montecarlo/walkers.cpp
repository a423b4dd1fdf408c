#include "montecarlo/walkers.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "core/errors.hpp"
#include "parallel/communicator.hpp"

namespace markhor {

namespace {

// Where an electron starts: a nucleus and the width of a Gaussian about it.
struct Seat {
  std::size_t atom = 0;
  double width = 1.0;  // bohr
};

// Width of the k-th electron of a nucleus: n^2/Z_inside of its shell, roughly its mean radius.
double shell_width(int charge, int k) {
  const int n = k < 2 ? 1 : k < 10 ? 2 : k < 18 ? 3 : 4;
  constexpr int inner[] = {0, 0, 2, 10, 18};
  const double seen = std::max(1.0, charge - inner[n] - 0.35 * (std::min(k, charge) - inner[n]));
  return 0.6 * n * n / seen;
}

// Nuclear charges minus the molecular charge, dealt out one by one: cations lose the outermost
// electrons of the heaviest nuclei first, anions give the extra ones to them.
std::vector<int> electrons_per_atom(const Molecule& molecule) {
  std::vector<int> count;
  for (const Atom& atom : molecule.atoms) count.push_back(atom.atomic_number);
  std::vector<int> change(count.size(), 0);
  for (int left = std::abs(molecule.charge); left > 0; --left) {
    std::size_t best = 0;
    for (std::size_t a = 1; a < count.size(); ++a) {
      if (count[a] - 3 * change[a] > count[best] - 3 * change[best]) best = a;
    }
    ++change[best];
    count[best] += molecule.charge > 0 ? -1 : 1;
  }
  return count;
}

// Seats for up electrons first, then down. Spins alternate within an atom and from one open shell
// to the next, so that a stretched bond starts with one electron of each spin per atom.
std::vector<Seat> deal_seats(const Molecule& molecule) {
  const std::vector<int> count = electrons_per_atom(molecule);
  std::vector<Seat> up, down;
  const auto most_up = static_cast<std::size_t>(molecule.up_electrons());
  const auto most_down = static_cast<std::size_t>(molecule.down_electrons());
  bool next_up = true;
  for (std::size_t a = 0; a < count.size(); ++a) {
    for (int k = 0; k < count[a]; ++k) {
      const Seat seat{a, shell_width(molecule.atoms[a].atomic_number, k)};
      const bool to_up = down.size() == most_down || (next_up && up.size() < most_up);
      (to_up ? up : down).push_back(seat);
      next_up = !to_up;
    }
  }
  up.insert(up.end(), down.begin(), down.end());
  return up;
}

LaneMask usable(const WaveFunction& wave_function, Tile& tile, WaveFunctionScratch& scratch,
                LogDerivatives& derivatives) {
  wave_function.rebuild(tile, scratch);
  wave_function.derivatives(tile, scratch, derivatives);
  Lanes largest = absolute(wave_function.log_value(tile, scratch).logarithm);
  LaneMask good = largest < Lanes(1e4);
  for (const Lanes& lap : derivatives.laplacian) good = good & (absolute(lap) < Lanes(1e12));
  return good;
}

}  // namespace

TileRange tiles_of_rank(std::int64_t tiles, const Communicator& communicator) {
  const std::int64_t rank = communicator.rank(), size = communicator.size();
  return {tiles * rank / size, tiles * (rank + 1) / size};
}

void number_walkers(Tile& tile, std::int64_t index) {
  for (int lane = 0; lane < lane_count; ++lane) {
    tile.walkers.part[lane / native_lanes][lane % native_lanes] =
        static_cast<std::uint64_t>(index * lane_count + lane);
  }
}

std::vector<Tile> place_walkers(const WaveFunction& wave_function, const Molecule& molecule,
                                std::uint64_t seed, const TileRange& range) {
  constexpr int most_draws = 100;
  const std::vector<Seat> seats = deal_seats(molecule);
  const RandomKey key{seed, RandomStage::initial_walkers};
  WaveFunctionScratch scratch = wave_function.make_scratch();
  LogDerivatives derivatives = wave_function.make_derivatives();
  std::vector<Tile> tiles;
  for (std::int64_t index = range.first; index < range.last; ++index) {
    Tile tile = wave_function.make_tile();
    number_walkers(tile, index);
    LaneMask placed = mask_from_bits(0);
    for (int draw = 0; any(~placed); ++draw) {
      if (draw == most_draws) {
        throw CalculationError(
            "no starting point with a usable wave function was found in 100 draws: are two "
            "orbitals equal, or the basis functions too narrow for the molecule?");
      }
      for (std::size_t e = 0; e < seats.size(); ++e) {
        const auto& center = molecule.atoms[seats[e].atom].position;
        const MoveNumbers random =
            move_numbers(key, tile.walkers, static_cast<unsigned>(draw), static_cast<int>(e));
        for (std::size_t d = 0; d < 3; ++d) {
          Lanes& x = tile.positions()[3 * e + d];
          x = select(placed, x, Lanes(center[d]) + Lanes(seats[e].width) * random.normal[d]);
        }
      }
      placed = usable(wave_function, tile, scratch, derivatives);
    }
    tiles.push_back(std::move(tile));
  }
  return tiles;
}

namespace {

void append(std::vector<double>& values, std::span<const Lanes> lanes) {
  for (const Lanes& value : lanes) {
    for (int lane = 0; lane < lane_count; ++lane) values.push_back(value[lane]);
  }
}

}  // namespace

std::vector<double> gather_lanes(std::span<const Lanes> lanes, const Communicator& communicator) {
  std::vector<double> values;
  values.reserve(lanes.size() * lane_count);
  append(values, lanes);
  return communicator.gather(values);
}

LaneVector scatter_lanes(std::span<const double> values, std::size_t count,
                         const Communicator& communicator) {
  const std::vector<double> share = communicator.scatter(values, count * lane_count);
  LaneVector lanes(count);
  for (std::size_t i = 0; i < share.size(); ++i) {
    lanes[i / lane_count].set(static_cast<int>(i % lane_count), share[i]);
  }
  return lanes;
}

std::vector<double> gather_tiles(const std::vector<Tile>& tiles, const Communicator& communicator) {
  std::vector<double> values;
  for (const Tile& tile : tiles) append(values, tile.memory);
  return communicator.gather(values);
}

std::vector<Tile> scatter_tiles(const WaveFunction& wave_function, const TileRange& range,
                                std::span<const double> values, const Communicator& communicator) {
  std::vector<Tile> tiles;
  for (std::int64_t index = range.first; index < range.last; ++index) {
    tiles.push_back(wave_function.make_tile());
    number_walkers(tiles.back(), index);
  }
  const std::size_t each = wave_function.make_tile().memory.size();
  LaneVector lanes;
  try {
    lanes = scatter_lanes(values, tiles.size() * each, communicator);
  } catch (const std::length_error&) {
    throw InputError({},
                     "the walkers of the checkpoint do not fit the wave function; another version "
                     "of the program wrote them");
  }
  auto next = lanes.begin();
  for (Tile& tile : tiles) {
    std::copy_n(next, each, tile.memory.begin());
    next += static_cast<std::ptrdiff_t>(each);
  }
  return tiles;
}

}  // namespace markhor
