"""`--json` and `--sort` of the commands that read the index."""

import io
import sys
from datetime import date

import orjson
import pytest

from broadsheet.cli.main import run
from unit.cli.test_console import Terminal
from unit.indexer.pages import at, ferry, page, span

pytestmark = [pytest.mark.integration, pytest.mark.usefixtures("indexed")]

DULL = "The council met about the bridge, the road, the school, the harbour, the library and the market of the town."
TRAINS = (
    "Trains to the coast will run every hour from Monday on, said the company, and late ones on Fridays and Saturdays."
)
FAIR = ferry().model_copy(update={"headline": span("Fair opens"), "url": "https://news.example/fair"})

DOCUMENTS = (
    page("apt", body="Bridge, bridge, bridge.", published_on=date(2026, 1, 1), received_at=at(0)),
    page("late", body=DULL, title=None, published_on=date(2026, 1, 30), received_at=at(9), teasers=(FAIR,)),
    page("later", body=TRAINS, title=None, published_on=date(2026, 1, 31), received_at=at(1)),
    page("copy", body=TRAINS, title=None, published_on=date(2026, 1, 15), received_at=at(0)),
)
"""One page is more about a bridge, another is newer; one teaser stands on three pages, another was seen last."""


class Screen(io.TextIOWrapper):
    """A terminal that bytes can be written to."""

    def __init__(self) -> None:
        self.bytes = io.BytesIO()
        super().__init__(self.bytes, encoding="utf-8", write_through=True)

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    "command",
    [
        ["search", "bridge", "--limit", "1"],
        ["search", "bridge", "--all"],
        ["search", "--facets"],
        ["show", "apt"],
        ["similar", "later"],
        ["promoted", "ferry"],
    ],
    ids=" ".join,
)
def test_json_on_a_terminal_is_what_a_pipe_gets(
    command: list[str], capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run(command) == 0
    piped = capsysbinary.readouterr().out
    screen = Screen()
    monkeypatch.setattr(sys, "stdout", screen)
    assert run([*command, "--json"]) == 0
    assert [orjson.loads(line) for line in screen.bytes.getvalue().splitlines()]
    assert screen.bytes.getvalue() == piped
    for_people = Terminal()
    monkeypatch.setattr(sys, "stdout", for_people)
    assert run(command) == 0
    assert not for_people.getvalue().startswith("{")


@pytest.mark.parametrize(
    ("arguments", "order"),
    [
        (["search", "bridge"], ["apt", "late"]),
        (["search", "bridge", "--sort", "relevance"], ["apt", "late"]),
        (["search", "bridge", "--sort", "date"], ["late", "apt"]),
        (["search"], ["later", "late", "copy", "apt"]),
        (["promoted"], ["Fair opens", "Ferry strike ends"]),
        (["promoted", "--sort", "last_seen"], ["Fair opens", "Ferry strike ends"]),
        (["promoted", "--sort", "page_count"], ["Ferry strike ends", "Fair opens"]),
    ],
    ids=" ".join,
)
def test_hits_come_in_the_order_that_was_asked_for(
    arguments: list[str], order: list[str], capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert run(arguments) == 0
    hits = [orjson.loads(line) for line in capsysbinary.readouterr().out.splitlines()]
    assert [hit["id"] if arguments[0] == "search" else hit["headline"] for hit in hits] == order
