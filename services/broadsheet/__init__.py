"""Broadsheet: news documents in, articles and teasers told apart, entities tagged and everything searchable."""

import os
from importlib.metadata import version

# onnxruntime from 1.32 on reports its use to its makers, unless this is set before it is imported, by whatever module.
os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")

__version__ = version("broadsheet")
"""The installed release."""
