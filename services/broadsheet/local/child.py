"""A child process under a guard: started, watched and stopped, its output in a log file; synchronous."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from weakref import WeakSet

from broadsheet.local import guard
from broadsheet.runtime.errors import OperatorError
from broadsheet_schemas.errors import ErrorCode

KILL_SECONDS = 10.0
"""How long a process killed with SIGKILL may take to be gone; the kernel frees gigabytes in well under a second."""

POLL_SECONDS = 0.05
TAIL_BYTES = 4096
TAIL_LINES = 15

_controls: "WeakSet[socket.socket]" = WeakSet()


def _close_controls() -> None:
    for control in list(_controls):
        control.close()


# A forked copy of this process (multiprocessing) must not hold the stream open when the process itself dies.
os.register_at_fork(after_in_child=_close_controls)


class Child:
    """One command run under a guard; it ends when this process does, in whatever way.

    Attributes:
        name: what messages call it.
        log: the file its output is appended to.
        pid: process id of the command itself (not of its guard), 0 before the first `start`.
    """

    def __init__(
        self,
        name: str,
        command: Sequence[str],
        *,
        log: Path,
        environment: Mapping[str, str] | None = None,
        remove: Path | None = None,
    ) -> None:
        """Describe the child; `start` runs it.

        Args:
            name: what messages call it.
            command: program and arguments.
            log: file for stdout and stderr.
            environment: variables added to this process's own.
            remove: folder that the guard removes should this process die; None keeps everything.
        """
        self.name = name
        self.log = log
        self.pid = 0
        self._command = list(command)
        self._environment = dict(environment or {})
        self._remove = remove
        self._guard: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None

    def start(self) -> None:
        """Run the command.

        Raises:
            OperatorError: it cannot be run at all (`stack`).
        """
        self.log.parent.mkdir(parents=True, exist_ok=True)
        self._control, theirs = socket.socketpair()
        _controls.add(self._control)
        with theirs, self.log.open("ab") as log:
            self._guard = subprocess.Popen(  # noqa: S603  # our own guard and a command of our own
                self._guarded(),
                stdin=theirs.fileno(),
                stdout=log,
                stderr=subprocess.STDOUT,
                env=os.environ | self._environment,
                start_new_session=True,
            )
        answer = self._control.recv(32)
        if not answer:
            raise self.failure(f"cannot be started (exit status {self.wait(KILL_SECONDS)})")
        self.pid = int(answer)

    def status(self) -> int | None:
        """Give the exit status (128 + N after signal N), or None while it runs."""
        status = self._guard.poll() if self._guard else None
        if status is not None and self._control is not None:
            self._control.close()
        return status

    @property
    def running(self) -> bool:
        """Whether it has been started and has not ended."""
        return self._guard is not None and self.status() is None

    def wait(self, seconds: float) -> int | None:
        """Wait for its end, for at most `seconds`; gives the exit status, or None while it still runs."""
        if self._guard is None:
            return None
        with suppress(subprocess.TimeoutExpired):
            self._guard.wait(seconds)
        return self.status()

    def terminate(self) -> None:
        """Ask it to end (SIGTERM); does nothing when it has ended."""
        self._order(guard.TERMINATE)

    def kill(self) -> None:
        """End it and all of its process group at once (SIGKILL); does nothing when it has ended."""
        self._order(guard.KILL)

    def stop(self, seconds: float) -> int | None:
        """Ask it to end, kill it after `seconds`, and give the exit status; None when it never ran."""
        if self.running:
            self.terminate()
            if self.wait(seconds) is None:
                self.kill()
                self.wait(KILL_SECONDS)
        return self.status()

    def wait_until(self, ready: Callable[[], bool], seconds: float) -> None:
        """Wait until `ready` gives true, asking again and again.

        Raises:
            OperatorError: it ended first, or `seconds` went by (`stack`); the message names its log and shows the end of it.
        """
        deadline = time.monotonic() + seconds
        while not ready():
            if not self.running:
                raise self.failure(f"ended with exit status {self.status()} before it was ready")
            if time.monotonic() > deadline:
                raise self.failure(f"was not ready after {seconds:.0f} s")
            time.sleep(POLL_SECONDS)

    def failure(self, what: str) -> OperatorError:
        """Make the error (`stack`) that says `what` happened to it, with its log's place and last lines."""
        lines = "\n".join(f"  {line}" for line in self.tail())
        return OperatorError(ErrorCode.STACK, f"{self.name} {what}; its log {self.log} ends with:\n{lines}")

    def tail(self) -> list[str]:
        """Give the last lines of its log."""
        with suppress(FileNotFoundError), self.log.open("rb") as file:
            file.seek(max(0, file.seek(0, os.SEEK_END) - TAIL_BYTES))
            return file.read().decode("utf-8", "replace").splitlines()[-TAIL_LINES:]
        return []

    def _guarded(self) -> list[str]:
        remove = ["--remove", str(self._remove)] if self._remove else []
        return [sys.executable, "-m", "broadsheet.local.guard", *remove, "--", *self._command]

    def _order(self, order: bytes) -> None:
        if self.running and self._control is not None:
            with suppress(BrokenPipeError, ConnectionResetError):  # it ended just now
                self._control.send(order)
