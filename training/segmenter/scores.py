"""The scores: of a body, 4-gram shingles; of teasers, items by their headlines and fields by their words.

Both are defined by the scorers that lie with the corpora; these functions give the same figures for pages in memory.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from broadsheet.segmenter.items import said

TOKEN = re.compile(r"\w+")
FIELDS = ("summary", "kicker", "byline", "date")

SAME = 0.8
"""Word F1 from which two headlines, or titles, are one."""

Words = Counter[str]


def shingles(text: str, size: int = 4) -> Counter[tuple[str, ...]]:
    """Give the runs of `size` words of a text, as scrapinghub/article-extraction-benchmark counts them."""
    tokens = TOKEN.findall(text or "")
    if len(tokens) < size:
        return Counter([tuple(tokens)] if tokens else [])
    return Counter(tuple(tokens[place : place + size]) for place in range(len(tokens) - size + 1))


def precision_recall(gold: str, got: str) -> tuple[float, float]:
    """Give precision and recall of a body against the gold one."""
    right, said = shingles(gold), shingles(got)
    common, size_right, size_said = (right & said).total(), right.total(), said.total()
    precision = common / size_said if size_said else float(not size_right)
    return precision, common / size_right if size_right else 1.0


def harmonic(precision: float, recall: float) -> float:
    """Give the F1 of a precision and a recall."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def mean_f1(pages: Sequence[tuple[float, float]]) -> float:
    """Give the F1 of the mean precision and the mean recall of some pages."""
    if not pages:
        return float("nan")
    return harmonic(sum(page[0] for page in pages) / len(pages), sum(page[1] for page in pages) / len(pages))


def words(text: str | None) -> Words:
    """Give the words of a text, lower case."""
    return Counter(TOKEN.findall((text or "").lower()))


def word_f1(one: Words, other: Words) -> float:
    """Give the F1 of the words that two texts have in common."""
    common = (one & other).total()
    return 2 * common / (one.total() + other.total()) if common else 0.0


@dataclass(slots=True)
class TeaserScore:
    """Counts over pages.

    Attributes:
        found: gold items that were found.
        spurious: items that are none.
        missed: gold items that were not found.
        empty: pages without teasers.
        left_empty: those on which nothing was found.
        fields: word F1 of each field over the found items that have it on either side.
    """

    found: int = 0
    spurious: int = 0
    missed: int = 0
    empty: int = 0
    left_empty: int = 0
    fields: dict[str, list[float]] = field(default_factory=lambda: {name: [] for name in FIELDS})

    @property
    def precision(self) -> float:
        """Share of items that are right."""
        return self.found / (self.found + self.spurious) if self.found + self.spurious else 0.0

    @property
    def recall(self) -> float:
        """Share of gold items that were found."""
        return self.found / (self.found + self.missed) if self.found + self.missed else 0.0

    @property
    def f1(self) -> float:
        """F1 of the items."""
        return harmonic(self.precision, self.recall)

    def field_f1(self, name: str) -> float:
        """Give the mean word F1 of a field."""
        scores = self.fields[name]
        return sum(scores) / len(scores) if scores else float("nan")

    def add(self, gold: Sequence[Mapping[str, str]], got: Iterable[Mapping[str, str]], ambiguous: str) -> None:
        """Count a page.

        Args:
            gold: its items, a text for each field that they have.
            got: the items found, likewise.
            ambiguous: text of the lines that are not scored; an item that lies in them is left out.
        """
        heads = [words(item["headline"]) for item in gold]
        free = words(ambiguous)
        kept = [item for item in got if _counts(words(item["headline"]), heads, free)]
        self.empty += not gold
        self.left_empty += not gold and not kept
        pairs = _pairs([words(item["headline"]) for item in kept], heads)
        for number, right in pairs:
            for name in FIELDS:
                one, other = words(kept[number].get(name)), words(gold[right].get(name))
                if one or other:
                    self.fields[name].append(word_f1(one, other))
        self.found += len(pairs)
        self.spurious += len(kept) - len(pairs)
        self.missed += len(gold) - len(pairs)


def _counts(head: Words, heads: Sequence[Words], ambiguous: Words) -> bool:
    return any(word_f1(head, other) >= SAME for other in heads) or not head or bool(head - ambiguous)


def _pairs(heads: Sequence[Words], right: Sequence[Words]) -> list[tuple[int, int]]:
    """Match items one to one, the likest headlines first and then the nearest places."""
    likeness = [(word_f1(one, other), i, k) for i, one in enumerate(heads) for k, other in enumerate(right)]
    pairs: list[tuple[int, int]] = []
    used_heads, used_right = set[int](), set[int]()
    for score, i, k in sorted(likeness, key=lambda pair: (-pair[0], abs(pair[1] - pair[2]))):
        if score >= SAME and i not in used_heads and k not in used_right:
            used_heads.add(i)
            used_right.add(k)
            pairs.append((i, k))
    return pairs


def gold_items(row: Mapping[str, Any], lines: Sequence[str], *, once: bool = False) -> list[dict[str, str]]:
    """Give the marked teasers of a page as texts.

    Args:
        row: the marks of the page.
        lines: its lines.
        once: whether a headline that an item shows twice, above its picture and below, is given once; the marks hold both lines.
    """
    return [
        {"headline": _headline([lines[place] for place in item["headline"]], once=once)}
        | {name: " ".join(lines[place] for place in item.get(name, ())) for name in FIELDS}
        for item in row["teasers"]
    ]


def _headline(shown: Sequence[str], *, once: bool) -> str:
    """Join the lines of a headline: all of them, or each that says the same once."""
    first: dict[str, str] = {}
    for text in shown:
        first.setdefault(said(text), text)
    return " ".join(first.values() if once else shown)


def distinct(items: Iterable[Mapping[str, str]]) -> list[Mapping[str, str]]:
    """Give the items of a page without those whose headline an earlier one has."""
    found: dict[str, Mapping[str, str]] = {}
    for item in items:
        found.setdefault(said(item["headline"]), item)
    return list(found.values())
