"""Pages of growing size and pages made to hurt, each segmented in a process of its own.

python tests/benchmarks/segmenter_cases.py CASE    prints seconds and memory of one case as JSON
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import partial
from itertools import count
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.made_pages import document_of, made_page
from broadsheet.runtime.worker_environment import WORKER_ENVIRONMENT
from broadsheet.segmenter.segment import segment, warm_up
from broadsheet_schemas.accepted import ContentType

KB, MB = 1000, 1_000_000
SIZES = {"10-KB": 10 * KB, "100-KB": 100 * KB, "1-MB": MB, "8-MB": 8 * MB}
LINE = "Council timber bridge was sold, said Ada Svensen. "
SHORTEST_SECONDS = 0.2


@dataclass(frozen=True, slots=True)
class Cost:
    """What a case costs: size in bytes, CPU seconds, memory in MB before the page and at its peak."""

    name: str
    size: int
    seconds: float
    ready_mb: float
    peak_mb: float

    def row(self, *, heading: bool) -> str:
        """Give a line of the table."""
        title = f"{'':26}{'MB':>8}{'seconds':>10}{'s a MB':>10}{'ready MB':>10}{'peak MB':>10}\n" if heading else ""
        size = self.size / MB
        figures = f"{size:8.2f}{self.seconds:10.3f}{self.seconds / size:10.2f}{self.ready_mb:10.0f}{self.peak_mb:10.0f}"
        return f"{title}{self.name:26}{figures}"


def text_of(size: int) -> str:
    """Make plain text of about so many bytes: ordinary pages one after another."""
    return _pages("text", size)


def html_of(size: int) -> str:
    """Make HTML of about so many bytes: the bodies of ordinary pages one after another."""
    return f"<html><body>{_pages('html', size)}</body></html>"


_PART = {"text/plain": "text", "text/html": "html"}


def _pages(part: str, size: int) -> str:
    """Join pages; the last, or the only one, has fewer lines."""
    parts: list[str] = []
    left = size
    for seed in count():
        whole = getattr(made_page(seed), part)
        if len(whole) >= left:
            lines = max(180 * left // len(whole), 8)
            return "\n".join((*parts, getattr(made_page(seed, lines), part)[:left]))
        parts.append(whole)
        left -= len(whole)
    raise AssertionError


_BROKEN = "<p class='a>x<b><table><tr><td <i \"\">one<div></p></b><li><a href='/x>two</a></tr><!-- <br></td>&nosuch;&#0;<h2></span>"

CASES: dict[str, tuple[ContentType, Callable[[], str]]] = {
    **{f"text-{name}": ("text/plain", partial(text_of, size)) for name, size in SIZES.items()},
    **{f"html-{name}": ("text/html", partial(html_of, size)) for name, size in SIZES.items()},
    "text-100000-lines": ("text/plain", lambda: f"{LINE}\n" * 100_000),
    "html-100000-lines": ("text/html", lambda: f"<p>{LINE}" * 100_000),
    "text-one-line-of-8-MB": ("text/plain", lambda: LINE * (8 * MB // len(LINE))),
    "html-one-line-of-8-MB": ("text/html", lambda: f"<p>{LINE * (8 * MB // len(LINE))}"),
    "html-10000-deep": ("text/html", lambda: f"{'<div>' * 10_000}{LINE}{'</div>' * 10_000}"),
    "html-broken-1-MB": ("text/html", lambda: _BROKEN * (MB // len(_BROKEN))),
    "html-unclosed-quotes-1-MB": ("text/html", lambda: '<p "">"x<a href=\'' * (MB // 17)),
    "html-only-brackets-1-MB": ("text/html", lambda: "<" * MB),
    "html-xmp-1-MB": ("text/html", lambda: f"<xmp>{'<b>x' * (MB // 4)}"),
}
"""Name of a case, the type of its page and what makes it."""


def measure(name: str) -> Cost:
    """Run a case in a process of its own, which has the environment of a worker."""
    environment = os.environ | WORKER_ENVIRONMENT
    done = subprocess.run([sys.executable, __file__, name], check=True, stdout=subprocess.PIPE, env=environment)
    return Cost(**json.loads(done.stdout))


def run(name: str) -> Cost:
    """Run a case in this process: a short one again and again, until the time taken can be told."""
    content_type, make = CASES[name]
    warm_up()
    segment(document_of(getattr(made_page(0), _PART[content_type]), content_type))
    document = document_of(make(), content_type)
    ready, start, times = _peak_mb(), time.process_time(), 0
    while times == 0 or time.process_time() - start < SHORTEST_SECONDS:
        segment(document)
        times += 1
    seconds = (time.process_time() - start) / times
    return Cost(name, len(document.content.encode()), seconds, ready, _peak_mb())


def _peak_mb() -> float:
    """Give the most memory that this process has held; `getrusage` would count what its parent held when it forked."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1000


if __name__ == "__main__":
    print(json.dumps(asdict(run(sys.argv[1]))))
