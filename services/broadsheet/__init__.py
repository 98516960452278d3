"""Broadsheet: news documents in, articles and teasers told apart, entities tagged and everything searchable."""

from importlib.metadata import version

__version__ = version("broadsheet")
"""The installed release."""
