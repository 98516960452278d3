"""Taking records of `documents.enriched` into the index the indexer's own way, and counting what became of them."""

from collections import Counter
from collections.abc import AsyncGenerator, AsyncIterator, Sequence

from broadsheet.cli.console import note
from broadsheet.indexer.settings import IndexerSettings
from broadsheet.indexer.transform import index_record
from broadsheet.indexer.writer import IndexEffect
from broadsheet.runtime.errors import UnavailableError
from broadsheet.runtime.outcomes import Failure
from broadsheet.runtime.records import Record
from broadsheet.runtime.retries import until_available
from broadsheet.runtime.stage import Product
from broadsheet.runtime.workers import Workers
from broadsheet_schemas.receipt import IndexAction, IndexReceipt

RETRY_MAX_WAIT_SECONDS = 30.0
"""Longest wait between two tries while OpenSearch is away; what has been written stays written."""


class Filling:
    """Takes the records of a topic into the index, batch by batch, and counts what became of them.

    Args:
        settings: the cluster, the index, and the limits of a batch.
        processes: worker processes that prepare the documents.
    """

    def __init__(self, settings: IndexerSettings, processes: int) -> None:
        self.actions: Counter[IndexAction] = Counter()
        self.refused: Counter[str] = Counter()
        self._settings = settings
        self._effect = IndexEffect(settings)
        self._workers = Workers(
            index_record, warm_up=None, processes=processes, page_timeout_seconds=settings.page_timeout_seconds
        )

    @property
    def records(self) -> int:
        """How many records have been read."""
        return self.actions.total() + self.refused.total()

    async def run(self, records: AsyncIterator[Record]) -> AsyncGenerator[int, None]:
        """Take all records into the index; gives, after each batch, how many have been read.

        Raises:
            OperatorError: OpenSearch refuses this client, or the workers cannot start.
            UnavailableError: OpenSearch cannot be reached at the start; later on, it is waited for.
        """
        try:
            await self._effect.start()
            await self._workers.start()
            async for batch in batches(records, self._settings.batch_max_records, self._settings.batch_max_bytes):
                await self._take(batch)
                yield self.records
        finally:
            await self._workers.stop()
            await self._effect.stop()

    async def _take(self, batch: Sequence[Record]) -> None:
        outcomes = [outcome.result for outcome in await self._workers.run(batch)]
        products = [result for result in outcomes if isinstance(result, Product)]
        applied = await until_available(
            lambda: self._effect.apply(products), max_wait_seconds=RETRY_MAX_WAIT_SECONDS, on_retry=_tell
        )
        for result in (*applied, *(result for result in outcomes if isinstance(result, Failure))):
            if isinstance(result, Product):
                self.actions[IndexReceipt.model_validate_json(result.data).action] += 1
            else:
                self.refused[result.code] += 1


async def batches(records: AsyncIterator[Record], most: int, most_bytes: int) -> AsyncIterator[list[Record]]:
    """Gather records into batches of at most `most` and, but for a single larger one, `most_bytes`."""
    batch: list[Record] = []
    size = 0
    async for record in records:
        if batch and (len(batch) == most or size + record.size > most_bytes):
            yield batch
            batch, size = [], 0
        batch.append(record)
        size += record.size
    if batch:
        yield batch


def _tell(error: UnavailableError) -> None:
    note(f"waiting: {error.message}")
