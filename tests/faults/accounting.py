"""Where did each published document end? Read from the topics and the index, not from what the processors say of themselves."""

from collections import Counter
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field

from opensearchpy.helpers import async_scan

from broadsheet.cli.reading import read_topic
from broadsheet.indexer.client import connect
from broadsheet.indexer.names import Names
from broadsheet.indexer.settings import OpenSearchSettings
from broadsheet.runtime.records import Record
from broadsheet.runtime.settings import KafkaSettings
from broadsheet_schemas.headers import DOCUMENT_ID
from broadsheet_schemas.receipt import IndexReceipt
from broadsheet_schemas.topics import DEAD_LETTER, INDEXED, RAW, Topic


@dataclass(slots=True)
class Account:
    """What was found.

    Attributes:
        published: how often each id stands in `documents.raw`.
        indexed: ids that the index holds.
        created: how often each id was reported as created.
        receipts: how many receipts there are of each id.
        dead_letters: how many dead letters there are of each id.
    """

    published: Counter[str] = field(default_factory=Counter)
    indexed: set[str] = field(default_factory=set)
    created: Counter[str] = field(default_factory=Counter)
    receipts: Counter[str] = field(default_factory=Counter)
    dead_letters: Counter[str] = field(default_factory=Counter)

    @property
    def lost(self) -> list[str]:
        """Ids that ended nowhere."""
        return sorted(set(self.published) - self.indexed - set(self.dead_letters))

    @property
    def in_both(self) -> list[str]:
        """Ids that ended in the index and in the dead letters."""
        return sorted(self.indexed & set(self.dead_letters))

    @property
    def unannounced(self) -> list[str]:
        """Ids in the index of which there is no receipt."""
        return sorted(self.indexed - set(self.receipts))

    @property
    def created_twice(self) -> list[str]:
        """Ids that were created more than once: an effect counted twice."""
        return sorted(name for name, count in self.created.items() if count > 1)

    @property
    def invented(self) -> list[str]:
        """Ids that ended somewhere and were never published."""
        return sorted((self.indexed | set(self.dead_letters)) - set(self.published))

    @property
    def repeated(self) -> int:
        """Receipts and dead letters beyond the first of each id: harmless, as delivery is at least once."""
        return sum((self.receipts + self.dead_letters).values()) - len(set(self.receipts) | set(self.dead_letters))

    def faults(self) -> dict[str, Sequence[str]]:
        """Give every broken promise, by what it is; empty when all was kept."""
        found = {
            "lost": self.lost,
            "in index and dead letters": self.in_both,
            "created twice": self.created_twice,
            "indexed without a receipt": self.unannounced,
            "never published": self.invented,
        }
        return {name: ids for name, ids in found.items() if ids}


async def account(kafka: KafkaSettings, opensearch: OpenSearchSettings) -> Account:
    """Read every topic from its beginning, and the index."""
    found = Account()
    async for record in _read(kafka, RAW):
        found.published[_given_id(record)] += 1
    async for record in _read(kafka, DEAD_LETTER):
        found.dead_letters[_given_id(record)] += 1
    async for record in _read(kafka, INDEXED):
        receipt = IndexReceipt.model_validate_json(record.value or b"")
        found.receipts[receipt.document_id] += 1
        found.created[receipt.document_id] += receipt.action == "created"
    found.indexed = {name async for name in _indexed(opensearch)}
    return found


def _read(kafka: KafkaSettings, topic: Topic) -> AsyncIterator[Record]:
    return read_topic(kafka, topic.prefixed(kafka.topic_prefix))


def _given_id(record: Record) -> str:
    return record.header(DOCUMENT_ID) or (record.key or b"").decode()


async def _indexed(settings: OpenSearchSettings) -> AsyncIterator[str]:
    async with connect(settings) as client:
        index = Names(settings.index_prefix).read
        await client.indices.refresh(index=index)
        async for hit in async_scan(client, index=index, query={"_source": ["document_id"]}, size=5000):
            yield hit["_source"]["document_id"]
