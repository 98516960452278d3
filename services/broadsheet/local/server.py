"""What Kafka and OpenSearch have in common here: a child process that is started, used and stopped as a context."""

from abc import ABC, abstractmethod
from typing import Self

from broadsheet.local.child import Child


class Server(ABC):
    """A server on this machine.

    Attributes:
        port: where clients reach it on 127.0.0.1.
        child: its process.
    """

    port: int
    child: Child

    stop_seconds: float
    """How long it may take to end after SIGTERM, before SIGKILL."""

    @abstractmethod
    def start(self) -> None:
        """Start it and wait until it answers.

        Raises:
            OperatorError: a port is in use, a jar is missing, or it does not come up (`stack`).
        """

    def stop(self) -> None:
        """Stop it: SIGTERM, and SIGKILL after a while; does nothing when it does not run."""
        self.child.stop(self.stop_seconds)

    def __enter__(self) -> Self:
        try:
            self.start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
