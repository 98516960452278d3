"""`show` and `similar` on a real index, and the page that `show --html` writes in a real browser."""

import subprocess
import sys
from pathlib import Path

import orjson
import pytest

from broadsheet.cli.main import run
from programs import needed
from unit.cli.test_console import Terminal
from unit.cli.test_document_views import OUR_TAGS, Reader
from unit.indexer.laid_out import laid_out

pytestmark = [pytest.mark.integration, pytest.mark.usefixtures("indexed")]

RUN = "document.title = 'it ran'"
EVIL = f'<script>{RUN}</script><img src=x onerror="{RUN}"><svg onload="{RUN}"></style><script>{RUN}</script>'
BODY = [f"Paragraph {number} tells what the council of town {number * 7} decided." for number in range(9)]


DOCUMENTS = (
    laid_out(
        "Council",
        ["Ada Field spoke.", *BODY],
        [("Fair", "Bo sings")],
        rest=["Home | World"],
        names=(("Ada Field", "PERSON"),),
        document_id="council",
    ),
    laid_out("Copy", BODY[:7], [("Strike", "Boats stay")], document_id="copy"),
    laid_out(
        EVIL,
        [EVIL, "\x1b]0;owned\x07plain"],
        [(EVIL, EVIL)],
        rest=[EVIL],
        names=((EVIL, "ORG"),),
        document_id="evil",
    ),
)


def on_terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Let a person read stdout from here on (a fixture is too early: pytest takes stdout for itself after it)."""
    terminal = Terminal()
    monkeypatch.setattr(sys, "stdout", terminal)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "100")
    return terminal


def test_on_a_terminal_a_document_is_coloured_and_its_rest_folded(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = on_terminal(monkeypatch)
    assert run(["show", "council"]) == 0
    shown = terminal.getvalue()
    assert "\x1b[1;35mAda Field\x1b[0m spoke." in shown
    assert "Bo sings" in shown
    assert "Home | World" not in shown
    assert run(["show", "council", "--rest"]) == 0
    assert "Home | World" in terminal.getvalue()


def test_no_control_of_a_page_reaches_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = on_terminal(monkeypatch)
    assert run(["show", "evil", "--rest"]) == 0
    assert "\x1b]" not in terminal.getvalue()
    assert "\x07" not in terminal.getvalue()
    assert "]0;ownedplain" in terminal.getvalue()


def test_piped_it_is_one_line_of_json(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert run(["show", "council"]) == 0
    (line,) = capsysbinary.readouterr().out.splitlines()
    document = orjson.loads(line)
    assert [document["title"]["text"], document["blocks"][0]["text"]] == ["Council", "Ada Field spoke."]
    assert document["blocks"][0]["marks"] == [[0, 9, "PERSON", "Ada Field"]]


@pytest.mark.parametrize("command", ["show", "similar"])
def test_an_unknown_id_is_an_error_that_says_so(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([command, "nobody"]) == 1
    assert capsys.readouterr().err.startswith("error[not_found]: the index holds no document 'nobody'")


def test_similar_pages_are_listed_and_told_how_near(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert run(["similar", "copy"]) == 0
    (page,) = [orjson.loads(line) for line in capsysbinary.readouterr().out.splitlines()]
    assert (page["id"], page["contained"]) == ("council", 1.0)


def test_similar_pages_are_a_table_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = on_terminal(monkeypatch)
    assert run(["similar", "copy"]) == 0
    assert "council" in terminal.getvalue()
    assert "100%" in terminal.getvalue()
    assert run(["similar", "evil"]) == 0
    assert "Similar pages: none" in terminal.getvalue()


def browsed(page: Path) -> Reader:
    """Open a page in the browser and read what it made of it."""
    reader = Reader()
    reader.feed(opened(page).stdout.decode())
    return reader


def opened(page: Path, *more: str) -> subprocess.CompletedProcess[bytes]:
    """Open a page in the browser and give what it wrote."""
    flags = ["--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={page.parent / 'profile'}", *more]
    command = [needed("chromium"), *flags, "--dump-dom", page.as_uri()]
    return subprocess.run(command, check=True, capture_output=True, timeout=120)


def test_in_a_browser_nothing_of_a_page_runs(tmp_path: Path) -> None:
    page, by_hand, free = tmp_path / "page.html", tmp_path / "by-hand.html", tmp_path / "free.html"
    assert run(["show", "evil", "--html", str(page)]) == 0
    written = page.read_text("utf-8")

    seen = browsed(page)
    assert seen.tags <= OUR_TAGS
    assert seen.text.count(EVIL) == 6  # title, heading, block, headline, summary, rest, all as text
    assert seen.title == EVIL

    # Were a script there, the policy would forbid it; without the policy this browser runs it.
    hostile = written.replace("</body>", f"<script>{RUN}</script></body>")
    by_hand.write_text(hostile, "utf-8")
    assert browsed(by_hand).title != "it ran"
    free.write_text(hostile.replace("Content-Security-Policy", "none"), "utf-8")
    assert browsed(free).title == "it ran"


def test_in_a_browser_the_style_is_allowed(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    assert run(["show", "council", "--html", str(page)]) == 0
    done = opened(page, "--enable-logging=stderr")
    assert b"Refused to apply" not in done.stderr
    assert b"Content Security Policy" not in done.stderr
