"""`broadsheet top` on a terminal: what it draws look by look, and how Ctrl-C ends it."""

import asyncio
import io
import re
import signal
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import redirect_stdout
from dataclasses import replace

import pytest
import rich

from broadsheet.cli import top as command
from broadsheet.cli.settings import Endpoint
from broadsheet.cli.stage_rows import StageRow

FIRST = StageRow("tagger", "working", 1, 1, 5.0, 4.5, 1234, 9.0, 0.42, 7.2, 0.3, 0, 0, 300 * 2**20, None)
SECOND = replace(FIRST, state="halted", lag_records=1250)
ON, OFF, CURSOR = "\x1b[?1049h", "\x1b[?1049l", "\x1b[?25h"
"""What a terminal is told: to show a screen of the program's own, the screen of before, the cursor."""


class Terminal(io.TextIOWrapper):
    def __init__(self) -> None:
        self.written = io.BytesIO()
        super().__init__(self.written, "utf-8", write_through=True)

    def isatty(self) -> bool:
        return True


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    made = Terminal()
    monkeypatch.setattr(rich, "_console", None)  # the one of earlier tests knows another width
    for name, value in {"COLUMNS": "140", "LINES": "30", "TERM": "xterm"}.items():
        monkeypatch.setenv(name, value)
    return made


@pytest.fixture
def ctrl_c() -> Iterator[None]:
    """Ctrl-C as at a terminal: what a shell starts in the background has it ignored."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch, ctrl_c: None) -> list[bool]:  # noqa: ARG001 - in force while it is used
    """Two looks, after which a person presses Ctrl-C unless one look was asked for; what was asked."""
    found: list[bool] = []

    async def looks(_: Sequence[Endpoint], __: float, *, once: bool) -> AsyncIterator[list[StageRow]]:
        found.append(once)
        yield [FIRST]
        if not once:
            yield [SECOND]
            signal.raise_signal(signal.SIGINT)
            await asyncio.sleep(3600)

    monkeypatch.setattr(command, "_looks", looks)
    return found


def drawn_by_top(terminal: Terminal, **options: bool) -> str:
    """What the command writes; pytest has a stdout of its own at each step, so it is replaced here."""
    with redirect_stdout(terminal):
        try:
            command.top(**options, interval=2.0)
        except KeyboardInterrupt:  # would end the whole run of tests
            pytest.fail("Ctrl-C must end it without an error")
    return terminal.written.getvalue().decode()


def words(drawn: str) -> list[str]:
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]|[│┃]", " ", drawn).split()


def test_each_look_is_drawn_on_a_screen_of_its_own_until_ctrl_c(terminal: Terminal, asked: list[bool]) -> None:
    before, drawn = drawn_by_top(terminal).split(ON)
    assert asked == [False]
    drawn, after = drawn.split(OFF)
    assert words(before) == words(after) == []
    assert CURSOR in drawn + after
    first, second = drawn.split("halted")
    assert {"tagger", "working", "1,234", "Ctrl-C", "ends"} <= set(words(first))
    assert "working" not in words(second)
    assert "1,250" in words(second)


def test_one_look_stays_on_the_terminal(terminal: Terminal, asked: list[bool]) -> None:
    drawn = drawn_by_top(terminal, once=True)
    assert asked == [True]
    assert ON not in drawn
    assert {"tagger", "working", "1,234", "300", "MiB"} <= set(words(drawn))


def test_json_is_written_to_a_terminal_too(terminal: Terminal, asked: list[bool]) -> None:
    drawn = drawn_by_top(terminal, json=True)
    assert asked == [False]
    assert [line.count('"stage"') for line in drawn.splitlines()] == [1, 1]
    assert "\x1b" not in drawn
