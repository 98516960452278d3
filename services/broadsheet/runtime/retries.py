"""Waiting for the world to come back: back-off with jitter, without end, nothing skipped."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from aiokafka.errors import KafkaError
from tenacity import (
    AsyncRetrying,
    RetryCallState,
    retry,
    retry_if_exception,
    retry_if_exception_type,
    stop_after_delay,
    stop_never,
    wait_fixed,
    wait_random_exponential,
)

from broadsheet.runtime.errors import UnavailableError

T = TypeVar("T")

FIRST_WAIT_SECONDS = 0.2
"""Mean of the first waits doubles from here up to the setting `retry_max_wait_seconds`."""

BROKER_START_SECONDS = 10.0
"""How long to ask again while a broker that has just started makes its own topic for the groups."""

while_broker_starts = retry(
    retry=retry_if_exception(lambda error: isinstance(error, KafkaError) and bool(error.retriable)),
    stop=stop_after_delay(BROKER_START_SECONDS),
    wait=wait_fixed(0.2),
    reraise=True,
)
"""Makes a question to the broker patient with one that is not ready to answer yet; then its error is raised."""


async def until_available(
    work: Callable[[], Awaitable[T]], *, max_wait_seconds: float, on_retry: Callable[[UnavailableError], None]
) -> T:
    """Run `work` until it no longer raises `UnavailableError`, waiting longer between tries, with full jitter.

    Args:
        work: idempotent; called again as a whole.
        max_wait_seconds: bound of one wait.
        on_retry: told of each failure before its wait.
    """

    def tell(state: RetryCallState) -> None:
        error = state.outcome.exception() if state.outcome else None
        if isinstance(error, UnavailableError):
            on_retry(error)

    async def attempt() -> T:  # tenacity awaits only what is declared with `async def`
        return await work()

    retrying = AsyncRetrying(
        retry=retry_if_exception_type(UnavailableError),
        wait=wait_random_exponential(multiplier=FIRST_WAIT_SECONDS, max=max_wait_seconds),
        stop=stop_never,
        before_sleep=tell,
    )
    return await retrying(attempt)
