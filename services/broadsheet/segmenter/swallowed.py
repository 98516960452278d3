"""Pages that a missing end tag leaves blank: `<title>` or `<script>` without its end swallows all that follows.

A browser shows nothing of such a page either; but the text is there, and whoever published the page saw it before the
damage (a proxy, a crawler's rewriting, an editor's template).
"""

import re

FEW = 300
"""A page of so few code points is looked at again, if its HTML is `MUCH` longer."""

MUCH = 2_000

_NAMES = (
    "script",
    "style",
    "title",
    "textarea",
    "noscript",
    "iframe",
    "noframes",
    "noembed",
    "xmp",
    "select",
    "template",
)
_STARTS = {name: re.compile(rf"<{name}(?=[\s/>])[^>]*>", re.IGNORECASE) for name in _NAMES}
_ENDS = {name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE) for name in _NAMES}


def looks_swallowed(shown: str, html: str) -> bool:
    """Tell whether a page shows so little for its HTML that something may have swallowed the rest."""
    return len(shown) < FEW and len(html) > MUCH + len(shown)


def release(html: str) -> str:
    """Give the HTML without the starts of what never ends: elements whose text is not markup, and comments."""
    for name in _NAMES:
        last = max((match.start() for match in _ENDS[name].finditer(html)), default=-1)
        html = html[: last + 1] + _STARTS[name].sub(" ", html[last + 1 :])
    start = html.rfind("<!--")
    return html.replace("<!--", " ") if start >= 0 and "-->" not in html[start:] else html
