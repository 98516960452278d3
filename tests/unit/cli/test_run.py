"""`broadsheet run` starts each processor there is, and no other."""

import pytest

from broadsheet.cli.main import run
from broadsheet.cli.run import _BINDINGS
from broadsheet_schemas.processors import PROCESSORS


async def test_every_processor_can_be_run_on_the_topics_that_it_is_said_to_use() -> None:
    stages = {name: binding()[0]() for name, binding in _BINDINGS.items()}
    assert {name: (stage.name, stage.reads, stage.writes) for name, stage in stages.items()} == {
        processor.name: (processor.name, processor.reads, processor.writes) for processor in PROCESSORS
    }


def test_another_name_is_wrong_usage_and_the_help_tells_the_right_ones(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["run", "segmentor"]) == 2
    assert "'segmentor' is none of intake, segmenter, tagger, indexer" in " ".join(
        capsys.readouterr().err.replace("│", "").split()
    )
    assert run(["run", "--help"]) == 0
    assert "broadsheet run [OPTIONS] {intake|segmenter|tagger|indexer}" in capsys.readouterr().out
