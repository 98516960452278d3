"""Retention by age: deleting what was last received, or last seen, before a day. Nothing newer is ever touched."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from opensearchpy import AsyncOpenSearch

from broadsheet.indexer.names import Kind, Names
from broadsheet.indexer.server_tasks import Progress, finished, unwatched

AGE_FIELDS: dict[Kind, str] = {"documents": "received_at", "teasers": "last_seen"}
"""What the age of an entry is counted from: the last time that the page came in, or that a page showed the teaser."""


async def prune(
    client: AsyncOpenSearch, names: Names, days: float, *, now: datetime, progress: Progress = unwatched
) -> int:
    """Delete from every version of an index what is older; gives how many entries went.

    A page that is written meanwhile stays.

    Args:
        client: see `client.connect`.
        names: of the index.
        days: greatest age that is kept.
        now: the present moment, aware.
        progress: told how far it is.

    Raises:
        OperatorError: OpenSearch refuses (`index_differs`).
    """
    body = {"query": {"range": {AGE_FIELDS[names.kind]: {"lt": _text(now - timedelta(days=days))}}}}
    params = {"conflicts": "proceed", "wait_for_completion": "false", "refresh": "true"}
    started = await client.delete_by_query(index=names.pattern, body=body, params=params)
    response: Mapping[str, Any] = await finished(client, started, progress)
    deleted: int = response["deleted"]
    return deleted


def _text(moment: datetime) -> str:
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="milliseconds") + "Z"
