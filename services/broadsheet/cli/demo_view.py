"""What the demo shows of each page, on a terminal or in a file."""

from statistics import median

from rich.console import Console, Group, RenderableType
from rich.panel import Panel
from rich.text import Text

from broadsheet.cli.console import safe
from broadsheet.cli.demo_road import Journey
from broadsheet.runtime.deadletters import DeadLetter
from broadsheet_schemas.enriched import EnrichedDocument
from broadsheet_schemas.errors import ERRORS, ErrorCode
from broadsheet_schemas.receipt import IndexReceipt

MOST_ENTITIES = 6


def show(console: Console, journey: Journey) -> None:
    """Show one page and what became of it."""
    console.print(Panel(_content(journey), title=journey.name, title_align="left"))


def show_times(console: Console, journeys: list[Journey]) -> float:
    """Say how long the pages took from publish to index; gives the median in seconds."""
    times = [journey.seconds for journey in journeys if journey.seconds is not None]
    middle = median(times)
    console.print(
        f"From publish to index, {len(times)} pages: median {middle:.2f} s, fastest {min(times):.2f} s, slowest {max(times):.2f} s"
    )
    return middle


def _content(journey: Journey) -> RenderableType:
    if journey.dead_letter is not None:
        return _dead_letter(journey.dead_letter)
    if journey.enriched is None or journey.receipt is None:
        return Text("has not ended", style="red")
    return Group(*_document(journey.enriched), _receipt(journey.receipt))


def _document(document: EnrichedDocument) -> list[Text]:
    title = document.title.text if document.title else "(the page shows none)"
    body = sum(len(block.text) for block in document.body)
    lines = [_line("title", title), _line("body", f"{len(document.body)} blocks, {body} characters")]
    for number, teaser in enumerate(document.teasers):
        shown = [teaser.headline.text, teaser.kicker and teaser.kicker.text]
        shown.append(str(teaser.published.date) if teaser.published and teaser.published.date else None)
        lines.append(_line("teasers" if number == 0 else "", " · ".join(part for part in shown if part)))
    if not document.teasers:
        lines.append(_line("teasers", "none"))
    about = [entity for entity in document.entities if entity.salience > 0][:MOST_ENTITIES]
    lines.append(
        _line("about", ", ".join(f"{entity.name} ({entity.type} {entity.salience:.2f})" for entity in about) or "none")
    )
    return lines


def _receipt(receipt: IndexReceipt) -> Text:
    return _line("index", f"{receipt.action} in {receipt.index} as {receipt.document_id}")


def _dead_letter(letter: DeadLetter) -> RenderableType:
    return Group(
        _line("dead letter", f"{letter.code}, in {letter.stage}", style="bold red"),
        _line("why", letter.message),
        _line("what to do", ERRORS[ErrorCode(letter.code)].action),
    )


def _line(label: str, text: str, style: str = "") -> Text:
    return Text.assemble((f"{label:12}", "dim"), (safe(text), style))
