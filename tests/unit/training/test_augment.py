"""Variants of pages keep what is known of their lines."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
import pytest

from broadsheet.segmenter.roles import TEASER_ROLES, Role
from training.segmenter.augment import COMMENTS, HTML, TEXT, Augmenter, Chances
from training.segmenter.batches import examples
from training.segmenter.corpora import BODY, TITLE, LabelledLine, LabelledPage, bits, read_pages
from training.segmenter.made_comments import LONGEST, comments
from training.segmenter.made_teasers import Source, next_articles, sources, teaser_list
from unit.training import made_corpora

NEVER = Chances(**dict.fromkeys(Chances.__dataclass_fields__, 0.0))


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[LabelledPage], list[LabelledPage]]:
    return read_pages(made_corpora.write(tmp_path_factory.mktemp("corpora")))


def test_without_chances_a_page_stays_as_it_is(pages: tuple[list[LabelledPage], list[LabelledPage]]) -> None:
    text, _ = pages
    varied = Augmenter(text, sources(text), NEVER).vary(text[0], np.random.default_rng(1))
    assert varied.lines == text[0].lines


@pytest.mark.parametrize("chances", [TEXT, HTML])
def test_every_variant_can_be_learnt_from(
    chances: Chances, pages: tuple[list[LabelledPage], list[LabelledPage]]
) -> None:
    group = pages[chances is HTML]
    augmenter = Augmenter(group, sources(group), chances)
    for seed in range(60):
        varied = augmenter.vary(group[seed % len(group)], np.random.default_rng(seed))
        assert varied.lines
        assert all(line.roles for line in varied.lines)
        assert sum(len(example.roles) for example in examples(varied)) == len(varied.lines)


def test_a_bare_page_is_article_headings_and_lists(pages: tuple[list[LabelledPage], list[LabelledPage]]) -> None:
    text, _ = pages
    bare = Augmenter(text, sources(text), Chances(**{**vars_of(NEVER), "bare": 1.0}))
    varied = bare.vary(text[0], np.random.default_rng(5))
    known = {BODY, TITLE, bits(Role.HEADER), *(bits(role) for role in TEASER_ROLES)}
    assert {line.roles for line in varied.lines} <= known
    assert any(line.roles == bits(Role.HEADLINE) for line in varied.lines)
    assert [line.piece.text for line in text[0].lines if line.roles == BODY] == [
        line.piece.text for line in varied.lines if line.roles == BODY and line in text[0].lines
    ]


def test_a_transplanted_article_brings_what_its_page_is_called(
    pages: tuple[list[LabelledPage], list[LabelledPage]],
) -> None:
    text, _ = pages
    named = [replace(page, titles=(page.id,)) for page in text]
    moved = Augmenter(named, sources(text), Chances(**{**vars_of(NEVER), "transplant": 1.0}))
    for seed in range(20):
        varied = moved.vary(named[0], np.random.default_rng(seed))
        (giver,) = (page for page in named if (page.id,) == varied.titles)
        body = [line.piece.text for line in varied.lines if line.roles == BODY]
        assert body == [line.piece.text for line in giver.lines if line.roles == BODY]


@pytest.mark.parametrize("kind", [0, 1], ids=["text", "html"])
def test_parts_of_other_pages_are_put_where_they_stood(
    kind: int, pages: tuple[list[LabelledPage], list[LabelledPage]]
) -> None:
    group = pages[kind]

    def parts(page: LabelledPage) -> tuple[list[str], list[str], list[str]]:
        texts = [line.piece.text for line in page.lines]
        own = [place for place, line in enumerate(page.lines) if line.roles in {BODY, TITLE}]
        stop = max(place for place, line in enumerate(page.lines) if line.roles == BODY) + 1
        return texts[: own[0]], texts[own[0] : stop], texts[stop:]

    for number, chance in enumerate(("other_before", "other_article", "other_after")):
        moved = Augmenter(group, [], Chances(**{**vars_of(NEVER), chance: 1.0}))
        for seed in range(20):
            found = parts(moved.vary(group[0], np.random.default_rng(seed)))
            assert all(found[part] == parts(group[0])[part] for part in range(3) if part != number)
            assert found[number] in [parts(page)[number] for page in group if page.lines]


@pytest.mark.parametrize(("chance", "told"), [("untold", ()), ("told_by_head", ("head", "address"))])
def test_what_is_told_of_a_page_varies(
    chance: str, told: tuple[str, ...], pages: tuple[list[LabelledPage], list[LabelledPage]]
) -> None:
    page = replace(pages[0][0], titles=("address", "head"))
    varied = Augmenter(pages[0], [], Chances(**{**vars_of(NEVER), chance: 1.0})).vary(page, np.random.default_rng(1))
    assert varied.titles == told


def vars_of(chances: Chances) -> dict[str, float]:
    return {name: getattr(chances, name) for name in Chances.__dataclass_fields__}


@pytest.mark.parametrize("make", [teaser_list, next_articles])
def test_made_items_begin_once_and_have_one_headline(
    make: Callable[..., list[LabelledLine]], pages: tuple[list[LabelledPage], list[LabelledPage]]
) -> None:
    found = sources(pages[0])
    for seed in range(50):
        lines = make(found, np.random.default_rng(seed))
        heads = _count(lines, Role.HEADLINE)
        assert heads >= 1
        assert sum(line.begins is True for line in lines) == heads


def test_made_comments_are_comments_and_say_what_articles_say(
    pages: tuple[list[LabelledPage], list[LabelledPage]],
) -> None:
    found = sources(pages[0])
    said = " ".join(paragraph for source in found for paragraph in source.paragraphs).casefold()
    quoting = 0
    for seed in range(50):
        lines = comments(found, np.random.default_rng(seed))
        assert lines
        assert {(line.roles, line.begins) for line in lines} == {(bits(Role.COMMENT), False)}
        assert all(line.piece.text.strip() for line in lines)
        quoting += any(len(line.piece.text) > 40 and line.piece.text.casefold() in said for line in lines)
    assert quoting > 25


def test_a_comment_without_words_is_left_out() -> None:
    found = [Source("Ferry is back", "...", ("...",))]
    for seed in range(50):
        assert all(line.piece.text.strip() for line in comments(found, np.random.default_rng(seed)))


def test_comments_come_in_all_forms_and_are_no_longer_than_they_are_read(
    pages: tuple[list[LabelledPage], list[LabelledPage]],
) -> None:
    long = replace(sources(pages[0])[0], paragraphs=(f"A{'a' * 2998}. " * 3,))
    lines = [line.piece.text for seed in range(200) for line in comments([long], np.random.default_rng(seed))]
    texts = [line for line in lines if "a" * 100 in line]
    assert max(map(len, texts)) < LONGEST + 40
    assert any(line.startswith("@") for line in texts)
    assert any(re.fullmatch(r"\w+ \w+ \d+, \d{4}", line) for line in lines)


def test_text_alone_is_given_comments() -> None:
    assert TEXT.comments > 0
    assert HTML.comments == 0


def test_comments_stand_behind_the_article(pages: tuple[list[LabelledPage], list[LabelledPage]]) -> None:
    text, _ = pages
    commented = Augmenter(text, sources(text), Chances(**{**vars_of(NEVER), "comments": 1.0}))
    known = {id(line) for line in text[0].lines}
    for seed in range(20):
        lines = commented.vary(text[0], np.random.default_rng(seed)).lines
        made = [place for place, line in enumerate(lines) if id(line) not in known]
        last = max(place for place, line in enumerate(lines) if line.roles == BODY)
        assert last < made[0] <= last + COMMENTS
        assert made == list(range(made[0], made[-1] + 1))
        assert len(lines) - len(made) == len(text[0].lines)


def test_comments_leave_items_whole(pages: tuple[list[LabelledPage], list[LabelledPage]]) -> None:
    text, _ = pages
    commented = Augmenter(text, sources(text), Chances(**{**vars_of(NEVER), "comments": 1.0}))
    page, known = text[0], {id(line) for line in text[0].lines}
    assert any(line.begins is False and line.roles == bits(Role.SUMMARY) for line in page.lines)
    for seed in range(60):
        lines = commented.vary(page, np.random.default_rng(seed)).lines
        made = [place for place, line in enumerate(lines) if id(line) not in known]
        assert made[-1] + 1 == len(lines) or lines[made[-1] + 1].roles != bits(Role.SUMMARY)


def _count(lines: Sequence[LabelledLine], role: Role) -> int:
    return sum(line.roles == bits(role) for line in lines)
