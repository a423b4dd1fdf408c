// Writes JSON: what `markhor show --json` needs of it.
#pragma once

#include <concepts>
#include <string>
#include <string_view>
#include <vector>

namespace markhor {

// Members come in the order of the calls. Numbers are the shortest text that reads back as the
// same double; what is not finite becomes null, as JSON has no word for it.
class JsonWriter {
 public:
  void begin_object(std::string_view key = "");
  void end_object();
  void begin_array(std::string_view key = "");
  void end_array();
  // Inside an array the key is empty.
  void value(std::string_view key, double number);
  void value(std::string_view key, bool truth);
  void value(std::string_view key, std::string_view text);
  void value(std::string_view key, const char* text) { value(key, std::string_view(text)); }
  void value(std::string_view key, std::integral auto number) { raw(key, std::to_string(number)); }
  void values(std::string_view key, const std::vector<double>& numbers);

  const std::string& text() const { return text_; }

 private:
  void raw(std::string_view key, std::string_view token);
  void start(std::string_view key);

  std::string text_;
  std::vector<bool> has_members_;  // of each open object or array
};

// With quotes and escapes.
std::string json_string(std::string_view text);

}  // namespace markhor
