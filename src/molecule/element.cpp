#include "molecule/element.hpp"

#include <array>
#include <stdexcept>

#include "core/text.hpp"

namespace markhor {

namespace {

constexpr std::array<std::string_view, max_atomic_number> symbols = {
    "H",  "He", "Li", "Be", "B",  "C",  "N",  "O",  "F",  "Ne", "Na", "Mg", "Al", "Si", "P",
    "S",  "Cl", "Ar", "K",  "Ca", "Sc", "Ti", "V",  "Cr", "Mn", "Fe", "Co", "Ni", "Cu", "Zn",
    "Ga", "Ge", "As", "Se", "Br", "Kr", "Rb", "Sr", "Y",  "Zr", "Nb", "Mo", "Tc", "Ru", "Rh",
    "Pd", "Ag", "Cd", "In", "Sn", "Sb", "Te", "I",  "Xe", "Cs", "Ba", "La", "Ce", "Pr", "Nd",
    "Pm", "Sm", "Eu", "Gd", "Tb", "Dy", "Ho", "Er", "Tm", "Yb", "Lu", "Hf", "Ta", "W",  "Re",
    "Os", "Ir", "Pt", "Au", "Hg", "Tl", "Pb", "Bi", "Po", "At", "Rn", "Fr", "Ra", "Ac", "Th",
    "Pa", "U",  "Np", "Pu", "Am", "Cm", "Bk", "Cf", "Es", "Fm", "Md", "No", "Lr", "Rf", "Db",
    "Sg", "Bh", "Hs", "Mt", "Ds", "Rg", "Cn", "Nh", "Fl", "Mc", "Lv", "Ts", "Og"};

}  // namespace

int atomic_number(std::string_view symbol) {
  const std::string wanted = lower_case(trim(symbol));
  for (std::size_t i = 0; i < symbols.size(); ++i) {
    if (lower_case(symbols[i]) == wanted) return static_cast<int>(i) + 1;
  }
  return 0;
}

std::string element_symbol(int atomic_number) {
  if (atomic_number < 1 || atomic_number > max_atomic_number) {
    throw std::out_of_range("no element has the atomic number " + std::to_string(atomic_number));
  }
  return std::string(symbols[static_cast<std::size_t>(atomic_number - 1)]);
}

}  // namespace markhor
