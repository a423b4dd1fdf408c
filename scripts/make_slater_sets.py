#!/usr/bin/env python3
"""Makes basis_sets/sto-tzp.sto, Slater functions for H to Ne, from nothing but energies.

    scripts/make_slater_sets.py [--program MARKHOR] [--file FILE] [--elements Li C ...]

(defaults: build/release/src/app/markhor and basis_sets/sto-tzp.sto; needs python3-numpy; some ten
minutes). With --elements only their blocks are made anew, H first if it is among them, and the
others are kept as the file has them.

Functions: H, He 1s 1s 2s 2p; Li, Be 1s 1s 2s 2s 2s 2p 2p 3d 4f; B to Ne one more 2p. That is
triple zeta in the valence shell, double zeta in the core, with polarization functions.

Exponents, all by the energy, in their logarithms:
  - s and p that the atom occupies: quasi-Newton search (BFGS, gradients by differences) for the
    lowest Hartree-Fock energy of the atom's ground term, in which all p orbitals share one radial
    function (slater_atoms.py): no Gaussian is involved.
  - H: the lowest sum of the Hartree-Fock energies of H2 and H, so that the set fits both.
  - the first functions of an unoccupied l (2p of He, Li, Be; then 3d; then 4f): one after the
    other, each for the lowest (RO)HF energy of the diatomic hydride at its experimental distance,
    from markhor. One exponent at a time, by parabolas; several are gone through twice.
These searches do not look at electron correlation; functions made for it would be a little tighter.

The header of the file gives the atoms' energies from the finished file, by markhor, and the
numerical Hartree-Fock limits. markhor's ROHF does not force p orbitals to share one radial
function, nor atoms to be round: where the term is not an S term its energy lies below that of the
round atom, which is given beside it.

What is reproducible: the s and p exponents of atoms that occupy them. The search for H stops in a
flat valley, at a place that depends on changes of 1e-6 hartree in the energies; H then decides on
the functions of unoccupied l, for which a second run found exponents that differ by up to a tenth,
for Li by 1 to 45 percent (4f the most), with hydrides up to 4e-4 hartree lower (CH: 5e-5 higher).
"""

import argparse
import json
import math
import re
import subprocess
import tempfile
from pathlib import Path

import numpy as np
from slater_atoms import round_atom_energy

ROOT = Path(__file__).resolve().parent.parent
SYMBOLS = "H He Li Be B C N O F Ne".split()
LETTERS = "SPDF"
MULTIPLICITY = dict(zip(SYMBOLS, [2, 1, 2, 1, 2, 3, 4, 3, 2, 1]))
# Numerical Hartree-Fock: S. Fraga, J. Karwowski, K. M. S. Saxena, Handbook of Atomic Data (1976),
# and C. F. Bunge, J. A. Barrientos, A. V. Bunge, At. Data Nucl. Data Tables 53, 113 (1993).
LIMITS = dict(zip(SYMBOLS, [-0.5, -2.861680, -7.432727, -14.573023, -24.529061, -37.688619,
                            -54.400934, -74.809398, -99.409349, -128.547098]))
# Hydride: charge, multiplicity, distance in angstrom (K. P. Huber, G. Herzberg, Constants of
# Diatomic Molecules (1979)).
HYDRIDES = {"H": (0, 1, 0.7414), "He": (1, 1, 0.7743), "Li": (0, 1, 1.5957), "Be": (0, 2, 1.3426),
            "B": (0, 1, 1.2324), "C": (0, 2, 1.1199), "N": (0, 3, 1.0362), "O": (0, 2, 0.9697),
            "F": (0, 1, 0.9168), "Ne": (1, 1, 0.9912)}


# ---- Searches ----

def quasi_newton(function, x, steps=80, tolerance=3e-6):
    """BFGS; the gradient by central differences."""
    def gradient(x):
        h = 2e-4
        return np.array([(function(x + h * e) - function(x - h * e)) / (2 * h)
                         for e in np.eye(len(x))])

    value, slope, inverse = function(x), gradient(x), 5.0 * np.eye(len(x))
    for _ in range(steps):
        if np.abs(slope).max() < tolerance:
            break
        step = -inverse @ slope
        step *= min(1.0, 0.3 / np.abs(step).max())
        while function(x + step) > value + 1e-4 * step @ slope:
            step = 0.5 * step
            if np.abs(step).max() < 1e-6:
                return x
        change = gradient(x + step) - slope
        if change @ step > 1e-14:
            rho = 1.0 / (change @ step)
            left = np.eye(len(x)) - rho * np.outer(step, change)
            inverse = left @ inverse @ left.T + rho * np.outer(step, step)
        x, slope = x + step, slope + change
        value = function(x)
    return x


def parabolic(function, x, width=0.25):
    """The minimum of a function of one number: the vertex of the parabola through three points."""
    values = {}

    def at(point):
        if point not in values:
            values[point] = function(point)
        return values[point]

    for _ in range(6):
        left, middle, right = at(x - width), at(x), at(x + width)
        curvature = left + right - 2.0 * middle
        if middle <= min(left, right) and curvature > 0.0:
            return x + 0.5 * width * (left - right) / curvature
        x = x - width if left < right else x + width
    return x


def one_by_one(function, x, passes):
    for _ in range(passes):
        for i in range(len(x)):
            x[i] = parabolic(lambda value: function(x[:i] + [value] + x[i + 1:]), x[i])
    return x


# ---- The program ----

class Program:
    def __init__(self, path):
        self.path = Path(path).resolve()
        self.folder = tempfile.TemporaryDirectory(prefix="slater_")

    def energy(self, atoms, charge, multiplicity, basis):
        """atoms: (symbol, z in angstrom); basis: symbol -> list of (n, l, zeta). Hartree."""
        folder = Path(self.folder.name)
        (folder / "trial.sto").write_text("".join(block(symbol, functions)
                                                  for symbol, functions in basis.items()))
        lines = [f"atom = {symbol} 0 0 {z}" for symbol, z in atoms]
        (folder / "trial.ini").write_text(
            "[molecule]\n" + "\n".join(lines)
            + f"\ncharge = {charge}\nmultiplicity = {multiplicity}\n[basis]\nset = trial.sto\n"
            + "[scf]\nfollow_instability = no\n")
        for arguments in (["trial.ini", "--overwrite"], ["show", "trial.h5", "--json"]):
            run = subprocess.run([self.path, *arguments], cwd=folder, text=True,
                                 capture_output=True, check=False)
            if run.returncode != 0:
                raise RuntimeError(run.stdout + run.stderr)
        return json.loads(run.stdout)["scf"]["energy"]

    def hydride(self, symbol, basis):
        charge, multiplicity, distance = HYDRIDES[symbol]
        return self.energy([(symbol, 0.0), ("H", distance)], charge, multiplicity, basis)


def block(symbol, functions):
    lines = [f"{n}{LETTERS[l]} {zeta:9.4f}" for n, l, zeta in functions]
    return "\n".join([symbol, *lines]) + "\n"


def described(functions):
    return " ".join(f"{n}{LETTERS[l]} {zeta:.4f}" for n, l, zeta in functions)


# ---- The set ----

def valence_exponent(symbol):
    """J. C. Slater, Phys. Rev. 36, 57 (1930), without the screening within a pair of electrons."""
    charge = SYMBOLS.index(symbol) + 1
    return charge if charge < 3 else (charge - 1.7 - 0.35 * (charge - 3)) / 2


def occupied_functions(symbol):
    """Optimized (n, l, zeta) of the l that the atom occupies."""
    charge = SYMBOLS.index(symbol) + 1
    shells = [(1, 0), (1, 0), (2, 0)] if charge < 3 else [(1, 0), (1, 0)] + 3 * [(2, 0)]
    valence = valence_exponent(symbol)
    start = [1.45 * charge, 0.93 * charge, 0.6 * charge, 1.4 * valence, 0.85 * valence]
    if charge < 3:
        start = [1.5 * charge, 0.85 * charge, 1.2 * charge]
    if charge > 4:
        shells = shells + 3 * [(2, 1)]
        start = start + [2.0 * valence, 1.05 * valence, 0.65 * valence]

    def energy(logarithms):
        functions = [(n, l, math.exp(x)) for (n, l), x in zip(shells, logarithms)]
        try:
            return round_energy(symbol, functions)
        except (np.linalg.LinAlgError, ArithmeticError):
            return 0.0

    best = np.exp(quasi_newton(energy, np.log(start)))
    return [(n, l, zeta) for (n, l), zeta in zip(shells, best)]


def round_energy(symbol, functions):
    of_l = [[(n, zeta) for n, l, zeta in functions if l == wanted] for wanted in (0, 1)]
    return round_atom_energy(SYMBOLS.index(symbol) + 1, *of_l)


def add_polarization(program, symbol, functions, hydrogen):
    """Functions of the next l, with the exponents that suit the hydride best."""
    l = max(l for _, l, _ in functions) + 1
    start = [math.log(0.5 * (l + 1) * valence_exponent(symbol))]
    if symbol in ("Li", "Be") and l == 1:
        start = [start[0] + 0.4, start[0] - 0.3]

    def extended(logarithms):
        return functions + [(l + 1, l, math.exp(x)) for x in logarithms]

    def energy(logarithms):
        basis = {"H": hydrogen}
        basis[symbol] = extended(logarithms)
        return program.hydride(symbol, basis)

    result = extended(one_by_one(energy, start, len(start)))
    print("  ", symbol, described(result[-len(start):]),
          f"hydride {program.hydride(symbol, {'H': hydrogen, symbol: result}):.6f}", flush=True)
    return result


def hydrogen_functions(program):
    shells = [(1, 0), (1, 0), (2, 0), (2, 1)]

    def functions(logarithms):
        return [(n, l, math.exp(x)) for (n, l), x in zip(shells, logarithms)]

    def energy(logarithms):
        trial = functions(logarithms)
        return program.hydride("H", {"H": trial}) + round_energy("H", trial)

    return functions(one_by_one(energy, [math.log(z) for z in (1.6, 1.0, 1.6, 1.9)], 3))


def rounded(functions):
    """As the file will hold them; in order of l, then of falling exponent within n."""
    return sorted(((n, l, round(zeta, 4)) for n, l, zeta in functions),
                  key=lambda f: (f[1], f[0], -f[2]))


def make_element(program, symbol, basis):
    if symbol == "H":
        return rounded(hydrogen_functions(program))
    functions = occupied_functions(symbol)
    print(symbol, f"{round_energy(symbol, functions):.6f}", described(functions), flush=True)
    highest = 1 if symbol == "He" else 3
    while max(l for _, l, _ in functions) < highest:
        functions = add_polarization(program, symbol, functions, basis["H"])
    return rounded(functions)


def read_set(path):
    basis = {}
    for line in path.read_text().splitlines():
        words = line.split("#")[0].split()
        if len(words) == 1:
            functions = basis.setdefault(words[0], [])
        elif words:
            n, letter = re.fullmatch(r"(\d+)([SPDF])", words[0]).groups()
            functions.append((int(n), LETTERS.index(letter), float(words[1])))
    return basis


def header(program, basis):
    lines = ["STO-TZP: Slater functions, triple zeta with polarization, H to Ne.",
             "Made by scripts/make_slater_sets.py, whose head says how the exponents were found.",
             "",
             "Hartree-Fock energies of the atoms in this set, hartree: by markhor (ROHF), of the",
             "round atom, and the numerical limit of the latter. Only S terms are round of",
             "themselves; elsewhere (B, C, O, F) ROHF lies below by what roundness costs.", "",
             "           ROHF       round atom            limit     error"]
    for symbol, functions in basis.items():
        energy = program.energy([(symbol, 0.0)], 0, MULTIPLICITY[symbol], {symbol: functions})
        own = round_energy(symbol, functions)
        limit = LIMITS[symbol]
        lines.append(f"{symbol:2}  {energy:14.6f}  {own:14.6f}  {limit:14.6f}  {own - limit:8.6f}")
    return "".join(f"# {line}".rstrip() + "\n" for line in lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", default=ROOT / "build/release/src/app/markhor")
    parser.add_argument("--file", type=Path, default=ROOT / "basis_sets/sto-tzp.sto")
    parser.add_argument("--elements", nargs="+", choices=SYMBOLS, default=SYMBOLS)
    arguments = parser.parse_args()
    program = Program(arguments.program)
    basis = read_set(arguments.file) if len(arguments.elements) < len(SYMBOLS) else {}
    for symbol in SYMBOLS:
        if symbol in arguments.elements:
            basis[symbol] = make_element(program, symbol, basis)
    basis = {symbol: basis[symbol] for symbol in SYMBOLS if symbol in basis}
    text = header(program, basis) + "\n" + "\n".join(block(s, f) for s, f in basis.items())
    arguments.file.write_text(text)


if __name__ == "__main__":
    main()
