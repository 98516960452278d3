"""The names in the parts of an English page."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import numpy as np

from broadsheet.tagger.english.agreement import agree
from broadsheet.tagger.english.cues import with_cues
from broadsheet.tagger.english.edges import with_accents, with_full_stop
from broadsheet.tagger.english.model import FOLDER, load_model
from broadsheet.tagger.english.pieces import Pieces, read_pieces
from broadsheet.tagger.english.spans import GROUPS, PLACES, Span, Words, find_spans, read_words
from broadsheet.tagger.name import Findings, Name
from broadsheet.tagger.places.countries import country_of
from broadsheet.tagger.places.place_kinds import place_kind
from broadsheet_schemas import EntityType

GIVEN: Mapping[str, EntityType] = MappingProxyType({"PERSON": "PERSON", "ORG": "ORG", "PLACE": "GPE", "NORP": "NORP"})
"""Groups that are given out, and their type; of places it is asked further.

MISC takes up names of other things. EVENT is kept back: elections are found (F1 0.81 on CrossNER's development texts), but of 63
finds on 75 news pages most were games and products, which most corpora do not tell from events."""


MOST = 100_000
"""Pieces of a page that are read: some 75,000 words, or half a megabyte. The model takes 13 s for them on a free core, and a
page has 30 s."""


def find_names(article: Sequence[str], teasers: Sequence[str] = (), folder: Path = FOLDER) -> Findings:
    """Give the names in each text of the article, then of the teasers.

    What the article says of a name helps in the teasers; what teasers say changes nothing in the article. A page that is
    longer than `MOST` pieces is read so far and no further.

    Args:
        article: title and blocks of the article.
        teasers: fields of the teasers.
        folder: of the model; another than the shipped one is for measuring.

    Raises:
        OperatorError: `model_unusable`, the model's file is missing or is not the one that was shipped.
    """
    texts = [*article, *teasers]
    pieces = list(_pieces(texts))
    own = _read(article, pieces[: len(article)], folder)
    read = [*own, *_read(teasers, pieces[len(article) :], folder)]
    found = _agreed(own)
    if teasers:
        found += _agreed(read)[len(article) :]
    names = [_names(text, one.words, spans) for text, one, spans in zip(texts, read, found, strict=True)]
    return Findings(names, complete=all(one.reached == len(text) for one, text in zip(pieces, texts, strict=True)))


@dataclass(frozen=True, slots=True)
class _Text:
    """A text that the model has read: its words, the same as they are spelled, and the names at first sight."""

    words: Words
    spelled: list[str]
    spans: list[Span]


def _pieces(texts: Sequence[str]) -> Iterator[Pieces]:
    """Cut the texts into pieces, until there are `MOST`."""
    left = MOST
    for text in texts:
        yield (pieces := read_pieces(text, left))
        left -= len(pieces)


def _read(texts: Sequence[str], pieces: Sequence[Pieces], folder: Path) -> list[_Text]:
    said = load_model(folder).predict(pieces)
    return [_text(text, read_words(found, tags)) for text, found, tags in zip(texts, pieces, said, strict=True)]


def _text(text: str, words: Words) -> _Text:
    spelled = words.spelled(text)
    cued = with_cues(words, spelled)
    return _Text(cued, spelled, find_spans(cued))


def _agreed(read: Sequence[_Text]) -> list[list[Span]]:
    return agree([one.words for one in read], [one.spelled for one in read], [one.spans for one in read])


def _names(text: str, words: Words, spans: Sequence[Span]) -> list[Name]:
    return [_name(text, words, span) for span in spans if GROUPS[span.group] in GIVEN]


def _name(text: str, words: Words, span: Span) -> Name:
    start = int(words.starts[span.first])
    end = with_full_stop(text, start, with_accents(text, int(words.ends[span.last - 1])))
    begun, inside = (
        words.scores[span.first, 1 + 2 * span.group],
        words.scores[span.first + 1 : span.last, 2 + 2 * span.group],
    )
    probability = min(1.0, float(np.exp((begun + inside.sum()) / (span.last - span.first))))
    group = GROUPS[span.group]
    return Name(start, end, _kind(text[start:end], group, words, span), probability)


def _kind(name: str, group: str, words: Words, span: Span) -> EntityType:
    """Give the type of a name; a country's name that the model takes for an organisation's is a country all the same."""
    if group == "PLACE" or (group == "ORG" and country_of(name)):
        return _place(name, words, span)
    return GIVEN[group]


def _place(name: str, words: Words, span: Span) -> EntityType:
    """Tell which kind of place a name is: the gazetteer's, if it knows the name, else the model's."""
    said = words.places[span.first : span.last].sum(axis=0)
    return place_kind(name) or PLACES[int(np.argmax(said))]
