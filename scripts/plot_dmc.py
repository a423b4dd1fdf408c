#!/usr/bin/python3
"""Plots the diffusion Monte Carlo run in a result file of markhor as a PNG.

For each time step the energy and the population against projected time, and, where there are
several, the energies against the time step with the extrapolation to zero.

    scripts/plot_dmc.py helium_dmc.h5 [-o helium_dmc.png]
"""

from result_plot import arguments_of, fail, open_result, plt, save
import numpy as np


def read_time_step(group):
    name = group["estimate_names"].asstr()[0]
    return {
        "time_step": group["time_step"][()],
        "effective": group["effective_time_step"][()],
        "energy": group["energy/value"][()],
        "error": group["energy/error"][()],
        "trace": group[f"estimates/{name}/trace"][()],
        "weights": group["weights"][()],
        "populations": group["populations"][()],
    }


def read_dmc(path):
    with open_result(path) as file:
        if "dmc" not in file:
            fail(f"{path} has no /dmc group: no diffusion Monte Carlo run has finished in it")
        dmc = file["dmc"]
        steps = dmc["time_steps"]
        fit = None
        if "extrapolation" in dmc:
            fit = {
                "coefficients": dmc["extrapolation/coefficients"][()],
                "energy": dmc["energy/value"][()],
                "error": dmc["energy/error"][()],
            }
        return {
            "walkers": dmc["walkers"][()],
            "time_steps": [read_time_step(steps[str(i)]) for i in range(len(steps))],
            "fit": fit,
        }


def thinned(series, points=400):
    """Means of equal stretches, so that a long run stays a readable line."""
    length = max(1, len(series) // points)
    count = len(series) // length
    return length, series[: count * length].reshape(count, length).mean(axis=1)


def plot_series(panels, dmc):
    for number, step in enumerate(dmc["time_steps"]):
        color = f"C{number}"
        label = f"τ = {step['time_step']:g}"
        for axes, key in zip(panels, ("trace", "populations")):
            length, values = thinned(step[key])
            time = (np.arange(len(values)) + 0.5) * length * step["effective"]
            axes.plot(time, values, color=color, lw=0.8, label=label)
        panels[0].axhline(step["energy"], color=color, lw=0.8, ls="--")
    panels[0].set_ylabel("energy / hartree")
    panels[0].ticklabel_format(axis="y", useOffset=False)
    panels[0].set_title("energy, means over stretches of generations")
    panels[1].axhline(dmc["walkers"], color="black", lw=0.8, ls="--", label="target")
    panels[1].set_ylabel("walkers")
    panels[1].set_title("population")
    for axes in panels:
        axes.set_xlabel("projected time / hartree⁻¹")
        axes.legend(fontsize="small")


def plot_extrapolation(axes, dmc):
    steps = dmc["time_steps"]
    tau = np.array([s["time_step"] for s in steps])
    axes.errorbar(tau, [s["energy"] for s in steps], [s["error"] for s in steps], fmt="o", ms=4,
                  capsize=3, color="tab:blue", label="energies")
    fit = dmc["fit"]
    if fit is not None:
        grid = np.linspace(0.0, 1.05 * tau.max(), 200)
        axes.plot(grid, np.polynomial.polynomial.polyval(grid, fit["coefficients"]),
                  color="tab:gray", lw=1)
        axes.errorbar([0.0], [fit["energy"]], [fit["error"]], fmt="s", ms=5, capsize=3,
                      color="tab:red", label=f"{fit['energy']:.5f} ± {fit['error']:.5f}")
    axes.set_xlim(left=-0.03 * tau.max())
    axes.set_xlabel("time step / hartree⁻¹")
    axes.set_ylabel("energy / hartree")
    axes.ticklabel_format(axis="y", useOffset=False)
    axes.legend(fontsize="small")
    axes.set_title("time step")


def main():
    arguments = arguments_of(__doc__)
    dmc = read_dmc(arguments.file)
    figure, panels = plt.subplots(1, 3, figsize=(15, 4.5), constrained_layout=True)
    plot_series(panels[:2], dmc)
    plot_extrapolation(panels[2], dmc)
    save(figure, arguments)


if __name__ == "__main__":
    main()
