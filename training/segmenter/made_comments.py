"""Comments of readers, made from paragraphs of other pages, in the forms that publishers print them in."""

from collections.abc import Sequence

import numpy as np

from broadsheet.segmenter.lines import Piece
from broadsheet.segmenter.roles import Role
from training.segmenter.corpora import LabelledLine, bits
from training.segmenter.made_labels import Style
from training.segmenter.made_teasers import Source
from training.segmenter.sentences import sentences

LONGEST = 600
"""Longest paragraph of a comment, in code points."""

_HEADERS = (
    *("Comments", "12 Comments", "Join the conversation", "Leave a comment", "Show comments", "View all comments"),
    *("Sort by Newest", "Kommentare", "Comentarios"),
)
_ACTIONS = (
    *("Reply", "Like", "Share", "Report", "Flag", "1 like", "Reply · Like", "Reply 3 0", "Show more replies"),
    *("Log in to reply", "Antworten", "Responder"),
)
_NICKNAMES = (
    *("bear", "fan", "truth", "citizen", "taxpayer", "mike", "sue", "joe", "guest", "anon", "rocket", "max", "happy"),
    *("real", "old", "red"),
)
_CRIES = ("!!", "...", "?", "!!!", " lol")


def comments(found: Sequence[Source], random: np.random.Generator) -> list[LabelledLine]:
    """Give the lines of some comments of one form, labelled, with or without a header."""
    style = Style(random)
    form = _form(random)
    spaced = float(random.choice([0.0, 0.5, 1.0]))
    lines = [_line(style.pick(_HEADERS), gap=True)] if random.random() < 0.5 else []
    for _ in range(int(random.integers(1, 9))):
        source = found[int(random.integers(len(found)))]
        gap = bool(random.random() < spaced)
        texts = [text for part in form for text in _texts(part, source, style) if text]
        lines += [_line(text, gap=gap and not place) for place, text in enumerate(texts)]
    return lines


def _line(text: str, *, gap: bool) -> LabelledLine:
    return LabelledLine(Piece(text, gap), bits(Role.COMMENT), begins=False)


def _form(random: np.random.Generator) -> str:
    """Draw what a comment shows, in order: its writer (N), its date (D), both in a line (B), what it says (T), what can be done (A)."""
    shown = [part for part, chance in (("N", 0.8), ("D", 0.6), ("T", 1.0), ("A", 0.5)) if random.random() < chance]
    form = "".join(shown)
    if form.startswith("ND") and random.random() < 0.4:
        return form.replace("ND", "B")
    if form.startswith("N") and random.random() < 0.2:
        return f"{form[1:]}N"
    return form


def _texts(part: str, source: Source, style: Style) -> list[str]:
    """Give the lines of a part of a comment."""
    if part == "N":
        return [_writer(style)]
    if part == "D":
        return [style.date()]
    if part == "B":
        return [f"{_writer(style)} {style.date()}"]
    if part == "A":
        return [style.pick(_ACTIONS)]
    return _said(style.pick(source.paragraphs or (source.lead,)), style)


def _writer(style: Style) -> str:
    random, choice = style.random, style.random.random()
    if choice < 0.4:
        return style.name()
    if choice < 0.6:
        return style.name().split()[0]
    second = style.pick(_NICKNAMES) if random.random() < 0.5 else ""
    number = str(int(random.integers(1, 2000))) if random.random() < 0.6 else ""
    return f"{style.pick(_NICKNAMES)}{second}{number}"


def _said(paragraph: str, style: Style) -> list[str]:
    """Give some sentences of a paragraph, written as readers write, now and then with a second paragraph below.

    Of a full stop that stands alone ("...") nothing may be left.
    """
    random = style.random
    every = sentences(paragraph)
    start = int(random.integers(len(every)))
    stop = start + int(random.integers(1, 4))
    text = "".join(every[start:stop]).strip()[:LONGEST]
    if random.random() < 0.35:
        text = text[:1].lower() + text[1:]
    if random.random() < 0.35:
        text = text.rstrip(".") + (style.pick(_CRIES) if random.random() < 0.3 else "")
    if random.random() < 0.15:
        text = f"@{_writer(style)} {text}"
    return [text, every[stop].strip()[:LONGEST]] if stop < len(every) and random.random() < 0.2 else [text]
