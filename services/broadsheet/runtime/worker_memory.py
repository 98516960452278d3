"""How much memory a worker process may take, and how much it holds.

The limit is RLIMIT_DATA, which the kernel (Linux 4.7 and newer) holds for all private writable memory: a page that wants
more gets a MemoryError at once, with no race against a watcher. RLIMIT_AS would count shared libraries and the arenas that
onnxruntime and glibc reserve and never touch: the tagger stands at 335 MB of it and at 229 MB of data before its first page.
"""

import os
import resource
from contextlib import suppress
from pathlib import Path

STATM = Path("/proc/self/statm")
DATA_FIELD = 5
"""Which number of `statm` is data and stack, in pages: what RLIMIT_DATA limits."""


def limit_memory(max_bytes: int) -> None:
    """Limit the memory of this process; a lower limit that it came with stays."""
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    soft = max_bytes if hard == resource.RLIM_INFINITY else min(max_bytes, hard)
    with suppress(ValueError):  # a system that has the limit and does not let it be set; then there is none
        resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))


def held_bytes() -> int:
    """Give how many bytes this process holds of what is limited; 0 on a system that does not tell."""
    try:
        fields = STATM.read_text(encoding="ascii").split()
    except OSError:
        return 0
    return int(fields[DATA_FIELD]) * os.sysconf("SC_PAGE_SIZE")


def is_out_of_memory(error: BaseException) -> bool:
    """Whether an error says that there is no memory: Python's own, or the one of C++ as libraries pass it on."""
    return isinstance(error, MemoryError) or "bad_alloc" in str(error)
