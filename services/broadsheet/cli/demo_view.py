"""What the demo shows of each page, on a terminal or in a file."""

from statistics import median

from rich.console import Console, RenderableType
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from broadsheet.cli.console import safe
from broadsheet.cli.demo_road import Journey
from broadsheet.runtime.deadletters import DeadLetter
from broadsheet_schemas.enriched import EnrichedDocument
from broadsheet_schemas.errors import ERRORS, ErrorCode
from broadsheet_schemas.receipt import IndexReceipt
from broadsheet_schemas.segmented import Teaser

MOST_ENTITIES = 6

Row = tuple[str, str]
"""A label and a text."""


def show(console: Console, journey: Journey) -> None:
    """Show one page and what became of it."""
    console.print(Panel(_content(journey), title=journey.name, title_align="left"))


def show_times(console: Console, journeys: list[Journey]) -> float | None:
    """Say how long the pages took from publish to index; gives the median in seconds, None where none reached it."""
    times = [journey.seconds for journey in journeys if journey.seconds is not None]
    if not times:
        console.print("From publish to index: no page reached it")
        return None
    middle = median(times)
    console.print(
        f"From publish to index, {len(times)} pages: median {middle:.2f} s, fastest {min(times):.2f} s, slowest {max(times):.2f} s"
    )
    return middle


def _content(journey: Journey) -> RenderableType:
    if journey.dead_letter is not None:
        return _rows(_dead_letter(journey.dead_letter))
    if journey.enriched is None or journey.receipt is None:
        return Text("has not ended", style="red")
    return _rows([*_document(journey.enriched), _receipt(journey.receipt)])


def _rows(rows: list[Row]) -> Table:
    """Lay out labels and texts in two columns, so that long texts wrap under themselves."""
    grid = Table.grid(padding=(0, 2))
    for label, text in rows:
        grid.add_row(Text(label, style="dim"), Text(safe(text)))
    return grid


def _document(document: EnrichedDocument) -> list[Row]:
    title = document.title.text if document.title else "(the page shows none)"
    body = sum(len(block.text) for block in document.body)
    rows = [("title", title), ("body", f"{len(document.body)} blocks, {body} characters")]
    teasers = [_teaser(teaser) for teaser in document.teasers] or ["none"]
    rows += [("teasers" if number == 0 else "", teaser) for number, teaser in enumerate(teasers)]
    about = [entity for entity in document.entities if entity.salience > 0][:MOST_ENTITIES]
    named = ", ".join(f"{entity.name} ({entity.type} {entity.salience:.2f})" for entity in about)
    return [*rows, ("about", named or "none")]


def _teaser(teaser: Teaser) -> str:
    day = teaser.published.date if teaser.published else None
    shown = (teaser.headline.text, teaser.kicker and teaser.kicker.text, day and day.isoformat())
    return " · ".join(part for part in shown if part)


def _receipt(receipt: IndexReceipt) -> Row:
    return "index", f"{receipt.action} in {receipt.index} as {receipt.document_id}"


def _dead_letter(letter: DeadLetter) -> list[Row]:
    return [
        ("dead letter", f"{letter.code}, in {letter.stage}"),
        ("why", letter.message),
        ("what to do", ERRORS[ErrorCode(letter.code)].action),
    ]
