"""Teasers made from titles and first sentences of other pages, in the forms that publishers print them in."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from broadsheet.segmenter.lines import Piece
from broadsheet.segmenter.roles import Role
from training.segmenter.corpora import BODY, LabelledLine, LabelledPage, bits
from training.segmenter.made_labels import SECTIONS, Style

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
        body = [line.piece.text for line in page.lines if line.roles == BODY and len(line.piece.text) > 60]
        title = page.gold.get("gold_title") or page.gold.get("meta_title") or ""
        if body and 15 < len(title) < 160:
            found.append(Source(" ".join(title.split()), body[0], tuple(body[:4])))
    return found


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


def teaser_list(found: Sequence[Source], random: np.random.Generator) -> list[LabelledLine]:
    """Give the lines of a made list, labelled, with or without its own title."""
    style = Style(random)
    spaced = float(random.choice([0.0, 0.0, 0.5, 1.0]))
    lines: list[LabelledLine] = []
    if random.random() < 0.6:
        header = style.pick(_HEADERS if random.random() < 0.65 else SECTIONS)
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
    style = Style(random)
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


def _item(source: Source, style: Style, *, gap: bool) -> list[LabelledLine]:
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


def _text(part: str, source: Source, style: Style) -> str:
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
