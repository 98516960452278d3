"""Full text: the query that finds typed terms in title and body, or in the teasers. Pure."""

from collections.abc import Collection, Sequence
from typing import Any

from broadsheet.indexer.documents import Part
from broadsheet.indexer.highlights import TEASERS_SHOWN, highlight
from broadsheet.indexer.terms import Terms

Query = dict[str, Any]

TITLE_WEIGHT = 3
"""A word in the title counts as much as three in the body: the title says what the article is about."""

MATCH = "2<75%"
"""One or two words must all match; of more, three in four, so that a long question still finds its page."""

EVERY = "*"
"""Stands for all languages."""

TYPO = {"fuzziness": "AUTO", "prefix_length": 1, "max_expansions": 50}
"""One slip in words of 3 to 5 letters, two in longer ones, none in the first letter: what OpenSearch advises, and quick."""

BODY_FIELDS = (f"title.*^{TITLE_WEIGHT}", "body.*")
TEASER_TEXTS = ("teasers.headline.*", "teasers.summary.*", "teasers.kicker", "teasers.byline")
TEASER_FIELDS = (f"teasers.headline.*^{TITLE_WEIGHT}", *TEASER_TEXTS[1:])
FIELDS: dict[Part, tuple[str, ...]] = {"body": BODY_FIELDS, "teasers": TEASER_FIELDS}


def text_query(part: Part, terms: Terms, languages: Sequence[str], loose: Collection[str] = ()) -> Query:
    """Find terms in a part of the page; in the teasers, all in one teaser, which the hit then shows.

    Args:
        part: where.
        terms: what; all must be found, of plain words as many as `MATCH` says.
        languages: the fields of `languages.ANALYZERS` to search.
        loose: those of the words whose near spellings are found too.
    """
    found = {"bool": {"must": _clauses(FIELDS[part], terms, languages, loose)}}
    if part == "body":
        return {"bool": {**found["bool"], "_name": "body:query"}}
    return in_teasers(found, hits="found")


def word_query(word: str, languages: Sequence[str]) -> Query:
    """Find every page with a word, in whatever part."""
    body = _words(word, _each(BODY_FIELDS, languages))
    teasers = _words(word, _each(TEASER_FIELDS, languages))
    return {"bool": {"should": [body, {"nested": {"path": "teasers", "query": teasers}}]}}


def in_teasers(query: Query, *, hits: str) -> Query:
    """Find pages with a teaser that matches, and give the best of these teasers as the inner hits `hits`."""
    inner = {"name": hits, "size": TEASERS_SHOWN, "highlight": highlight(TEASER_TEXTS)}
    nested = {"path": "teasers", "query": query, "score_mode": "max", "inner_hits": inner, "_name": f"teasers:{hits}"}
    return {"nested": nested}


def _clauses(patterns: Sequence[str], terms: Terms, languages: Sequence[str], loose: Collection[str]) -> list[Query]:
    every, written = _each(patterns, languages), _as_written(patterns, languages)
    near = [word for word in terms.words if word in loose]
    words = " ".join(word for word in terms.words if word not in loose)
    clauses = [_multi(phrase, written, type="phrase") for phrase in terms.phrases]
    clauses += [_multi(prefix, written, type="bool_prefix", operator="and") for prefix in terms.prefixes]
    clauses += [_multi(word, written, **TYPO) for word in near]
    # Without any clause a query finds everything; with an empty one, nothing.
    return clauses if clauses and not words else [_words(words, every), *clauses]


def _words(words: str, fields: Sequence[str]) -> Query:
    """Match words wherever they stand among the fields, as written or by the stems of each language."""
    return _multi(words, fields, type="cross_fields", minimum_should_match=MATCH)


def _multi(query: str, fields: Sequence[str], **options: Any) -> Query:
    return {"multi_match": {"query": query, "fields": list(fields), **options}}


def _each(patterns: Sequence[str], languages: Sequence[str]) -> list[str]:
    """Put each language in the place of the star, with all that its field holds: `body.en*` is stems and as written."""
    return [field for pattern in patterns for field in _named(pattern, [_whole(code) for code in languages])]


def _as_written(patterns: Sequence[str], languages: Sequence[str]) -> list[str]:
    return [field for pattern in patterns for field in _named(pattern, [f"{code}.plain" for code in languages])]


def _whole(code: str) -> str:
    return code if code == EVERY else f"{code}*"


def _named(pattern: str, names: Sequence[str]) -> list[str]:
    return [pattern.replace("*", name) for name in names] if "*" in pattern else [pattern]
