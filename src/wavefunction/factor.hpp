// A wave-function factor: Psi = product of factors, each seen through one tile of eight walkers.
//
// Life of a one-electron move (one virtual call per factor and stage, never one per walker):
//
//     start_move   gradient of ln|factor| with respect to electron e at its accepted position
//     propose      factor(new)/factor(old) and the gradient at the new position
//     finish_move  keep the move in the lanes of the mask, leave the others exactly as they were
//
// start_move and propose may leave notes in the scratch area that finish_move reads: the three are
// called in this order for one tile before anything else is asked. The tile's positions change
// only after finish_move of every factor.
//
// Everything a walker needs beyond its positions is in the tile's state area (storage().state
// Lanes, owned by the tile); the scratch area belongs to the rank and is shared by all tiles.
// A factor itself is immutable while walkers move, so one object serves all tiles.
//
// Electrons 0 ... up-1 have spin up, the rest spin down. See docs/adding-a-factor.md.
#pragma once

#include <cstddef>

#include "core/lanes.hpp"

namespace markhor {

struct TileView {
  const Lanes* positions = nullptr;  // electrons x 3, bohr
  Lanes* state = nullptr;            // this factor's part of the tile
  Lanes* scratch = nullptr;          // this factor's part of the rank's work space
};

// factor(new)/factor(old) = ratio exp(log_ratio): factors that are exponentials add to the second,
// determinants (which have a sign) multiply the first, so a move takes one exponential in all.
struct MoveProposal {
  Lanes ratio, log_ratio;
  Lanes gradient[3];  // of ln|Psi| at the new position; factors add to it
};

struct FactorStorage {
  std::size_t state = 0, scratch = 0;  // Lanes
};

// ln|Psi| and the sign of Psi, walker by walker.
struct LogValue {
  Lanes logarithm, sign;
};

class Factor {
 public:
  virtual ~Factor() = default;

  virtual FactorStorage storage() const = 0;

  // Builds the state from the tile's positions. Returns the largest deviation, over the tile, of
  // what one-electron updates had made of the state from the rebuilt one (relative; meaningless on
  // the first call of a tile). A factor that keeps no state has nothing to build and no drift.
  virtual double rebuild(const TileView&) const { return 0.0; }

  // Adds ln|factor| and multiplies the sign in, from the current state.
  virtual void log_value(const TileView& tile, LogValue& value) const = 0;

  virtual void start_move(const TileView& tile, int electron, Lanes gradient[3]) const = 0;
  virtual void propose(const TileView& tile, int electron, const Lanes position[3],
                       MoveProposal& move) const = 0;
  // A factor that keeps no state has nothing to keep.
  virtual void finish_move(const TileView&, int /*electron*/, const Lanes* /*position*/,
                           const LaneMask& /*accepted*/) const {}

  // Adds gradient (electrons x 3) and Laplacian (electrons) of ln|factor|.
  virtual void derivatives(const TileView& tile, Lanes* gradient, Lanes* laplacian) const = 0;

  // Derivatives with respect to the factor's selected parameters p (FactorKind::parameters, in that
  // order), overwritten: of ln|Psi|, and of the local energy,
  //
  //     dE_L/dp = -1/2 sum_i [ d lap_i/dp + 2 g_i . d grad_i/dp ],
  //
  // lap_i and grad_i of ln|factor|, g = grad ln|Psi| of the whole wave function (electrons x 3).
  // A factor made without selected parameters has nothing to write.
  virtual void parameter_derivatives(const TileView&, const Lanes* /*total_gradient*/,
                                     Lanes* /*log_derivative*/,
                                     Lanes* /*energy_derivative*/) const {}
};

}  // namespace markhor
