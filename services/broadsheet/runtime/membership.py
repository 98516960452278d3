"""Whether this process and another throw each other out of the consumer group: two that run under one name."""

import asyncio
from collections import deque
from collections.abc import Callable
from typing import NoReturn

from broadsheet.runtime.errors import OperatorError
from broadsheet_schemas.errors import ErrorCode

INTERVAL_SECONDS = 0.5
"""How often the id is looked at: two processes that fight change it every few seconds."""

CHANGES = 3
WINDOW_SESSIONS = 2.0
"""A member that was silent gets a new id too, but only once in a session timeout: three times within two is a rival's work."""


class Membership:
    """Follows the id that the group knows this process by.

    A static member that joins takes the place of the one that has its name and gets a new id. The other learns it from its
    next heartbeat, a quarter of the session timeout later, and joins again.
    """

    def __init__(self, clock: Callable[[], float], session_timeout_seconds: float) -> None:
        """Begin with no id.

        Args:
            clock: monotonic seconds.
            session_timeout_seconds: after how long a silent member is put out of the group.
        """
        self._clock = clock
        self._window = WINDOW_SESSIONS * session_timeout_seconds
        self._id = ""
        self._changed_at: deque[float] = deque(maxlen=CHANGES)

    def note(self, member_id: str) -> None:
        """Note the id now; empty while there is none."""
        if member_id and member_id != self._id:
            if self._id:
                self._changed_at.append(self._clock())
            self._id = member_id

    @property
    def contested(self) -> bool:
        """Whether another process keeps taking this one's place."""
        changes = self._changed_at
        return len(changes) == CHANGES and self._clock() - changes[0] <= self._window


async def watch_membership(member_id: Callable[[], str], membership: Membership, name: str) -> NoReturn:
    """Follow the id until another process contests it.

    Args:
        member_id: tells the id now.
        membership: where it is noted.
        name: what the process calls itself, for the message: its stage and instance.

    Raises:
        OperatorError: another process runs under the same name (`configuration`).
    """
    while not membership.contested:
        membership.note(member_id())
        await asyncio.sleep(INTERVAL_SECONDS)
    raise OperatorError(
        ErrorCode.CONFIGURATION,
        f"another process runs as {name}, and the two take each other's place in the consumer group: "
        "give each a BROADSHEET_INSTANCE of its own",
    )
