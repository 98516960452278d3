"""Documents a second that one indexer writes, beside a bare loop of opensearch-py's own bulk helper on the same documents.

Documents have a body of 4 KB and 8 teasers. Both take turns on one OpenSearch in one run, each time into new indices, and
both begin with documents that are ready to be written. Two bare loops: one writes the documents alone, and is what the
indexer is compared with; the other also what the indexer writes of teasers, with the same script, one update for each teaser and page.
The indexer reads versions first, decides, merges teasers and answers with receipts.

    python tests/benchmarks/indexing.py [--documents 4000] [--rounds 3] [--teasers-of-site 200]
"""

import argparse
import asyncio
import os
import random
import statistics
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import orjson
import psutil
from opensearchpy import AsyncOpenSearch
from opensearchpy.helpers import async_streaming_bulk

sys.path.insert(0, str(Path(__file__).parents[1]))

from broadsheet.indexer import bulk, schema
from broadsheet.indexer.client import connect
from broadsheet.indexer.names import Names
from broadsheet.indexer.settings import IndexerSettings
from broadsheet.indexer.transform import Draft, index_record
from broadsheet.indexer.writer import IndexEffect
from broadsheet.runtime.errors import DocumentError
from broadsheet.runtime.records import Record
from broadsheet.runtime.stage import Product
from broadsheet_schemas.enriched import EnrichedDocument
from servers import running_opensearch

BODY_CHARACTERS = 4096
TEASERS = 8
WORDS = [
    f"{start}{end}"
    for start in ("har", "bri", "cou", "fer", "mar", "pol", "riv", "sta")
    for end in ("bour", "dge", "ncil", "ry", "ket", "ice", "er", "tion", "low", "ming")
]


def main() -> None:
    """Run the rounds and print the table."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--documents", type=int, default=4000)
    arguments.add_argument("--rounds", type=int, default=3)
    arguments.add_argument("--teasers-of-site", type=int, default=200, help="Different teasers that the pages show.")
    options = arguments.parse_args()
    products = [index_record(record) for record in records(options.documents, options.teasers_of_site)]
    print(f"{options.documents} documents, {statistics.mean(len(product.data) for product in products):.0f} bytes each")
    with running_opensearch() as server:
        asyncio.run(compare(server.url, products, options.rounds))


async def compare(url: str, products: list[Product], rounds: int) -> None:
    """Let the loops take turns and print what each did."""
    rates: dict[str, list[float]] = {name: [] for name in LOOPS}
    for number in range(
        rounds + 1
    ):  # the first is for a Java machine that has compiled nothing yet, and does not count
        for turn, (name, loop) in enumerate(LOOPS.items()):
            settings = IndexerSettings(opensearch_url=url, index_prefix=f"bench-{number}-{turn}")
            async with connect(settings) as client:
                await schema.create(client, Names(settings.index_prefix))
                seconds = await timed(loop, settings, client, products)
                await client.indices.delete(index=f"{settings.index_prefix}-*")
            rates[name] += [len(products) / seconds] if number else []
            print(f"round {number or 'warm-up'}  {name:26} {len(products) / seconds:8.0f} documents/s", flush=True)
    report(rates)


def report(rates: dict[str, list[float]]) -> None:
    """Print medians, the ratios of each round, and the memory."""
    for name, values in rates.items():
        print(
            f"{name:26} median {statistics.median(values):8.0f} documents/s  ({min(values):.0f} to {max(values):.0f})"
        )
    indexer, *others = rates
    for other in others:
        ratios = [ours / theirs for ours, theirs in zip(rates[indexer], rates[other], strict=True)]
        print(f"{indexer} / {other}: median {statistics.median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})")
    print(
        f"resident memory of this process, its documents included: {psutil.Process(os.getpid()).memory_info().rss / 2**20:.0f} MiB"
    )


Loop = Callable[[IndexerSettings, AsyncOpenSearch, list[Product]], Awaitable[None]]


async def timed(loop: Loop, settings: IndexerSettings, client: AsyncOpenSearch, products: list[Product]) -> float:
    """Give the seconds that a loop takes until everything can be searched."""
    started = time.perf_counter()
    await loop(settings, client, products)
    await client.indices.refresh(index=f"{settings.index_prefix}-*")
    return time.perf_counter() - started


async def by_indexer(settings: IndexerSettings, _: AsyncOpenSearch, products: list[Product]) -> None:
    """Write as the stage does, a batch at a time."""
    effect = IndexEffect(settings)
    for start in range(0, len(products), settings.batch_max_records):
        results = await effect.apply(products[start : start + settings.batch_max_records])
        failed = [result for result in results if isinstance(result, DocumentError)]
        if failed:
            raise failed[0]
    await effect.stop()


async def by_helper(settings: IndexerSettings, client: AsyncOpenSearch, products: list[Product]) -> None:
    """Write the documents alone with the client's helper."""
    await helped(settings, client, documents_of(Names(settings.index_prefix), products))


async def by_helper_with_teasers(settings: IndexerSettings, client: AsyncOpenSearch, products: list[Product]) -> None:
    """Write documents and teasers with the client's helper."""
    names = Names(settings.index_prefix)
    await helped(settings, client, documents_of(names, products))
    await helped(settings, client, teasers_of(names, products))


async def helped(settings: IndexerSettings, client: AsyncOpenSearch, actions: Iterator[dict[str, Any]]) -> None:
    """Send actions with the client's own bulk helper, in requests of the indexer's size."""
    sizes: dict[str, Any] = {"chunk_size": settings.batch_max_records, "max_chunk_bytes": settings.bulk_max_bytes}
    sent: AsyncIterator[Any] = async_streaming_bulk(client, actions, **sizes)
    async for done, answer in sent:
        if not done:
            raise RuntimeError(answer)


def documents_of(names: Names, products: list[Product]) -> Iterator[dict[str, Any]]:
    """Give the documents as the helper takes them."""
    for product in products:
        draft = Draft.read(product.data)
        yield {"_op_type": "index", "_index": names.write, "_id": draft.id, "_source": draft.source.decode()}


def teasers_of(names: Names, products: list[Product]) -> Iterator[dict[str, Any]]:
    """Give the merges of teasers as the helper takes them."""
    limits = {"most_pages": bulk.MOST_PAGES, "most_domains": bulk.MOST_DOMAINS, "most_names": bulk.MOST_NAMES}
    for product in products:
        for sighting in Draft.read(product.data).sightings:
            script = {"id": names.merge_script, "params": limits | orjson.loads(sighting.data)}
            change = {"scripted_upsert": True, "upsert": {}, "script": script}
            yield {"_op_type": "update", "_index": names.teasers.write, "_id": sighting.key, **change}


LOOPS: dict[str, Loop] = {
    "indexer": by_indexer,
    "helper, documents": by_helper,
    "helper, documents+teasers": by_helper_with_teasers,
}


def records(count: int, different: int) -> Iterator[Record]:
    """Make enriched documents of a site whose pages show `TEASERS` of `different` teasers each."""
    random_ = random.Random(6)
    teasers = [teaser(random_, number) for number in range(different)]
    start = datetime(2026, 1, 31, tzinfo=UTC)
    for number in range(count):
        yield record(
            number,
            sentence(random_, BODY_CHARACTERS),
            random_.sample(teasers, TEASERS),
            start + timedelta(seconds=number),
        )


def record(number: int, body: str, teasers: list[dict[str, Any]], moment: datetime) -> Record:
    """Make the record of one document."""
    name = f"Ada {WORDS[number % len(WORDS)].title()}"
    mention = {"start": 0, "end": len(name), "text": name, "part": "body"}
    data = {
        "document_id": f"https://news.example/{number}",
        "revision": f"{number:064x}",
        "source": {"url": f"https://news.example/{number}", "domain": "news.example"},
        "content_type": "text/html",
        "language": {"code": "en", "confidence": 1.0},
        "received_at": moment,
        "text": body,
        "title": {"text": body[:60]},
        "body": [{"kind": "paragraph", "start": 0, "end": len(body), "text": body}],
        "teasers": teasers,
        "entities": [
            {"id": f"person:{number % 80}", "name": name, "type": "PERSON", "salience": 0.5, "mentions": [mention]}
        ],
        "segmenter": {"name": "model", "version": "1"},
        "tagger": {"name": "model", "version": "1"},
    }
    document = EnrichedDocument.model_validate(data)
    return Record(
        "documents.enriched", 0, number, 0, document.document_id.encode(), document.model_dump_json().encode()
    )


def teaser(random_: random.Random, number: int) -> dict[str, Any]:
    """Make a teaser with a headline and a summary."""
    headline, summary = sentence(random_, 60), sentence(random_, 160)
    return {
        "start": 0,
        "end": 222,
        "headline": {"start": 0, "end": len(headline), "text": headline},
        "summary": {"start": 61, "end": 61 + len(summary), "text": summary},
        "url": f"https://news.example/teaser/{number}",
    }


def sentence(random_: random.Random, characters: int) -> str:
    """Make words of about so many characters."""
    return " ".join(random_.choices(WORDS, k=characters // 7))[:characters].strip()


if __name__ == "__main__":
    main()
