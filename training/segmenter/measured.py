"""What was measured of a page."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Reading:
    """What one reader made of a page.

    Attributes:
        body: precision and recall of the body.
        title: whether the title is right; None where the page shows none.
        teasers: the items as texts, each place where one is shown.
        confidence: the reader's word for its split.
    """

    body: tuple[float, float]
    title: bool | None = None
    teasers: list[dict[str, str]] = field(default_factory=list)
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Measured:
    """A page and what every reader made of it.

    Attributes:
        id: its id.
        corpus: its corpus.
        development: whether it is of the development sites.
        language: its language.
        readings: by reader: `text`, `html`, `trafilatura`, `readability`.
        marked: its marked teasers as texts, whoever marked them, or None.
        marked_once: the same, where a headline that an item shows twice is given once.
        ambiguous: the text that is not scored.
        original: whether the teasers were marked with the corpora, not for this project.
    """

    id: str
    corpus: str
    development: bool
    language: str
    readings: dict[str, Reading]
    marked: list[dict[str, str]] | None
    marked_once: list[dict[str, str]]
    ambiguous: str
    original: bool
