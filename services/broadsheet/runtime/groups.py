"""The names of consumer groups."""


def consumer_group(stage: str, prefix: str) -> str:
    """Give the name of a stage's consumer group in the installation that uses `prefix`."""
    return f"{prefix}broadsheet-{stage}"
