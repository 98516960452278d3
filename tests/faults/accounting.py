"""Where did each published document end? Read from the topics and the index, not from what the processors say of themselves."""

import hashlib
from collections import Counter
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field

from opensearchpy.helpers import async_scan

from broadsheet.cli.reading import read_topic
from broadsheet.indexer.client import connect
from broadsheet.indexer.names import Names
from broadsheet.indexer.settings import OpenSearchSettings
from broadsheet.indexer.sightings import teaser_key
from broadsheet.runtime.records import Record
from broadsheet.runtime.settings import KafkaSettings
from broadsheet_schemas.enriched import EnrichedDocument
from broadsheet_schemas.headers import DOCUMENT_ID
from broadsheet_schemas.receipt import IndexReceipt
from broadsheet_schemas.topics import DEAD_LETTER, ENRICHED, INDEXED, RAW, Topic

SCAN_SIZE = 5000


@dataclass(slots=True)
class Account:
    """What was found.

    Attributes:
        published: how often each id stands in `documents.raw`.
        newest: the revision of each id that was published last.
        indexed: the revision of each id that the index holds.
        created: how often each id was reported as created.
        receipts: how many receipts there are of each id.
        dead_letters: how many dead letters there are of each id.
        shown: by teaser, on how many different pages it was seen.
        counted: by teaser, on how many pages the index says that it was seen.
    """

    published: Counter[str] = field(default_factory=Counter)
    newest: dict[str, str] = field(default_factory=dict)
    indexed: dict[str, str] = field(default_factory=dict)
    created: Counter[str] = field(default_factory=Counter)
    receipts: Counter[str] = field(default_factory=Counter)
    dead_letters: Counter[str] = field(default_factory=Counter)
    shown: Counter[str] = field(default_factory=Counter)
    counted: dict[str, int] = field(default_factory=dict)

    @property
    def ends(self) -> dict[str, tuple[str, ...]]:
        """In which of index, receipts and dead letters each published id is: nowhere is lost."""
        places: Mapping[str, Mapping[str, object]] = {
            "index": self.indexed,
            "documents.indexed": self.receipts,
            "dead letters": self.dead_letters,
        }
        return {id_: tuple(name for name, ids in places.items() if id_ in ids) for id_ in self.published}

    @property
    def lost(self) -> list[str]:
        """Ids that ended nowhere."""
        return sorted(set(self.published) - set(self.indexed) - set(self.dead_letters))

    @property
    def repeated(self) -> Counter[str]:
        """Receipts and dead letters beyond one a published record: harmless, as delivery is at least once."""
        return (self.receipts + self.dead_letters) - self.published

    @property
    def doubled(self) -> dict[str, list[str]]:
        """Effects that counted twice, by what they are."""
        return {
            "in index and dead letters": sorted(set(self.indexed) & set(self.dead_letters)),
            "created twice": sorted(id_ for id_, count in self.created.items() if count > 1),
            "teasers counted wrongly": sorted(
                key for key in self.shown.keys() | self.counted.keys() if self.shown[key] != self.counted.get(key)
            ),
        }

    def faults(self) -> dict[str, Sequence[str]]:
        """Give every broken promise, by what it is; empty when all was kept."""
        found = {
            "lost": self.lost,
            **self.doubled,
            "older than what was published last": sorted(
                id_ for id_, revision in self.indexed.items() if self.newest.get(id_, revision) != revision
            ),
            "indexed without a receipt": sorted(set(self.indexed) - set(self.receipts)),
            "never published": sorted((set(self.indexed) | set(self.dead_letters)) - set(self.published)),
        }
        return {name: ids for name, ids in found.items() if ids}


async def account(kafka: KafkaSettings, opensearch: OpenSearchSettings) -> Account:
    """Read every topic from its beginning, and the index."""
    found = Account()
    async for record in _read(kafka, RAW):
        id_ = _given_id(record)
        found.published[id_] += 1
        found.newest[id_] = hashlib.sha256(record.value or b"").hexdigest()
    async for record in _read(kafka, DEAD_LETTER):
        found.dead_letters[_given_id(record)] += 1
    async for record in _read(kafka, INDEXED):
        receipt = IndexReceipt.model_validate_json(record.value or b"")
        found.receipts[receipt.document_id] += 1
        found.created[receipt.document_id] += receipt.action == "created"
    found.shown = await _shown(kafka)
    await _look_into_index(opensearch, found)
    return found


def _read(kafka: KafkaSettings, topic: Topic) -> AsyncIterator[Record]:
    return read_topic(kafka, topic.prefixed(kafka.topic_prefix))


def _given_id(record: Record) -> str:
    return record.header(DOCUMENT_ID) or (record.key or b"").decode()


async def _shown(kafka: KafkaSettings) -> Counter[str]:
    """Count the different pages of each teaser, as the tagger told the indexer."""
    seen = set()
    async for record in _read(kafka, ENRICHED):
        document = EnrichedDocument.model_validate_json(record.value or b"")
        seen |= {(teaser_key(teaser), document.document_id) for teaser in document.teasers}
    return Counter(key for key, _ in seen)


async def _look_into_index(settings: OpenSearchSettings, found: Account) -> None:
    async with connect(settings) as client:
        names = Names(settings.index_prefix)
        await client.indices.refresh(index=f"{names.read},{names.teasers.read}")
        wanted = {"_source": ["document_id", "revision"]}
        async for hit in async_scan(client, index=names.read, query=wanted, size=SCAN_SIZE):
            found.indexed[hit["_source"]["document_id"]] = hit["_source"]["revision"]
        wanted = {"_source": ["page_count"]}
        async for hit in async_scan(client, index=names.teasers.read, query=wanted, size=SCAN_SIZE):
            found.counted[hit["_id"]] = hit["_source"]["page_count"]
