#include "app/show.hpp"

#include <ostream>

#include "app/checkpoint_record.hpp"
#include "app/ci_record.hpp"
#include "app/ci_report.hpp"
#include "app/continue.hpp"
#include "app/dmc_record.hpp"
#include "app/dmc_report.hpp"
#include "app/optimize_record.hpp"
#include "app/optimize_report.hpp"
#include "app/output_file.hpp"
#include "app/saddle_record.hpp"
#include "app/saddle_report.hpp"
#include "app/scf_record.hpp"
#include "app/scf_report.hpp"
#include "app/summary.hpp"
#include "app/trial_record.hpp"
#include "app/vmc_record.hpp"
#include "app/vmc_report.hpp"

namespace markhor {

void show(std::ostream& out, const std::string& path) {
  const Hdf5Reader reader(path, schema_version);
  out << path << ": markhor " << reader.read_text("/provenance/version") << " (revision "
      << reader.read_text("/provenance/git_revision") << "), started "
      << reader.read_text("/provenance/start_time") << " on "
      << reader.read_text("/provenance/host") << ", ranks "
      << reader.read_integer("/provenance/ranks") << ", seed "
      << reader.read_integer("/provenance/seed") << '\n';
  for (const std::string& part : reader.read_texts("/provenance/continued")) {
    out << "  continued " << part << '\n';
  }
  out << molecule_line(read_molecule(reader)) << '\n';
  if (reader.has("/scf")) {
    out << '\n';
    report_scf(out, read_scf(reader));
  }
  if (reader.has("/ci")) {
    out << '\n';
    report_ci(out, read_ci(reader));
  }
  if (reader.has("/optimize")) {
    out << '\n';
    report_optimize(out, read_optimize(reader));
  }
  if (reader.has("/vmc")) {
    out << '\n';
    report_vmc(out, read_vmc(reader));
  }
  if (reader.has("/dmc")) {
    out << '\n';
    report_dmc(out, read_dmc(reader));
  }
  if (reader.has("/saddle")) {
    const SaddleRecord saddle = read_saddle(reader);
    if (saddle.finished) {
      out << '\n';
      report_saddle(out, saddle, read_molecule(reader));
    }
  }
  if (reader.has("/checkpoint")) {
    const Checkpoint checkpoint = read_checkpoint(reader, path, read_output(reader, path));
    out << "\nNot finished: " << checkpoint_text(checkpoint, stored_settings(reader, path))
        << "\n`markhor continue " << path << "` goes on, unless the run is still under way\n";
  }
}

void show_json(std::ostream& out, const std::string& path) {
  const Hdf5Reader reader(path, schema_version);
  JsonWriter json;
  json.begin_object();
  json.value("schema_version", reader.schema_version());
  json.value("version", reader.read_text("/provenance/version"));
  if (reader.has("/scf")) write_json(json, read_scf(reader));
  if (reader.has("/ci")) write_json(json, read_ci(reader));
  if (reader.has("/optimize")) write_json(json, read_optimize(reader));
  if (reader.has("/vmc")) write_json(json, read_vmc(reader));
  if (reader.has("/dmc")) write_json(json, read_dmc(reader));
  if (reader.has("/saddle")) {
    const SaddleRecord saddle = read_saddle(reader);
    if (saddle.finished) write_json(json, saddle);
  }
  json.value("stopped", reader.has("/checkpoint"));
  if (reader.has("/checkpoint")) {
    const Checkpoint checkpoint = read_checkpoint(reader, path, read_output(reader, path));
    write_json(json, checkpoint, stored_settings(reader, path));
  }
  json.end_object();
  out << json.text() << '\n';
}

}  // namespace markhor
