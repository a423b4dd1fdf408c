// printf into a stream: the reports are tables of numbers.
#pragma once

#include <cstdarg>
#include <cstdio>
#include <ostream>

namespace markhor {

// One line of at most 255 characters; longer ones are cut.
[[gnu::format(printf, 2, 3)]] inline void print_line(std::ostream& out, const char* format, ...) {
  char line[256];
  va_list arguments;
  va_start(arguments, format);
  std::vsnprintf(line, sizeof line, format, arguments);
  va_end(arguments);
  out << line << '\n';
}

}  // namespace markhor
