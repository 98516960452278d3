"""A line of an HTML page while its texts come in."""

from broadsheet.segmenter.lines import Markup
from broadsheet.segmenter.places import Place


class OpenLine:
    """The texts of a line so far, and what they add up to.

    Attributes:
        texts: the texts. White space that begins a line is not kept, so that there are none or there is something seen.
    """

    __slots__ = ("_emphasised", "_link", "_linked", "_near_words", "texts")

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._linked = self._emphasised = self._near_words = 0
        self._link: str | None = None

    def add(self, text: str, place: Place, link: str | None) -> None:
        """Take in a text that stands in `place`, and in a link where that has a target."""
        if not text.isspace():
            self._near_words |= place.near_words
            if link or place.strong:
                self._count(text, place, link)
        elif not self.texts:
            return
        self.texts.append(text)

    def _count(self, text: str, place: Place, link: str | None) -> None:
        length = _seen(text)
        if place.strong:
            self._emphasised += length
        if link:
            self._linked += length
            self._link = self._link or link

    def markup(self, text: str, place: Place, box: int, *, picture: bool) -> Markup:
        """Give what the markup says of the line.

        Args:
            text: its texts together.
            place: where it ends.
            box: number of its nearest block.
            picture: whether a picture stands above it.
        """
        length = _seen(text) if self._linked or self._emphasised else 1
        return Markup(
            tag=place.block,
            within=place.within,
            words=place.words,
            near_words=self._near_words,
            link=self._link,
            link_share=self._linked / length,
            strong_share=self._emphasised / length,
            picture=picture,
            depth=place.depth,
            place=place.chain,
            box=box,
        )


def _seen(text: str) -> int:
    """Count the characters of a text that are no white space."""
    return len("".join(text.split()))
