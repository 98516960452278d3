"""`search` on a real index: article and teasers apart."""

import os
import sys

import orjson
import pytest

from broadsheet.cli.main import run
from unit.cli.test_console import Terminal
from unit.indexer.pages import page

pytestmark = [pytest.mark.integration, pytest.mark.usefixtures("indexed")]


DOCUMENTS = (page(),)
"""One page on a bridge, whose teaser is about a ferry."""


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        (["ferry"], 1),
        (["ferry", "--part", "teasers"], 1),
        (["ferry", "--part", "body"], 0),
        (["bridge", "--part", "body"], 1),
        (["--entity", "Ada Field", "--part", "body"], 1),
        (["--entity", "Rolf Sund", "--part", "body"], 0),
        (["--entity", "Ada Field", "--entity-type", "PERSON"], 1),
        (["--entity", "Ada Field", "--entity-type", "ORG"], 0),
        (["--entity-type", "person"], 1),
        (["--entity-type", "GPE"], 0),
        (["bridge", "--until", "2026-01-30"], 1),
        (["bridge", "--until", "2026-01-29"], 0),
        (["bridge", "--language", "en"], 1),
        (["bridge", "--language", "de"], 0),
        (["bridge", "--since", "2026-01-30"], 1),
        (["bridge", "--since", "2026-01-31"], 0),
        (["bridge", "--domain", "news.example"], 1),
        (["bridge", "--domain", "other.example"], 0),
    ],
)
def test_each_condition_must_hold(arguments: list[str], found: int, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert run(["search", *arguments]) == 0
    hits = [orjson.loads(line) for line in capsysbinary.readouterr().out.splitlines()]
    assert [hit["id"] for hit in hits] == ["bridge"] * found


def test_on_a_terminal_it_shows_why_a_page_was_found(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stdout", terminal)
    monkeypatch.setenv("TERM", "dumb")
    assert run(["search", "ferry"]) == 0
    shown = terminal.getvalue()
    assert "Bridge reopens" in shown
    assert "found in teasers" in shown
    assert "teasers: Ferry strike ends" in shown
    assert "1 of 1 pages" in shown


def test_no_index_and_no_server_are_said(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BROADSHEET_INDEX_PREFIX", f"none-{os.getpid()}")
    assert run(["search", "x"]) == 1
    assert capsys.readouterr().err.startswith("error[not_found]: ")
    monkeypatch.setenv("BROADSHEET_OPENSEARCH_URL", "http://127.0.0.1:1")
    assert run(["search", "x"]) == 1
    assert capsys.readouterr().err.startswith("error[index_unavailable]: ")


def test_the_summary_tells_how_many_and_how_to_go_on(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert run(["search", "--limit", "1"]) == 0
    cursor = orjson.loads(capsysbinary.readouterr().err)["summary"]["next"]
    assert run(["search", "--limit", "1", "--after", cursor]) == 0
    out, err = capsysbinary.readouterr()
    assert (out, orjson.loads(err)["summary"]["total"]) == (b"", 1)


def test_facets_are_a_line_each_or_tables_with_bars(
    capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run(["search", "--facets", "--part", "body"]) == 0
    counts = [orjson.loads(line) for line in capsysbinary.readouterr().out.splitlines()]
    assert [(count["facet"], count["value"], count["count"]) for count in counts] == [
        ("entity", "Ada Field", 1),
        ("domain", "news.example", 1),
        ("day", "2026-01-30", 1),
    ]
    terminal = Terminal()
    monkeypatch.setattr(sys, "stdout", terminal)
    monkeypatch.setenv("TERM", "dumb")
    assert run(["search", "--facets"]) == 0
    shown = terminal.getvalue()
    assert "Entities of the articles" in shown
    assert "Entities of the teasers" in shown
    assert "\N{FULL BLOCK}" * 30 in shown


def test_all_gives_every_page_and_goes_with_no_cursor(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert run(["search", "bridge", "--all"]) == 0
    assert [orjson.loads(line)["id"] for line in capsysbinary.readouterr().out.splitlines()] == ["bridge"]
    assert run(["search", "--all", "--facets"]) == 1
    assert capsysbinary.readouterr().err.startswith(b"error[usage]: ")


def test_a_slip_is_told_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stdout", terminal)
    monkeypatch.setenv("TERM", "dumb")
    assert run(["search", "brigde"]) == 0
    assert 'no page has "brigde": near spellings were searched' in terminal.getvalue()
    assert "Bridge reopens" in terminal.getvalue()


def test_a_name_of_a_teaser_tells_where_and_since_when_it_is_promoted(
    capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run(["promoted", "--entity", "Rolf Sund"]) == 0
    out, err = capsysbinary.readouterr()
    teaser = orjson.loads(out)
    assert (teaser["headline"], teaser["domains"]) == ("Ferry strike ends", ["news.example"])
    assert teaser["first_seen"].startswith("2026-01-31T12:00:00")
    assert orjson.loads(err)["summary"]["total"] == 1
    assert run(["promoted", "--entity", "Ada Field"]) == 0
    assert capsysbinary.readouterr().out == b""
    assert run(["promoted", "ferry", "--since", "2026-02-01"]) == 0
    assert capsysbinary.readouterr().out == b""
    terminal = Terminal()
    monkeypatch.setattr(sys, "stdout", terminal)
    monkeypatch.setenv("TERM", "dumb")
    assert run(["promoted", "ferry"]) == 0
    assert "since 2026-01-31 12:00, last seen 2026-01-31 12:00 UTC" in terminal.getvalue()
    assert "on 1 page of news.example" in terminal.getvalue()
