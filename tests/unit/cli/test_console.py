"""What reaches a terminal is harmless, and what reaches a pipe is JSON."""

import io
import sys

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet.cli.console import json_line, note, progress_bar, report, safe, safe_line, write_rows, write_text

ATTACK = "a\x1b[2Jb\x9b31mc\u202ed\x07e\u2066f\x7fg\ttab\nline\u00a0é🙂"


class Terminal(io.StringIO):
    """A text stream that says a person reads it."""

    def isatty(self) -> bool:
        return True


@settings(deadline=None)
@given(st.text(alphabet=st.characters(codec="utf-8")))
def test_nothing_that_a_terminal_obeys_gets_through(text: str) -> None:
    assert all(character.isprintable() or character in "\n\t" for character in safe(text))


def test_safe_text_keeps_what_is_to_be_read() -> None:
    assert safe(ATTACK) == "a[2Jb31mcdefg\ttab\nline é🙂"


@settings(deadline=None)
@given(st.text(alphabet=st.characters(codec="utf-8")))
def test_a_json_line_is_one_safe_line_with_the_same_meaning(text: str) -> None:
    line = json_line({"text": text})
    assert orjson.loads(line) == {"text": text}
    assert line.endswith(b"\n")
    body = line[:-1].decode()
    assert not any(ord(character) < 0x20 or 0x7F <= ord(character) < 0xA0 for character in body)
    assert not any(character in body for character in "\u2028\u2029\u202a\u202e\u2066\u200f")


def test_rows_are_json_lines_when_piped(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    write_rows("Rows", [{"name": "a", "count": 1}, {"name": None, "count": 2}])
    out, _ = capsysbinary.readouterr()
    assert out == b'{"name":"a","count":1}\n{"name":null,"count":2}\n'


def test_rows_are_a_safe_table_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stdout", terminal)
    monkeypatch.setenv("TERM", "dumb")
    write_rows("Rows", [{"name": "[bold]\x1b]52;c;x\x07", "oldest_age": None}])
    shown = terminal.getvalue()
    assert "oldest age" in shown
    assert "[bold]]52;c;x" in shown
    assert "\x1b]52" not in shown


def test_no_rows_are_said_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stdout", terminal)
    write_rows("Dead letters", [])
    assert "Dead letters: none" in terminal.getvalue()


def test_text_is_one_line_and_harmless_wherever_it_goes(
    monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    write_text("é id  \u00ad\t\\")
    write_text("id\x1b[0m\nforged\u2028too")
    assert capsysbinary.readouterr().out == (b"\xc3\xa9 id  \xc2\xad\\u0009\\\nid\\u001b[0m\\u000aforged\\u2028too\n")
    terminal = Terminal()
    monkeypatch.setattr(sys, "stdout", terminal)
    write_text("id\x1b[0m\nforged")
    assert terminal.getvalue() == "id[0m forged\n"


@settings(deadline=None)
@given(st.text(alphabet=st.characters(codec="utf-8")))
def test_a_safe_line_is_one_line(text: str) -> None:
    assert len(f"x{safe_line(text)}".splitlines()) == 1
    assert all(character.isprintable() for character in safe_line(text))


def test_a_report_is_text_for_a_person_and_json_for_a_program(
    monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    report({"summary": {"published": 2}}, "published 2")
    assert capsysbinary.readouterr().err == b'{"summary":{"published":2}}\n'
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    report({"summary": {"published": 2}}, "published\x1b 2")
    assert terminal.getvalue() == "published 2\n"


def test_a_note_is_not_read_as_markup(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    note("error[usage]: [red]no[/red]")
    assert capsysbinary.readouterr().err == b"error[usage]: [red]no[/red]\n"


@pytest.mark.parametrize(
    ("stderr", "stdout", "shown"), [(True, False, True), (True, True, False), (False, False, False)]
)
def test_a_bar_is_drawn_only_beside_the_output(
    *, stderr: bool, stdout: bool, shown: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stderr", Terminal() if stderr else io.StringIO())
    monkeypatch.setattr(sys, "stdout", Terminal() if stdout else io.StringIO())
    progress, _task = progress_bar("publishing", 10)
    assert progress.disable is not shown
