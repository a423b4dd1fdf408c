// Tasks in processes of their own, so that the crash of one is not the end of a campaign and every
// one has its own processor time.
#pragma once

#include <cstddef>
#include <functional>
#include <string>

namespace markhor::benchmarks {

struct ProcessEnd {
  bool finished = false;  // with an answer
  std::string answer;     // otherwise why there is none: "killed by signal 11"
};

// At most `processes` at a time, in order. work: in the new process, its answer below 64 kB; what
// it throws ends it without one. done: in this process, one after the other. The processes do not
// outlive this one.
void run_in_processes(std::size_t tasks, int processes,
                      const std::function<std::string(std::size_t task)>& work,
                      const std::function<void(std::size_t task, const ProcessEnd& end)>& done);

}  // namespace markhor::benchmarks
