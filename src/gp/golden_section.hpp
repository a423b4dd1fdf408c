// The minimum of a function of one variable, enclosed by golden sections.
#pragma once

#include <numbers>

namespace markhor {

// function(x) is called until the interval is shorter than 2 tolerance; it remembers its best.
template <class Function>
void golden_section(Function& function, double low, double high, double tolerance) {
  const double golden = 1.0 / std::numbers::phi;
  double a = high - golden * (high - low), b = low + golden * (high - low);
  double at_a = function(a), at_b = function(b);
  while (high - low > 2.0 * tolerance) {
    if (at_a <= at_b) {
      high = b;
      b = a;
      at_b = at_a;
      a = high - golden * (high - low);
      at_a = function(a);
    } else {
      low = a;
      a = b;
      at_a = at_b;
      b = low + golden * (high - low);
      at_b = function(b);
    }
  }
}

}  // namespace markhor
