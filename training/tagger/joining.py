"""What the joining of mentions into entities is worth, measured on documents that were read and marked for it.

`annotations/joins.jsonl` has, for each document of the corpora's training side, which mentions mean one thing: offsets, never
text. The mentions themselves are the corpora's own, so that the joining alone is measured. The rules were tuned on the
documents of `tuned`; the figures to go by are those of `kept`, which were marked before the rules had seen them.

    pairs   precision, recall and F1 over all pairs of mentions that are one: long entities weigh most
    B3      the same for every mention in the middle of its entity, mean over mentions (Bagga and Baldwin 1998)
"""

import gzip
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from broadsheet.tagger.joining import type_votes
from broadsheet.tagger.joining.entities import join_mentions
from broadsheet.tagger.named import Named
from broadsheet.tagger.places.place_kinds import place_kind
from broadsheet_schemas import EntityType

MARKS = Path(__file__).with_name("annotations") / "joins.jsonl"
NAMES: Mapping[str, EntityType] = {kind: kind for kind in sorted(type_votes.NAMES)}
MERGED = frozenset({"uner_ewt", "gum_derived"})
"""Corpora whose LOC has the GPE too; known names are told apart as the tagger does."""

Span = tuple[int, int]
Groups = Sequence[frozenset[Span]]


@dataclass(frozen=True, slots=True)
class Joined:
    """One document: what is one by the marks, what is one by the rules, over the marked mentions."""

    id: str
    part: str
    text: str
    types: Mapping[Span, EntityType]
    wanted: Groups
    given: Groups


def read_marks(path: Path = MARKS) -> list[dict[str, Any]]:
    """Read the marked documents: id, corpus, part (`tuned` or `kept`) and groups of [start, end]."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def documents(corpora: Path, marks: Iterable[Mapping[str, Any]]) -> Iterator[tuple[Mapping[str, Any], dict[str, Any]]]:
    """Give the marked documents with their marks.

    Raises:
        KeyError: a marked document is not in its corpus.
    """
    wanted = {(mark["corpus"], mark["id"]): mark for mark in marks}
    for corpus in sorted({corpus for corpus, _ in wanted}):
        with gzip.open(corpora / "entities" / "train" / f"{corpus}.jsonl.gz", "rt", encoding="utf-8") as lines:
            rows = {row["id"]: row for row in map(json.loads, lines)}
        for mark in (mark for mark in wanted.values() if mark["corpus"] == corpus):
            yield mark, rows[mark["id"]]


def join(mark: Mapping[str, Any], row: Mapping[str, Any]) -> Joined:
    """Join the corpus's own mentions of a document."""
    text = row["text"]
    types = {
        (start, end): _type(label, text[start:end], mark["corpus"])
        for start, end, label in row["entities"]
        if label in NAMES
    }
    entities = join_mentions((Named(start, end, kind) for (start, end), kind in types.items()), text, range(len(text)))
    wanted = [frozenset((start, end) for start, end in group) for group in mark["groups"]]
    marked = frozenset().union(*wanted)
    given = (frozenset((one.start, one.end) for one in entity.mentions) & marked for entity in entities)
    return Joined(mark["id"], mark["part"], text, types, wanted, [group for group in given if group])


def _type(label: str, surface: str, corpus: str) -> EntityType:
    if label == "LOC" and corpus in MERGED and place_kind(" ".join(surface.split())) == "GPE":
        return "GPE"
    return NAMES[label]


def pairs(groups: Groups, keep: Callable[[Span], bool]) -> set[tuple[Span, Span]]:
    """Give the pairs of kept mentions that are in one group."""
    return {pair for group in groups for pair in combinations(sorted(filter(keep, group)), 2)}


def pairwise(documents: Sequence[Joined], kind: str | None = None) -> tuple[int, int, int]:
    """Count the pairs that are right, given and wanted, of one type or of all."""
    right = given = wanted = 0
    for one in documents:
        keep = _keeps(one, kind)
        there, meant = pairs(one.given, keep), pairs(one.wanted, keep)
        right, given, wanted = right + len(there & meant), given + len(there), wanted + len(meant)
    return right, given, wanted


def _keeps(one: Joined, kind: str | None) -> Callable[[Span], bool]:
    return lambda span: kind is None or one.types[span] == kind


def b_cubed(documents: Sequence[Joined], kind: str | None = None) -> tuple[float, float]:
    """Give the mean precision and recall of every mention's entity."""
    precision, recall = [], []
    for one in documents:
        given = {span: group for group in one.given for span in group}
        for group in one.wanted:
            for span in filter(_keeps(one, kind), group):
                shared = len(group & given[span])
                precision.append(shared / len(given[span]))
                recall.append(shared / len(group))
    return (sum(precision) / len(precision), sum(recall) / len(recall)) if precision else (1.0, 1.0)


def f1(precision: float, recall: float) -> float:
    """Give the harmonic mean."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def scores(title: str, documents: Sequence[Joined]) -> Table:
    """Make the table of one part."""
    table = Table(
        "type", "mentions", "pairs", "precision", "recall", "F1", "B3 precision", "B3 recall", "B3 F1", title=title
    )
    mentions = Counter(one.types[span] for one in documents for group in one.wanted for span in group)
    for kind in (None, *sorted(mentions)):
        right, given, wanted = pairwise(documents, kind)
        found, missed = right / given if given else 1.0, right / wanted if wanted else 1.0
        cubed = b_cubed(documents, kind)
        numbers = (found, missed, f1(found, missed), *cubed, f1(*cubed))
        count = mentions[kind] if kind else mentions.total()
        table.add_row(kind or "all", str(count), str(wanted), *(f"{number:.3f}" for number in numbers))
    return table


def failures(one: Joined) -> Iterator[str]:
    """Describe what of a document is joined wrongly, or not at all: names with their number of mentions."""
    by_span = {span: number for number, group in enumerate(one.wanted) for span in group}
    for group in one.given:
        meant = _split(group, by_span)
        if len(meant) > 1:
            yield "wrongly one: " + " | ".join(_names(one, part) for part in meant)
    given = {span: number for number, group in enumerate(one.given) for span in group}
    for group in one.wanted:
        there = _split(group, given)
        if len(there) > 1:
            yield "not joined:  " + " | ".join(_names(one, part) for part in there)


def _split(group: Iterable[Span], numbers: Mapping[Span, int]) -> list[list[Span]]:
    parts: dict[int, list[Span]] = defaultdict(list)
    for span in sorted(group):
        parts[numbers[span]].append(span)
    return list(parts.values())


def _names(one: Joined, spans: Iterable[Span]) -> str:
    names = Counter(" ".join(one.text[start:end].split()) for start, end in spans)
    return ", ".join(f"{name} {count}" for name, count in names.most_common())


def main(
    corpora: Annotated[Path, typer.Option(help="Folder of the corpora.")],
    fails: Annotated[bool, typer.Option("--fails", help="Print what is joined wrongly.")] = False,  # noqa: FBT002 - a flag of the command
) -> None:
    """Print what the joining is worth."""
    console = Console(width=132)
    measured = [join(mark, row) for mark, row in documents(corpora, read_marks())]
    for part in ("tuned", "kept"):
        console.print(scores(part, [one for one in measured if one.part == part]))
    for one in measured if fails else ():
        for line in failures(one):
            console.print(f"{one.part} {one.id[:44]}: {line}", highlight=False, soft_wrap=True)


if __name__ == "__main__":
    typer.run(main)
