"""Every figure of the model card on the annotated texts: `make score-tagger CORPORA=DIR SPLIT=dev`.

A mention is right if its span and its type are; GPE, LOC and FAC count as one type, for most corpora do not tell them apart.
Precision, recall and F1 are over all mentions of a corpus (micro).
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from broadsheet.tagger.english.spans import PLACES
from broadsheet.tagger.tag import tag_text
from training.tagger.corpora import SOURCES, Split, Text, read_corpus

COUNTED = ("PERSON", "ORG", "LOC")
FURTHER: dict[str, tuple[str, ...]] = {
    "masc_ne": ("DATE",),
    "gum_derived": ("DATE", "NORP"),
    "gmb_voa": ("DATE", "NORP"),
}
"""What else a corpus annotates that the tagger gives."""

Span = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Score:
    """Mentions that are right, that were found, and that there are."""

    right: int
    found: int
    there: int

    @property
    def precision(self) -> float:
        """Share of the found that is right."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Share of what is there that was found."""
        return self.right / self.there if self.there else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        return 2 * self.right / (self.found + self.there) if self.found + self.there else 0.0


def merged(spans: Iterable[Span]) -> set[Span]:
    """Give spans with one type for places."""
    return {(start, end, "LOC" if kind in PLACES else kind) for start, end, kind in spans}


def score(there: Sequence[Iterable[Span]], found: Sequence[Iterable[Span]], kinds: Sequence[str]) -> Score:
    """Count over all texts the mentions of some types."""
    total: Counter[str] = Counter()
    for gold, got in zip(there, found, strict=True):
        wanted, given = ({span for span in merged(side) if span[2] in kinds} for side in (gold, got))
        total.update(right=len(wanted & given), found=len(given), there=len(wanted))
    return Score(total["right"], total["found"], total["there"])


def told_apart(texts: Sequence[Text], found: Sequence[Iterable[Span]]) -> tuple[int, int]:
    """Count the places found with the right span, and those among them whose kind (GPE, or LOC and FAC) is right.

    Of a corpus that tells them apart (`masc_ne`).
    """
    right = places = 0
    for text, got in zip(texts, found, strict=True):
        gold = {(start, end): kind for start, end, kind in text.names if kind in PLACES}
        for start, end, kind in got:
            if kind in PLACES and (start, end) in gold:
                places += 1
                right += (kind == "GPE") == (gold[start, end] == "GPE")
    return right, places


def _tag(text: str) -> list[Span]:
    return [(start, end, str(kind)) for start, end, kind in tag_text(text, "en")]


def _rows(source: str, texts: Sequence[Text], found: Sequence[list[Span]]) -> Iterable[tuple[str, ...]]:
    news = [index for index, text in enumerate(texts) if text.row.get("news")]
    groups = [(source, range(len(texts)))] + ([(f"{source}, newspapers", news)] if news else [])
    for name, chosen in groups:
        there, got = [texts[index].names for index in chosen], [found[index] for index in chosen]
        whole = score(there, got, COUNTED)
        each = [f"{score(there, got, [kind]).f1:.3f}" for kind in COUNTED]
        more = ", ".join(f"{kind} {score(there, got, [kind]).f1:.3f}" for kind in FURTHER.get(source, ()))
        yield name, str(whole.there), f"{whole.precision:.3f}", f"{whole.recall:.3f}", f"{whole.f1:.3f}", *each, more


def main(
    corpora: Annotated[Path, typer.Option(help="Folder of the corpora.")],
    split: Annotated[str, typer.Option(help="train, dev or test; test is for the model card, once.")] = "dev",
    source: Annotated[str, typer.Option(help="One corpus; all if absent.")] = "",
    processes: Annotated[int, typer.Option(min=1, help="Worker processes.")] = 2,
) -> None:
    """Measure the tagger on the annotated texts."""
    parts: dict[str, Split] = {"train": "train", "dev": "dev", "test": "test"}
    console = Console(width=140)
    table = Table(
        "corpus", "mentions", "precision", "recall", "F1", *COUNTED, "further types, F1", title=f"Split {split}"
    )
    right = places = 0
    with ProcessPoolExecutor(processes) as pool:
        for name in [source] if source else SOURCES:
            texts = list(read_corpus(corpora, name, parts[split]))
            found = list(pool.map(_tag, [text.text for text in texts], chunksize=8))
            for row in _rows(name, texts, found):
                table.add_row(*row)
            if name == "masc_ne":
                right, places = told_apart(texts, found)
    console.print(table)
    if places:
        console.print(f"GPE told from LOC and FAC, masc_ne: {right} of {places}, {right / places:.3f}")


if __name__ == "__main__":
    typer.run(main)
