"""Dates, amounts of money and percentages, by rules and in any language: found, and what they mean."""

from broadsheet.tagger.value import Value
from broadsheet.tagger.values.finding import find_values

__all__ = ["Value", "find_values"]
