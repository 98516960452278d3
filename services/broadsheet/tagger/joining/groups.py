"""Which mentions of a page mean one thing.

The article is joined by itself. Teasers come after it: their names may join something that the article or another teaser
names, and change nothing of what the article's mentions mean.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from broadsheet.tagger.joining.clusters import Clusters, Occurrence
from broadsheet.tagger.joining.entity_names import surface_id, value_id
from broadsheet.tagger.joining.forms import Form, Grammar
from broadsheet.tagger.joining.grammars import grammars
from broadsheet.tagger.joining.introductions import introductions
from broadsheet.tagger.joining.titles import gender_before
from broadsheet.tagger.named import Named
from broadsheet_schemas import EntityType

ARTICLE = "article"
"""Title and body, to the rules one part."""


def groups_of(mentions: Sequence[Named], text: str, language: str) -> Iterator[list[int]]:
    """Give the groups of mentions that mean one thing, as indices in order; every mention is in one group.

    Args:
        mentions: the mentions of a page in order of the text, those of one name of one type.
        text: the page's text.
        language: ISO 639-1 code of the page.
    """
    known = grammars(language)
    by_type: dict[EntityType, list[int]] = defaultdict(list)
    for index, one in enumerate(mentions):
        by_type[one.type].append(index)
    for kind, indices in by_type.items():
        if kind in known:
            yield from _by_name(mentions, indices, text, known[kind])
        else:
            yield from _by_value(mentions, indices, text)


def _by_name(mentions: Sequence[Named], indices: Sequence[int], text: str, grammar: Grammar) -> Iterator[list[int]]:
    clusters = Clusters(grammar)
    article = [index for index in indices if mentions[index].in_article]
    teasers = [index for index in indices if not mentions[index].in_article]
    for part, in_article in ((article, True), (teasers, False)):
        occurrences = [_occurrence(mentions[index], index, text, grammar) for index in part]
        clusters.add(occurrences, _introduced(mentions, occurrences, text), in_article=in_article)
    for cluster in clusters.all:
        if cluster.members:
            yield sorted(cluster.members)


def _occurrence(one: Named, index: int, text: str, grammar: Grammar) -> Occurrence:
    form = grammar.form(text[one.start : one.end], gender_before(text, one.start) if one.type == "PERSON" else "")
    return Occurrence(form, index, ARTICLE if one.in_article else one.part, one.part == "title")


def _introduced(mentions: Sequence[Named], occurrences: Sequence[Occurrence], text: str) -> Mapping[Form, Form]:
    """Give the acronyms that are introduced, each with the first name that it stands for."""
    found = [mentions[occurrence.index] for occurrence in occurrences]
    pairs = {
        occurrences[short].form: occurrences[name].form for short, name in reversed(list(introductions(found, text)))
    }
    return {short: name for short, name in pairs.items() if short.fullness < name.fullness}


def _by_value(mentions: Sequence[Named], indices: Sequence[int], text: str) -> Iterator[list[int]]:
    """Join what comes to the same value, else what is written the same."""
    groups: dict[str, list[int]] = defaultdict(list)
    for index in indices:
        one = mentions[index]
        wanted = value_id(one.value) if one.value else None
        groups[wanted or surface_id(one.type, text[one.start : one.end])].append(index)
    yield from groups.values()
