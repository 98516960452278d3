"""README and docs/search.md: their searches, run on an index of the sample pages, and what they print.

make search-page    # writes the page's outputs anew, after a change of the segmenter, the tagger or the commands
"""

import asyncio
import io
import os
import re
import shlex
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from broadsheet.cli.demo_road import SITE, sample_pages
from broadsheet.cli.main import run
from broadsheet.cli.offline_transforms import enrich_record
from broadsheet.cli.raw_records import PageFacts, raw_record
from broadsheet.indexer.client import connect
from broadsheet.indexer.names import Names
from broadsheet.indexer.settings import IndexerSettings
from broadsheet.indexer.transform import index_record
from broadsheet.indexer.writer import IndexEffect
from broadsheet.runtime.errors import DocumentError
from broadsheet.runtime.records import Record
from broadsheet_schemas.accepted import Source
from broadsheet_schemas.enriched import EnrichedDocument
from broadsheet_schemas.topics import ENRICHED, MAX_PAGE_BYTES, RAW
from servers import running_opensearch
from unit.cli.test_console import Terminal

ROOT = Path(__file__).parents[2]
PAGES = (ROOT / "README.md", ROOT / "docs" / "search.md")
BLOCK = re.compile(r"^```console\n\$ (broadsheet [^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
TOOK = re.compile(r"\b\d+ ms$", re.MULTILINE)
"""How long OpenSearch took: another on every run."""

FETCHED = datetime(2026, 3, 5, 8, tzinfo=UTC)


def enriched_samples() -> Iterator[EnrichedDocument]:
    """Give the sample pages as the road makes them, fetched an hour apart, and one as another paper printed it."""
    found: dict[str, EnrichedDocument] = {}
    for number, page in enumerate(sample_pages()):
        name = Path(page.path).stem
        fetched = FETCHED + timedelta(hours=number)
        made = raw_record(page, PageFacts(url=f"{SITE}/{name}", document_id=name))
        moment = int(fetched.timestamp() * 1000)
        record = Record(RAW.name, 0, number, moment, name.encode(), made.value, tuple(made.headers))
        try:
            product = enrich_record(record, max_page_bytes=MAX_PAGE_BYTES, language=None)
        except DocumentError:
            continue  # the PDF
        found[name] = EnrichedDocument.model_validate_json(product.data).model_copy(update={"fetched_at": fetched})
    yield from found.values()
    bridge, other = found["harbour-bridge"], found["hospital-strike"]
    yield bridge.model_copy(
        update={
            "document_id": "northern-post-bridge",
            "source": Source(url="https://northern-post.example/bridge", domain="northern-post.example"),
            "body": bridge.body[:-2],
            "teasers": other.teasers,
            "entities": (),
        }
    )


async def fill(settings: IndexerSettings) -> None:
    """Index the samples and make them searchable."""
    effect, names = IndexEffect(settings), Names(settings.index_prefix)
    await effect.start()
    values = [document.model_dump_json().encode() for document in enriched_samples()]
    await effect.apply([index_record(Record(ENRICHED.name, 0, 0, 0, b"", value)) for value in values])
    await effect.stop()
    async with connect(settings) as client:
        await client.indices.refresh(index=f"{names.read},{names.teasers.read}")


@contextmanager
def environment(settings: IndexerSettings) -> Iterator[None]:
    """Let the commands mean this index, and a terminal of 80 columns without colours (a dumb one)."""
    given = {
        "BROADSHEET_OPENSEARCH_URL": settings.opensearch_url,
        "BROADSHEET_INDEX_PREFIX": settings.index_prefix,
        "TERM": "dumb",
    }
    before = dict(os.environ)
    os.environ.update(given)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def printed(command: str) -> str:
    """Run a command of the page as at a terminal; gives what it prints, which must be no error."""
    screen, errors, out, err = Terminal(), io.StringIO(), sys.stdout, sys.stderr
    sys.stdout, sys.stderr = screen, errors
    try:
        status = run(shlex.split(command)[1:])
    finally:
        sys.stdout, sys.stderr = out, err
    if status != 0:
        raise AssertionError(f"{command}: {errors.getvalue()}")
    return "".join(f"{line.rstrip()}\n" for line in (screen.getvalue() + errors.getvalue()).splitlines())


def untimed(text: str) -> str:
    """Take the times out of an output."""
    return TOOK.sub("N ms", text)


def write() -> None:
    """Run every command of the pages and put its output below it; the second time, when the server is warm."""
    with running_opensearch() as server:
        settings = IndexerSettings(opensearch_url=server.url, index_prefix="page")
        asyncio.run(fill(settings))
        with environment(settings):
            for page in (*PAGES, *PAGES):
                page.write_text(BLOCK.sub(_with_output, page.read_text("utf-8")), "utf-8")


def _with_output(block: re.Match[str]) -> str:
    return f"```console\n$ {block[1]}\n{printed(block[1])}```"


if __name__ == "__main__":
    write()
