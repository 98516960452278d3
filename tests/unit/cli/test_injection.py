"""Every command that prints what pages, ids, URLs, headers and brokers say: none of it controls the terminal or forges a line.

`show` has its own tests (`test_document_views.py`), `safe`, `safe_line` and `json_line` theirs (`test_console.py`).
"""

import asyncio
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, TypeVar, get_args

import orjson
import pytest
from pydantic import BaseModel

from broadsheet.cli import promoted, publish, similar, status
from broadsheet.cli.console import is_terminal, write_line, write_rows
from broadsheet.cli.consume import record_as_json
from broadsheet.cli.dead_letters import _tell
from broadsheet.cli.failures import tell_unexpected
from broadsheet.cli.letter_views import group_rows, letter_as_json, print_letter
from broadsheet.cli.letters import LetterCounts
from broadsheet.cli.replay_run import Run
from broadsheet.cli.search_views import print_facets, print_hit, print_summary
from broadsheet.cli.sending import Sent, Settled
from broadsheet.cli.stage_progress import StageProgress
from broadsheet.indexer.facets import FacetCount
from broadsheet.indexer.promoted import PromotedResult, PromotedTeaser
from broadsheet.indexer.results import Hit, SearchResult, Snippet
from broadsheet.indexer.similar import SimilarPage
from broadsheet.runtime.deadletters import dead_letter_headers, parse_dead_letter
from broadsheet.runtime.records import Record
from broadsheet_schemas.errors import ErrorCode
from unit.cli.test_console import Terminal
from unit.cli.test_letters import pairs

EVIL = "x\x1b]0;owned\x07\x1b[2J\x9b31m\x1b]52;c;AA==\x1b\\\u202egpj\u2066\u200f\u2028\r[red]\\[/red]\nFORGED"
NOON = datetime(2026, 1, 31, 12, tzinfo=UTC)

M = TypeVar("M", bound=BaseModel)


class ByteTerminal(Terminal):
    """A terminal that takes bytes, too, as stdout does."""

    @property
    def buffer(self) -> Any:
        return self

    def write(self, text: str | bytes) -> int:
        return super().write(text if isinstance(text, str) else text.decode())


def evil(model: type[M], **known: Any) -> M:
    """Make an instance whose every text is hostile, but for what is known."""
    texts = [
        name for name, field in model.model_fields.items() if str in (field.annotation, *get_args(field.annotation))
    ]
    return model(**dict.fromkeys(texts, EVIL) | known)


def hit() -> Hit:
    snippet = Snippet(part="body", text=EVIL, marks=((0, 5), (6, len(EVIL))))
    return evil(Hit, published_on=None, score=1.0, parts=("body",), snippets=(snippet,))


def found() -> SearchResult:
    entity = FacetCount(facet="entity", value=EVIL, count=3, type="ORG", part="body")
    facets = (entity, FacetCount(facet="domain", value=EVIL, count=2))
    return SearchResult(hits=(hit(),), total=9, took_ms=1, next=EVIL, loose=(EVIL,), facets=facets)


def teaser() -> PromotedTeaser:
    return evil(
        PromotedTeaser,
        published_on=None,
        first_seen=NOON,
        last_seen=NOON,
        page_count=1,
        more_pages=False,
        pages=(),
        domains=(EVIL,),
        names={"ORG": (EVIL,)},
    )


def similar_page() -> SimilarPage:
    return evil(SimilarPage, published_on=None, jaccard=1.0, contained=1.0)


def letter_record() -> Record:
    source = Record(
        "documents.raw", 0, 9, 0, EVIL.encode(), EVIL.encode(), ((EVIL, EVIL.encode()), ("url", b"\xff\x9b"))
    )
    headers = dead_letter_headers(
        source, stage=EVIL, error_class=EVIL, code=ErrorCode.BUG, message=EVIL, attempts=1, now=NOON
    )
    raw = tuple(
        (name, EVIL.encode() if name.endswith(("-stage", "-class", "-message")) else value) for name, value in headers
    )
    return Record("documents.dead-letter", 1, 0, 0, source.key, source.value, raw)


def progress() -> StageProgress:
    return StageProgress(EVIL, EVIL, EVIL, 1, 1, 1.0, 1.0)


def show_rows() -> None:
    letters = asyncio.run(group_rows(pairs([letter_record()]), lambda _record: False))
    write_rows("Dead letters", letters)


def show_status(monkeypatch: pytest.MonkeyPatch) -> None:
    async def look(*_: object) -> tuple[list[StageProgress], LetterCounts]:
        return [progress()], LetterCounts({EVIL: 1}, complete=False)

    monkeypatch.setattr(status, "_look", look)
    status.status()


def tell_replayed() -> None:
    _tell(parse_dead_letter(letter_record()), None)
    Run(_tell, max_attempts=1)._page(letter_record(), parse_dead_letter(letter_record()), set())


def publish_one(_monkeypatch: pytest.MonkeyPatch) -> None:
    counts = publish._Counts()
    publish._settle(counts, Settled(Sent(EVIL, EVIL, 1), None))
    publish._settle(counts, Settled(Sent(EVIL, EVIL, 1), EVIL))
    publish._report(EVIL, 1, ErrorCode.BUG, EVIL)


PRINTING: dict[str, Callable[[pytest.MonkeyPatch], object]] = {
    "search": lambda _: print_hit(hit()),
    "search, its end": lambda _: print_summary(found()),
    "search --facets": lambda _: print_facets(found()),
    "search --json": lambda _: write_line(hit().model_dump(mode="json")),
    "similar": lambda _: write_rows("Similar pages", [similar._row(similar_page())]),
    "promoted": lambda _: promoted._print(PromotedResult(teasers=(teaser(),), total=1, took_ms=1)),
    "consume": lambda _: write_line(record_as_json(letter_record())),
    "status": show_status,
    "dead-letters list": lambda _: show_rows(),
    "dead-letters show": lambda _: print_letter(parse_dead_letter(letter_record()), 20),
    "dead-letters export": lambda _: write_line(letter_as_json(parse_dead_letter(letter_record()))),
    "dead-letters replay": lambda _: tell_replayed(),
    "publish": publish_one,
}


@pytest.mark.parametrize("command", PRINTING)
def test_on_a_terminal_nothing_controls_it_or_begins_a_line(command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = ByteTerminal()
    monkeypatch.setattr(sys, "stdout", terminal)
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setenv("TERM", "dumb")
    assert is_terminal(sys.stdout)
    PRINTING[command](monkeypatch)

    shown = terminal.getvalue()
    assert "owned" in shown or "FORGED" in shown
    assert [character for character in shown if not character.isprintable() and character not in "\n\t"] == []
    assert not any(line.startswith("FORGED") for line in shown.splitlines()[: -1 if "show" in command else None])


@pytest.mark.parametrize(
    "command",
    sorted(
        set(PRINTING) - {"publish", "search", "search, its end", "search --facets", "promoted", "dead-letters show"}
    ),
)
def test_in_a_pipe_each_line_is_json(
    command: str, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    PRINTING[command](monkeypatch)
    out, err = capsysbinary.readouterr()
    lines = [*out.splitlines(), *err.splitlines()]
    assert lines
    for line in lines:
        assert isinstance(orjson.loads(line), dict)
        assert [character for character in line.decode() if not character.isprintable()] == []


def test_in_a_pipe_an_id_is_one_line(
    monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    publish_one(monkeypatch)
    out, err = capsysbinary.readouterr()
    assert len(out.decode().splitlines()) == 1
    assert b"\x1b" not in out + err
    assert all(orjson.loads(line)["path"] == EVIL for line in err.splitlines())


def test_a_traceback_that_quotes_a_page_is_harmless(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BROADSHEET_DEBUG", "1")
    tell_unexpected(ValueError(EVIL))
    shown = capsys.readouterr().err
    assert "owned" in shown
    assert [character for character in shown if not character.isprintable() and character not in "\n\t"] == []
