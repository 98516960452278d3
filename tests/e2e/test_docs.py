"""What the pages tell people to type, typed: each command of README and docs runs on the road."""

import ast
import asyncio
import gzip
import inspect
import os
import re
import shlex
import sys
from collections.abc import Coroutine
from pathlib import Path
from types import CodeType
from typing import Any, cast

import orjson
import pytest

from broadsheet.cli import demo_road
from broadsheet.runtime.settings import DEFAULT_BOOTSTRAP_SERVERS
from broadsheet_schemas.topics import DEAD_LETTER, INDEXED
from e2e.journeys import about, arrive, publish
from roads import Road

pytestmark = pytest.mark.e2e

ROOT = Path(__file__).parents[2]
PAGES = [
    ROOT / "README.md",
    *(
        ROOT / "docs" / name
        for name in ("publish.md", "consume.md", "dead-letters.md", "monitor.md", "operations.md", "index.md")
    ),
]
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)
ENDLESS = ("broadsheet run", "--follow")
"""Commands that go on until they are stopped; other tests run them."""

ASKS = "broadsheet dead-letters replay "
"""What asks before it does so, and asks only on a terminal."""

PLACE_IN_PAGES = "3:1042"
"""A dead letter's place as the pages show one; every road has others."""


def blocks(page: Path, language: str) -> list[str]:
    return [code for name, code in BLOCK.findall(page.read_text("utf-8")) if name == language]


def commands() -> list[Any]:
    lines = [(page, line) for page in PAGES for code in blocks(page, "") for line in code.splitlines()]
    wanted = [(page, line.partition(" #")[0].strip()) for page, line in lines if line.startswith("broadsheet ")]
    return [
        pytest.param(line, id=f"{page.name}: {line}")
        for page, line in wanted
        if not any(end in line for end in ENDLESS)
    ]


@pytest.fixture(scope="module")
async def folder(road: Road, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as the pages assume it, on a road that has seen a page and a dead letter."""
    tmp_path = tmp_path_factory.mktemp("pages")
    page = (demo_road.SAMPLES / "harbour-bridge.txt").read_bytes()
    (tmp_path / "pages").mkdir()
    for name in ("page.txt", "pages/one.txt"):
        (tmp_path / name).write_bytes(page)
    (tmp_path / "archive.jsonl.gz").write_bytes(gzip.compress(orjson.dumps({"content": page.decode()})))
    await publish(road, page, {"document-id": "bridge-2026"})
    await publish(road, b"", key=b"docs")
    await arrive(road, INDEXED, about("bridge-2026"))
    return tmp_path


@pytest.mark.parametrize("line", commands())
async def test_a_command_of_the_pages_runs(road: Road, folder: Path, line: str) -> None:
    (letter,) = await arrive(road, DEAD_LETTER, about("docs"))
    words = [f"{letter.partition}:{letter.offset}" if word == PLACE_IN_PAGES else word for word in shlex.split(line)]
    if line.startswith(ASKS) and "--dry-run" not in words and "--yes" not in words:
        words.append("--yes")

    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        *words,
        cwd=folder,
        env=os.environ | road.environment,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    _, errors = await process.communicate(b"yes\n")

    assert process.returncode == 0, errors.decode()


@pytest.mark.usefixtures("folder")
async def test_the_consumer_of_the_pages_prints_teasers(road: Road, capsys: pytest.CaptureFixture[str]) -> None:
    (code,) = blocks(ROOT / "docs" / "consume.md", "python")
    code = code.replace(DEFAULT_BOOTSTRAP_SERVERS, road.kafka.bootstrap_servers)
    code = code.replace(
        'group_id="my-monitor"', 'auto_offset_reset="earliest"'
    )  # what stands there already is read too

    names: dict[str, Any] = {}
    compiled = cast("CodeType", compile(code, "consume.md", "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT))
    running = eval(compiled, names)  # noqa: S307 - our own page
    assert inspect.iscoroutine(running)
    task = asyncio.create_task(cast("Coroutine[Any, Any, None]", running))
    printed = ""
    try:
        async with asyncio.timeout(30):
            while "bridge-2026 also shows" not in printed:
                await asyncio.sleep(0.1)
                printed += capsys.readouterr().out
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await names["consumer"].stop()
