#include "benchmarks/process_pool.hpp"

#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <exception>
#include <map>
#include <stdexcept>
#include <utility>

namespace markhor::benchmarks {

namespace {

struct Child {
  std::size_t task = 0;
  int answer = -1;  // to read from
};

// By _exit: the handlers of exit belong to what the parent has begun.
[[noreturn]] void work_and_exit(std::size_t task, int answer, pid_t parent,
                                const std::function<std::string(std::size_t)>& work) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != parent) _exit(1);  // it died before that
  try {
    const std::string text = work(task);
    const ssize_t written = write(answer, text.data(), text.size());
    _exit(written == static_cast<ssize_t>(text.size()) ? 0 : 1);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    _exit(1);
  }
}

std::pair<pid_t, Child> start(std::size_t task,
                              const std::function<std::string(std::size_t)>& work) {
  int ends[2];
  if (pipe(ends) != 0) throw std::runtime_error("no pipe for a new process");
  std::fflush(nullptr);
  const pid_t parent = getpid(), child = fork();
  if (child < 0) throw std::runtime_error("no new process");
  if (child == 0) {
    close(ends[0]);
    work_and_exit(task, ends[1], parent, work);
  }
  close(ends[1]);
  return {child, {task, ends[0]}};
}

ProcessEnd end_of(const Child& child, int status) {
  ProcessEnd end;
  char buffer[4096];
  for (ssize_t n = 0; (n = read(child.answer, buffer, sizeof buffer)) > 0;) {
    end.answer.append(buffer, static_cast<std::size_t>(n));
  }
  close(child.answer);
  end.finished = WIFEXITED(status) && WEXITSTATUS(status) == 0;
  if (end.finished) return end;
  end.answer = WIFSIGNALED(status) ? "killed by signal " + std::to_string(WTERMSIG(status))
                                   : "ended with an error";
  return end;
}

}  // namespace

void run_in_processes(std::size_t tasks, int processes,
                      const std::function<std::string(std::size_t)>& work,
                      const std::function<void(std::size_t, const ProcessEnd&)>& done) {
  std::map<pid_t, Child> running;
  std::size_t next = 0;
  while (next < tasks || !running.empty()) {
    while (next < tasks && static_cast<int>(running.size()) < processes) {
      running.insert(start(next++, work));
    }
    int status = 0;
    const pid_t ended = wait(&status);
    const auto child = running.find(ended);
    if (child == running.end()) continue;
    const ProcessEnd end = end_of(child->second, status);
    const std::size_t task = child->second.task;
    running.erase(child);
    done(task, end);
  }
}

}  // namespace markhor::benchmarks
