#include "app/manual.hpp"

#include "app/keys.hpp"
#include "core/text.hpp"
#include "io/deck.hpp"
#include "support/catch.hpp"

using namespace markhor;

TEST_CASE("docs/keys.md is what the program prints") {
  // If this fails: markhor keys --markdown > docs/keys.md
  CHECK(read_text_file(MARKHOR_SOURCE_DIR "/docs/keys.md") == keys_markdown(key_table()));
}

TEST_CASE("every key is documented and its default is allowed") {
  for (const KeySpec& key : key_table().keys()) {
    INFO(key.section << "." << key.name);
    CHECK_FALSE(key.help.empty());
    CHECK(key_table().find_section(key.section) != nullptr);
    CHECK(keys_text(key_table(), key.section).find("  " + key.name + " = ") != std::string::npos);
    if (key.default_text.empty()) {
      CHECK((key.required || !key.without.empty()));
    } else {
      CHECK(read_value(key, key.default_text).problem.empty());
    }
    // Durations have none: they are to be written with theirs.
    const bool without_unit =
        key.dimension == Dimension::none || key.dimension == Dimension::duration;
    CHECK(without_unit == key.unit.empty());
  }
}

TEST_CASE("sections only imply stages above them") {
  const auto& sections = key_table().sections();
  for (std::size_t i = 0; i < sections.size(); ++i) {
    for (const std::string& implied : sections[i].implies) {
      bool above = false;
      for (std::size_t j = 0; j < i; ++j) above |= sections[j].name == implied;
      INFO(sections[i].name << " implies " << implied);
      CHECK(above);
    }
  }
}
