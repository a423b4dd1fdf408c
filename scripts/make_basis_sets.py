#!/usr/bin/env python3
"""Writes basis_sets/*.g94 from the basis set files of Debian's psi4-data and nwchem-data packages.

    scripts/make_basis_sets.py [FOLDER]          (default: basis_sets beside scripts)

Exponents and contraction coefficients are taken over digit for digit; the layout and the
literature notes are written here. Li and Be in cc-pVDZ and cc-pVTZ come from nwchem-data, whose
values are the ones most programs (PySCF among them) distribute; psi4-data has the revision of 2011
throughout, which we take for every other set and say so in its header.

Elements: H to Kr where the set defines them without a pseudopotential. Sc to Zn are left out of
6-31G*: their f shells are spherical while the set's d shells are Cartesian, which one declaration
for a file cannot express.
"""

import re
import sys
from pathlib import Path

PSI4 = Path("/usr/share/psi4/basis")
NWCHEM = Path("/usr/share/nwchem/libraries")

SYMBOLS = ("H He Li Be B C N O F Ne Na Mg Al Si P S Cl Ar K Ca Sc Ti V Cr Mn Fe Co Ni Cu Zn "
           "Ga Ge As Se Br Kr").split()

DUNNING = "T. H. Dunning, J. Chem. Phys. 90, 1007 (1989)"
WOON_1994 = "D. E. Woon, T. H. Dunning, J. Chem. Phys. 100, 2975 (1994)"
WOON_1993 = "D. E. Woon, T. H. Dunning, J. Chem. Phys. 98, 1358 (1993)"
PRASCHER = ("B. P. Prascher, D. E. Woon, K. A. Peterson, T. H. Dunning, A. K. Wilson, "
            "Theor. Chem. Acc. 128, 69 (2011)")
KENDALL = ("R. A. Kendall, T. H. Dunning, R. J. Harrison, J. Chem. Phys. 96, 6796 (1992)")
KOPUT = "J. Koput, K. A. Peterson, J. Phys. Chem. A 106, 9595 (2002)"
BALABANOV = "N. B. Balabanov, K. A. Peterson, J. Chem. Phys. 123, 064107 (2005)"
WILSON = ("A. K. Wilson, D. E. Woon, K. A. Peterson, T. H. Dunning, "
          "J. Chem. Phys. 110, 7667 (1999)")
WEIGEND = "F. Weigend, R. Ahlrichs, Phys. Chem. Chem. Phys. 7, 3297 (2005)"

REVISED = "Li, Be: the revision of 2011."
CORRELATION = [("H, B-Ne", DUNNING), ("He", WOON_1994), ("Al-Ar", WOON_1993), ("Ca", KOPUT),
               ("Sc-Zn", BALABANOV), ("Ga-Kr", WILSON)]
REVISED_METALS = [("Li, Be, Na, Mg", PRASCHER)]
OLD_METALS = [("Na, Mg", PRASCHER)]
OLD_NOTE = ("Li, Be: the values distributed since the 1990s (EMSL library), not the revision "
            "of 2011.")

# file stem -> (title, declaration, literature, note, elements taken from nwchem-data)
SETS = {
    "sto-3g": ("STO-3G", "spherical", [
        ("H-Ne", "W. J. Hehre, R. F. Stewart, J. A. Pople, J. Chem. Phys. 51, 2657 (1969)"),
        ("Na-Ar", "W. J. Hehre, R. Ditchfield, R. F. Stewart, J. A. Pople, "
                  "J. Chem. Phys. 52, 2769 (1970)"),
        ("K, Ca, Ga-Kr", "W. J. Pietro, B. A. Levi, W. J. Hehre, R. F. Stewart, "
                         "Inorg. Chem. 19, 2225 (1980)"),
        ("Sc-Zn", "W. J. Pietro, W. J. Hehre, J. Comput. Chem. 4, 241 (1983)")], "", []),
    "3-21g": ("3-21G", "cartesian", [
        ("H-Ne", "J. S. Binkley, J. A. Pople, W. J. Hehre, J. Am. Chem. Soc. 102, 939 (1980)"),
        ("Na-Ar", "M. S. Gordon, J. S. Binkley, J. A. Pople, W. J. Pietro, W. J. Hehre, "
                  "J. Am. Chem. Soc. 104, 2797 (1982)"),
        ("K, Ca, Ga-Kr", "K. D. Dobbs, W. J. Hehre, J. Comput. Chem. 7, 359 (1986)"),
        ("Sc-Zn", "K. D. Dobbs, W. J. Hehre, J. Comput. Chem. 8, 861 (1987)")], "", []),
    "6-31gs": ("6-31G*", "cartesian", [
        ("H, C-F", "W. J. Hehre, R. Ditchfield, J. A. Pople, J. Chem. Phys. 56, 2257 (1972)"),
        ("Li-B", "J. D. Dill, J. A. Pople, J. Chem. Phys. 62, 2921 (1975)"),
        ("d functions of Li-Ne", "P. C. Hariharan, J. A. Pople, "
                                 "Theor. Chim. Acta 28, 213 (1973)"),
        ("Na-Ar", "M. M. Francl, W. J. Pietro, W. J. Hehre, J. S. Binkley, M. S. Gordon, "
                  "D. J. DeFrees, J. A. Pople, J. Chem. Phys. 77, 3654 (1982)"),
        ("K, Ca", "V. A. Rassolov, J. A. Pople, M. A. Ratner, T. L. Windus, "
                  "J. Chem. Phys. 109, 1223 (1998)"),
        ("Ga-Kr", "V. A. Rassolov, M. A. Ratner, J. A. Pople, P. C. Redfern, L. A. Curtiss, "
                  "J. Comput. Chem. 22, 976 (2001)")],
        "He, Ne: unpublished, as in the Gaussian program.", []),
    "6-311gss": ("6-311G**", "spherical", [
        ("H-Ne", "R. Krishnan, J. S. Binkley, R. Seeger, J. A. Pople, "
                 "J. Chem. Phys. 72, 650 (1980)"),
        ("Na-Ar", "A. D. McLean, G. S. Chandler, J. Chem. Phys. 72, 5639 (1980)"),
        ("K, Ca", "J.-P. Blaudeau, M. P. McGrath, L. A. Curtiss, L. Radom, "
                  "J. Chem. Phys. 107, 5016 (1997)"),
        ("Ga-Kr", "L. A. Curtiss, M. P. McGrath, J.-P. Blaudeau, N. E. Davis, R. C. Binning, "
                  "L. Radom, J. Chem. Phys. 103, 6104 (1995)")], "", []),
    "cc-pvdz": ("cc-pVDZ", "spherical", CORRELATION + OLD_METALS, OLD_NOTE, ["Li", "Be"]),
    "cc-pvtz": ("cc-pVTZ", "spherical", CORRELATION + OLD_METALS, OLD_NOTE, ["Li", "Be"]),
    "cc-pvqz": ("cc-pVQZ", "spherical", CORRELATION + REVISED_METALS, REVISED, []),
    "aug-cc-pvdz": ("aug-cc-pVDZ", "spherical", CORRELATION + REVISED_METALS + [
        ("diffuse functions of H, B-Ne", KENDALL)], REVISED, []),
    "aug-cc-pvtz": ("aug-cc-pVTZ", "spherical", CORRELATION + REVISED_METALS + [
        ("diffuse functions of H, B-Ne", KENDALL)], REVISED, []),
    "cc-pcvdz": ("cc-pCVDZ", "spherical", CORRELATION[:4] + REVISED_METALS + [
        ("core functions of B-Ne", "D. E. Woon, T. H. Dunning, J. Chem. Phys. 103, 4572 (1995)"),
        ("core functions of Al-Ar", "K. A. Peterson, T. H. Dunning, "
                                    "J. Chem. Phys. 117, 10548 (2002)")],
        REVISED + " H, He have no core: cc-pVDZ.", []),
    "cc-pcvtz": ("cc-pCVTZ", "spherical", CORRELATION[:4] + REVISED_METALS + [
        ("core functions of B-Ne", "D. E. Woon, T. H. Dunning, J. Chem. Phys. 103, 4572 (1995)"),
        ("core functions of Al-Ar", "K. A. Peterson, T. H. Dunning, "
                                    "J. Chem. Phys. 117, 10548 (2002)")],
        REVISED + " H, He have no core: cc-pVTZ.", []),
    "def2-svp": ("def2-SVP", "spherical", [("H-Kr", WEIGEND)], "", []),
    "def2-tzvp": ("def2-TZVP", "spherical", [("H-Kr", WEIGEND)], "", []),
    "def2-qzvp": ("def2-QZVP", "spherical", [
        ("H-Kr", "F. Weigend, F. Furche, R. Ahlrichs, J. Chem. Phys. 119, 12753 (2003)"),
        ("H-Kr", WEIGEND)], "", []),
}


def number(word):
    return float(word.replace("D", "e").replace("d", "e"))


def read_psi4(path):
    """{symbol: [(type, [row of words])]} of a Gaussian94 file; ECP blocks are skipped."""
    elements = {}
    lines = [line.split("!")[0].split() for line in path.read_text().splitlines()]
    lines = [words for words in lines if words]
    i, symbol = 0, None
    while i < len(lines):
        words = lines[i]
        i += 1
        if words[0] == "****":
            symbol = None
        elif words[0].lower() in ("spherical", "cartesian"):
            continue
        elif symbol is None:
            symbol = words[0].capitalize()
            if i < len(lines) and "-ECP" in lines[i][0].upper():
                while i < len(lines) and lines[i][0] != "****" and not (
                        len(lines[i]) == 2 and lines[i][1] == "0"):
                    i += 1
                symbol = None
                continue
            elements[symbol] = []
        else:
            kind, count, scale = words[0].upper(), int(words[1]), number(words[2])
            assert re.fullmatch("S|P|SP|D|F|G|H|I", kind) and scale == 1.0, (path, words)
            elements[symbol].append((kind, lines[i:i + count]))
            i += count
    return elements


def read_nwchem(path):
    """The same of an NWChem library; general contractions are split into their columns."""
    elements = {}
    rows = []  # of the shell being read
    for line in path.read_text().splitlines():
        words = line.split("#")[0].split()
        if not words or words[0].lower() in ("basis", "end"):
            continue
        if words[0][0].isalpha():
            rows = []
            elements.setdefault(words[0], []).append((words[1].upper(), rows))
        else:
            rows.append(words)
    return {symbol: split_columns(shells) for symbol, shells in elements.items()}


def split_columns(shells):
    split = []
    for kind, rows in shells:
        for column in range(1, len(rows[0])):
            split.append((kind, [[row[0], row[column]] for row in rows]))
    return split


def clean(shells):
    """Drops primitives with coefficient zero and shells that are left empty or come twice."""
    result = []
    for kind, rows in shells:
        rows = [row for row in rows if any(number(c) != 0.0 for c in row[1:])]
        if rows and (kind, rows) not in result:
            result.append((kind, rows))
    return result


def write_set(folder, stem):
    title, declaration, literature, note, from_nwchem = SETS[stem]
    elements = read_psi4(PSI4 / f"{stem}.gbs")
    if from_nwchem:
        other = read_nwchem(NWCHEM / stem)
        elements.update({symbol: other[symbol] for symbol in from_nwchem})
    kept = [s for s in SYMBOLS if elements.get(s)]
    if stem == "6-31gs":
        kept = [s for s in kept if not any(kind == "F" for kind, _ in elements[s])]

    lines = [f"! {title}", "!", "! Sources:"]
    lines += [f"!   {who}: {paper}" for who, paper in literature]
    if note:
        lines.append(f"! {note}")
    lines.append("! Made by scripts/make_basis_sets.py from Debian's psi4-data"
                 + (" and nwchem-data." if from_nwchem else "."))
    lines += [declaration, "****"]
    for symbol in kept:
        lines.append(f"{symbol} 0")
        for kind, rows in clean(elements[symbol]):
            lines.append(f"{kind} {len(rows)} 1.00")
            for row in rows:
                words = [word.replace("D", "E").replace("d", "E") for word in row]
                lines.append("  " + "  ".join(f"{word:>18}" for word in words).rstrip())
        lines.append("****")
    (folder / f"{stem}.g94").write_text("\n".join(lines) + "\n")
    print(f"{title}: {' '.join(kept)}")


def main():
    here = Path(__file__).resolve().parent.parent / "basis_sets"
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else here
    folder.mkdir(parents=True, exist_ok=True)
    for stem in SETS:
        write_set(folder, stem)


if __name__ == "__main__":
    main()
