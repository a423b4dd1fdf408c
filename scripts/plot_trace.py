#!/usr/bin/python3
"""Plots the variational Monte Carlo run in a result file of markhor as a PNG.

Three panels: the running mean of the energy with its error band, the blocking curve (error bar
against block length) with its own error bars, and the histogram of local energies.

    scripts/plot_trace.py water.h5 [-o water.png]
"""

from result_plot import arguments_of, fail, open_result, plt, save
import numpy as np


def read_vmc(path):
    """Everything the panels need, as plain arrays."""
    with open_result(path) as file:
        if "vmc" not in file:
            fail(f"{path} has no /vmc group: no variational Monte Carlo run has finished in it")
        vmc = file["vmc"]
        name = vmc["estimate_names"].asstr()[0]
        return {
            "trace": vmc[f"estimates/{name}/trace"][()],
            "energy": vmc["energy/value"][()],
            "error": vmc["energy/error"][()],
            "autocorrelation_time": vmc["energy/autocorrelation_time"][()],
            "block_length": vmc["blocking/block_length"][()],
            "block_error": vmc["blocking/error"][()],
            "block_error_of_error": vmc["blocking/error_of_error"][()],
            "low": vmc["histogram/low"][()],
            "high": vmc["histogram/high"][()],
            "counts": vmc["histogram/counts"][()],
        }


def plot_running_energy(axes, vmc):
    trace = vmc["trace"]
    steps = np.arange(1, len(trace) + 1)
    mean = np.cumsum(trace) / steps
    # The band of the final run, widened as a shorter run's would be; its autocorrelation time is
    # taken from the whole run, as a short piece cannot tell it.
    band = vmc["error"] * np.sqrt(len(trace) / steps)
    axes.fill_between(steps, mean - band, mean + band, color="tab:blue", alpha=0.25, lw=0,
                      label="one standard error")
    axes.plot(steps, mean, color="tab:blue", label="running mean")
    axes.axhline(vmc["energy"], color="black", lw=0.8, ls="--",
                 label=f"{vmc['energy']:.5f} ± {vmc['error']:.5f}")
    # The first few sweeps would set the scale otherwise.
    settled = slice(max(1, len(trace) // 50), None)
    low, high = (mean - band)[settled].min(), (mean + band)[settled].max()
    margin = 0.05 * (high - low) or 1e-6
    axes.set_ylim(low - margin, high + margin)
    axes.set_xlabel("sweep")
    axes.set_ylabel("energy / hartree")
    axes.ticklabel_format(axis="y", useOffset=False)
    axes.legend(fontsize="small")
    axes.set_title("running energy")


def plot_blocking(axes, vmc):
    axes.errorbar(vmc["block_length"], 1e3 * vmc["block_error"],
                  1e3 * vmc["block_error_of_error"], fmt="o-", ms=4, capsize=3, color="tab:blue")
    axes.axhline(1e3 * vmc["error"], color="black", lw=0.8, ls="--", label="reported error")
    axes.set_xscale("log", base=2)
    axes.set_ylim(bottom=0)
    axes.set_xlabel("block length / sweeps")
    axes.set_ylabel("standard error / mhartree")
    axes.legend(fontsize="small")
    axes.set_title(f"blocking (autocorrelation time {vmc['autocorrelation_time']:.1f} sweeps)")


def plot_histogram(axes, vmc):
    edges = np.linspace(vmc["low"], vmc["high"], len(vmc["counts"]) + 1)
    axes.stairs(vmc["counts"], edges, fill=True, color="tab:blue", alpha=0.6)
    axes.axvline(vmc["energy"], color="black", lw=0.8, ls="--", label="mean")
    axes.set_yscale("log")
    axes.set_xlabel("local energy / hartree")
    axes.set_ylabel("count")
    axes.legend(fontsize="small")
    axes.set_title("local energies (end bins: all beyond)")


def main():
    arguments = arguments_of(__doc__)
    vmc = read_vmc(arguments.file)

    figure, panels = plt.subplots(1, 3, figsize=(15, 4.5), constrained_layout=True)
    plot_running_energy(panels[0], vmc)
    plot_blocking(panels[1], vmc)
    plot_histogram(panels[2], vmc)
    save(figure, arguments)


if __name__ == "__main__":
    main()
