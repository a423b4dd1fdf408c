#!/usr/bin/python3
"""Plots the optimization in a result file of markhor as a PNG.

Six panels against the iteration: energy with its error bars, variance, gradient norm, level shift,
step norm, and samples. Filled marks: a step was taken; crosses: none was. A file of a run that is
still going on is plotted as far as it is.

    scripts/plot_optimization.py be.h5 [-o be.png]
"""

from result_plot import arguments_of, fail, open_result, plt, save
from matplotlib.ticker import MaxNLocator


def read_iterations(path):
    """The columns of the table of iterations, as plain arrays."""
    with open_result(path) as file:
        if "optimize/iterations/number" not in file:
            fail(f"{path} has no /optimize/iterations: no optimization has been run in it")
        group = file["optimize/iterations"]
        columns = {name: group[name][()] for name in group if name != "note"}
        columns["accepted"] = columns["accepted"].astype(bool)
        columns["finished"] = bool(file["optimize/finished"][()])
        return columns


def plot_column(axes, columns, name, label, error=None, logarithmic=False):
    number, values, accepted = columns["number"], columns[name], columns["accepted"]
    axes.plot(number, values, color="tab:blue", lw=0.8, zorder=1)
    if error is not None:
        axes.errorbar(number, values, columns[error], fmt="none", ecolor="tab:blue", capsize=3)
    axes.plot(number[accepted], values[accepted], "o", ms=5, color="tab:blue",
              label="step taken")
    axes.plot(number[~accepted], values[~accepted], "x", ms=7, color="tab:red",
              label="no step")
    # An iteration without a step has no shift and no norm: zero, which a logarithm cannot show.
    if logarithmic and (values > 0).any():
        axes.set_yscale("log", nonpositive="mask")
    if not logarithmic:
        axes.ticklabel_format(axis="y", useOffset=False)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.set_xlabel("iteration")
    axes.set_ylabel(label)


def main():
    arguments = arguments_of(__doc__)
    columns = read_iterations(arguments.file)

    figure, panels = plt.subplots(2, 3, figsize=(15, 8), constrained_layout=True)
    top, bottom = panels
    plot_column(top[0], columns, "energy", "energy / hartree", "energy_error")
    plot_column(top[1], columns, "variance", "variance / hartree$^2$", "variance_error")
    plot_column(top[2], columns, "gradient_norm", "gradient norm / hartree", logarithmic=True)
    plot_column(bottom[0], columns, "level_shift", "level shift / hartree", logarithmic=True)
    plot_column(bottom[1], columns, "step_norm", "step norm", logarithmic=True)
    plot_column(bottom[2], columns, "samples", "samples", logarithmic=True)
    top[0].legend(fontsize="small")
    unfinished = "" if columns["finished"] else " (not finished)"
    save(figure, arguments, unfinished)


if __name__ == "__main__":
    main()
