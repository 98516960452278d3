"""What finds the names of a language: the shipped model for English, for others an installed spaCy pipeline or nothing."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from broadsheet.runtime.errors import OperatorError
from broadsheet.tagger.english.model import load_model
from broadsheet.tagger.english.names import find_names
from broadsheet.tagger.name import Findings
from broadsheet.tagger.spacy_pipeline import load_pipeline
from broadsheet_schemas import Tagger
from broadsheet_schemas.errors import ErrorCode

ENGLISH = "en"

SPACY = "spacy:"

_ENTRY = re.compile(r"([a-z]{2})=(spacy:[^,\s]+)")


class Engine(Protocol):
    """Finds the names of one language."""

    @property
    def tagger(self) -> Tagger:
        """What an event says of it."""

    def find(self, article: Sequence[str], teasers: Sequence[str]) -> Findings:
        """Give the names in each text of the article, then of the teasers."""


def parse_engines(text: str) -> dict[str, str]:
    """Read which engine tags which language: `de=spacy:de_core_news_sm,fr=spacy:/models/fr`.

    Raises:
        ValueError: the text has another form.
    """
    entries = [entry.strip() for entry in text.split(",") if entry.strip()]
    matches = [_ENTRY.fullmatch(entry) for entry in entries]
    for entry, match in zip(entries, matches, strict=True):
        if match is None:
            msg = f"{entry!r} is no engine; write LANGUAGE=spacy:PACKAGE, as in de=spacy:de_core_news_sm"
            raise ValueError(msg)
    return {match[1]: match[2] for match in matches if match}


@lru_cache(maxsize=64)
def engine_for(language: str, engines: str = "") -> Engine:
    """Give the engine of a language; loaded once in a process.

    Args:
        language: ISO 639-1 code.
        engines: which engine tags which language, see `parse_engines`.

    Raises:
        OperatorError: `model_unusable`, the shipped model cannot be read; `configuration`, a named pipeline cannot be loaded.
    """
    named = _parsed(engines).get(language)
    if named:
        return load_pipeline(named.removeprefix(SPACY), language)
    return English() if language == ENGLISH else Nothing(languages_of(engines))


def languages_of(engines: str = "") -> tuple[str, ...]:
    """Give the languages whose names are found."""
    return tuple(sorted({ENGLISH, *_parsed(engines)}))


def _parsed(engines: str) -> Mapping[str, str]:
    try:
        return parse_engines(engines)
    except ValueError as error:
        raise OperatorError(ErrorCode.CONFIGURATION, f"tagger engines: {error}") from error


class English:
    """The shipped model."""

    def __init__(self) -> None:
        producer = load_model().producer
        self._tagger = Tagger(**producer.model_dump(), languages=(ENGLISH,))

    @property
    def tagger(self) -> Tagger:
        """Name, version and SHA-256 of the model."""
        return self._tagger

    @staticmethod
    def find(article: Sequence[str], teasers: Sequence[str]) -> Findings:
        """Give the names, as `find_names` does."""
        return find_names(article, teasers)


@dataclass(frozen=True, slots=True)
class Nothing:
    """No engine: a page in a language that nobody tags has dates, amounts and percentages alone, and says so."""

    languages: tuple[str, ...] = (ENGLISH,)

    @property
    def tagger(self) -> Tagger:
        """What English is tagged by, and that this page was not."""
        producer = load_model().producer
        return Tagger(**producer.model_dump(), languages=self.languages, coverage="values")

    @staticmethod
    def find(article: Sequence[str], teasers: Sequence[str]) -> Findings:
        """Give no names."""
        return Findings([[] for _ in (*article, *teasers)])
