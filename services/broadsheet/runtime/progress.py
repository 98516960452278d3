"""What a processor is doing, for its health checks: shared between the loop that works and the server that answers."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum


class State(StrEnum):
    """What the processing loop is doing."""

    STARTING = "starting"
    WAITING = "waiting"
    WORKING = "working"
    RETRYING = "retrying"
    HALTED = "halted"
    STOPPING = "stopping"


@dataclass(slots=True)
class Progress:
    """The loop's state and when it last moved.

    Attributes:
        clock: monotonic seconds.
        stall_after_seconds: how long a batch may show no sign of life before the loop counts as stuck.
        state: what the loop is doing.
        reason: why it is halted or retrying, for people.
    """

    clock: Callable[[], float]
    stall_after_seconds: float
    state: State = State.STARTING
    reason: str = ""
    _moved_at: float = field(default=0.0)

    def __post_init__(self) -> None:
        self.touch()

    def touch(self) -> None:
        """Note a sign of life: a page done, a batch settled, a retry begun."""
        self._moved_at = self.clock()

    def enter(self, state: State, reason: str = "") -> None:
        """Note that the loop is now in `state`. One that is stopping stays so, whatever its last batch does."""
        self.touch()
        if self.state is not State.STOPPING:
            self.state = state
            self.reason = reason

    @property
    def stuck(self) -> bool:
        """Whether a batch is under way and nothing has moved for longer than it may."""
        return self.state is State.WORKING and self.clock() - self._moved_at > self.stall_after_seconds
