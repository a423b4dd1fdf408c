// Fixed shares of work for a fixed number of threads.
#pragma once

#include <thread>
#include <vector>

namespace markhor {

// Calls task(0), ..., task(count - 1) at the same time and returns when all are done. The last runs
// in the calling thread: count == 1 starts none. Tasks must not throw.
template <typename Task>
void run_in_threads(int count, const Task& task) {
  std::vector<std::thread> threads;
  for (int t = 0; t + 1 < count; ++t) threads.emplace_back([&task, t] { task(t); });
  task(count - 1);
  for (std::thread& thread : threads) thread.join();
}

}  // namespace markhor
