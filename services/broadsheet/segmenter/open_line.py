"""A line of an HTML page while its texts come in."""

from broadsheet.segmenter.html_tags import unescape
from broadsheet.segmenter.lines import Layout, Markup, seen
from broadsheet.segmenter.places import Place


class OpenLine:
    """The texts of a line so far, and what they add up to.

    Args:
        layout: where the line goes once it ends.

    Attributes:
        texts: the texts. White space that begins a line is not kept, so that there are none or there is something seen.
        picture: whether a picture stands above it.
    """

    __slots__ = ("_layout", "_link", "_linked", "_near_words", "_strong", "picture", "texts")

    def __init__(self, layout: Layout) -> None:
        self.texts: list[str] = []
        self.picture = False
        self._layout = layout
        self._linked: list[str] = []
        self._strong: list[str] = []
        self._link: str | None = None
        self._near_words = 0

    def add(self, written: str, place: Place, link: str | None) -> None:
        """Take in a text as a serialiser writes it, which stands in `place`, and in a link where that has a target."""
        text = unescape(written) if "&" in written else written
        if not text.isspace():
            self._near_words |= place.near_words
            if place.strong:
                self._strong.append(text)
            if link:
                self._linked.append(text)
                self._link = self._link or link
        elif not self.texts:
            return
        self.texts.append(text)

    def end(self, place: Place, box: int) -> None:
        """Lay out the line and begin the next one.

        Args:
            place: where it ends.
            box: number of its nearest block.
        """
        text = seen("".join(self.texts))
        markup = Markup(
            place.block,
            place.within,
            place.words,
            self._near_words,
            self._link,
            self._share(self._linked, text) if self._linked else 0.0,
            self._share(self._strong, text) if self._strong else 0.0,
            self.picture,
            place.depth,
            place.chain,
            box,
        )
        self._layout.add(text, markup)
        self.texts.clear()
        self._linked.clear()
        self._strong.clear()
        self._link = None
        self._near_words = 0
        self.picture = False

    def _share(self, some: list[str], text: str) -> float:
        """Give what share of the line's characters some of its texts have, white space left out; most often it is all."""
        if len(some) == len(self.texts):
            return 1.0
        return _letters(seen("".join(some))) / _letters(text)


def _letters(text: str) -> int:
    """Count the characters of a text as it is seen, without the spaces."""
    return len(text) - text.count(" ")
