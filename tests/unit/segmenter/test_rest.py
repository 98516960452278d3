"""What is in no other part is rest, with its kind."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet.segmenter.lines import Page
from broadsheet.segmenter.rest import MAX_MENU, make_rest
from broadsheet.segmenter.roles import Role
from unit.segmenter.made import PROSE, html_page_of, page_of, within


def rest_of(page: Page, roles: Sequence[Role], taken: set[int] | None = None) -> list[tuple[str, str]]:
    return [(span.kind, page.text[span.start : span.end]) for span in make_rest(page, roles, taken or set())]


def test_neighbours_of_one_kind_are_one_span_and_other_parts_end_it() -> None:
    page = page_of("Home", "News", "Title", "© 2026 The Paper", "Body", "Most read", "Teaser", "Contact")
    other = Role.OTHER
    roles = [other, other, Role.TITLE, other, Role.BODY, Role.HEADER, Role.HEADLINE, other]

    assert rest_of(page, roles, {6}) == [
        *(
            ("navigation", "Home\nNews"),
            ("other", "© 2026 The Paper"),
            ("navigation", "Most read"),
            ("navigation", "Contact"),
        )
    ]


def test_lines_of_a_teaser_that_none_holds_are_rest() -> None:
    headline = "The ferry to Skerry Point is back in service"
    assert rest_of(page_of(headline, "3 May 2026"), [Role.HEADLINE, Role.DATE]) == [
        ("other", f"{headline}\n3 May 2026")
    ]


def test_comments_and_headers_are_known_by_their_role() -> None:
    page = page_of("Nice ship", "I said so in 1999, and at some length, but who would listen to a fisherman?")
    assert rest_of(page, [Role.COMMENT] * 2) == [("comment", page.text)]
    assert rest_of(page, [Role.HEADER] * 2) == [("navigation", page.text)]


@pytest.mark.parametrize(
    ("text", "kind"), [("x" * MAX_MENU, "navigation"), ("x" * (MAX_MENU + 1), "other"), ("Page 2", "other")]
)
def test_a_short_line_of_plain_text_without_digits_is_an_entry_of_a_menu(text: str, kind: str) -> None:
    assert rest_of(page_of(text), [Role.OTHER]) == [(kind, text)]


def test_in_html_a_menu_is_where_links_or_the_elements_of_menus_are() -> None:
    for markup, kind in (
        (within("nav"), "navigation"),
        (within("footer", "p"), "navigation"),
        (within("p", link="/x", link_share=1.0), "navigation"),
        (within("p", link="/x", link_share=0.5), "other"),
        (within("p"), "other"),
    ):
        assert rest_of(html_page_of(("Contact", markup)), [Role.OTHER]) == [(kind, "Contact")]
        assert rest_of(html_page_of((PROSE, markup)), [Role.OTHER]) == [("other", PROSE)]


@given(st.lists(st.tuples(st.text(min_size=1), st.sampled_from(list(Role)), st.booleans())))
@settings(deadline=None)
def test_every_line_is_title_body_taken_or_rest(lines: list[tuple[str, Role, bool]]) -> None:
    lines = [line for line in lines if line[0].strip()]
    page = page_of(*(text for text, _, _ in lines))
    roles = [role for _, role, _ in lines]
    taken = {place for place, (_, _, held) in enumerate(lines) if held}
    inside = {place for span in make_rest(page, roles, taken) for place in range(span.start, span.end)}

    for place, line in enumerate(page.lines):
        elsewhere = place in taken or roles[place] in (Role.TITLE, Role.BODY)
        assert (
            inside.isdisjoint(range(line.start, line.end))
            if elsewhere
            else inside.issuperset(range(line.start, line.end))
        )
