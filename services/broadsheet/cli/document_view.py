"""How a document looks on a terminal."""

import sys
from collections import Counter
from collections.abc import Iterator

from rich.console import Console
from rich.padding import Padding
from rich.panel import Panel
from rich.text import Text

from broadsheet.cli.console import safe, safe_line
from broadsheet.cli.entity_colors import COLORS, pieces
from broadsheet.indexer.stored import MarkedText, StoredBlock, StoredDocument, StoredTeaser

NO_TITLE = "(the page shows no title)"


def print_document(document: StoredDocument, *, rest: bool) -> None:
    """Print a document: title, body, teasers in boxes, and the rest, or how much there is of it."""
    console = Console(highlight=False, file=sys.stdout)
    console.print(_text(document.title, style="bold") if document.title else Text(NO_TITLE, style="dim"))
    console.print(Text(safe_line(facts(document, url=document.url)), style="dim"), soft_wrap=True)
    for block in document.blocks:
        console.print()
        console.print(_block(block))
    for teaser in document.teasers:
        console.print(Panel(_teaser(teaser), title="teaser", title_align="left", border_style="dim"))
    for line in _rest(document, whole=rest):
        console.print(line)
    console.print(_legend(document))


def facts(document: StoredDocument, *, url: str | None) -> str:
    """Say in one line which document it is and where it is from, and why it has no body where it has none."""
    empty = f"no article: {document.no_article}" if document.no_article else None
    shown = (document.id, url, document.published_on, document.language, *document.authors, empty)
    return " · ".join(str(value) for value in shown if value)


def types_of(document: StoredDocument) -> list[str]:
    """Name the types of entities that are marked anywhere in the document."""
    found = {mark.type for text in _texts(document) for mark in text.marks}
    return [kind for kind in COLORS if kind in found]


def _texts(document: StoredDocument) -> Iterator[MarkedText]:
    teasers = (text for teaser in document.teasers for text in (teaser.headline, *_lines(teaser)))
    yield from (text for text in (document.title, *document.blocks, *teasers) if text is not None)


def _lines(teaser: StoredTeaser) -> list[MarkedText]:
    return [text for text in (teaser.kicker, teaser.summary, teaser.byline) if text is not None]


def _text(marked: MarkedText, style: str = "") -> Text:
    text = Text(style=style)
    for piece, mark in pieces(marked):
        text.append(safe(piece), style=COLORS[mark.type].terminal if mark else None)
    return text


def _block(block: StoredBlock) -> Text | Padding:
    if block.kind == "heading":
        return _text(block, style="bold")
    indented = {"quote": 4, "list_item": 2}.get(block.kind, 0)
    return Padding(_text(block, style="dim" if block.kind == "caption" else ""), (0, 0, 0, indented))


def _teaser(teaser: StoredTeaser) -> Text:
    lines = [_text(teaser.headline, style="bold"), *(_text(line) for line in _lines(teaser))]
    day = teaser.published_on.isoformat() if teaser.published_on else teaser.published
    lines += [Text(safe(line), style="dim") for line in (day, teaser.url) if line]
    return Text("\n").join(lines)


def _rest(document: StoredDocument, *, whole: bool) -> Iterator[Text]:
    if not document.rest:
        return
    kinds = Counter(part.kind for part in document.rest)
    characters = sum(len(part.text) for part in document.rest)
    counted = ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items()))
    hint = "" if whole else "; --rest shows it"
    yield Text(f"rest: {characters:,} characters ({counted}){hint}", style="dim")
    if whole:
        yield from (Text(f"[{part.kind}] {safe(part.text)}", style="dim") for part in document.rest)


def _legend(document: StoredDocument) -> Text:
    kinds = [Text(kind, style=color.terminal) for kind, color in COLORS.items() if kind in types_of(document)]
    return Text(" ").join(kinds)
