"""Waiting for the world to come back: back-off with jitter, without end, nothing skipped."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from tenacity import AsyncRetrying, RetryCallState, retry_if_exception_type, stop_never, wait_random_exponential

from broadsheet.runtime.errors import UnavailableError

T = TypeVar("T")

FIRST_WAIT_SECONDS = 0.2
"""Mean of the first waits doubles from here up to the setting `retry_max_wait_seconds`."""


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
