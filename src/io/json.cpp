#include "io/json.hpp"

#include <cmath>
#include <cstdio>

#include "io/number.hpp"

namespace markhor {

std::string json_string(std::string_view text) {
  std::string result = "\"";
  for (const char c : text) {
    switch (c) {
      case '"':
        result += "\\\"";
        break;
      case '\\':
        result += "\\\\";
        break;
      case '\n':
        result += "\\n";
        break;
      case '\t':
        result += "\\t";
        break;
      case '\r':
        result += "\\r";
        break;
      default:
        if (static_cast<unsigned char>(c) < 0x20) {
          char escape[8];
          std::snprintf(escape, sizeof escape, "\\u%04x", static_cast<unsigned>(c));
          result += escape;
        } else {
          result += c;
        }
    }
  }
  return result + "\"";
}

void JsonWriter::start(std::string_view key) {
  if (!has_members_.empty()) {
    if (has_members_.back()) text_ += ',';
    has_members_.back() = true;
    text_ += '\n' + std::string(2 * has_members_.size(), ' ');
  }
  if (!key.empty()) text_ += json_string(key) + ": ";
}

void JsonWriter::raw(std::string_view key, std::string_view token) {
  start(key);
  text_ += token;
}

void JsonWriter::begin_object(std::string_view key) {
  raw(key, "{");
  has_members_.push_back(false);
}

void JsonWriter::begin_array(std::string_view key) {
  raw(key, "[");
  has_members_.push_back(false);
}

void JsonWriter::end_object() {
  const bool members = has_members_.back();
  has_members_.pop_back();
  if (members) text_ += '\n' + std::string(2 * has_members_.size(), ' ');
  text_ += '}';
}

void JsonWriter::end_array() {
  const bool members = has_members_.back();
  has_members_.pop_back();
  if (members) text_ += '\n' + std::string(2 * has_members_.size(), ' ');
  text_ += ']';
}

void JsonWriter::value(std::string_view key, double number) {
  raw(key, std::isfinite(number) ? number_text(number) : "null");
}

void JsonWriter::value(std::string_view key, bool truth) { raw(key, truth ? "true" : "false"); }

void JsonWriter::value(std::string_view key, std::string_view text) { raw(key, json_string(text)); }

void JsonWriter::values(std::string_view key, const std::vector<double>& numbers) {
  begin_array(key);
  for (const double number : numbers) value("", number);
  end_array();
}

}  // namespace markhor
