"""The names in the parts of an English page."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

import numpy as np

from broadsheet.tagger.english.agreement import agree
from broadsheet.tagger.english.edges import with_full_stop
from broadsheet.tagger.english.model import FOLDER, load_model
from broadsheet.tagger.english.pieces import read_pieces
from broadsheet.tagger.english.spans import GROUPS, PLACES, Span, Words, find_spans, read_words
from broadsheet.tagger.name import Name
from broadsheet.tagger.places import place_kind
from broadsheet_schemas import EntityType

GIVEN: Mapping[str, EntityType] = MappingProxyType(
    {"PERSON": "PERSON", "ORG": "ORG", "PLACE": "GPE", "NORP": "NORP", "EVENT": "EVENT"}
)
"""Groups that are given out, and their type; of places it is asked further. MISC takes up names of other things."""


def find_names(article: Sequence[str], teasers: Sequence[str] = (), folder: Path = FOLDER) -> list[list[Name]]:
    """Give the names in each text of the article, then of the teasers, in order, none overlapping another.

    What the article says of a name helps in the teasers; what teasers say changes nothing in the article.

    Args:
        article: title and blocks of the article.
        teasers: fields of the teasers.
        folder: of the model; another than the shipped one is for measuring.

    Raises:
        OperatorError: `model_unusable`, the model's file is missing or is not the one that was shipped.
    """
    own = _read(article, folder)
    others = _read(teasers, folder)
    found = _agreed(own, article)
    if teasers:
        found += _agreed([*own, *others], [*article, *teasers])[len(article) :]
    return [
        _names(text, words, spans)
        for text, words, spans in zip([*article, *teasers], [*own, *others], found, strict=True)
    ]


def _read(texts: Sequence[str], folder: Path) -> list[Words]:
    pieces = [read_pieces(text) for text in texts]
    said = load_model(folder).predict(pieces)
    return [read_words(found, tags) for found, tags in zip(pieces, said, strict=True)]


def _agreed(read: Sequence[Words], texts: Sequence[str]) -> list[list[Span]]:
    spelled = [words.spelled(text) for words, text in zip(read, texts, strict=True)]
    return agree(read, spelled, [find_spans(words) for words in read])


def _names(text: str, words: Words, spans: Sequence[Span]) -> list[Name]:
    return [_name(text, words, span) for span in spans if GROUPS[span.group] in GIVEN]


def _name(text: str, words: Words, span: Span) -> Name:
    start, last = int(words.starts[span.first]), int(words.ends[span.last - 1])
    end = with_full_stop(text, start, last)
    begun, inside = (
        words.scores[span.first, 1 + 2 * span.group],
        words.scores[span.first + 1 : span.last, 2 + 2 * span.group],
    )
    probability = float(np.exp((begun + inside.sum()) / (span.last - span.first)))
    group = GROUPS[span.group]
    kind = _place(text[start:last], words, span) if group == "PLACE" else GIVEN[group]
    return Name(start, end, kind, probability)


def _place(name: str, words: Words, span: Span) -> EntityType:
    """Tell which kind of place a name is: the gazetteer's, if it knows the name, else the model's."""
    said = words.places[span.first : span.last].sum(axis=0)
    return place_kind(name) or PLACES[int(np.argmax(said))]
