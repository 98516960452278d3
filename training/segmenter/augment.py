"""Variants of a page: what other publishers' dumps of the same page might look like.

Every epoch sees each page anew: gaps dropped or added, chrome cut off or exchanged, bodies cut short or exchanged, lines split and
merged, and lists of teasers and comments made from the titles and paragraphs of other pages.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from broadsheet.intake.language import detect
from broadsheet.segmenter.boxes import Box
from broadsheet.segmenter.roles import TEASER_ROLES
from training.segmenter.corpora import BODY, TITLE, LabelledLine, LabelledPage, bits
from training.segmenter.joined_pages import join_pages
from training.segmenter.made_comments import comments
from training.segmenter.made_teasers import Source, next_articles, teaser_list
from training.segmenter.varied_lines import crop, merge, places, shorten, split, thin, with_subheads

BARE_SUBHEADS = 0.6
"""How often an article laid bare is given headings: nothing else tells them from the headlines that follow it."""

FEWEST = 3
"""Lines of a body that is exchanged for another one."""

NEXT, COMMENTS = 6, 12
"""Lines below the body before one of which the next articles and comments begin."""

ANOTHER_LIST = 0.35
"""How often a made list is followed by another one, of another form."""


@dataclass(frozen=True, slots=True)
class Chances:
    """How often each change is made, 0 to 1."""

    untitled: float = 0.1
    untold: float = 0.3
    told_by_head: float = 0.15
    transplant: float = 0.25
    shorten: float = 0.12
    empty: float = 0.04
    crop: float = 0.3
    made_list: float = 0.35
    next_articles: float = 0.06
    comments: float = 0.08
    bare: float = 0.1
    subheads: float = 0.2
    split: float = 0.1
    merge: float = 0.1
    no_gaps: float = 0.3
    all_gaps: float = 0.12
    some_gaps: float = 0.2
    thin: float = 0.15
    other_before: float = 0.0
    other_article: float = 0.0
    other_after: float = 0.0


TEXT = Chances()
HTML = Chances(
    untitled=0.03, untold=0.12, told_by_head=0.0, crop=0.2, some_gaps=0.1,
    other_before=0.15, other_article=0.2, other_after=0.25,
    **dict.fromkeys(("transplant", "split", "merge", "no_gaps", "all_gaps", "bare", "subheads"), 0.0),
    **dict.fromkeys(("made_list", "next_articles", "comments"), 0.0),
)  # fmt: skip
"""Markup speaks of a line's place: no line changes its text, and what is put elsewhere goes with all that stands around it."""


class Augmenter:
    """Makes variants.

    Args:
        pages: where bodies to transplant and surroundings of articles come from; all of them training pages.
        sources: titles and first sentences for made teasers.
        chances: how often each change is made.
    """

    def __init__(self, pages: Sequence[LabelledPage], sources: Sequence[Source], chances: Chances) -> None:
        self._bodies = defaultdict[str, list[LabelledPage]](list)
        self._languages = dict[str, str]()
        for page in pages:
            if sum(line.roles == BODY for line in page.lines) >= FEWEST:
                self._languages[page.id] = _language(page)
                self._bodies[self._languages[page.id]].append(page)
        self._sources = sources
        self._chances = chances

    def vary(self, page: LabelledPage, random: np.random.Generator) -> LabelledPage:
        """Give a variant of a page; never one without lines."""
        article = self._transplant(page, random) if random.random() < self._chances.transplant else page
        article = self._join(article, random)
        lines, untitled = self._with_less(list(article.lines), random)
        lines, bare = self._with_more(lines, random)
        if not lines:
            return page
        return replace(
            article,
            lines=tuple(self._gaps(lines, random)),
            boxes=_boxes(article, lines),
            titles=self._told(article.titles, random),
            untitled=untitled or (bare and not any(line.roles == TITLE for line in lines)),
        )

    def _told(self, titles: tuple[str, ...], random: np.random.Generator) -> tuple[str, ...]:
        """Give what is told of the article, best first: not every page comes with an address, or with one that names it."""
        choice = random.random()
        if choice < self._chances.untold:
            return ()
        return titles[::-1] if choice < self._chances.untold + self._chances.told_by_head else titles

    def _with_less(self, lines: list[LabelledLine], random: np.random.Generator) -> tuple[list[LabelledLine], bool]:
        """Leave lines out or exchange them; tell also whether the title was left out."""
        chances = self._chances
        untitled = random.random() < chances.untitled
        if untitled:
            lines = [line for line in lines if line.roles != TITLE]
        if random.random() < chances.shorten:
            lines = shorten(lines, random)
        if random.random() < chances.empty:
            untitled = True
            lines = [line for line in lines if line.roles not in (BODY, TITLE)]
        if random.random() < chances.crop:
            lines = crop(lines, random)
        if random.random() < chances.thin:
            lines = thin(lines, random)
        return lines, untitled

    def _with_more(self, lines: list[LabelledLine], random: np.random.Generator) -> tuple[list[LabelledLine], bool]:
        """Put lines in, split them or run them together; tell also whether the article was laid bare before."""
        chances = self._chances
        bare = random.random() < chances.bare
        if bare:
            lines = [line for line in lines if line.roles == BODY or (line.roles == TITLE and random.random() < 0.5)]
        if random.random() < (BARE_SUBHEADS if bare else chances.subheads):
            lines = with_subheads(lines, random)
        if bare or random.random() < chances.made_list:
            lines = self._with_list(lines, random)
        if random.random() < chances.next_articles:
            lines = _put_below(lines, next_articles(self._sources, random), NEXT, random)
        if chances.comments and random.random() < chances.comments:  # HTML draws as it drew before there were comments
            lines = _put_below(lines, comments(self._sources, random), COMMENTS, random)
        if random.random() < chances.split:
            lines = split(lines, random)
        if random.random() < chances.merge:
            lines = merge(lines, random)
        return lines, bare

    def _alike(self, page: LabelledPage) -> list[LabelledPage]:
        """Give the pages with an article in the language of a page's own."""
        return self._bodies.get(self._languages.get(page.id, ""), [])

    def _transplant(self, page: LabelledPage, random: np.random.Generator) -> LabelledPage:
        """Put the title and body of another page in the same language in the place of the page's own."""
        alike = self._alike(page)
        if not alike:
            return page
        lines, other = page.lines, alike[random.integers(len(alike))]
        own = places(lines, BODY)
        titles = [line for line in other.lines if line.roles == TITLE]
        body = [line for line in other.lines if line.roles == BODY]
        before = [
            replace(titles[0], piece=replace(titles[0].piece, gap=line.piece.gap))
            if line.roles == TITLE and titles
            else line
            for line in lines[: own[0]]
        ]
        return replace(page, lines=(*before, *body, *lines[own[-1] + 1 :]), titles=other.titles)

    def _join(self, page: LabelledPage, random: np.random.Generator) -> LabelledPage:
        """Put the surroundings, or the article, of other pages in the same language in the place of the page's own."""
        alike = self._alike(page)
        chances = (self._chances.other_before, self._chances.other_article, self._chances.other_after)
        others = [bool(alike) and random.random() < chance for chance in chances]
        if not any(others):
            return page
        return join_pages(*(alike[random.integers(len(alike))] if other else page for other in others))

    def _with_list(self, lines: list[LabelledLine], random: np.random.Generator) -> list[LabelledLine]:
        """Put a made list of teasers behind the body, before the page, or between two groups of lines."""
        made = teaser_list(self._sources, random)
        while random.random() < ANOTHER_LIST:
            made += teaser_list(self._sources, random)
        body = places(lines, BODY)
        choice = random.random()
        if body and choice < 0.55:
            place = body[-1] + 1
        elif choice < 0.7:
            place = 0
        elif choice < 0.85:
            place = len(lines)
        else:
            free = [at for at, line in enumerate(lines) if line.piece.gap and not (body and body[0] < at <= body[-1])]
            place = int(random.choice(free)) if free else len(lines)
        rest = lines[place:]
        if rest:
            rest[0] = replace(rest[0], piece=replace(rest[0].piece, gap=bool(random.random() < 0.7)))
        return [*lines[:place], *made, *rest]

    def _gaps(self, lines: list[LabelledLine], random: np.random.Generator) -> list[LabelledLine]:
        chances, choice = self._chances, random.random()
        if choice < chances.no_gaps:
            gaps = [False] * len(lines)
        elif choice < chances.no_gaps + chances.all_gaps:
            gaps = [True] * len(lines)
        elif choice < chances.no_gaps + chances.all_gaps + chances.some_gaps:
            share = random.choice([0.1, 0.3, 0.6])
            gaps = [line.piece.gap and random.random() >= share for line in lines]
        else:
            return lines
        return [replace(line, piece=replace(line.piece, gap=gap)) for line, gap in zip(lines, gaps, strict=True)]


def _put_below(
    lines: list[LabelledLine], made: list[LabelledLine], reach: int, random: np.random.Generator
) -> list[LabelledLine]:
    """Put made lines behind the body, as pages do that go on with the next story or with what readers say.

    Where there is no body they are the last lines.
    """
    body = places(lines, BODY)
    place = body[-1] + 1 + int(random.integers(0, reach)) if body else len(lines)
    while place < len(lines) and lines[place].begins is False and lines[place].roles in _OF_ITEMS:
        place += 1  # an item stays whole
    return [*lines[:place], *made, *lines[place:]]


_OF_ITEMS = frozenset(bits(role) for role in TEASER_ROLES)


def _language(page: LabelledPage) -> str:
    return detect("\n".join(line.piece.text for line in page.lines if line.roles == BODY)).code


def _boxes(page: LabelledPage, lines: list[LabelledLine]) -> tuple[Box, ...]:
    """Give the blocks of a page some of whose lines were left out."""
    if not page.boxes:
        return ()
    kept = {id(line) for line in lines}
    before = np.cumsum([0, *(id(line) in kept for line in page.lines)]).tolist()
    return tuple(Box(box.parent, before[box.first], before[box.stop]) for box in page.boxes)
