"""The corpora as pages whose lines say which roles they may have.

Few lines are labelled with one role. A line of a page whose teasers nobody marked is "something else than title and
body"; it teaches that much and no more. So every line carries a set of roles, as bits, and the loss is the probability
of the set.
"""

import gzip
import json
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from broadsheet.segmenter.address import address_words
from broadsheet.segmenter.boxes import Box
from broadsheet.segmenter.lines import Piece
from broadsheet.segmenter.roles import TEASER_ROLES, Role
from broadsheet.segmenter.segment import read_page

TRAINED_ON = (
    "scrapinghub",
    "fundus_eval",
    "andythefactory",
    "fundus_parsers",
    "wcxb_article",
    "kreuzer_news_frontpages",
)
"""The corpora of `segmentation/train`; all may be trained on and a model so trained may be shipped."""

MEASURED_ON = ("l3s_gn1", "msv_big9", "msv_chaos", "dragnet", "cleanportaleval")
"""The corpora of `segmentation/eval`: for measuring alone."""

FEW_LABELS = 3
"""A page whose gold misses so many long paragraphs is left out, as the scores leave it out."""

ANNOTATIONS = Path(__file__).parent / "annotations" / "teasers.jsonl"
"""Teasers of further pages, by line number: read for this project by a language model after the corpora's own guide."""

ALL = (1 << len(Role)) - 1


def bits(*roles: Role) -> int:
    """Give a set of roles as bits."""
    return sum(1 << role for role in roles)


TITLE, BODY = bits(Role.TITLE), bits(Role.BODY)
NOT_ARTICLE = ALL & ~(TITLE | BODY)
BY_LABEL = {
    "title": TITLE,
    "body": BODY,
    "comment": bits(Role.COMMENT),
    "teaser": bits(*TEASER_ROLES),
    "other": bits(Role.OTHER, Role.HEADER),
    "other_or_teaser": NOT_ARTICLE,
}
"""The roles that a line may have by its label in the corpora."""

_BY_FIELDS = {
    frozenset({"kicker", "date"}): Role.KICKER_DATE,
    frozenset({"byline", "date"}): Role.BYLINE_DATE,
    frozenset({"kicker", "byline"}): Role.KICKER_BYLINE,
    frozenset({"kicker", "byline", "date"}): Role.BYLINE_DATE,
}


@dataclass(frozen=True, slots=True)
class LabelledLine:
    """A line and what is known of it.

    Attributes:
        piece: its text, gap and markup.
        roles: the roles that it may have, as bits.
        begins: whether it begins a teaser; None when nobody said.
    """

    piece: Piece
    roles: int
    begins: bool | None = None


@dataclass(frozen=True, slots=True)
class LabelledPage:
    """A page and what is known of it.

    Attributes:
        id: its id in its corpus.
        corpus: the corpus.
        domain: its site.
        lines: its lines.
        boxes: its blocks; empty for plain text.
        titles: what its head calls it; of plain text what its address says, then what the corpus says that its head called it.
        marked: whether its teasers were marked.
        untitled: whether it is known to show no title.
        gold: the row of the corpus, without its HTML.
    """

    id: str
    corpus: str
    domain: str
    lines: tuple[LabelledLine, ...]
    boxes: Sequence[Box] = ()
    titles: tuple[str, ...] = ()
    marked: bool = False
    untitled: bool = False
    gold: Mapping[str, Any] = field(default_factory=dict)


def read_rows(path: Path) -> Iterator[dict[str, Any]]:
    """Give the rows of a JSONL file, packed by gzip or not."""
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as rows:
        for row in rows:
            yield json.loads(row)


def read_annotations(corpora: Path, own: Path = ANNOTATIONS) -> dict[tuple[str, str], dict[str, Any]]:
    """Give what was marked of each page's teasers, by corpus and id; pages for measuring alone are left out."""
    rows = [*read_rows(corpora / "teasers" / "train.jsonl.gz"), *read_rows(own)]
    return {(row["corpus"], row["id"]): row for row in rows if row["corpus"] not in MEASURED_ON}


def read_pages(corpora: Path) -> tuple[list[LabelledPage], list[LabelledPage]]:
    """Give the pages to train on, as plain text and, those whose HTML is there, as HTML.

    Corpora that are not in the folder are passed over; pages with few labels and pages without a line are left out.
    """
    marks = read_annotations(corpora)
    text, html = list[LabelledPage](), list[LabelledPage]()
    for path in (corpora / "segmentation" / "train" / f"{name}.jsonl.gz" for name in TRAINED_ON):
        for row in read_rows(path) if path.exists() else ():
            if (row.get("unlabelled_long_in_body") or 0) >= FEW_LABELS:
                continue
            page = text_page(row, marks.get((row["corpus"], row["id"])))
            text.append(page)
            if row.get("html"):
                html.append(html_page(page, row["html"]))
    return [page for page in text if page.lines], [page for page in html if page.lines]


def text_page(row: dict[str, Any], marks: Mapping[str, Any] | None = None) -> LabelledPage:
    """Give a page of a corpus as its plain-text dump has it."""
    roles = [BY_LABEL[line["label"]] for line in row["lines"]]
    begins: list[bool | None] = [None] * len(roles)
    if marks is not None:
        _mark(roles, begins, marks, [line["label"] for line in row["lines"]])
    lines = tuple(
        LabelledLine(Piece(line["text"], bool(line.get("blank_before"))), role, begin)
        for line, role, begin in zip(row["lines"], roles, begins, strict=True)
        if line["text"].strip()
    )
    return LabelledPage(
        id=row["id"],
        corpus=row["corpus"],
        domain=row.get("domain") or row["id"],
        lines=lines,
        titles=tuple(filter(None, (address_words(row.get("url")), row.get("meta_title")))),
        marked=marks is not None,
        gold={key: value for key, value in row.items() if key not in {"lines", "text", "html"}},
    )


def _mark(roles: list[int], begins: list[bool | None], marks: Mapping[str, Any], labels: list[str]) -> None:
    """Narrow the roles of a page's lines by what was marked on it."""
    for place, label in enumerate(labels):
        if label not in {"title", "body", "comment"}:
            roles[place] = bits(Role.OTHER, Role.COMMENT) if "gold_body" in marks else bits(Role.OTHER)
            begins[place] = False
    for place in marks["headers"]:
        roles[place] = bits(Role.HEADER)
    for place in marks.get("comments", ()):
        roles[place] = bits(Role.COMMENT)
    for place in (*marks.get("missing", ()), *marks.get("wrong", ())):
        roles[place] = ALL & ~TITLE
    for place in marks["ambiguous"]:
        roles[place], begins[place] = NOT_ARTICLE, None
    for item in marks["teasers"]:
        for place, role in _item_roles(item).items():
            roles[place], begins[place] = bits(role), False
        begins[min(_item_roles(item))] = True


def _item_roles(item: Mapping[str, Any]) -> dict[int, Role]:
    """Give the role of each line of a marked teaser."""
    fields: dict[int, set[str]] = {}
    for name, places in item.items():
        for place in places if isinstance(places, list) else ():
            fields.setdefault(place, set()).add(name)
    return {place: _role(names) for place, names in fields.items()}


def _role(names: set[str]) -> Role:
    for name in ("headline", "summary"):
        if name in names:
            return Role[name.upper()]
    labels = frozenset(names - {"meta"})
    return _BY_FIELDS.get(labels) or Role[next(iter(labels or {"meta"})).upper()]


def html_page(page: LabelledPage, html: str) -> LabelledPage:
    """Give a page as its HTML has it: our own lines, labelled after the corpus's lines that they are the same as."""
    read, facts = read_page(html)
    known = [line.piece.text for line in page.lines]
    lines = [LabelledLine(Piece(line.text, line.gap, line.markup), ALL) for line in read.lines]
    matcher = SequenceMatcher(None, known, [line.text for line in read.lines], autojunk=False)
    for gold, own, size in matcher.get_matching_blocks():
        for step in range(size):
            label = page.lines[gold + step]
            lines[own + step] = replace(lines[own + step], roles=label.roles, begins=label.begins)
    return replace(page, lines=tuple(lines), boxes=read.boxes, titles=facts.titles)


def is_development(domain: str, share: float = 0.25) -> bool:
    """Tell whether a site's pages are kept apart for development: a fixed choice by the site's name (CRC-32)."""
    return zlib.crc32(domain.encode()) / 2**32 < share
