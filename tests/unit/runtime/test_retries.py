import pytest

from broadsheet.runtime.errors import OperatorError, UnavailableError
from broadsheet.runtime.retries import until_available
from broadsheet_schemas.errors import ErrorCode


async def test_work_is_repeated_until_the_world_is_back() -> None:
    failures = [UnavailableError(ErrorCode.INDEX_UNAVAILABLE, f"try {number}") for number in range(3)]
    told: list[str] = []

    async def work() -> str:
        if failures:
            raise failures.pop(0)
        return "done"

    result = await until_available(work, max_wait_seconds=0.001, on_retry=lambda error: told.append(error.message))

    assert result == "done"
    assert told == ["try 0", "try 1", "try 2"]


async def test_another_error_is_not_repeated() -> None:
    tries = 0

    async def work() -> None:
        nonlocal tries
        tries += 1
        raise OperatorError(ErrorCode.CONFIGURATION, "wrong password")

    with pytest.raises(OperatorError, match="wrong password"):
        await until_available(work, max_wait_seconds=0.001, on_retry=lambda _error: None)
    assert tries == 1


async def test_a_plain_function_that_gives_an_awaitable_is_awaited() -> None:
    async def work() -> str:
        return "done"

    assert await until_available(lambda: work(), max_wait_seconds=0.001, on_retry=lambda _error: None) == "done"  # noqa: PLW0108 - the lambda is what is tested
