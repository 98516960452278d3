"""Pages a second of the segmenter beside trafilatura, readability-lxml and resiliparse, and how its cost grows.

All take turns page by page in one run on one core, so that a busy machine slows all alike; what is counted is the CPU
time of the process. The first round of pages meets cold caches. The second table (`segmenter_cases.py`) gives CPU time
and peak memory for pages of 10 KB to 8 MB and for hostile ones, each in a process of its own.

    python tests/benchmarks/segmenter.py [--pages 60] [--rounds 3] [--corpora DIR [--names andythefactory scrapinghub]]
                                         [--cases html-8-MB ...]
"""

import argparse
import gzip
import json
import os
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.extractors import TRAFILATURA, extractors, get_ready
from benchmarks.made_pages import MadePage, made_pages
from benchmarks.segmenter_cases import CASES, measure

NAMES = ("andythefactory", "fundus_eval", "fundus_parsers", "scrapinghub")


def main() -> None:
    """Run what is asked for and print the tables."""
    options = _options()
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    for number, name in enumerate(options.cases):
        print(measure(name).row(heading=number == 0), flush=True)
    pages = real_pages(options.corpora, options.names) if options.corpora else made_pages(options.pages)
    if options.pages:
        report(timed(list(islice(pages, options.pages)), options.rounds), options.pages)


def _options() -> argparse.Namespace:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--pages", type=int, default=60)
    arguments.add_argument("--rounds", type=int, default=3)
    arguments.add_argument("--corpora", type=Path, help="folder that holds segmentation/{train,eval}/NAME.jsonl.gz")
    arguments.add_argument("--names", nargs="*", default=NAMES, help="corpora to take pages from, by turns")
    arguments.add_argument("--cases", nargs="*", default=list(CASES), choices=list(CASES), metavar="CASE")
    return arguments.parse_args()


def real_pages(corpora: Path, names: Sequence[str]) -> Iterator[MadePage]:
    """Read the pages that have HTML, one of each corpus by turns."""
    files = [file for name in names for file in corpora.glob(f"segmentation/*/{name}.jsonl.gz")]
    readers = [_read(file) for file in files]
    while readers:
        for reader in list(readers):
            page = next(reader, None)
            if page:
                yield page
            else:
                readers.remove(reader)


def _read(file: Path) -> Iterator[MadePage]:
    with gzip.open(file, "rt", encoding="utf-8") as rows:
        for row in map(json.loads, rows):
            if row["html"]:
                yield MadePage(row["url"], row["html"], row["text"])


def timed(pages: Sequence[MadePage], rounds: int) -> dict[str, list[float]]:
    """Give the CPU seconds that each extractor takes for all pages, a figure a round."""
    get_ready()
    seconds: dict[str, list[float]] = defaultdict(lambda: [0.0] * rounds)
    for place in range(rounds):
        for page in pages:
            for name, extract in extractors(page).items():
                start = time.process_time()
                try:
                    extract()
                except Exception as error:  # noqa: BLE001 - a page that a program refuses costs it time as any other
                    print(f"{name}: {page.url}: {error!r}", file=sys.stderr)
                seconds[name][place] += time.process_time() - start
    return dict(seconds)


def report(seconds: dict[str, list[float]], pages: int) -> None:
    """Print pages a second and the ratio to trafilatura, each the median of the rounds with its range."""
    print(f"\n{'':24}{'pages/s':>10}{'ms a page':>12}   {'times trafilatura':20}")
    for name, spent in seconds.items():
        rates = [pages / value for value in spent]
        ratios = [theirs / own for own, theirs in zip(spent, seconds[TRAFILATURA], strict=True)]
        print(
            f"{name:24}{statistics.median(rates):10.1f}{1000 / statistics.median(rates):12.2f}"
            f"   {statistics.median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})"
        )


if __name__ == "__main__":
    main()
