// How a long stage is interrupted and taken up again, whatever the stage is.
//
// A stage cuts its work into chunks. Between two of them it asks `poll`, and if told to, hands its
// State, a plain value from which it can go on as if nothing had happened, to `save`. Where the
// state is kept, and what makes a run stop, is the caller's.
#pragma once

#include <functional>

namespace markhor {

enum class ControlRequest {
  go_on,
  checkpoint,  // save, then go on
  stop         // save, then return a result whose member `stopped` is set
};

template <class State>
struct StageControl {
  // To go on from; null: from the start. Only the root's is read.
  const State* resume = nullptr;
  bool resuming = false;  // the root has a state to go on from; the same on every rank
  // Collective: the same answer on every rank. Empty: the stage is never interrupted.
  std::function<ControlRequest()> poll;
  // Called on the root only, with the state of all ranks, which lives as long as the call.
  std::function<void(const State&)> save;
};

}  // namespace markhor
