"""What the pages say is there: links, commands with their options, metrics."""

import re
import shlex
from pathlib import Path

import pytest
import typer.main
from typer.core import TyperGroup

import metrics_page
from broadsheet.cli.main import new_app

ROOT = Path(__file__).parents[3]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "schemas").glob("*.md")])
LINK = re.compile(r"\]\(([^)\s]+)\)")
CODE = re.compile(r"^```[a-z]*\n(.*?)^```", re.MULTILINE | re.DOTALL)
INLINE = re.compile(r"`(broadsheet [^`]+)`")
METRIC = re.compile(r"\bbroadsheet_(?!schemas)[a-z_]+")
HISTOGRAM_PARTS = re.compile(r"_(bucket|sum|count)$")


def name_of(page: Path) -> str:
    return str(page.relative_to(ROOT))


def commands_in(page: Path) -> list[list[str]]:
    """The calls of `broadsheet` in the page's code blocks and within its lines, without comments and pipes."""
    text = page.read_text("utf-8")
    lines = [*"".join(CODE.findall(text)).splitlines(), *INLINE.findall(text)]
    calls = [re.search(r"(?:^|\| |\$ )broadsheet (.*)", line) for line in lines]
    return [shlex.split(call[1].split(" | ")[0], comments=True) for call in calls if call]


def anchors_of(page: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_link_inside_the_repository_leads_somewhere(page: Path) -> None:
    for link in LINK.findall(page.read_text("utf-8")):
        if "://" in link:
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), link
        if anchor:
            assert anchor in anchors_of(target), link


@pytest.mark.parametrize("page", [page for page in PAGES if commands_in(page)], ids=name_of)
def test_every_command_that_is_shown_exists_with_its_options(page: Path) -> None:
    for words in commands_in(page):
        command = typer.main.get_command(new_app(words[0]))
        rest = list(words)
        while isinstance(command, TyperGroup) and rest:  # without more it lists what there is
            assert rest[0] in command.commands, shlex.join(words)
            command = command.commands[rest.pop(0)]
        known = {option for parameter in command.params for option in parameter.opts} | {"--help"}
        assert {word.split("=")[0] for word in rest if re.match(r"--?[a-z]", word)} <= known, shlex.join(words)


def test_every_metric_that_is_named_is_served() -> None:
    served = set(METRIC.findall(metrics_page.render()))
    for page in PAGES:
        for metric in METRIC.findall(page.read_text("utf-8")):
            assert metric in served or HISTOGRAM_PARTS.sub("", metric) in served, f"{page.name}: {metric}"
