import os

import pytest

from broadsheet.runtime.worker_environment import WORKER_ENVIRONMENT, set_worker_environment


def test_what_the_operator_set_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "environ", {"MALLOC_TRIM_THRESHOLD_": "131072"})

    set_worker_environment()

    assert {name: os.environ[name] for name in WORKER_ENVIRONMENT} == {
        **WORKER_ENVIRONMENT,
        "MALLOC_TRIM_THRESHOLD_": "131072",
    }
