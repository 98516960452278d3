"""Values in error messages: quoted and short, since messages go to headers of dead letters and to terminals.

They do not go to logs, which name a dead letter's code and class alone.
"""

MAX_QUOTED = 80
"""Most characters of a value in a message."""


def shorten(text: str, limit: int = MAX_QUOTED) -> str:
    """Cut `text` to `limit` characters, the last an ellipsis where something was cut."""
    return text if len(text) <= limit else text[: limit - 1] + "…"


def escaped(text: str, keep: str = "") -> str:
    """Give text with everything that a terminal might obey written as an escape, as Python writes it, except `keep`."""
    return "".join(
        character if character.isprintable() or character in keep else character.encode("unicode_escape").decode()
        for character in text
    )


def quote(value: object) -> str:
    """Give a value as Python writes it, control characters escaped, cut to `MAX_QUOTED` characters."""
    return shorten(repr(value[:MAX_QUOTED] if isinstance(value, str) else value))
