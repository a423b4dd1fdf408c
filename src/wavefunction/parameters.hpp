// The variational parameters of a trial wave function.
#pragma once

#include <string>
#include <vector>

namespace markhor {

enum class ParameterKind { jastrow, ci, orbitals, exponents };

// Words of `[optimize] parameters`, in the order of ParameterKind.
inline const std::vector<std::string>& parameter_kind_names() {
  static const std::vector<std::string> names = {"jastrow", "ci", "orbitals", "exponents"};
  return names;
}

inline const std::string& kind_name(ParameterKind kind) {
  return parameter_kind_names()[static_cast<std::size_t>(kind)];
}

// Which kinds a wave function is asked to differentiate.
struct ParameterSelection {
  bool jastrow = false, ci = false, orbitals = false, exponents = false;

  bool has(ParameterKind kind) const {
    switch (kind) {
      case ParameterKind::jastrow:
        return jastrow;
      case ParameterKind::ci:
        return ci;
      case ParameterKind::orbitals:
        return orbitals;
      default:
        return exponents;
    }
  }
};

struct Parameter {
  std::string name;
  ParameterKind kind = ParameterKind::jastrow;
  // Present value. An orbital rotation's is 0: it is counted from the present orbitals. An
  // exponent's is the logarithm of the shell's common factor, counted from the present basis.
  double value = 0.0;
};

}  // namespace markhor
