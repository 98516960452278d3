"""The real servers that tests talk to: started once a session, gone afterwards even when pytest is killed."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from broadsheet.local.kafka import Kafka
from broadsheet.local.opensearch import OpenSearch


@contextmanager
def vanishing_folder() -> Iterator[Path]:
    """A temporary folder for one server's data; hand it to the server as `remove` too, in case pytest is killed."""
    with TemporaryDirectory(prefix="broadsheet-tests-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


@contextmanager
def running_kafka() -> Iterator[Kafka]:
    """A broker on a free port, with its data in a temporary folder."""
    with vanishing_folder() as folder, Kafka(folder, remove=folder) as server:
        yield server


@contextmanager
def running_opensearch(settings: Mapping[str, object] | None = None) -> Iterator[OpenSearch]:
    """An OpenSearch node on a free port, with its data in a temporary folder, and `settings` of its own if given."""
    with vanishing_folder() as folder, OpenSearch(folder, remove=folder, settings=settings) as server:
        yield server
