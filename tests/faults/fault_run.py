"""What the fault tests share: starting markhor, killing it, and looking at what it left behind."""

import json
import os
import signal
import subprocess
import sys


class Program:
    """The program, on its own or on several ranks."""

    def __init__(self, path, mpirun="", ranks=1):
        self.path = os.path.abspath(path)
        self.ranks = ranks
        self.prefix = [] if ranks == 1 else [mpirun, "--oversubscribe", "-n", str(ranks)]
        self.environment = dict(
            os.environ, OMPI_ALLOW_RUN_AS_ROOT="1", OMPI_ALLOW_RUN_AS_ROOT_CONFIRM="1"
        )

    def start(self, arguments, folder, **options):
        return subprocess.Popen(
            self.prefix + [self.path] + arguments,
            cwd=folder,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            **options,
        )

    def processes(self, process):
        """The ids of the ranks."""
        if self.ranks == 1:
            return [process.pid]
        with open(f"/proc/{process.pid}/task/{process.pid}/children") as children:
            return [int(word) for word in children.read().split()]

    def signal_one(self, process, number, choose):
        """Sends a signal to one rank, picked by choose(list); False if there is none any more."""
        try:
            ranks = self.processes(process)
            if not ranks:
                return False
            os.kill(choose(ranks), number)
        except (ProcessLookupError, FileNotFoundError):
            return False
        return True

    def finish(self, process, seconds=120):
        """Output and exit code; a run that hangs is a failure."""
        try:
            output, _ = process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            fail(f"the run did not end within {seconds} s")
        return output, process.returncode

    def run(self, arguments, folder):
        return self.finish(self.start(arguments, folder))

    def results(self, file):
        """Of a file, which must open."""
        shown = subprocess.run([self.path, "show", file, "--json"], capture_output=True, text=True)
        if shown.returncode != 0:
            fail(f"the file does not open: {shown.stderr}")
        return json.loads(shown.stdout)


def without_times(value):
    """Everything but what the clock decides."""
    if isinstance(value, dict):
        return {k: without_times(v) for k, v in value.items() if "second" not in k}
    if isinstance(value, list):
        return [without_times(item) for item in value]
    return value


def fail(message):
    print("FAILED:", message)
    sys.exit(1)


SIGNALS = {"kill": signal.SIGKILL, "term": signal.SIGTERM, "usr1": signal.SIGUSR1}
