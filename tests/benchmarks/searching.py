"""How long searches take on an index of 100,000 generated documents: median and 95th percentile of each kind.

Documents have 4 KB of body in words that are as unevenly frequent as a language's (Zipf), 8 teasers, 6 entities, and come
from 200 domains and 1,000 days. Questions are drawn from the same words, each asked once, one after another, through the
functions that the command uses; what is timed is the whole call, from request to typed result.

    make bench-search                                       # 100,000 documents: many minutes, most of them to fill the index
    python tests/benchmarks/searching.py --documents 5000
"""

import argparse
import asyncio
import statistics
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path
from random import Random

import orjson

sys.path.insert(0, str(Path(__file__).parents[1]))

from opensearchpy import AsyncOpenSearch

from broadsheet.indexer import schema
from broadsheet.indexer.client import connect
from broadsheet.indexer.documents import index_source
from broadsheet.indexer.names import Names
from broadsheet.indexer.queries import SearchRequest
from broadsheet.indexer.search import search
from broadsheet.indexer.settings import OpenSearchSettings
from broadsheet.indexer.similar import similar
from broadsheet_schemas.accepted import Source
from broadsheet_schemas.enriched import EnrichedDocument, EntityType
from servers import running_opensearch
from unit.indexer.laid_out import laid_out

DOCUMENTS = 100_000
QUESTIONS = 100
"""Questions of each kind: the 95th percentile is the fifth longest of them."""

WORDS_A_BODY = 600
TEASERS = 8
PARAGRAPHS = 12
BULK = 500
FIRST_DAY = date(2023, 1, 1)
DAYS = 1000
DOMAINS = 200

SYLLABLES = ["ba", "de", "fi", "go", "hu", "ka", "le", "mi", "no", "pu", "ra", "se", "ti", "vo", "zu"]
WORDS = [a + b + c for a in SYLLABLES for b in SYLLABLES for c in (*SYLLABLES, *(s + "n" for s in SYLLABLES))]
WEIGHTS = list(accumulate(1 / rank for rank in range(1, len(WORDS) + 1)))
NAMES = [f"{first.title()} {last.title()}r" for first in WORDS[:60] for last in WORDS[60:110]]
KINDS: tuple[EntityType, ...] = ("PERSON", "ORG", "GPE")

Ask = Callable[[], Awaitable[object]]


@dataclass(frozen=True, slots=True)
class Drawn:
    """Draws words and names, the same ones for the same seed."""

    random: Random

    def text(self, words: int) -> str:
        """Give so many words."""
        return " ".join(self.random.choices(WORDS, cum_weights=WEIGHTS, k=words))

    def word(self, first: int, last: int) -> str:
        """Give a word whose rank of frequency lies between two."""
        return WORDS[self.random.randrange(first, last)]

    def name(self) -> tuple[str, EntityType]:
        """Give an entity; a name is always of one type."""
        number = self.random.randrange(len(NAMES))
        return NAMES[number], KINDS[number % len(KINDS)]


def made(number: int) -> EnrichedDocument:
    """Make a document."""
    drawn = Drawn(Random(number))
    names = tuple(dict.fromkeys(drawn.name() for _ in range(6)))
    blocks = [f"{drawn.text(WORDS_A_BODY // PARAGRAPHS)}." for _ in range(PARAGRAPHS)]
    blocks[:4] = [f"{name} {block}" for (name, _), block in zip(names, blocks, strict=False)]
    teasers = [(drawn.text(8), f"{drawn.name()[0]} {drawn.text(15)}") for _ in range(TEASERS)]
    document = laid_out(drawn.text(8).capitalize(), blocks, teasers, names=names, document_id=f"d{number}")
    day = FIRST_DAY + timedelta(days=drawn.random.randrange(DAYS))
    domain = f"site{drawn.random.randrange(DOMAINS)}.example"
    return document.model_copy(update={"published_on": day, "source": Source(domain=domain)})


def questions(client: AsyncOpenSearch, documents: int) -> Iterator[tuple[str, list[Ask]]]:
    """Give each kind of question with its questions."""
    drawn = Drawn(Random(-1))

    def asked(**request: object) -> Ask:
        return lambda: search(client, SearchRequest.model_validate(request))

    def copies(number: int) -> Ask:
        return lambda: similar(client, f"d{number}")

    def several(make: Callable[[], Ask]) -> list[Ask]:
        return [make() for _ in range(QUESTIONS)]

    def since() -> date:
        return FIRST_DAY + timedelta(days=drawn.random.randrange(DAYS))

    yield "one frequent word", several(lambda: asked(query=drawn.word(20, 300)))
    yield "one rare word", several(lambda: asked(query=drawn.word(3000, len(WORDS))))
    yield "two words", several(lambda: asked(query=f"{drawn.word(20, 1000)} {drawn.word(20, 1000)}"))
    yield "five words", several(lambda: asked(query=drawn.text(5)))
    yield "two words, --part body", several(lambda: asked(query=drawn.text(2), part="body"))
    yield "two words, --part teasers", several(lambda: asked(query=drawn.text(2), part="teasers"))
    yield "a phrase", several(lambda: asked(query=f'"{drawn.text(2)}"'))
    yield "a beginning", several(lambda: asked(query=f"{drawn.word(0, len(WORDS))[:4]}*"))
    yield "a slip", several(lambda: asked(query=f"{drawn.word(20, 2000)}x"))
    yield "an entity, in bodies", several(lambda: asked(entity=drawn.name()[0], part="body"))
    yield (
        "a word of a domain since a day",
        several(
            lambda: asked(
                query=drawn.word(20, 1000), since=since(), domain=f"site{drawn.random.randrange(DOMAINS)}.example"
            )
        ),
    )
    yield "a frequent word, facets", several(lambda: asked(query=drawn.word(20, 300), facets=True))
    yield "newest first", several(lambda: asked(since=since()))
    yield "similar", several(lambda: copies(drawn.random.randrange(documents)))


async def fill(client: AsyncOpenSearch, names: Names, documents: int) -> float:
    """Fill the index; gives the seconds that it took."""
    await schema.create(client, names)
    await client.indices.put_settings(index=names.read, body={"index": {"refresh_interval": "-1"}})
    begun = time.perf_counter()
    for start in range(0, documents, BULK):
        numbers = range(start, min(start + BULK, documents))
        await client.bulk(body=b"".join(_lines(number) for number in numbers), index=names.write)
        print(f"\r{numbers.stop:,} documents, {time.perf_counter() - begun:.0f} s", end="", file=sys.stderr, flush=True)
    await client.indices.put_settings(index=names.read, body={"index": {"refresh_interval": None}})
    await client.indices.refresh(index=names.read)
    return time.perf_counter() - begun


def _lines(number: int) -> bytes:
    return b'{"index":{"_id":"d%d"}}\n' % number + orjson.dumps(index_source(made(number))) + b"\n"


async def timed(asks: list[Ask]) -> list[float]:
    """Ask one after another; gives the milliseconds of each."""
    taken = []
    for ask in asks:
        begun = time.perf_counter()
        await ask()
        taken.append((time.perf_counter() - begun) * 1000)
    return taken


async def main() -> None:
    """Fill, ask, print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--documents", type=int, default=DOCUMENTS)
    documents = parser.parse_args().documents
    with running_opensearch() as server:
        settings = OpenSearchSettings(opensearch_url=server.url, opensearch_timeout_seconds=300)
        async with connect(settings) as client:
            names = Names(settings.index_prefix)
            seconds = await fill(client, names, documents)
            size = (await client.indices.stats(index=names.read, metric="store"))["_all"]["primaries"]["store"]
            print(f"\n{documents:,} documents filled in {seconds:.0f} s, {size['size_in_bytes'] / 2**20:,.0f} MiB")
            every: list[float] = []
            print(f"{'':32} median     p95  (ms, {QUESTIONS} questions a kind, after 20 to warm up)")
            for kind, asks in questions(client, documents):
                await timed(asks[:20])
                taken = await timed(asks)
                every += taken
                print(f"{kind:32} {statistics.median(taken):6.0f}  {_p95(taken):6.0f}", flush=True)
            print(f"{'all':32} {statistics.median(every):6.0f}  {_p95(every):6.0f}")


def _p95(taken: list[float]) -> float:
    return statistics.quantiles(taken, n=20)[-1]


if __name__ == "__main__":
    asyncio.run(main())
