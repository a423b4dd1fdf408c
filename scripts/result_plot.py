"""What the plot scripts share: command line, result file, PNG."""

import argparse
import os
import sys

program = os.path.basename(sys.argv[0])


def fail(message):
    sys.exit(f"{program}: {message}")


try:
    import h5py
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt
except ImportError as error:
    fail(f"needs h5py and matplotlib ({error}); on Debian: apt install python3-h5py python3-matplotlib")


def arguments_of(documentation):
    """The result file, and the PNG to write."""
    parser = argparse.ArgumentParser(description=documentation.split("\n\n")[0])
    parser.add_argument("file", help="result file of markhor")
    parser.add_argument("-o", "--output", help="PNG to write (default: FILE with .png)")
    arguments = parser.parse_args()
    arguments.output = arguments.output or os.path.splitext(arguments.file)[0] + ".png"
    return arguments


def open_result(path):
    if not os.path.isfile(path):
        fail(f"{path}: no such file")
    try:
        return h5py.File(path, "r")
    except OSError as error:
        fail(f"{path} cannot be read as HDF5: {error}")


def save(figure, arguments, remark=""):
    figure.suptitle(os.path.basename(arguments.file) + remark)
    try:
        figure.savefig(arguments.output, dpi=120)
    except OSError as error:
        fail(f"{arguments.output} cannot be written: {error}")
    print(arguments.output)
