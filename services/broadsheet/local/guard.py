"""Run one command so that it never outlives the process that started it, however that process ends.

`python -m broadsheet.local.guard [--remove DIR] -- COMMAND...` is started by `child.py` with one end of a socket pair as
its standard input. The guard writes the command's process id to it and obeys what it reads: `T` terminates the command,
`K` kills its whole process group, and the end of the stream, which comes even when the parent is killed with SIGKILL,
does first the one and then the other. A pipe is portable; Linux alone could signal a child when its parent dies.

The guard and the command each lead a session of their own, so a Ctrl-C in the terminal reaches the parent alone.
This module imports the standard library only: one guard stands beside every server and costs 10 MB.
"""

import argparse
import os
import shutil
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from types import FrameType

TERMINATE = b"T"
KILL = b"K"

ORPHAN_GRACE_SECONDS = 5.0
"""How long an orphaned command has to end by itself: Kafka and OpenSearch close their logs in 1 to 2 s."""

PARENT = 0
"""The descriptor of the stream to the parent."""


class Guard:
    """A command in a process group of its own, and the parent that it must not outlive."""

    def __init__(self, command: list[str], remove: Path | None = None) -> None:
        self._remove = remove
        self._orphaned = threading.Event()
        self._child = subprocess.Popen(command, stdin=subprocess.DEVNULL, start_new_session=True)  # noqa: S603  # what the parent named

    def run(self) -> int:
        """Tell the parent the command's process id, obey it until the command ends, and give its exit status.

        Nothing of the command's process group is left; a command ended by signal N gives 128 + N, as in a shell.
        """
        signal.signal(signal.SIGTERM, self._terminate)
        with suppress(BrokenPipeError):  # the parent died already: reading will say so
            os.write(PARENT, b"%d\n" % self._child.pid)
        threading.Thread(target=self._obey, daemon=True).start()
        status = self._child.wait()
        self._kill_group()
        if self._orphaned.is_set() and self._remove is not None:
            shutil.rmtree(self._remove, ignore_errors=True)
        return status if status >= 0 else 128 - status

    def _obey(self) -> None:
        while order := _read():
            if order == TERMINATE:
                self._child.terminate()
            elif order == KILL:
                self._kill_group()
        self._orphaned.set()
        self._child.terminate()
        try:
            self._child.wait(ORPHAN_GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            self._kill_group()

    def _terminate(self, _number: int, _frame: FrameType | None) -> None:
        self._child.terminate()

    def _kill_group(self) -> None:
        with suppress(ProcessLookupError, PermissionError):  # macOS refuses where only a zombie is left
            os.killpg(self._child.pid, signal.SIGKILL)


def _read() -> bytes:
    """Read one order; nothing when the parent is gone, which may also show as a reset connection."""
    try:
        return os.read(PARENT, 1)
    except ConnectionResetError:
        return b""


def main(arguments: list[str]) -> int:
    """Guard the command that `arguments` name; gives its exit status, or 127 when it cannot be started."""
    parser = argparse.ArgumentParser(prog="broadsheet.local.guard")
    parser.add_argument("--remove", type=Path, help="folder to remove when the parent dies")
    parser.add_argument("command", nargs="+")
    options = parser.parse_args(arguments)
    try:
        guard = Guard(options.command, options.remove)
    except OSError as error:
        sys.stderr.write(f"{options.command[0]} cannot be started: {error}\n")
        return 127
    return guard.run()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
