"""The article's lines as blocks, each with its kind."""

from collections.abc import Sequence

from broadsheet.segmenter.html_tags import HEADING_BITS, LANDMARKS
from broadsheet.segmenter.lines import Line, Page
from broadsheet.segmenter.roles import Role
from broadsheet_schemas import Block, BlockKind

MAX_HEADING = 140
"""Longest heading inside an article, in code points."""

WHOLLY = 0.9
"""Share of a line in bold from which all of it is."""

_FINAL = (".", "!", "…", ",", ";", "。", "！", "»", "”", '"', "’")  # noqa: RUF001 - final marks as pages print them

_BY_ANCESTOR: tuple[tuple[int, BlockKind], ...] = (
    (LANDMARKS["figcaption"], "caption"),
    (HEADING_BITS, "heading"),
    (LANDMARKS["blockquote"], "quote"),
    (LANDMARKS["li"], "list_item"),
)


def make_body(page: Page, roles: Sequence[Role]) -> tuple[Block, ...]:
    """Give the article's lines as blocks, in order."""
    chosen = [line for line, role in zip(page.lines, roles, strict=True) if role is Role.BODY]
    return tuple(
        Block(start=line.start, end=line.end, text=line.text, kind=_kind(line, last=place == len(chosen) - 1))
        for place, line in enumerate(chosen)
    )


def _kind(line: Line, *, last: bool) -> BlockKind:
    """Give the kind of a block: by its markup where it has any that tells, else by its form.

    In plain text a heading is a short line that does not end as a sentence does, with more of the article below it.
    """
    if line.markup is not None:
        for landmark, kind in _BY_ANCESTOR:
            if line.markup.inside(landmark):
                return kind
        return "heading" if line.markup.strong_share >= WHOLLY and _is_short_title(line.text) and not last else "paragraph"
    return "heading" if _is_short_title(line.text) and not last else "paragraph"


def _is_short_title(text: str) -> bool:
    return len(text) <= MAX_HEADING and not text.endswith(_FINAL) and (not text.endswith(":") or text.isupper())
