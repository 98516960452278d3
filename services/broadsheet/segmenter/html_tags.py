"""What the elements of HTML mean for the lines of a page, and how a serialiser writes characters."""

INVISIBLE = (
    *("audio", "canvas", "datalist", "frameset", "head", "iframe", "math", "noembed", "noframes", "noscript"),
    *("object", "option", "script", "select", "style", "svg", "template", "textarea", "title", "video"),
)
"""Elements whose text a reader does not see, or sees only inside a control."""

VERBATIM = ("xmp", "plaintext", "listing")
"""Obsolete elements whose text a serialiser may leave unescaped; their text is kept, the elements are not."""

VOID = frozenset(
    {
        *("area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "img", "input", "keygen", "link"),
        *("meta", "param", "source", "track", "wbr"),
    }
)
"""Elements that have no end tag."""

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})

GAPPED = HEADINGS | frozenset(
    {
        *("article", "aside", "blockquote", "dl", "fieldset", "figure", "footer", "form", "header", "hr", "main"),
        *("nav", "ol", "p", "pre", "section", "table", "ul"),
    }
)
"""Blocks with a gap above and below, after the margins that browsers give them."""

BLOCKS = GAPPED | frozenset(
    {
        *("address", "body", "caption", "center", "dd", "details", "dialog", "div", "dt", "figcaption", "html"),
        *("legend", "li", "summary", "td", "th", "tr"),
    }
)
"""Elements that begin a line of their own."""

STRONG = frozenset({"b", "strong", "em", "i"})

PICTURES = frozenset({"img", "picture", "video", "svg"})

LANDMARKS = {
    name: 1 << place
    for place, name in enumerate(
        (
            *("article", "aside", "blockquote", "figcaption", "figure", "footer", "header", "li", "main", "nav"),
            *("time", "h1", "h2", "h3", "h4", "h5", "h6", "p", "form", "address", "button", "table"),
        )
    )
}
"""Ancestors worth knowing, each a bit."""

HEADING_BITS = sum(LANDMARKS[name] for name in HEADINGS)

ROLES = {"navigation": "nav", "complementary": "aside", "contentinfo": "footer", "banner": "header", "heading": "h3"}
"""ARIA roles and the landmark element that means the same."""


def unescape(written: str) -> str:
    """Undo what a serialiser escapes in texts and in values of attributes; it leaves no other `&` as it is."""
    for entity, character in _ESCAPED.items():
        written = written.replace(entity, character)
    return written


_ESCAPED = {"&nbsp;": "\N{NO-BREAK SPACE}", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&amp;": "&"}
"""The characters that a serialiser escapes; the ampersand comes last, so that `&amp;lt;` is `&lt;`."""
