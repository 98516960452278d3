"""Teasers made from titles and first sentences of other pages, in the forms that publishers print them in."""

import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from broadsheet.segmenter.lines import Piece
from broadsheet.segmenter.roles import Role
from training.segmenter.corpora import LabelledLine, LabelledPage, bits

_SENTENCE = re.compile(r"(?<=[.!?。！？])\s*(?=\S)")  # noqa: RUF001 - final marks of other scripts
_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November"),
    "December",
)
_SECTIONS = (
    *(
        "Politics",
        "World",
        "Business",
        "Opinion",
        "Sport",
        "Sports",
        "Culture",
        "Technology",
        "Health",
        "Science",
        "US",
    ),
    *("Video", "Analysis", "Money", "Travel", "Style", "Football", "Music", "Climate", "Local news", "Entertainment"),
    *("Politik", "Wirtschaft", "Kultur", "Deportes", "Economía", "Société", "International", "Economia", "Nasional"),
    *(
        "Europe",
        "Middle East",
        "Crime",
        "Education",
        "Food",
        "Books",
        "Film",
        "Editorial",
        "Live",
        "Breaking",
        "Markets",
    ),
)
_FIRST = (
    *("Maria", "John", "Aisha", "Peter", "Chen", "Laura", "Omar", "Anna", "David", "Yuki", "Priya", "Carlos", "Emma"),
    *("Ivan", "Sofia", "James", "Fatima", "Lars", "Nadia", "Tom", "Grace", "Hannah", "Luca", "Ewa"),
)
_LAST = (
    *("Miller", "Okafor", "Schmidt", "García", "Rossi", "Tanaka", "Kowalski", "Dubois", "Singh", "Larsen", "Silva"),
    *("Brown", "Haddad", "Novak", "Jensen", "O'Neil", "van Dijk", "Petrov", "Kim", "Reyes", "Walker", "Ngata"),
)
_SOURCES = (
    "Reuters",
    "AP",
    "AFP",
    "Staff",
    "Editorial Team",
    "dpa",
    "News Desk",
    "Guest Author",
    "The Associated Press",
)
_HEADERS = (
    *("Related stories", "Most read", "Latest news", "More from this section", "You may also like", "Trending"),
    *(
        "Recommended",
        "Read next",
        "More stories",
        "Popular",
        "Editor's picks",
        "Related",
        "Top stories",
        "In this section",
    ),
    *(
        "Mehr zum Thema",
        "Meistgelesen",
        "Lo más leído",
        "Te puede interesar",
        "À lire aussi",
        "Les plus lus",
        "Leia mais",
    ),
    *(
        "Potrebbe interessarti",
        "Baca juga",
        "Terpopuler",
        "Latest",
        "Don't miss",
        "What to read next",
        "Related Articles",
    ),
)
_METAS = (
    "Read more",
    "Continue reading",
    "3 min read",
    "5 min read",
    "12 comments",
    "Getty Images",
    "Read full story",
    "1",
    "2",
)


@dataclass(frozen=True, slots=True)
class Source:
    """What a made teaser is made from."""

    title: str
    lead: str
    paragraphs: tuple[str, ...] = ()


def sources(pages: Sequence[LabelledPage]) -> list[Source]:
    """Give the titles and first paragraphs of pages that have both."""
    found = []
    for page in pages:
        body = [line.piece.text for line in page.lines if line.roles == bits(Role.BODY) and len(line.piece.text) > 60]
        title = page.gold.get("gold_title") or page.gold.get("meta_title") or ""
        if body and 15 < len(title) < 160:
            found.append(Source(" ".join(title.split()), body[0], tuple(body[:4])))
    return found


_FORMS = (
    *(("H",),) * 5,
    *(
        ("H", "D"),
        ("D", "H"),
        ("K", "H"),
        ("K", "H", "D"),
        ("K", "H", "S"),
        ("H", "S"),
        ("H", "S", "KBD"),
        ("H", "S", "D"),
    ),
    *(
        ("H", "B"),
        ("H", "BD"),
        ("H", "KD"),
        ("K", "H", "S", "B", "D"),
        ("H", "S", "B"),
        ("H", "S", "BD"),
        ("K", "D", "H"),
    ),
    *(("H", "S", "M"), ("M", "H"), ("H", "B", "D"), ("KD", "H", "S"), ("H", "S", "KD"), ("K", "H", "B"), ("H", "M")),
    *(
        ("D", "H", "S"),
        ("H", "D", "S"),
        ("K", "H", "D", "S"),
        ("H", "BD", "S"),
        ("H", "KB"),
        ("B", "H"),
        ("H", "S", "K"),
    ),
)
_ROLES = {
    "H": Role.HEADLINE,
    "S": Role.SUMMARY,
    "K": Role.KICKER,
    "B": Role.BYLINE,
    "D": Role.DATE,
    "M": Role.META,
    "KD": Role.KICKER_DATE,
    "KBD": Role.KICKER_DATE,
    "BD": Role.BYLINE_DATE,
    "KB": Role.KICKER_BYLINE,
}


class _Style:
    """The choices that the items of one list share."""

    def __init__(self, random: np.random.Generator) -> None:
        self.random = random
        self.form = _FORMS[random.integers(len(_FORMS))]
        self.sometimes = bool(random.random() < 0.2)
        self.upper = bool(random.random() < 0.35)
        self.day = dt.date(2005, 1, 1) + dt.timedelta(days=int(random.integers(0, 8200)))
        self.date_form = int(random.integers(len(_DATE_FORMS)))
        self.by = str(random.choice(["By ", "by ", "", "", "Von ", "Por ", "BY "]))
        self.bar = str(random.choice([" | ", " · ", " - ", " ", ", ", " • ", " — ", " / "]))
        self.one_section = self.pick(_SECTIONS) if random.random() < 0.3 else None
        self.long_lead = float(random.choice([0.0, 0.0, 0.3, 1.0]))
        self.dots = bool(random.random() < 0.2)

    def pick(self, choices: Sequence[str]) -> str:
        return choices[int(self.random.integers(len(choices)))]

    def kicker(self) -> str:
        word = self.one_section or self.pick(_SECTIONS)
        return word.upper() if self.upper else word

    def byline(self) -> str:
        name = f"{self.pick(_FIRST)} {self.pick(_LAST)}" if self.random.random() < 0.8 else self.pick(_SOURCES)
        return self.by + (name.upper() if self.upper and self.random.random() < 0.5 else name)

    def date(self) -> str:
        day = self.day - dt.timedelta(days=int(self.random.integers(0, 60)))
        text = _DATE_FORMS[self.date_form](day, int(self.random.integers(1, 24)))
        return text.upper() if self.upper else text

    def lead(self, lead: str) -> str:
        if self.random.random() < self.long_lead:
            return lead
        parts = _SENTENCE.split(lead)
        text = " ".join(parts[: 1 if len(parts[0]) > 40 else 2])
        if self.dots and len(text) > 90:
            text = text[: int(self.random.integers(70, len(text)))].rsplit(" ", 1)[0] + str(
                self.random.choice(["…", "...", " [...]"])
            )
        return text


_DATE_FORMS: tuple[Callable[[dt.date, int], str], ...] = (
    lambda day, _: f"{_MONTHS[day.month - 1]} {day.day}, {day.year}",
    lambda day, _: f"{_MONTHS[day.month - 1]} {day.day}, {day.year}",
    lambda day, _: f"{_MONTHS[day.month - 1][:3]} {day.day}, {day.year}",
    lambda day, _: f"{day.day} {_MONTHS[day.month - 1]} {day.year}",
    lambda day, _: f"{day.day} {_MONTHS[day.month - 1][:3]} {day.year}",
    lambda day, _: f"{_MONTHS[day.month - 1][:3]} {day.day}",
    lambda day, _: day.isoformat(),
    lambda day, _: f"{day.day:02}.{day.month:02}.{day.year}",
    lambda day, _: f"{day.day:02}/{day.month:02}/{day.year}",
    lambda day, hour: f"{day.day:02}.{day.month:02}.{day.year}, {hour:02}:30 Uhr",
    lambda day, hour: (
        f"{_MONTHS[day.month - 1]} {day.day}, {day.year} {hour % 12 or 12}:05 {'am' if hour < 12 else 'pm'}"
    ),
    lambda _, hour: f"{hour} hours ago",
    lambda _, hour: f"{hour}h ago",
    lambda _, hour: f"{hour}h",
    lambda _, hour: f"{hour} days ago",
    lambda _, hour: f"vor {hour} Stunden",
    lambda _, hour: f"hace {hour} horas",
    lambda _, hour: f"il y a {hour} heures",
    lambda _, hour: f"{hour} jam lalu",
    lambda _, hour: f"{hour}時間前",
    lambda _, hour: f"{hour} min",
    lambda _, hour: "Yesterday" if hour % 2 else "Today",
    lambda day, _: f"{day.year}年{day.month}月{day.day}日",
)


def teaser_list(found: Sequence[Source], random: np.random.Generator) -> list[LabelledLine]:
    """Give the lines of a made list, labelled, with or without its own title."""
    style = _Style(random)
    spaced = float(random.choice([0.0, 0.0, 0.5, 1.0]))
    lines: list[LabelledLine] = []
    if random.random() < 0.6:
        header = style.pick(_HEADERS if random.random() < 0.65 else _SECTIONS)
        lines.append(
            LabelledLine(Piece(header.upper() if style.upper else header, gap=True), bits(Role.HEADER), begins=False)
        )
    for place in random.permutation(len(found))[: int(random.integers(1, 9))]:
        lines += _item(found[place], style, gap=bool(random.random() < spaced))
    if lines and not lines[0].piece.gap and random.random() < 0.5:
        lines[0] = LabelledLine(Piece(lines[0].piece.text, gap=True), lines[0].roles, lines[0].begins)
    return lines


def next_articles(found: Sequence[Source], random: np.random.Generator) -> list[LabelledLine]:
    """Give the openings of other articles: headline, labels and some paragraphs each, in any order that pages use."""
    style = _Style(random)
    lines: list[LabelledLine] = []
    for place in random.permutation(len(found))[: int(random.integers(1, 6))]:
        parts = [("H", found[place].title)]
        parts += [(part, _text(part, found[place], style)) for part in ("B", "D", "M", "K") if random.random() < 0.3]
        if random.random() < 0.3:
            parts = parts[::-1]
        parts += [("S", text) for text in found[place].paragraphs[: int(random.integers(1, 5))]]
        gap = bool(random.random() < 0.7)
        lines += [
            LabelledLine(Piece(text, gap=gap), bits(_ROLES[part]), begins=not number)
            for number, (part, text) in enumerate(parts)
        ]
    return lines


def _item(source: Source, style: _Style, *, gap: bool) -> list[LabelledLine]:
    random = style.random
    form: tuple[str, ...] = style.form
    if style.sometimes:
        form = tuple(part for part in form if part == "H" or random.random() < 0.7)
    lines = list[LabelledLine]()
    for place, part in enumerate(form):
        text = _text(part, source, style)
        inner_gap = gap if place == 0 else bool(gap and random.random() < 0.2)
        if text:
            lines.append(LabelledLine(Piece(text, gap=inner_gap), bits(_ROLES[part]), begins=not lines))
    return lines


def _text(part: str, source: Source, style: _Style) -> str:
    if part == "H":
        return source.title
    if part == "S":
        return style.lead(source.lead)
    if part == "M":
        return style.pick(_METAS)
    if part == "KBD":
        return f"{style.kicker()} {'BY' if style.upper else 'by'} {style.date()}"
    makers = {"K": style.kicker, "B": style.byline, "D": style.date}
    return style.bar.join(makers[letter]() for letter in part)
