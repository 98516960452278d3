"""The benchmark of the segmenter runs, on pages that are what it says."""

import gzip
import json
import subprocess
import sys
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from benchmarks.made_pages import LINES, MadePage, made_page, made_pages
from benchmarks.segmenter import real_pages, report
from benchmarks.segmenter_cases import CASES, Cost, html_of, text_of
from broadsheet.segmenter.markup import read_html

PROGRAM = Path(__file__).parents[2] / "benchmarks" / "segmenter.py"


def test_a_made_page_shows_the_same_lines_in_both_forms() -> None:
    page = made_page(7)
    shown = [line.text for line in read_html(LexborHTMLParser(page.html)).lines]

    assert shown == page.text.splitlines()
    assert len(shown) == LINES
    assert 90_000 < len(page.html) < 110_000
    assert page == made_page(7)
    assert len({made.html for made in made_pages(5)}) == 5


@pytest.mark.parametrize("size", [10_000, 100_000, 300_000])
def test_pages_of_a_size_have_it(size: int) -> None:
    assert len(text_of(size)) == pytest.approx(size, rel=0.1)
    assert len(html_of(size)) == pytest.approx(size, rel=0.1)


def test_every_case_makes_a_page() -> None:
    assert all(make() for name, (_, make) in CASES.items() if "-MB" not in name)


def test_real_pages_are_taken_from_the_corpora_by_turns(tmp_path: Path) -> None:
    folder = tmp_path / "segmentation" / "train"
    folder.mkdir(parents=True)
    for name, kept in (("one", [True, False, True]), ("two", [True])):
        rows = [
            {"url": f"{name}{place}", "html": "<p>x" if html else None, "text": "x"} for place, html in enumerate(kept)
        ]
        with gzip.open(folder / f"{name}.jsonl.gz", "wt", encoding="utf-8") as file:
            file.writelines(f"{json.dumps(row)}\n" for row in rows)

    assert list(real_pages(tmp_path, ["one", "two"])) == [
        MadePage("one0", "<p>x", "x"),
        MadePage("two0", "<p>x", "x"),
        MadePage("one2", "<p>x", "x"),
    ]


def test_the_tables(capsys: pytest.CaptureFixture[str]) -> None:
    report({"ours": [0.5, 0.25, 0.5], "trafilatura": [1.0, 1.0, 1.5]}, pages=10)
    ours, theirs = capsys.readouterr().out.splitlines()[-2:]

    assert ours.split() == ["ours", "20.0", "50.00", "3.00", "(2.00", "to", "4.00)"]
    assert theirs.split() == ["trafilatura", "10.0", "100.00", "1.00", "(1.00", "to", "1.00)"]
    assert Cost("a", 2_000_000, 3.0, 100, 150).row(heading=False).split() == [
        "a",
        "2.00",
        "3.000",
        "1.50",
        "100",
        "150",
    ]


@pytest.mark.processes
def test_the_program_runs() -> None:
    command = [sys.executable, str(PROGRAM), "--pages", "2", "--rounds", "1", "--cases", "html-10-KB", "text-10-KB"]
    printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout

    for name in (
        "html-10-KB",
        "text-10-KB",
        "broadsheet, HTML",
        "broadsheet, plain text",
        "trafilatura",
        "resiliparse",
    ):
        assert sum(line.startswith(f"{name} ") for line in printed.splitlines()) == 1
