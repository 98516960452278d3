"""Captions that name who took the picture, or stand there twice, are not part of the article."""

import numpy as np
import pytest

from broadsheet.segmenter.captions import has_credit, mend_captions
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
        "Photo: Ann Lee",
        "© Ann Lee",
        f"{CAPTION}. Photo: Ann Lee",
        f"{CAPTION}. Photo credit: Ann Lee",
        f"{CAPTION}.Credit: Ann Lee, City University",
        f"{CAPTION}CREDIT: Ann Lee",
        f"{CAPTION}.Photograph by Ann Lee",
        f"{CAPTION}. (Photo by Ann Lee)",
        f"{CAPTION} (Image courtesy of the Harbour Museum)",
        f"{CAPTION}. (Courtesy of the Harbour Museum)",
        f"{CAPTION}. (AP Photo/Ann Lee)",
        f"{CAPTION}. Ann Lee/AFP",
        f"{CAPTION}. Ann Lee / The Zuidmeer Post via Getty Images",
        f"{CAPTION}, 12 October. (Ann Lee / Associated Press)",
        f"{CAPTION}. Getty Images",
        f"{CAPTION}. © Ann Lee",
        f"{CAPTION}. Photo: Ann Lee, Harbour Museum of Zuidmeer and the Islands",
        f"{CAPTION}.Source:Harbour News",
        "Die alte Fähre verlässt Zuidmeer. Foto: Anna Lehmann",
        "Die alte Fähre verlässt Zuidmeer. Foto: dpa",
        "El último viaje del ferry. Crédito: Ana López",
        "Последний рейс парома. Фото: Анна Ли",
        f"FILE - {CAPTION}.",
        f"In this October photo provided by the harbour, {CAPTION.lower()}.",
        f"In this Oct. 3, 2019, file photo, {CAPTION.lower()}.",
    ],
)
def test_a_line_that_says_who_took_the_picture_is_a_caption(text: str) -> None:
    assert roles_of(text) == [Role.OTHER]


@pytest.mark.parametrize(
    "text",
    [
        "“They owe us an answer,” she said when reached by Reuters.",
        "ZUIDMEER (AP) - The old ferry left for the last time on Monday.",
        "“It is a lie,” he said. — AFP",
        "Die Fähre fährt am Montag wieder, teilte der Hafen mit. (dpa)",
        "Die Fähre fährt am Montag wieder, teilte der Hafen mit. (AFP/dpa)",
        "Zuidmeer took the lead in the 34th minute, courtesy of Ada Field.",
        "The museum, courtesy of its donors, opens in May",
        "He was recognised from a photo by Ann Lee, who had stood on the pier.",
        "Sie hat ein Foto von Anna auf dem Schreibtisch stehen.",
        "That changes the picture: Zuidmeer now has two ferries and no pier.",
        "Das ergibt ein klares Bild: Die Fähre bleibt im Hafen.",
        "To their credit: Zuidmeer has paid every bill.",
        "Der Hafen prüft den Kredit: Die Bank will Sicherheiten.",
        "How the harbour changed in photos: seven decades",
        "He sold the firm to Thomson-Reuters.",
        "A poll by Reuters/Ipsos found that nobody minds.",
        "Apple replaced iPhoto with Photos in 2015",
        "In a photo finish that took ten minutes to judge, the old ferry won.",
        "In this job you need to see the bigger picture, she said.",
        "image: registry/ferry-timetable",
        "def load(image: Image, size: int) -> None:",
        "background-image: linear-gradient(45deg, White, Black)",
        "The novel uses the © sign as a name.",
        "The photo was taken by a passer-by. It shows the pier at noon, an hour before the ferry left, and it was all over town by night.",
        f"{CAPTION}. Photo: Ann Lee. {PROSE * 2}",
        f"The sign says © Ann Lee. {PROSE * 2}",
    ],
)
def test_what_only_speaks_of_pictures_stays_part_of_the_article(text: str) -> None:
    assert roles_of(text) == [Role.BODY]


def test_a_line_longer_than_captions_are_is_none() -> None:
    assert has_credit(f"{'a' * 784}. Photo: Ann Lee")
    assert not has_credit(f"{'a' * 785}. Photo: Ann Lee")


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
            f"{CAPTION}. And nobody who stood on the pier that night knew what it was that would take its place.",
        ),
        (f"{CAPTION} is closed", f"{CAPTION} is closed to lorries, too"),
        (f"{CAPTION} from 25 to 30", f"{CAPTION} from 25 to 30,5"),
        ("Round one", "Round one"),
        ("The old ferry leaves the harbour on Monday", "The old ferry leaves the island on Tuesday"),
    ],
)
def test_lines_that_are_only_alike_stay_part_of_the_article(texts: tuple[str, ...]) -> None:
    assert roles_of(*texts) == [Role.BODY] * len(texts)


def test_a_line_that_says_what_stands_above_the_article_stays_part_of_it() -> None:
    lines = page_of(CAPTION, f"{CAPTION}. It was Monday.", LONG).lines
    roles = np.array([Role.TITLE, Role.BODY, Role.BODY])
    mend_captions(roles, lines, np.array([len(line.text) for line in lines]))
    assert roles.tolist() == [Role.TITLE, Role.BODY, Role.BODY]


def test_the_last_paragraph_stays_though_a_headline_below_says_it_again() -> None:
    lines = page_of(LONG, f"{CAPTION}.", CAPTION).lines
    roles = np.array([Role.BODY, Role.BODY, Role.HEADLINE])
    mend_captions(roles, lines, np.array([len(line.text) for line in lines]))
    assert roles.tolist() == [Role.BODY, Role.BODY, Role.HEADLINE]


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
