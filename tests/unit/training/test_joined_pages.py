"""A page of three pages' parts is one that its features can be read from, and each line keeps what is known of it."""

from broadsheet.segmenter.boxes import Box
from broadsheet.segmenter.lines import Markup, Piece
from broadsheet.segmenter.roles import Role
from training.segmenter.batches import examples
from training.segmenter.corpora import BODY, NOT_ARTICLE, TITLE, LabelledLine, LabelledPage, bits
from training.segmenter.joined_pages import join_pages

OTHER = bits(Role.OTHER)


def page_of(name: str, *roles: int, markup: bool = True) -> LabelledPage:
    """Give a page of a site with a line for each role; on HTML, all in one block and every second line in one of its own."""
    lines = tuple(
        LabelledLine(
            Piece(
                f"{name} {place}",
                gap=False,
                markup=Markup("p", link=f"https://{name}.example/{place}", box=1 + place // 2, place=place)
                if markup
                else None,
            ),
            role,
        )
        for place, role in enumerate(roles)
    )
    pairs = range(0, len(roles), 2)
    boxes = (Box(0, 0, len(roles)), *(Box(0, start, min(start + 2, len(roles))) for start in pairs))
    return LabelledPage(name, "made", f"{name}.example", lines, boxes if markup else (), titles=(name,))


FIRST = page_of("first", OTHER, OTHER, TITLE, BODY, OTHER)
SECOND = page_of("second", OTHER, TITLE, OTHER, BODY, BODY, OTHER)
THIRD = page_of("third", BODY, BODY, OTHER, TITLE)


def test_the_parts_stand_in_order_and_keep_their_roles() -> None:
    page = join_pages(FIRST, SECOND, THIRD)

    assert [(line.piece.text, line.roles) for line in page.lines] == [
        ("first 0", OTHER),
        ("first 1", OTHER),
        ("second 1", TITLE),
        ("second 2", OTHER),
        ("second 3", BODY),
        ("second 4", BODY),
        ("third 2", OTHER),
        ("third 3", NOT_ARTICLE),
    ]
    assert (page.id, page.domain, page.titles) == ("second", "second.example", ("second",))


def test_each_line_stands_in_the_block_that_it_stood_in_and_all_in_the_first() -> None:
    page = join_pages(FIRST, SECOND, THIRD)
    around: dict[str, list[list[str]]] = {}
    for line in page.lines:
        assert line.piece.markup
        box, found = line.piece.markup.box, []
        while page.boxes[box].parent != box:
            found.append([each.piece.text for each in page.lines[page.boxes[box].first : page.boxes[box].stop]])
            box = page.boxes[box].parent
        assert (box, page.boxes[0]) == (0, Box(0, 0, len(page.lines)))
        around[line.piece.text] = found

    third = ["third 2", "third 3"]
    assert around["first 1"] == [["first 0", "first 1"]]
    assert around["second 1"] == [["second 1"], ["second 1", "second 2", "second 3", "second 4"]]
    assert around["second 2"][0] == ["second 2", "second 3"]
    assert around["third 3"] == [third, third]


def test_kinds_of_place_are_not_shared_and_links_lead_to_the_one_site() -> None:
    page = join_pages(FIRST, SECOND, THIRD)
    marks = [line.piece.markup for line in page.lines if line.piece.markup]

    assert len({mark.place for mark in marks}) == len(marks)
    assert {(mark.link or "").rsplit("/", 1)[0] for mark in marks} == {"https://second.example"}


def test_what_is_joined_can_be_learnt_from_as_text_and_as_html() -> None:
    for markup in (False, True):
        pages = [page_of(name, OTHER, TITLE, BODY, BODY, OTHER, markup=markup) for name in ("first", "second", "third")]
        (example,) = examples(join_pages(*pages))
        assert example.roles.tolist() == [OTHER, TITLE, BODY, BODY, OTHER]


def test_a_page_joined_with_itself_is_itself() -> None:
    page = join_pages(SECOND, SECOND, SECOND)
    assert [(line.piece.text, line.roles) for line in page.lines] == [
        (line.piece.text, line.roles) for line in SECOND.lines
    ]
