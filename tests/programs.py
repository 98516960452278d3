"""Programs that some tests need and no wheel brings."""

import os
import shutil

import pytest

PACKAGES = {"go": "golang-go", "promtool": "prometheus", "prometheus": "prometheus", "chromium": "chromium"}
"""Which package of Debian brings each program."""

OTHER_NAMES = {"chromium": ("chromium-browser", "google-chrome")}
"""What else a program may be called."""


def needed(program: str) -> str:
    """Give the path of a program; where it is absent the test is skipped and says how to install it.

    Where `CI` is set it fails instead: there nothing may be left out silently.
    """
    for name in (program, *OTHER_NAMES.get(program, ())):
        path: str | None = shutil.which(name)
        if path:
            return path
    message = f"{program} is not installed: apt-get install {PACKAGES[program]}"
    if os.environ.get("CI"):
        pytest.fail(message)
    pytest.skip(message)
