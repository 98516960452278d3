"""Long work that OpenSearch does by itself, copying and deleting: started, watched, and cancelled with whoever waits for it."""

import asyncio
from collections.abc import Callable, Mapping
from typing import Any

from opensearchpy import AsyncOpenSearch

from broadsheet.indexer.client import reason
from broadsheet.runtime.errors import OperatorError
from broadsheet_schemas.errors import ErrorCode

POLL_SECONDS = 0.25

Progress = Callable[[int, int], None]
"""Told how many documents are done, and of how many."""


def unwatched(done: int, total: int) -> None:
    """Watch nothing."""


async def finished(
    client: AsyncOpenSearch, started: Mapping[str, Any], progress: Progress = unwatched
) -> Mapping[str, Any]:
    """Wait for a task to end; gives its own response. Cancels it when this is cancelled.

    Raises:
        OperatorError: OpenSearch refused a document, or the work as a whole (`index_differs`).
    """
    task = started["task"]
    try:
        while not (state := await client.tasks.get(task_id=task))["completed"]:
            progress(_done(state["task"]["status"]), state["task"]["status"]["total"])
            await asyncio.sleep(POLL_SECONDS)
    except asyncio.CancelledError:
        await client.tasks.cancel(task_id=task)
        raise
    response: Mapping[str, Any] = state.get("response", {})
    _check(state.get("error"), response.get("failures", ()))
    progress(_done(response), response["total"])
    return response


def _done(status: Mapping[str, Any]) -> int:
    return sum(status.get(name, 0) for name in ("created", "updated", "deleted", "version_conflicts", "noops"))


def _check(error: Any, failures: Any) -> None:
    if error or failures:
        why = reason(error or failures[0].get("cause") or failures[0].get("reason"))
        count = f"{len(failures)} documents" if failures else "the work"
        raise OperatorError(ErrorCode.INDEX_DIFFERS, f"OpenSearch refused {count}: {why}")
