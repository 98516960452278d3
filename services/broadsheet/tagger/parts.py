"""The parts of a page that are tagged, each by itself."""

from collections.abc import Iterator

from broadsheet_schemas import SegmentedDocument, Teaser


def parts_of(document: SegmentedDocument) -> Iterator[tuple[str, int, str]]:
    """Give every stretch to tag: the part's name as in `Mention.part`, where it starts, its text.

    A title without a place in the text cannot have mentions and is left out.
    """
    if document.title and document.title.start is not None:
        yield "title", document.title.start, document.title.text
    for block in document.body:
        yield "body", block.start, block.text
    for number, teaser in enumerate(document.teasers):
        for start, text in _fields(teaser):
            yield f"teaser:{number}", start, text


def _fields(teaser: Teaser) -> list[tuple[int, str]]:
    fields = (teaser.kicker, teaser.headline, teaser.summary, teaser.byline, teaser.published)
    return sorted((field.start, field.text) for field in fields if field)
