"""Mentions of one thing, joined into an entity."""
