"""What processors say of themselves at `/metrics`, at one moment."""

import asyncio
import os
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import aiohttp
from prometheus_client.parser import text_string_to_metric_families

from broadsheet.cli.settings import Endpoint

TIMEOUT_SECONDS = 3.0
"""How long a processor may take to answer before it counts as down; it takes some 20 ms when it is well."""

Series = tuple[str, frozenset[tuple[str, str]]]
"""Name and labels of one number."""


@dataclass(frozen=True, slots=True)
class Scrape:
    """The numbers of one processor at one moment.

    Attributes:
        endpoint: which processor.
        at: when, in monotonic seconds.
        values: each number by name and labels; empty where the processor did not answer.
        problem: why it did not answer; None where it did.
    """

    endpoint: Endpoint
    at: float
    values: Mapping[Series, float]
    problem: str | None = None

    @property
    def up(self) -> bool:
        """Whether the processor answered."""
        return self.problem is None

    def matching(self, name: str, **labels: str) -> Iterator[tuple[Series, float]]:
        """Give the numbers of a name that have these labels, whatever others they have."""
        wanted = frozenset(labels.items())
        return ((series, value) for series, value in self.values.items() if series[0] == name and wanted <= series[1])

    def total(self, name: str, **labels: str) -> float:
        """Sum the numbers of a name that have these labels."""
        return sum(value for _series, value in self.matching(name, **labels))


def parsed(text: str) -> dict[Series, float]:
    """Read Prometheus' text format.

    Raises:
        ValueError: it is not in that format.
    """
    return {
        (sample.name, frozenset(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


async def scrape_all(session: aiohttp.ClientSession, endpoints: Iterable[Endpoint]) -> Sequence[Scrape]:
    """Ask every processor at once, and give the answers in their order. One that does not answer is down, no error."""
    return await asyncio.gather(*(_scrape(session, endpoint) for endpoint in endpoints))


async def _scrape(session: aiohttp.ClientSession, endpoint: Endpoint) -> Scrape:
    try:
        async with asyncio.timeout(TIMEOUT_SECONDS), session.get(f"{endpoint.url}/metrics") as answer:
            answer.raise_for_status()
            text = await answer.text()
        return Scrape(endpoint, time.monotonic(), parsed(text))
    except TimeoutError:
        problem = f"no answer within {TIMEOUT_SECONDS:g} s"
    except aiohttp.ClientConnectorError as error:
        problem = os.strerror(error.errno).lower() if error.errno else str(error)
    except (aiohttp.ClientError, OSError) as error:
        problem = str(error) or type(error).__name__
    except ValueError:
        problem = "what answers is no processor"
    return Scrape(endpoint, time.monotonic(), {}, problem)
