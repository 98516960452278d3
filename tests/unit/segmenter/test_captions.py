"""Captions that name who took the picture, or stand there twice, are not part of the article."""

import numpy as np
import pytest

from broadsheet.segmenter.captions import mend_captions
from broadsheet.segmenter.roles import Role
from unit.segmenter.made import PROSE, page_of

LONG = PROSE * 4
CAPTION = "The old ferry leaves Zuidmeer for the last time in October"


def roles_of(*texts: str, role: Role = Role.BODY) -> list[Role]:
    """Give what lines between two long paragraphs of an article are taken for in the end."""
    lines = page_of(LONG, *texts, LONG).lines
    roles = np.array([Role.BODY, *(role for _ in texts), Role.BODY])
    mend_captions(roles, lines, np.array([len(line.text) for line in lines]))
    assert roles[[0, -1]].tolist() == [Role.BODY, Role.BODY]
    return [Role(role) for role in roles[1:-1].tolist()]


@pytest.mark.parametrize(
    "text",
    [
        f"{CAPTION}. Photo: Ann Lee",
        f"{CAPTION}.Credit: Ann Lee, City University",
        f"{CAPTION}.Photograph by Ann Lee",
        f"{CAPTION}. (Photo by Ann Lee)",
        f"{CAPTION}. (AP Photo/Ann Lee)",
        f"{CAPTION}. Ann Lee/AFP via Getty Images",
        f"{CAPTION}, 12 October. (Ann Lee / Associated Press)",
        f"{CAPTION}. © Ann Lee",
        f"{CAPTION}. (Courtesy of the Harbour Museum)",
        f"{CAPTION}.Source:Harbour News",
        "Die alte Fähre verlässt Zuidmeer. Foto: Anna Lehmann",
        "El último viaje del ferry. Crédito: Ana López",
        f"FILE - {CAPTION}.",
        f"In this October photo provided by the harbour, {CAPTION.lower()}.",
    ],
)
def test_a_line_that_says_who_took_the_picture_is_a_caption(text: str) -> None:
    assert roles_of(text) == [Role.OTHER]


@pytest.mark.parametrize(
    "text",
    [
        "“They owe us an answer,” she said when reached by Reuters.",
        "ZUIDMEER (AP) - The old ferry left for the last time on Monday.",
        "The museum, courtesy of its donors, opens in May",
        "How the harbour changed in photos: seven decades",
        "image: registry/ferry-timetable",
        "The photo was taken by a passer-by. It shows the pier at noon, an hour before the ferry left, and it was all over town by night.",
        "The bank gives every household of the island credit: no questions were asked, and none were answered. It closed in May.",
        "Photo: me",
        f"{PROSE * 40} Photo: Ann Lee",
    ],
)
def test_what_only_speaks_of_pictures_stays_part_of_the_article(text: str) -> None:
    assert roles_of(text) == [Role.BODY]


def test_a_line_that_the_next_one_says_again_is_a_caption_in_both_places() -> None:
    assert roles_of(f"{CAPTION}.", f"{CAPTION}. (Zuidmeer TV)") == [Role.OTHER, Role.OTHER]
    assert roles_of(CAPTION, f"{CAPTION}.") == [Role.OTHER, Role.OTHER]
    assert roles_of(f"{CAPTION} (Zuidmeer TV)", CAPTION) == [Role.OTHER, Role.OTHER]


@pytest.mark.parametrize(
    "texts",
    [
        (CAPTION, PROSE, CAPTION),
        (
            CAPTION,
            f"{CAPTION}, and nobody who stood on the pier that night knew what it was that would take its place.",
        ),
        ("Round one", "Round one"),
        ("The old ferry leaves the harbour on Monday", "The old ferry leaves the island on Tuesday"),
    ],
)
def test_lines_that_are_only_alike_stay_part_of_the_article(texts: tuple[str, ...]) -> None:
    assert roles_of(*texts) == [Role.BODY] * len(texts)


def test_an_article_that_shows_every_paragraph_twice_stays_whole() -> None:
    lines = page_of(LONG, LONG, LONG + PROSE, LONG + PROSE).lines
    roles = np.full(4, Role.BODY)
    mend_captions(roles, lines, np.array([len(line.text) for line in lines]))
    assert roles.tolist() == [Role.BODY] * 4


def test_an_article_that_is_captions_stays_whole() -> None:
    texts = [f"{CAPTION} no. {number}. Photo: Ann Lee" for number in range(6)]
    lines = page_of("The harbour, then and now.", *texts).lines
    roles = np.full(7, Role.BODY)
    mend_captions(roles, lines, np.array([len(line.text) for line in lines]))
    assert roles.tolist() == [Role.BODY] * 7


def test_lines_that_are_no_part_of_the_article_stay_what_they_are() -> None:
    assert roles_of(f"{CAPTION}. Photo: Ann Lee", role=Role.SUMMARY) == [Role.SUMMARY]
    assert roles_of(CAPTION, CAPTION, role=Role.HEADLINE) == [Role.HEADLINE, Role.HEADLINE]
