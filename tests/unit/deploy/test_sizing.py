"""The sizing of `docs/operations.md` follows from its figures, and so do the requests and thresholds of the chart."""

import math
import re
from typing import Any

import pytest
import yaml

from broadsheet_schemas.processors import PROCESSORS
from broadsheet_schemas.topics import TOPICS
from unit.deploy.go_tools import ROOT

STAGES = tuple(processor.name for processor in PROCESSORS)
CHART: dict[str, Any] = yaml.safe_load((ROOT / "deploy/helm/broadsheet/values.yaml").read_text("utf-8"))["stages"]
SECTION = (ROOT / "docs/operations.md").read_text("utf-8").split("\n## Sizing\n")[1].split("\n## ")[0]
ROWS = [[cell.strip() for cell in line.strip("|").split("|")] for line in SECTION.splitlines() if line.startswith("| ")]
MEASURED = {name: cells for name, *cells in ROWS}
PEAK, MEAN = 3, 0.7
"""How much busier the busiest hour is than the mean, and how busy a core may be: rules 1 and 2 of the page."""

WAIT_SECONDS = 30
"""Of a core's work, which may wait before KEDA adds a processor."""

BYTES = {"GB": 1e9, "TB": 1e12}


def dearer(row: str) -> dict[str, float]:
    """The larger figure of both kinds of pages, by stage."""
    kinds = [[float(cell.removeprefix("under ")) for cell in MEASURED[f"{row}, {kind}"]] for kind in ("text", "HTML")]
    return dict(zip(STAGES, map(max, *kinds), strict=True))


MILLISECONDS = dearer("processor time, ms a document")
PEAKS = dearer("memory at its peak, MiB")


def size(cell: str) -> float:
    number, unit = cell.split()
    return float(number) * BYTES[unit]


def test_the_figures_are_of_the_stages() -> None:
    assert MEASURED[""][:4] == list(STAGES)


@pytest.mark.parametrize("documents", ["10,000", "100,000", "1,000,000"])
def test_a_row_of_the_sizing_is_what_its_rules_give(documents: str) -> None:
    rate, tagger, others, partitions, kafka, index = MEASURED[documents]
    a_day = int(documents.replace(",", ""))
    a_second = a_day / 86_400 * PEAK
    processes = {stage: math.ceil(a_second * MILLISECONDS[stage] / 1000 / MEAN) for stage in STAGES}
    (default,) = {topic.partitions for topic in TOPICS}
    on_disk = [
        [float(cell) for cell in MEASURED[f"`{topic.name}`"]] for topic in TOPICS if f"`{topic.name}`" in MEASURED
    ]

    assert float(rate) == pytest.approx(a_second, abs=0.05)
    assert int(tagger) == processes["tagger"]
    assert others == " + ".join(str(processes[stage]) for stage in STAGES if stage != "tagger")
    assert int(partitions) == max(default, 2 * max(processes.values()))
    assert size(kafka) == pytest.approx(a_day * 7 * 3 * 1000 * max(map(sum, zip(*on_disk, strict=True))), rel=0.02)
    assert size(index) == pytest.approx(a_day * 365 * 2 * 1000 * max(map(float, MEASURED["index, one copy"])), rel=0.02)


@pytest.mark.parametrize("stage", STAGES)
def test_a_pod_asks_for_the_memory_that_its_stage_took(stage: str) -> None:
    (asked,) = re.findall(r"^(\d+)Mi$", CHART[stage]["resources"]["requests"]["memory"])
    assert int(asked) >= PEAKS[stage]


@pytest.mark.parametrize("stage", STAGES)
def test_what_may_wait_is_about_half_a_minute_of_work(stage: str) -> None:
    seconds = CHART[stage]["lagThreshold"] * MILLISECONDS[stage] / 1000
    assert 0.4 * WAIT_SECONDS <= seconds <= 1.5 * WAIT_SECONDS
