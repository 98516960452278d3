"""Names in English text: runs of capitalised words, typed by small cues. One pass over the words, linear in the text."""

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from broadsheet.tagger import lexicon
from broadsheet_schemas import EntityType

Found = tuple[int, int, EntityType]
"""Start and end in code points, and the type."""

_TOKEN = re.compile(r"(?:[A-Z]\.){2,}|\w+(?:[’'&.-]\w+)*")  # noqa: RUF001 - the typographic apostrophe
_POSSESSIVE = re.compile(r"[’']s?$")  # noqa: RUF001 - likewise
_SENTENCE_END = frozenset('.!?:;\n“”"(‘')  # noqa: RUF001 - likewise
_DOTTED = frozenset({"Mr", "Mrs", "Ms", "Dr", "Sen", "Rep", "Gov", "Gen", "Prof", "St"})
MAX_WORDS = 8
MAX_PERSON_WORDS = 3
ACRONYM_LENGTHS = range(2, 7)
MIN_LONG_WORD, MIN_LONG_WORDS, WORDS_LOOKED_AT = 4, 4, 60
"""A headline in title case is told by its first words of four letters or more, if it has four of them."""

HEADLINE_SHARE = 0.6
"""Share of capitalised words from which a text without a final full stop is a headline in title case."""


class Word(NamedTuple):
    """A word and its place. A tuple, since a page of 8 MB has a million of them.

    Attributes:
        text: the word without a possessive ending.
        start: first code point.
        end: code point after the last of `text`.
        opens: whether it begins a sentence, a quotation or a line.
        possessive: whether a possessive ending followed.
    """

    text: str
    start: int
    end: int
    opens: bool
    possessive: bool

    @property
    def is_name(self) -> bool:
        """Whether it is written like a name: a capital first, or an abbreviation."""
        return self.text[0].isupper()

    @property
    def is_common(self) -> bool:
        """Whether it is an everyday word."""
        return self.text.lower() in lexicon.COMMON


def find_names(text: str, surnames: Collection[str] = ()) -> Iterator[Found]:
    """Find the names of a text: persons, organisations, places, peoples.

    Args:
        text: English text; one all in capitals gives nothing, since nothing can be told there.
        surnames: names of one word that are known to be persons, from elsewhere on the page.
    """
    if text.isupper():
        return
    words = list(_words(text))
    headline = _is_headline(text, words)
    for start, stop in _runs(text, words):
        yield from _Run(words, start, stop, surnames, headline=headline).names()


def _words(text: str) -> Iterator[Word]:
    previous, dotted = 0, False
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        token = surface = match[0]
        opens = False
        if token[0].isupper():  # of other words only the text is asked for
            surface = _POSSESSIVE.sub("", token)
            opens = start == 0 or (not dotted and not _SENTENCE_END.isdisjoint(text[previous:start]))
        yield Word(surface, start, start + len(surface), opens, len(surface) < len(token))
        previous, dotted = end, surface in _DOTTED


def _is_headline(text: str, words: Sequence[Word]) -> bool:
    """Tell whether a text is a headline in title case."""
    if text.rstrip().endswith((".", "!", "”", '"')):
        return False
    long_words = [word for word in words[:WORDS_LOOKED_AT] if len(word.text) >= MIN_LONG_WORD]
    capitals = sum(word.is_name for word in long_words)
    return len(long_words) >= MIN_LONG_WORDS and capitals >= HEADLINE_SHARE * len(long_words)


def _runs(text: str, words: Sequence[Word]) -> Iterator[tuple[int, int]]:
    """Give the runs of name words: joined by single spaces, by "of" and the like, by the dot of an initial or a title."""
    index = 0
    while index < len(words):
        if not words[index].is_name:
            index += 1
            continue
        stop = index + 1
        while stop - index < MAX_WORDS and (following := _joined(text, words, stop)):
            stop = following
        yield index, stop
        index = stop


def _joined(text: str, words: Sequence[Word], stop: int) -> int | None:
    """Give where the run ends when it takes in the next name word, or None when it cannot."""
    last = words[stop - 1]
    for following in range(stop, min(stop + 3, len(words))):
        word = words[following]
        between = text[words[following - 1].end : word.start]
        dot = between == ". " and following == stop and (len(last.text) == 1 or last.text in _DOTTED)
        if last.possessive or (between != " " and not dot):
            return None
        if word.is_name:
            return following + 1
        if word.text not in lexicon.CONNECTORS:
            return None
    return None


class _Run:
    """One run of name words, without the titles and everyday words at its front.

    Args:
        words: the words of the whole text.
        start: the run's first word.
        stop: the word after its last.
        surnames: see `find_names`.
        headline: whether the text is a headline in title case.
    """

    def __init__(
        self, words: Sequence[Word], start: int, stop: int, surnames: Collection[str], *, headline: bool
    ) -> None:
        self._titled = False
        while start < stop and _is_before_name(words[start], single=stop - start == 1):
            self._titled = words[start].text in lexicon.PERSON_TITLES
            start += 1
        self._run = words[start:stop]
        self._before = words[start - 1].text.lower() if start else ""
        self._after = words[stop].text if stop < len(words) else ""
        self._surnames = surnames
        self._headline = headline

    def names(self) -> Iterator[Found]:
        """Find the names in the run: one as a rule; where it is no name as a whole, those inside it."""
        if not self._run:
            return
        length, kind = self._headline_name() if self._headline else (len(self._run), self._kind())
        if kind is not None:
            yield self._run[0].start, self._run[length - 1].end, kind
        elif len(self._run) > 1:
            yield from self._inside()

    def _kind(self) -> EntityType | None:
        """Tell what the whole run names."""
        run = self._run
        if kind := _known(run) or _kind_by_words(run):
            return kind
        if len(run) == 1:
            return self._kind_of_one(run[0])
        if len(run) > MAX_PERSON_WORDS or any(not _may_be_persons(word) for word in run):
            return None
        return "PERSON" if self._titled or self._before not in {"the", "a", "an"} else None

    def _kind_of_one(self, word: Word) -> EntityType | None:
        """Tell a name of one unknown word: someone known or titled, an acronym, or someone who speaks."""
        if word.text in self._surnames or (self._titled and not word.is_common):
            return "PERSON"
        if word.text.isupper() and word.text.isalpha() and len(word.text) in ACRONYM_LENGTHS:
            return "ORG"
        speaks = self._before in {"said", "says"} or (
            self._after in lexicon.PERSON_CUES and self._before not in {"of", "in", "at", "from"}
        )
        return "PERSON" if speaks and not word.is_common else None

    def _headline_name(self) -> tuple[int, EntityType | None]:
        """Find the name at the front of a title-case run, where every word has a capital: its words and its type."""
        run = self._run
        for length in range(min(len(run), MAX_PERSON_WORDS), 0, -1):
            if kind := _known(run[:length]):
                return length, kind
        if len(run) > 1 and run[0].text in lexicon.GIVEN_NAMES and not run[1].is_common:
            return 2, "PERSON"
        person = run[0].text in self._surnames or (not run[0].is_common and self._is_headline_surname())
        return 1, "PERSON" if person else None

    def _is_headline_surname(self) -> bool:
        """Tell whether the first word stands as surnames do in headlines: "Field's Leap", "Field and Marsh Win"."""
        first, alone = self._run[0], len(self._run) == 1
        if first.opens:
            return alone and (first.possessive or self._after == "and")
        return self._before == "and" and (alone or self._run[1].is_common)

    def _inside(self) -> Iterator[Found]:
        """Find names in the pieces between lower-case words ("Ann Field of the Green Party"), else single known words."""
        pieces = _split(self._run)
        if len(pieces) > 1:
            for start, stop in pieces:
                yield from _Run(self._run, start, stop, self._surnames, headline=self._headline).names()
            return
        for word in self._run:
            if kind := _known([word]):
                yield word.start, word.end, kind


def _is_before_name(word: Word, *, single: bool) -> bool:
    """Tell whether a word at the front of a run is no part of the name."""
    if word.text in lexicon.TITLES or word.text in lexicon.CONNECTORS:
        return True
    return word.is_common and (word.opens or single) and word.text not in lexicon.PLACES


def _may_be_persons(word: Word) -> bool:
    """Tell whether a word may stand in an unknown person's name."""
    return (
        not word.is_common
        and (word.is_name or word.text in lexicon.CONNECTORS - {"of", "the"})
        and word.text.replace("-", "").replace("’", "").replace("'", "").isalpha()  # noqa: RUF001 - as pages print it
        and word.text not in lexicon.PEOPLES
    )


def _kind_by_words(run: Sequence[Word]) -> EntityType | None:
    """Tell a name of several words by the word that says what it is."""
    if len(run) == 1:
        return None
    first, last = run[0].text, run[-1].text
    if last in lexicon.ORGANISATION_WORDS or (first in lexicon.ORGANISATION_WORDS and not run[1].is_name):
        return "ORG"
    if last in lexicon.FACILITY_WORDS:
        return "FAC"
    if last in lexicon.LOCATION_WORDS or first in {"Lake", "Mount"}:
        return "LOC"
    return "GPE" if first in lexicon.PLACE_BEGINNINGS or last in lexicon.PLACE_ENDINGS else None


def _known(run: Sequence[Word]) -> EntityType | None:
    """Give the type of a name that the lexicon holds."""
    name = " ".join(word.text for word in run)
    if name in lexicon.PLACES:
        return "GPE"
    if name in lexicon.ORGANISATIONS:
        return "ORG"
    if name in lexicon.REGIONS:
        return "LOC"
    return "NORP" if name in lexicon.PEOPLES else None


def _split(run: Sequence[Word]) -> list[tuple[int, int]]:
    """Give the pieces of a run between its lower-case words."""
    edges = [-1, *(index for index, word in enumerate(run) if not word.is_name), len(run)]
    return [(left + 1, right) for left, right in pairwise(edges) if left + 1 < right]
