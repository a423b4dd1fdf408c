#!/usr/bin/python3
"""Plots the saddle search in a result file of markhor as a PNG.

The energy and the largest force of every call, marked by its purpose, and what the search had
expected of each against what it found.

    scripts/plot_saddle.py hcn.h5 [-o hcn.png]
"""

from result_plot import arguments_of, fail, open_result, plt, save
import numpy as np

EV = 27.211386245988
EV_PER_ANGSTROM = EV / 0.529177210903
MARKERS = {"search": "o", "rotation": "^", "verification": "s", "descent": "v"}


def read_saddle(path):
    with open_result(path) as file:
        if "saddle/calls/purpose" not in file:
            fail(f"{path} has no /saddle/calls: no saddle search has finished in it")
        calls = file["saddle/calls"]
        forces = calls["forces"][()]
        start = calls["positions"][0].reshape(-1, 3)
        # Frozen atoms are those that no call has moved.
        moved = np.any(calls["positions"][()].reshape(len(forces), -1, 3) != start, axis=(0, 2))
        sizes = np.linalg.norm(forces.reshape(len(forces), -1, 3), axis=2)
        columns = moved if moved.any() else slice(None)
        return {
            "status": file["saddle/status"].asstr()[()],
            "purpose": calls["purpose"].asstr()[()],
            "energy": EV * (calls["energies"][()] - calls["energies"][0]),
            "predicted": EV * (calls["predicted_energies"][()] - calls["energies"][0]),
            "force": EV_PER_ANGSTROM * sizes[:, columns].max(axis=1),
        }


def plot_calls(axes, saddle, found, label):
    number = np.arange(1, len(saddle["purpose"]) + 1)
    search = saddle["purpose"] == "search"
    axes.plot(number[search], saddle[found][search], color="tab:gray", lw=0.8)
    for purpose, marker in MARKERS.items():
        chosen = saddle["purpose"] == purpose
        if chosen.any():
            axes.plot(number[chosen], saddle[found][chosen], marker, ms=4, ls="", label=purpose)
    axes.set_xlabel("call")
    axes.set_ylabel(label)


def main():
    arguments = arguments_of(__doc__)
    saddle = read_saddle(arguments.file)
    known = np.isfinite(saddle["predicted"])
    figure, panels = plt.subplots(1, 3 if known.any() else 2, figsize=(15, 4.5),
                                  constrained_layout=True)
    plot_calls(panels[0], saddle, "energy", "energy above the guess / eV")
    plot_calls(panels[1], saddle, "force", "largest force / (eV/Å)")
    panels[1].set_yscale("log")
    number = np.arange(1, len(known) + 1)
    panels[0].plot(number[known], saddle["predicted"][known], "x", ms=5, color="black",
                   label="expected")
    for axes in panels[:2]:
        axes.legend(fontsize="small")
    if known.any():
        axes = panels[2]
        error = np.abs(saddle["energy"] - saddle["predicted"])[known]
        axes.semilogy(number[known], error, "o-", ms=4, lw=0.8, color="tab:blue")
        axes.set_xlabel("call")
        axes.set_ylabel("energy found and expected apart / eV")
    save(figure, arguments, f": {saddle['status']}")


if __name__ == "__main__":
    main()
