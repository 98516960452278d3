"""The report counts teasers in three ways and says which is which."""

import io

from rich.console import Console

from training.segmenter.measured import Measured, Reading
from training.segmenter.report import print_report
from training.segmenter.scores import gold_items

LINES = ["Bees stop the match", "Sport", "Bees stop the match", "Ferry is back", "Ferry is back"]
MARKS = {"teasers": [{"headline": [0, 2], "kicker": [1]}, {"headline": [3]}, {"headline": [4]}]}


def test_teasers_are_counted_as_marked_with_headlines_once_and_distinct() -> None:
    page = Measured(
        id="1",
        corpus="made",
        development=True,
        language="en",
        readings={
            "text": Reading((1.0, 1.0), teasers=[{"headline": "Bees stop the match"}, {"headline": "Ferry is back"}])
        },
        marked=gold_items(MARKS, LINES),
        marked_once=gold_items(MARKS, LINES, once=True),
        ambiguous="",
        original=True,
    )
    told = io.StringIO()
    print_report(Console(file=told, width=200), [page])
    (row,) = (line for line in told.getvalue().splitlines() if "with the corpora" in line and "text" in line)

    assert [cell.strip() for cell in row.split("│")[3:9]] == ["3", "0.500", "0.333", "0.400", "0.800", "1.000"]
