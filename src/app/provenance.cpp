#include "app/provenance.hpp"

#include <unistd.h>

#include <ctime>

#include "parallel/communicator.hpp"

namespace markhor {

namespace {

std::string host_name() {
  char name[256] = {};
  return gethostname(name, sizeof name - 1) == 0 ? name : "unknown";
}

std::string utc_now() {
  const std::time_t now = std::time(nullptr);
  std::tm utc{};
  gmtime_r(&now, &utc);
  char text[32];
  std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &utc);
  return text;
}

std::string processor_target() {
#if defined(__AVX512F__)
  return "AVX-512";
#elif defined(__AVX2__)
  return "AVX2";
#else
  return "SSE2";
#endif
}

}  // namespace

Provenance make_provenance(int ranks) {
  Provenance provenance;
  provenance.version = program_version();
  provenance.git_revision = git_revision();
  provenance.compiler = "g++ " __VERSION__;
  provenance.flags = MARKHOR_BUILD_FLAGS;
  provenance.mpi = mpi_library_version();
  provenance.host = host_name();
  provenance.start_time = utc_now();
  provenance.ranks = ranks;
  return provenance;
}

std::string part_text(const Provenance& p) {
  return p.start_time + " on " + p.host + ", " + std::to_string(p.ranks) +
         (p.ranks == 1 ? " rank" : " ranks") + ", markhor " + p.version + " (revision " +
         p.git_revision + ")";
}

std::string program_version() { return MARKHOR_VERSION; }

std::string version_text() {
  const Provenance provenance = make_provenance(1);
  return "markhor " + provenance.version + " (revision " + provenance.git_revision + ")\n" +
         "compiler " + provenance.compiler + ", " + provenance.flags + ", vectors " +
         processor_target() + "\n" + provenance.mpi + "\n";
}

}  // namespace markhor
