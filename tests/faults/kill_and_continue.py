#!/usr/bin/env python3
"""Kills a run at random moments, continues it each time, and compares it with an undisturbed one.

    tests/faults/kill_and_continue.py MARKHOR DECK [--kills 50] [--ranks 1,2] [--signal usr1]

The deck should take a few seconds. Results must be equal to the last digit, so with [optimize] all
parts must run on the same number of ranks; otherwise each part takes the next of the list. With
several ranks one of them is killed, and the others must end too. A run that ends before the kill is
compared, and the next one starts from the beginning.
"""

import argparse
import os
import random
import sys
import tempfile
import time

from fault_run import SIGNALS, Program, fail, without_times


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program")
    parser.add_argument("deck")
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--ranks", default="1", help="of the parts in turn, such as 1,2,4")
    parser.add_argument("--mpirun", default="mpirun")
    parser.add_argument("--signal", choices=SIGNALS, default="kill")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


class Trial:
    def __init__(self, arguments, folder):
        self.number = SIGNALS[arguments.signal]
        self.random = random.Random(arguments.seed)
        self.folder = folder
        self.file = os.path.join(folder, "killed.h5")
        self.deck = os.path.abspath(arguments.deck)
        self.programs = [
            Program(arguments.program, arguments.mpirun, int(n)) for n in arguments.ranks.split(",")
        ]
        self.parts = self.kills = self.continued = self.compared = 0

    def undisturbed(self):
        file = os.path.join(self.folder, "undisturbed.h5")
        start = time.monotonic()
        process = self.programs[0].start([self.deck, f"--output.file={file}"], self.folder)
        while not os.path.exists(file) and process.poll() is None:
            time.sleep(0.01)
        self.startup = time.monotonic() - start
        output, code = self.programs[0].finish(process)
        if code != 0:
            fail(f"the undisturbed run ended with {code}:\n{output}")
        self.seconds = time.monotonic() - start - self.startup
        self.expected = without_times(self.programs[0].results(file))
        os.remove(file)

    def start_part(self, interval):
        self.program = self.programs[self.parts % len(self.programs)]
        self.parts += 1
        every = f"--run.checkpoint_interval={interval:.3g} seconds"
        if os.path.exists(self.file):
            self.continued += 1
            return self.program.start(["continue", self.file, every], self.folder)
        return self.program.start([self.deck, f"--output.file={self.file}", every], self.folder)

    def check(self, output, code, killed):
        # Before the program proper has started any signal may end it.
        started = "markhor " in output
        may_die = killed and (self.number == SIGNALS["kill"] or not started)
        if code not in (0, 3) and not may_die:
            fail(f"a part ended with {code}:\n{output}")
        if not os.path.exists(self.file):
            return
        found = without_times(self.programs[0].results(self.file))
        if found["stopped"]:
            return
        if found != self.expected:
            fail(f"the run's results are not the undisturbed ones: {found}\n{self.expected}")
        self.compared += 1
        os.remove(self.file)

    def part(self):
        """One part of the run, killed at a random moment unless it has ended before."""
        # Some kills fall into the time before anything is written.
        delay = self.random.uniform(0.5 * self.startup, self.startup + self.seconds / 3)
        process = self.start_part(self.seconds / 30)
        time.sleep(delay)
        killed = process.poll() is None and self.program.signal_one(
            process, self.number, self.random.choice
        )
        self.kills += killed
        output, code = self.program.finish(process)
        self.check(output, code, killed)

    def end(self):
        """The last run to its end."""
        process = self.start_part(1.0)
        output, code = self.program.finish(process)
        if code != 0:
            fail(f"the last part ended with {code}:\n{output}")
        self.check(output, code, False)
        # The part file of a write that was cut short is replaced by the next write.
        if os.listdir(self.folder):
            fail(f"left behind: {os.listdir(self.folder)}")


def main():
    arguments = parse_arguments()
    with tempfile.TemporaryDirectory() as folder:
        trial = Trial(arguments, folder)
        trial.undisturbed()
        while trial.kills < arguments.kills:
            trial.part()
        trial.end()
        print(
            f"{trial.kills} kills, {trial.continued} of {trial.parts} parts continued, "
            f"{trial.compared} runs equal to the undisturbed one ({trial.seconds:.1f} s)"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
