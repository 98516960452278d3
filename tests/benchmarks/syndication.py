"""Finding syndicated copies by the body, beside finding them by the whole page, on pages made by a program.

Stories are written by a seeded generator and printed on several sites with the edits that syndication makes: another
headline, a dateline, cut ends, a paragraph written anew, words changed, an agency line. Each page carries its site's menu
and teasers of the hour. Follow-ups repeat a quarter to a third of a story's paragraphs and are no copies; sites put a line
of their own into articles. Recall is of all ordered pairs of pages of one story; precision is of all pairs found.

    make bench-similar
"""

import argparse
import asyncio
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).parents[1]))

from opensearchpy import AsyncOpenSearch

from broadsheet.indexer.client import connect
from broadsheet.indexer.names import Names
from broadsheet.indexer.settings import IndexerSettings
from broadsheet.indexer.similar import similar
from broadsheet.indexer.writer import IndexEffect
from broadsheet_schemas.enriched import EnrichedDocument
from broadsheet_schemas.segmented import Block
from servers import running_opensearch
from unit.indexer.laid_out import laid_out
from unit.indexer.pages import product

STORIES = 300
SITES = 20
TEASERS = 12

SYLLABLES = ["ba", "de", "fi", "go", "hu", "ka", "le", "mi", "no", "pu", "ra", "se", "ti", "vo", "zu"]
WORDS = [first + second for first in SYLLABLES for second in SYLLABLES]
NAMES = [f"{word.title()}n" for word in WORDS[::9]]

Teaser = tuple[str, str]


@dataclass(frozen=True)
class MadeCopy:
    """A page, and the story whose text it prints; a follow-up is a story of its own."""

    document: EnrichedDocument
    story: str

    @property
    def as_whole(self) -> EnrichedDocument:
        """The same page as one lump: all that it shows is its body."""
        text = self.document.text
        return self.document.model_copy(
            update={"body": (Block(kind="paragraph", start=0, end=len(text), text=text),), "teasers": (), "rest": ()}
        )


@dataclass(frozen=True)
class Figures:
    """How well copies were found."""

    recall: float
    precision: float
    pairs: int


class Newsroom:
    """Writes stories and prints them on sites, the same ones for the same seed."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)
        self._menus = [f"Home {self._words(8)} contact imprint" for _ in range(SITES)]
        self._lines = [f"Subscribe to site {site}: {self._words(14)}." for site in range(SITES)]
        self._teasers = [[self._teaser() for _ in range(3 * TEASERS)] for _ in range(SITES)]

    def pages(self, stories: int) -> Iterator[MadeCopy]:
        """Give the pages of so many stories: each on two to five sites, and for every other one a follow-up."""
        for number in range(stories):
            story = self._article(self._random.randint(7, 16))
            for copy, site in enumerate(self._random.sample(range(SITES), self._random.randint(2, 5))):
                blocks = story if copy == 0 else self._edited(story)
                yield self._printed(f"s{number}-{copy}", f"s{number}", blocks, site)
            if number % 2:
                known = self._random.sample(story, max(2, len(story) * 3 // 10))
                later = [*self._article(len(story) - len(known)), *known]
                yield self._printed(f"f{number}", f"f{number}", later, self._random.randrange(SITES))

    def _edited(self, story: list[str]) -> list[str]:
        chance, blocks = self._random.random, list(story)
        if chance() < 0.6:
            blocks = blocks[: max(4, round(len(blocks) * self._random.uniform(0.5, 0.95)))]
        if chance() < 0.5:
            blocks[self._random.randrange(len(blocks))] = self._paragraph()
        if chance() < 0.3:
            blocks = [" ".join(self._word() if chance() < 1 / 80 else word for word in text.split()) for text in blocks]
        if chance() < 0.7:
            blocks[0] = f"{self._word().upper()}, {self._random.randint(1, 28)} March - {blocks[0]}"
        if chance() < 0.7:
            blocks.append(f"{self._words(3).title()} agency; {self._words(5)}")
        return blocks

    def _printed(self, name: str, story: str, blocks: list[str], site: int) -> MadeCopy:
        own = [self._lines[site]] if self._random.random() < 0.3 else []
        teasers = self._random.sample(self._teasers[site], TEASERS)
        title = self._words(self._random.randint(5, 9)).capitalize()
        document = laid_out(title, [*blocks, *own], teasers, rest=[self._menus[site]], document_id=name)
        return MadeCopy(document, story)

    def _article(self, paragraphs: int) -> list[str]:
        return [self._paragraph() for _ in range(paragraphs)]

    def _paragraph(self) -> str:
        return " ".join(self._sentence() for _ in range(self._random.randint(2, 4)))

    def _sentence(self) -> str:
        said = f", {self._random.choice(NAMES)} said in a statement on Tuesday" if self._random.random() < 0.2 else ""
        return f"{self._words(self._random.randint(9, 22)).capitalize()}{said}."

    def _teaser(self) -> Teaser:
        return self._words(self._random.randint(5, 10)).capitalize(), self._sentence()

    def _words(self, count: int) -> str:
        return " ".join(self._word() for _ in range(count))

    def _word(self) -> str:
        return self._random.choice(WORDS)


def made_pages(stories: int, seed: int) -> list[MadeCopy]:
    """Make the pages of so many stories."""
    return list(Newsroom(seed).pages(stories))


async def measured(client: AsyncOpenSearch, prefix: str, pages: list[MadeCopy]) -> Figures:
    """Ask for the copies of every page, and count."""
    story = {page.document.document_id: page.story for page in pages}
    true = {(one, other) for one in story for other in story if one != other and story[one] == story[other]}
    found: set[tuple[str, str]] = set()
    for one in story:
        near = await similar(client, one, prefix=prefix, size=1000)
        found |= {(one, page.id) for page in near or ()}
    return Figures(len(found & true) / len(true), len(found & true) / len(found) if found else 1.0, len(true))


async def _fill(settings: IndexerSettings, documents: list[EnrichedDocument]) -> None:
    effect = IndexEffect(settings)
    await effect.start()
    for start in range(0, len(documents), 100):
        await effect.apply([product(document) for document in documents[start : start + 100]])
    await effect.stop()


async def main() -> None:
    """Measure both ways and print them."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--stories", type=int, default=STORIES)
    stories = parser.parse_args().stories
    pages = made_pages(stories, seed=2026)
    with running_opensearch() as server:
        print(
            f"{len(pages)} pages of {stories} stories and their follow-ups, on {SITES} sites, {TEASERS} teasers a page"
        )
        for label, documents in (
            ("by the body", [page.document for page in pages]),
            ("by the whole page", [page.as_whole for page in pages]),
        ):
            settings = IndexerSettings(opensearch_url=server.url, index_prefix=label.replace(" ", "-"))
            await _fill(settings, documents)
            async with connect(settings) as client:
                await client.indices.refresh(index=Names(settings.index_prefix).read)
                figures = await measured(client, settings.index_prefix, pages)
            print(
                f"{label:18} recall {figures.recall:.3f}  precision {figures.precision:.3f}  of {figures.pairs} pairs"
            )


if __name__ == "__main__":
    asyncio.run(main())
