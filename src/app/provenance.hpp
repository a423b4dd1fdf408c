// How a result came to be: program, build, machine, time.
#pragma once

#include <string>
#include <vector>

namespace markhor {

struct Provenance {
  std::string version, git_revision, compiler, flags, mpi, host;
  std::string start_time;  // UTC, ISO 8601
  int ranks = 1;
  std::vector<std::string> continued;  // when, where and by what the run was taken up again
};

// What the build and this machine say; start_time is now.
Provenance make_provenance(int ranks);

std::string program_version();  // "0.1.0"
std::string git_revision();     // of the source tree when it was built; "unknown" outside git

// "2026-01-31T12:00:00Z on node7, 4 ranks, markhor 0.1.0 (revision ...)": this part of a run.
std::string part_text(const Provenance& provenance);

// Several lines: version, revision, compiler, libraries.
std::string version_text();

}  // namespace markhor
