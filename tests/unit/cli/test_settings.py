import pytest

from broadsheet.cli.settings import Endpoint, WatchingSettings
from broadsheet.runtime.errors import OperatorError
from broadsheet.runtime.settings import DEFAULT_HTTP_PORTS, load


def test_by_default_the_processors_of_this_machine_are_watched() -> None:
    assert load(WatchingSettings).endpoints == [
        Endpoint(stage, f"http://127.0.0.1:{port}") for stage, port in DEFAULT_HTTP_PORTS.items()
    ]


def test_processors_are_read_in_the_order_of_the_road(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BROADSHEET_PROCESSORS", "indexer=http://d:1,intake=http://a:1/,intake=https://b:2")
    assert load(WatchingSettings).endpoints == [
        Endpoint("intake", "http://a:1"),
        Endpoint("intake", "https://b:2"),
        Endpoint("indexer", "http://d:1"),
    ]


@pytest.mark.parametrize("value", ["", "http://a:1", "writer=http://a:1", "intake=a:1", "intake=http://a:1,"])
def test_what_names_no_processor_is_refused(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("BROADSHEET_PROCESSORS", value)
    with pytest.raises(OperatorError, match="BROADSHEET_PROCESSORS"):
        load(WatchingSettings)
