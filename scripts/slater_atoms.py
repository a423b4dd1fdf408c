"""Hartree-Fock energies of the atoms H to Ne in Slater functions, for make_slater_sets.py.

The integrals on one centre are closed formulas. The energies are those of the ground terms with one
radial function for all 2p orbitals (C. C. J. Roothaan, P. S. Bagus, Methods Comput. Phys. 2, 47
(1963)), as numerical Hartree-Fock tables have them.
"""

import math

import numpy as np

FACTORIAL = np.array([float(math.factorial(i)) for i in range(40)])
# Coefficient of R2(pp,pp) in the energy of the ground term of p^N (J. C. Slater, Quantum Theory of
# Atomic Structure, volume 1, appendix 21); that of R0 is N (N - 1) / 2.
P_TERM = [0.0, 0.0, -1 / 5, -3 / 5, -3 / 5, -4 / 5, -6 / 5]


class Functions:
    """Normalized radial functions r^(n-1) exp(-zeta r) of one l; basis is a list of (n, zeta)."""

    def __init__(self, l, basis):
        self.l = l
        self.n = np.array([n for n, _ in basis])
        self.zeta = np.array([zeta for _, zeta in basis])
        self.norm = (2 * self.zeta) ** (self.n + 0.5) / np.sqrt(FACTORIAL[2 * self.n])

    def products(self, other):
        """Powers, exponents and factors of R_i R_j r^2 for all i, j."""
        power = np.add.outer(self.n, other.n).ravel()
        zeta = np.add.outer(self.zeta, other.zeta).ravel()
        return power, zeta, np.multiply.outer(self.norm, other.norm).ravel()


def slater_integral(k, a, b, c, d):
    """R^k: a b of electron 1, c d of electron 2; an array a x b x c x d."""
    (p, x, u), (q, y, v) = a.products(b), c.products(d)
    p, x, q, y = p[:, None], x[:, None], q[None, :], y[None, :]

    def outer(p, x, q, y):  # the electron of q, y is the outer one
        m = q - k - 1
        total = 0.0
        for j in range(m.max() + 1):
            term = (FACTORIAL[m] / FACTORIAL[j] * y ** (j - m - 1.0)
                    * FACTORIAL[p + k + j] / (x + y) ** (p + k + j + 1.0))
            total = total + np.where(j <= m, term, 0.0)
        return total

    result = u[:, None] * v[None, :] * (outer(p, x, q, y) + outer(q, y, p, x))
    return result.reshape(len(a.n), len(b.n), len(c.n), len(d.n))


def one_electron(functions, charge):
    """Overlap and T - Z / r."""
    power, zeta, factor = functions.products(functions)
    count = len(functions.n)

    def moment(shift):
        index = np.maximum(power + shift, 0)
        return (factor * FACTORIAL[index] / zeta ** (index + 1.0)).reshape(count, count)

    l, n, z = functions.l, functions.n[None, :], functions.zeta[None, :]
    # 1/r^2 has no integral for two 1s functions, and there its factor is zero.
    kinetic = -0.5 * ((n * (n - 1) - l * (l + 1)) * moment(-2) - 2 * n * z * moment(-1)
                      + z * z * moment(0))
    return moment(0), 0.5 * (kinetic + kinetic.T) - charge * moment(-1)


def orthogonalizer(overlap):
    values, vectors = np.linalg.eigh(overlap)
    if values[0] < 1e-8:
        raise np.linalg.LinAlgError("linearly dependent")
    return vectors / np.sqrt(values)


def extrapolate(focks, errors):
    """DIIS (P. Pulay, J. Comput. Chem. 3, 556 (1982))."""
    count = len(focks)
    matrix = np.ones((count + 1, count + 1))
    matrix[:count, :count] = [[x @ y for x in errors] for y in errors]
    matrix[:count, :count] /= max(matrix[count - 1, count - 1], 1e-300)
    matrix[count, count] = 0.0
    weights = np.linalg.lstsq(matrix, np.append(np.zeros(count), 1.0), rcond=None)[0][:count]
    return sum(w * f for w, f in zip(weights, focks))


def s_atom_energy(charge, s_basis):
    """ROHF of 1 to 3 electrons in s orbitals, in the orbitals of the effective Fock matrix of
    M. F. Guest, V. R. Saunders, Mol. Phys. 28, 819 (1974)."""
    up, down = (charge + 1) // 2, charge // 2
    s = Functions(0, s_basis)
    overlap, core = one_electron(s, charge)
    g = slater_integral(0, s, s, s, s)
    x = orthogonalizer(overlap)
    c = x @ np.linalg.eigh(x.T @ core @ x)[1]
    last = 0.0
    for _ in range(500):
        densities = [c[:, :n] @ c[:, :n].T for n in (up, down)]
        coulomb = np.einsum("abcd,cd->ab", g, sum(densities))
        focks = [core + coulomb - np.einsum("acbd,cd->ab", g, d) for d in densities]
        energy = 0.5 * sum(np.sum(d * (core + f)) for d, f in zip(densities, focks))
        if abs(energy - last) < 1e-12:
            return energy
        last = energy
        f_up, f_down = (c.T @ f @ c for f in focks)
        mean = 0.5 * (f_up + f_down)
        for rows, columns, source in ((slice(0, down), slice(down, up), f_down),
                                      (slice(down, up), slice(up, None), f_up)):
            mean[rows, columns] = source[rows, columns]
            mean[columns, rows] = source[columns, rows]
        c = c @ np.linalg.eigh(mean)[1]
    raise ArithmeticError("the atom does not converge")


def round_atom_energy(charge, s_basis, p_basis):
    """1s2 2s2 2p^N, ground term, one radial function for all 2p."""
    if charge < 4:
        return s_atom_energy(charge, s_basis)
    count = charge - 4
    s = Functions(0, s_basis)
    s_overlap, s_core = one_electron(s, charge)
    ss = slater_integral(0, s, s, s, s)
    x = [orthogonalizer(s_overlap)]
    overlaps, cores = [s_overlap], [s_core]
    if count:
        p = Functions(1, p_basis)
        p_overlap, p_core = one_electron(p, charge)
        # Between one s and one p electron, averaged over m and spins of the s shell.
        sp = (slater_integral(0, s, s, p, p)
              - slater_integral(1, s, p, s, p).transpose(0, 2, 1, 3) / 6)
        pp = (0.5 * count * (count - 1) * slater_integral(0, p, p, p, p)
              + P_TERM[count] * slater_integral(2, p, p, p, p))
        x.append(orthogonalizer(p_overlap))
        overlaps.append(p_overlap)
        cores.append(p_core)
    occupations = (2, 1)

    def densities_of(focks):
        result = []
        for fock, y, occupied, weight in zip(focks, x, occupations, (2.0, 1.0)):
            c = (y @ np.linalg.eigh(y.T @ fock @ y)[1])[:, :occupied]
            result.append(weight * c @ c.T)
        return result

    densities = densities_of(cores)
    last, history, errors = 0.0, [], []
    for _ in range(200):
        d = densities[0]
        focks = [s_core + np.einsum("abcd,cd->ab", ss, d) - 0.5 * np.einsum("acbd,cd->ab", ss, d)]
        energy = 0.5 * np.sum(d * (s_core + focks[0]))
        if count:
            q = densities[1]
            field = p_core + np.einsum("abcd,ab->cd", sp, d)
            inner = np.einsum("abcd,cd->ab", pp, q)
            energy += count * np.sum(q * field) + np.sum(q * inner)
            focks[0] = focks[0] + count * np.einsum("abcd,cd->ab", sp, q)
            focks.append(field + 2.0 * inner / count)
        error = np.concatenate([(y.T @ (f @ e @ o - o @ e @ f) @ y).ravel()
                                for f, e, o, y in zip(focks, densities, overlaps, x)])
        if abs(energy - last) < 1e-12 and np.abs(error).max() < 1e-6:
            return energy
        last = energy
        history = (history + [np.concatenate([f.ravel() for f in focks])])[-8:]
        errors = (errors + [error])[-8:]
        parts = np.split(extrapolate(history, errors), [s_core.size])
        densities = densities_of([part.reshape(f.shape) for part, f in zip(parts, focks)])
    raise ArithmeticError("the atom does not converge")
