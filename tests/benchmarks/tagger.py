"""Words per second of the tagger on one core, beside spaCy's tokenizer and CNN: `make bench-tagger`.

Both read the same made articles of 600 words, by turns, in one process on one thread. spaCy's pipeline is a blank English one
with an untrained `ner` of the default size: untrained weights are as much work as trained ones. The tagger's time is that of
the whole stage, from a segmented document to its entities; `names` is what the model with its decoding takes of it, `values`
the dates and amounts.
"""

import os

os.environ["OPENBLAS_NUM_THREADS"] = os.environ["OMP_NUM_THREADS"] = "1"  # one core; read when numpy is loaded

import resource
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from statistics import median
from time import process_time
from typing import Annotated, Any

import spacy
import typer
from rich.console import Console
from rich.table import Table

from benchmarks.made_articles import article
from broadsheet.tagger.english.names import find_names
from broadsheet.tagger.tag import tag, warm_up
from broadsheet.tagger.values import find_values
from broadsheet_schemas import Block, Language, Producer, SegmentedDocument

WORDS = 600


def documents(count: int) -> list[SegmentedDocument]:
    """Make pages whose article has `WORDS` words in paragraphs of some 60."""
    return [_document(article(seed, WORDS)) for seed in range(count)]


def _document(paragraphs: Sequence[str]) -> SegmentedDocument:
    text = "\n\n".join(paragraphs)
    blocks, start = [], 0
    for paragraph in paragraphs:
        blocks.append(Block(kind="paragraph", start=start, end=start + len(paragraph), text=paragraph))
        start += len(paragraph) + 2
    now = datetime(2026, 3, 4, tzinfo=UTC)
    return SegmentedDocument(
        document_id="d", revision="0" * 64, content_type="text/plain", language=Language(code="en", confidence=1.0),
        received_at=now, text=text, body=tuple(blocks), segmenter=Producer(name="made", version="1"),
    )  # fmt: skip


def _seconds(work: Callable[[SegmentedDocument], object], pages: Sequence[SegmentedDocument]) -> float:
    begun = process_time()
    for page in pages:
        work(page)
    return process_time() - begun


def main(
    pages: Annotated[int, typer.Option(min=1, help="Articles a round.")] = 40,
    rounds: Annotated[int, typer.Option(min=1, help="Rounds; the median counts.")] = 5,
) -> None:
    """Print words per second of CPU time, and memory."""
    made = documents(pages)
    warm_up()
    ready = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    blank = spacy.blank("en")
    recogniser: Any = blank.add_pipe("ner")
    recogniser.add_label("PERSON")
    blank.initialize()
    works: dict[str, Callable[[SegmentedDocument], object]] = {
        "tagger, the whole stage": tag,
        "  names": lambda page: find_names([block.text for block in page.body]),
        "  values": lambda page: [find_values(block.text, language="en") for block in page.body],
        "spaCy, tokenizer and CNN": lambda page: blank(page.text),
    }
    times: dict[str, list[float]] = {name: [] for name in works}
    for work in works.values():
        _seconds(work, made[:2])
    for _ in range(rounds):
        for name, work in works.items():
            times[name].append(_seconds(work, made))
    words = sum(len(page.text.split()) for page in made)
    table = Table("", "words/s", "of spaCy's speed")
    base = median(times["spaCy, tokenizer and CNN"])
    for name, taken in times.items():
        table.add_row(name, f"{words / median(taken):,.0f}", f"{base / median(taken):.2f}")
    console = Console(width=100)
    console.print(table)
    console.print(f"{pages} articles of {words // pages} words, median of {rounds} rounds, CPU time of one thread.")
    console.print(f"Memory of this process when the tagger was ready, with spaCy imported: {ready:.0f} MB.")


if __name__ == "__main__":
    typer.run(main)
