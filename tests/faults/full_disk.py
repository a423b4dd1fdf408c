#!/usr/bin/env python3
"""A disk that is full when a checkpoint is to be written, in two disguises.

    tests/faults/full_disk.py MARKHOR DECK

A limit of the file size, which needs no rights, and a small file system in memory, which needs
those to mount it and is skipped without. The deck is a VMC run whose checkpoint, of many walkers,
is larger than the limit, and its results are smaller.
"""

import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time

from fault_run import Program, fail

LIMIT = 600_000  # bytes; files of the deck: 200 kB with the results, 2 MB with a checkpoint


def limit_file_size(process):
    # Once it runs: MPI needs larger files when it starts.
    resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (LIMIT, LIMIT))


def wait_for(file, process):
    while not os.path.exists(file) and process.poll() is None:
        time.sleep(0.01)


def check_left_behind(program, folder, stopped):
    file = os.path.join(folder, "full.h5")
    if program.results(file)["stopped"] != stopped:
        fail("the file is not in the state that was expected")
    if sorted(os.listdir(folder)) != ["full.h5"]:
        fail(f"left behind: {os.listdir(folder)}")


def expect(output, *texts):
    for text in texts:
        if text not in output:
            fail(f"'{text}' is not in the output:\n{output}")


def try_out(program, deck, folder, reason, limit):
    file = os.path.join(folder, "full.h5")
    arguments = [deck, f"--output.file={file}", "--run.checkpoint_interval=0.1 seconds"]
    # It computes to its end without a checkpoint.
    process = program.start(arguments, folder)
    wait_for(file, process)
    limit(process)
    output, code = program.finish(process)
    warning = f"warning: no checkpoint: {file}: cannot be written: {reason}; the file is as it was"
    expect(output, warning, "finished: all steps done")
    if code != 0:
        fail(f"a run without checkpoints ended with {code}:\n{output}")
    check_left_behind(program, folder, stopped=False)
    os.remove(file)
    # Told to stop it cannot say that it is safe to.
    process = program.start(arguments + ["--vmc.steps=1e6"], folder)
    wait_for(file, process)
    limit(process)
    time.sleep(0.3)
    process.send_signal(signal.SIGTERM)
    output, code = program.finish(process)
    expect(output, "stopped by SIGTERM, but the checkpoint could not be written: ", reason)
    if code != 1:
        fail(f"a stop without a checkpoint ended with {code}:\n{output}")
    check_left_behind(program, folder, stopped=True)
    # With room again it goes on.
    output, code = program.run(["continue", file, "--vmc.steps=10"], folder)
    if code != 0:
        fail(f"the run could not be continued:\n{output}")


def small_file_system(folder):
    mount = shutil.which("mount")
    if mount is None:
        return False
    command = [mount, "-t", "tmpfs", "-o", f"size={LIMIT}", "tmpfs", folder]
    return subprocess.run(command, capture_output=True).returncode == 0


def main():
    program, deck = Program(sys.argv[1]), os.path.abspath(sys.argv[2])
    with tempfile.TemporaryDirectory() as folder:
        try_out(program, deck, folder, "File too large", limit_file_size)
    print("a limit of the file size: as expected")
    with tempfile.TemporaryDirectory() as folder:
        if not small_file_system(folder):
            print("a full disk: skipped, mounting a small file system is not permitted")
            return 0
        try:
            try_out(program, deck, folder, "No space left on device", lambda process: None)
        finally:
            subprocess.run(["umount", folder], check=True)
    print("a full disk: as expected")
    return 0


if __name__ == "__main__":
    sys.exit(main())
