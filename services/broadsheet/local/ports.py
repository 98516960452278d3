"""Ports of this machine: finding a free one, and saying who holds one that is not."""

import random
import socket
from collections.abc import Iterable
from contextlib import suppress

import psutil

from broadsheet.runtime.errors import OperatorError
from broadsheet_schemas.errors import ErrorCode

HOST = "127.0.0.1"
"""Everything on one machine listens here and nowhere else."""


_SYSTEM = random.SystemRandom()
"""Not the common generator: processes that give it one seed, as tests do, would choose the same ports."""

QUIET = range(20_000, 32_000)
"""Ports that systems give to no outgoing connection (Linux begins at 32,768, others at 49,152). Such a connection was seen to
take the port of a processor between its choice and its use, once in a run of all tests."""


def free_port(among: Iterable[int] = QUIET) -> int:
    """Find a port that nobody listens on; `among` names the candidates.

    Candidates are tried in random order, so that two stacks that start side by side seldom choose the same.

    Raises:
        OperatorError: every candidate is taken (`stack`).
    """
    candidates = list(among)
    for port in _SYSTEM.sample(candidates, len(candidates)):
        with suppress(OSError), socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((HOST, port))
            return int(probe.getsockname()[1])
    raise OperatorError(ErrorCode.STACK, f"no port of {min(candidates)} to {max(candidates)} is free on {HOST}")


def require_free(port: int, purpose: str) -> None:
    """Make sure that nobody listens on `port`, which `purpose` (as in "Kafka") is to have.

    Raises:
        OperatorError: somebody does (`stack`); the message names the port and, where the system tells, the process.
    """
    try:
        free_port([port])
    except OperatorError:
        raise OperatorError(
            ErrorCode.STACK, f"port {port}, which {purpose} needs, is in use by {_holder(port)}"
        ) from None


def listening(port: int) -> bool:
    """Tell whether somebody accepts connections on `port`."""
    with socket.socket() as probe:
        return probe.connect_ex((HOST, port)) == 0


def _holder(port: int) -> str:
    with suppress(psutil.Error):  # macOS tells the root user alone
        for connection in psutil.net_connections("tcp"):
            if connection.status == psutil.CONN_LISTEN and port in connection.laddr and connection.pid:
                return f"{psutil.Process(connection.pid).name()} (process {connection.pid})"
    return "another process"
