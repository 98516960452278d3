"""News-like pages made by a program, as text and as HTML with the same lines: what the segmenter is timed on.

A page of news is four parts of markup, scripts and styles to one of text: menu, article with its links and picture,
lists of other articles, comments, footer. Class names, words and numbers differ from page to page.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from random import Random

from broadsheet_schemas import AcceptedDocument, Language, Source
from broadsheet_schemas.accepted import ContentType

LINES = 180
"""Lines of an ordinary page; with them its HTML has about 100 KB."""

_VOCABULARY = (
    "the of and a to in that it was for on with as at by from they said this would not but after over under between "
    "council harbour bridge river valley minister farmers budget winter railway market station teachers island storm "
    "election parliament company engineers hospital museum orchestra festival villages tunnel ferry timber wheat water "
    "power school theatre coast border court judge report letter question answer vote strike season match record crowd "
    "opened closed raised promised warned crossed rebuilt sold bought counted measured waited doubled halved ended "
    "new old late early small large quiet northern southern public private heavy narrow empty wooden careful"
)
_PEOPLE = (
    "Ada Brandt Carlos Deniz Elif Farah Goran Hanne Ines Jonas Kofi Lene Mira Noor Otis Petra Rosa Sven Tomas Ulla"
)
_SECTIONS = (
    "News World Politics Business Science Health Sport Culture Travel Weather Opinion Video Podcasts Archive Jobs"
)
_WORDS, _NAMES, _MENU = _VOCABULARY.split(), _PEOPLE.split(), _SECTIONS.split()


@dataclass(frozen=True, slots=True)
class MadePage:
    """A page, as HTML and as the plain text that it shows."""

    url: str
    html: str
    text: str


def document_of(content: str, content_type: ContentType, url: str | None = None) -> AcceptedDocument:
    """Give a page as intake hands it on."""
    return AcceptedDocument(
        document_id="page",
        revision="0" * 64,
        source=Source(url=url),
        content=content,
        content_type=content_type,
        language=Language(code="en", confidence=1.0),
        received_at=datetime(2026, 7, 31, tzinfo=UTC),
    )


def made_page(seed: int, lines: int = LINES) -> MadePage:
    """Make a page with so many lines: about a quarter is article, half are lists of others."""
    maker = _Maker(Random(seed))
    maker.menu(lines // 12)
    maker.article(lines // 4)
    while len(maker.lines) < lines - lines // 8:
        maker.teaser()
    maker.comments(lines // 24)
    maker.menu(lines - len(maker.lines))
    return MadePage(f"https://www.{maker.site}.example/2026/05/{maker.slug()}", maker.html(), "\n".join(maker.lines))


class _Maker:
    """Writes the lines of one page and their markup side by side."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self.site = f"{random.choice(_WORDS)}-{random.choice(_MENU).lower()}"
        self._prefix = random.choice(("c-", "m_", "news-", "x-site-", "css-1", ""))
        self.title = self._sentence(6, 11).rstrip(".")
        self.lines: list[str] = []
        self._markup: list[str] = []

    def html(self) -> str:
        """Give the page's HTML."""
        head = (
            f"<meta charset=utf-8><title>{self.title}</title><meta property=og:title content='{self.title}'>"
            f"<script type=application/ld+json>{json.dumps({'@type': 'NewsArticle', 'headline': self.title})}</script>"
        )
        scripts = f"<style>{self._code(100)}</style><script>{self._code(450)}</script>"
        body = "\n".join(self._markup)
        return f"<!DOCTYPE html>\n<html lang=en><head>{head}{scripts}</head>\n<body>{body}<script>{self._code(350)}</script></body></html>"

    def slug(self) -> str:
        """Give the last part of an article's address."""
        return "-".join(self._random.choices(_WORDS, k=7)) + f"-{self._random.randrange(10**6)}"

    def menu(self, lines: int) -> None:
        """Write links of one word, as over and under every page."""
        self._open("nav", "nav-list")
        for _ in range(lines):
            word = self._random.choice(_MENU)
            self._line("li", "nav-item", f"<a class='{self._prefix}nav-link' href='/{word.lower()}/'>{word}</a>", word)
        self._close("nav")

    def article(self, lines: int) -> None:
        """Write a headline, a byline and paragraphs."""
        self._open("article", "story-body")
        self._line("h1", "story-headline", self.title)
        self._line("p", "byline", f"By {self._name()}")
        self._line("time", "timestamp", self._date())
        self._markup.append(f"<figure><img src='/i/{self.slug()}.jpg' srcset='{self._sources()}' alt=''></figure>")
        for _ in range(lines - 3):
            self._paragraph()
        self._close("article")

    def teaser(self) -> None:
        """Write the blurb of another article."""
        self._open("div", f"teaser-card item-{self._random.randrange(99)}")
        self._markup.append(
            f"<a href='/2026/05/{self.slug()}'><img src='/i/{self.slug()}.jpg' srcset='{self._sources()}'></a>{_ICON}"
        )
        headline = self._sentence(5, 10).rstrip(".")
        self._line("span", "kicker", self._random.choice(_MENU))
        self._line("h3", "teaser-headline", f"<a href='/2026/05/{self.slug()}'>{headline}</a>", headline)
        self._line("p", "teaser-summary", self._sentence(10, 20))
        self._line("time", "teaser-date", self._date())
        self._close("div")

    def comments(self, lines: int) -> None:
        """Write what readers said."""
        self._open("section", "comment-list")
        for _ in range(lines):
            self._line("div", "comment", f"{self._name()}: {self._sentence(5, 25)}")
        self._close("section")

    def _paragraph(self) -> None:
        sentences = [self._sentence(8, 24) for _ in range(self._random.randint(1, 4))]
        linked = f"<a href='/2026/05/{self.slug()}'>{sentences[0]}</a> <em>{' '.join(sentences[1:])}</em>"
        text = " ".join(sentences)
        self._line("p", "paragraph", linked if self._random.random() < 0.3 else text, text)

    def _line(self, tag: str, names: str, markup: str, text: str | None = None) -> None:
        self.lines.append(text or markup)
        number, prefix = self._random.randrange(10**6), self._prefix
        self._markup.append(
            f"<div class='{prefix}row'><div class='{prefix}column wrap-{number % 7}'>\n  "
            f"<{tag} class='{prefix}{names} {prefix}text-{number % 5}' data-track='{number}'>{markup}</{tag}>\n</div></div>"
        )

    def _open(self, tag: str, names: str) -> None:
        self._markup.append(
            f"<{tag} class='{self._prefix}{names}' id='{self._prefix}{self._random.randrange(999)}'><div class=inner>"
        )

    def _close(self, tag: str) -> None:
        self._markup.append(f"</div></{tag}>")

    def _sentence(self, least: int, most: int) -> str:
        words = self._random.choices(_WORDS, k=self._random.randint(least, most))
        words[self._random.randrange(len(words))] = self._name()
        return f"{words[0].capitalize()} {' '.join(words[1:])}."

    def _name(self) -> str:
        return f"{self._random.choice(_NAMES)} {self._random.choice(_NAMES)}sen"

    def _date(self) -> str:
        return f"{self._random.choice(('May', 'June', 'July'))} {self._random.randint(1, 28)}, 2026"

    def _sources(self) -> str:
        return escape(
            ", ".join(f"/i/{self._random.randrange(10**9)}-{width}.webp {width}w" for width in (320, 640, 960, 1280))
        )

    def _code(self, statements: int) -> str:
        return "".join(
            f"var v{place}={{a:{self._random.random()},b:'{self._random.choice(_WORDS)}'}};"
            for place in range(statements)
        )


_ICON = "<svg viewBox='0 0 24 24'><path d='M12 2C6.5 2 2 6.5 2 12s4.5 10 10 10 10-4.5 10-10S17.5 2 12 2zm0 18c-4.4 0-8-3.6-8-8z'/></svg>"


def made_pages(count: int) -> Iterator[MadePage]:
    """Make ordinary pages, the same ones every time."""
    return (made_page(seed) for seed in range(count))
