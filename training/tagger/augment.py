"""Annotated texts made anew with other names, and with lines in capitals or in headline style."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from training.tagger.corpora import Text
from training.tagger.made_names import People, people, pick, places

CHANGED = 0.5
"""Share of the texts in which names are put in the place of others."""

BY_TYPE = {"PERSON": 0.7, "ORG": 0.3, "GPE": 0.5, "LOC": 0.5}
"""Share of the names of a type that are, in such a text; LOC only where the name is one of the gazetteer's."""

CITY = 0.6
"""Share of cities among the places put in; the others are countries and states."""

CAPITALS, HEADLINE = 0.02, 0.04
"""Share of the lines that are put into capitals, or into headline style where they have at most `LONGEST` words."""

LONGEST = 25

SPLIT_WORDS = 0.5
"""Share of the texts in which "do n't" and "Elena 's", as tokenised corpora have them, become "don't" and "Elena's"."""

_SPLIT = re.compile(r" (?=(?:n't|'(?:s|re|ve|ll|d|m))\b)")
_WORD = re.compile(r"[^\W\d_]{2,}")
_LINE = re.compile(r"[^\n]+")
_SMALL = frozenset(
    [
        "a",
        "an",
        "and",
        "as",
        "at",
        "but",
        "by",
        "for",
        "from",
        "in",
        "into",
        "nor",
        "of",
        "on",
        "or",
        "the",
        "to",
        "with",
    ]
)


@dataclass(frozen=True, slots=True)
class Augmenter:
    """Makes texts anew.

    Attributes:
        organisations: names of organisations to put in the place of others, from the training texts.
        gazetteer: names of countries, states and cities.
    """

    organisations: Sequence[str]
    gazetteer: frozenset[str]

    def vary(self, text: Text, random: np.random.Generator) -> Text:
        """Make a text anew; a name that comes twice stays one name."""
        if random.random() < CHANGED:
            text = self._renamed(text, random)
        if random.random() < SPLIT_WORDS:
            text = _joined(text)
        return _recased(text, random)

    def _renamed(self, text: Text, random: np.random.Generator) -> Text:
        locale = people()[int(random.integers(len(people())))]
        renamer = _Renamer(self, locale, random)
        parts, names, reached, size = [], [], 0, 0
        for start, end, kind in text.names:
            if start < reached:
                continue
            new = renamer.other(text.text[start:end], kind)
            parts += [text.text[reached:start], new]
            size += start - reached
            names.append((size, size + len(new), kind))
            size, reached = size + len(new), end
        return replace(text, text="".join([*parts, text.text[reached:]]), names=tuple(names))


@dataclass(frozen=True, slots=True)
class _Renamer:
    """Puts other names in the place of the names of one text."""

    augmenter: Augmenter
    locale: People
    random: np.random.Generator
    made: dict[tuple[str, str], str] = field(default_factory=dict)

    def other(self, old: str, kind: str) -> str:
        """Give another name in the place of one, or the same; always the same one for the same name."""
        key = (kind, old)
        if key not in self.made:
            self.made[key] = old
            if self.random.random() < BY_TYPE.get(kind, 0.0):
                self.made[key] = self._make(old, kind)
        return self.made[key]

    def _make(self, old: str, kind: str) -> str:
        if kind == "PERSON":
            return self._person(old)
        if kind == "ORG":
            return pick(self.augmenter.organisations, self.random)
        if old not in self.augmenter.gazetteer:
            return old
        countries, cities = places()
        return pick(cities if self.random.random() < CITY else countries, self.random)

    def _person(self, old: str) -> str:
        """Put another name in the place of each word with a capital; a word that came before becomes what it became then."""
        words = list(_WORD.finditer(old))
        return _WORD.sub(lambda found: self._word(found, words), old)

    def _word(self, found: re.Match[str], words: Sequence[re.Match[str]]) -> str:
        word = found.group()
        if not word[0].isupper():
            return word
        key = ("word", word.casefold())
        if key not in self.made:
            surname = found.start() == words[-1].start() and (len(words) > 1 or self.random.random() < CITY)
            self.made[key] = pick(self.locale.surnames if surname else self.locale.given, self.random)
        return self.made[key].upper() if word.isupper() else self.made[key]


def _joined(text: Text) -> Text:
    """Take the spaces out of "do n't" and "Elena 's", outside the names."""
    parts, names, reached, size = [], [], 0, 0
    for start, end, kind in text.names:
        if start >= reached:
            parts += [_SPLIT.sub("", text.text[reached:start]), text.text[start:end]]
            size += len(parts[-2])
            names.append((size, size + end - start, kind))
            size, reached = size + end - start, end
    return replace(text, text="".join([*parts, _SPLIT.sub("", text.text[reached:])]), names=tuple(names))


def _recased(text: Text, random: np.random.Generator) -> Text:
    """Put some lines into capitals or headline style; lengths stay, so the names' places stay."""
    parts, reached = [], 0
    for line in _LINE.finditer(text.text):
        drawn = random.random()
        if drawn < CAPITALS + HEADLINE:
            old = line.group()
            new = old.upper() if drawn < CAPITALS else _headline(old) if old.count(" ") < LONGEST else old
            parts += [text.text[reached : line.start()], new if len(new) == len(old) else old]
            reached = line.end()
    return replace(text, text="".join([*parts, text.text[reached:]])) if parts else text


def _headline(line: str) -> str:
    return re.sub(r"(?<![\w'\u2019])[a-z]\w*", lambda found: _capital(found.group()), line)


def _capital(word: str) -> str:
    return word if word in _SMALL else word[0].upper() + word[1:]
