"""Connections that cannot hold up a server: bounded in number, in time and in bytes, whatever the other side does.

aiohttp waits for the rest of a request, and for a client that does not read, as long as they like; there is no setting.
"""

import asyncio
from collections.abc import Callable
from typing import cast


class BoundedConnections:
    """Makes the protocol of each connection, as `loop.create_server` asks for it, around one that speaks HTTP.

    A connection has its time from the first byte of the handshake to the last of the answer, so one that sends a byte now and
    then is closed as one that sends nothing. When there are too many, the oldest makes room: an honest client is done
    within milliseconds, so the oldest are those that dawdle.
    """

    def __init__(
        self, make: Callable[[], asyncio.Protocol], *, most: int, seconds: float, max_request_bytes: int
    ) -> None:
        """Describe the bounds.

        Args:
            make: gives the protocol that speaks on a new connection.
            most: connections that are open at once.
            seconds: how long one may be open.
            max_request_bytes: most bytes that one may send.
        """
        self.seconds = seconds
        self.max_request_bytes = max_request_bytes
        self._make = make
        self._most = most
        self._open: dict[_Connection, None] = {}

    def __call__(self) -> asyncio.Protocol:
        """Make the protocol of one connection."""
        return _Connection(self, self._make())

    def opened(self, connection: "_Connection") -> None:
        """Take a new connection in, in place of the oldest where there is no room."""
        while len(self._open) >= self._most:
            oldest = next(iter(self._open))
            del self._open[oldest]
            oldest.abort()
        self._open[connection] = None

    def closed(self, connection: "_Connection") -> None:
        """Forget a connection."""
        self._open.pop(connection, None)


class _Connection(asyncio.Protocol):
    """Passes everything on to the protocol that speaks, until a bound is reached."""

    def __init__(self, bounds: BoundedConnections, inner: asyncio.Protocol) -> None:
        self._bounds = bounds
        self._inner = inner
        self._received = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)
        self._timer = asyncio.get_running_loop().call_later(self._bounds.seconds, self.abort)
        self._bounds.opened(self)
        self._inner.connection_made(transport)

    def data_received(self, data: bytes) -> None:
        self._received += len(data)
        if self._received > self._bounds.max_request_bytes:
            self.abort()
        else:
            self._inner.data_received(data)

    def eof_received(self) -> bool | None:
        return self._inner.eof_received()

    def pause_writing(self) -> None:
        self._inner.pause_writing()

    def resume_writing(self) -> None:
        self._inner.resume_writing()

    def connection_lost(self, exc: Exception | None) -> None:
        self._timer.cancel()
        self._bounds.closed(self)
        self._inner.connection_lost(exc)

    def abort(self) -> None:
        """Close at once, without waiting for what is still to be sent."""
        self._transport.abort()
