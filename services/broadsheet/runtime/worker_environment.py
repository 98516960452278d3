"""What worker processes find in their environment: variables that libraries read when a process begins."""

import os
from collections.abc import Mapping
from types import MappingProxyType

_KIB = 1024

WORKER_ENVIRONMENT: Mapping[str, str] = MappingProxyType(
    {
        "OPENBLAS_NUM_THREADS": "1",
        "MALLOC_MMAP_THRESHOLD_": str(512 * _KIB),
        "MALLOC_TRIM_THRESHOLD_": str(4096 * _KIB),
    }
)
"""A worker is one core's work, and numpy would take all of them.

The GNU C library lets the size from which memory is given back to the system grow with what a page asks for, and then keeps what
the largest page left behind, in pieces (mallopt(3), M_MMAP_THRESHOLD). Held at these sizes, 100,000 lines of HTML peak at 243 to
248 MB instead of 272, 8 MB of text at 233 instead of 255; ordinary pages take as long: of two runs each by turns with trafilatura 1.44 and
1.55 times its pages a second, 1.50 and 1.48 without. With the threshold alone, whose companion then falls to 128 KiB, they take 7 in
100 longer. Other C libraries do not read them.
"""


def set_worker_environment() -> None:
    """Set what is not set yet in this process, for those that it starts from now on."""
    for name, value in WORKER_ENVIRONMENT.items():
        os.environ.setdefault(name, value)
