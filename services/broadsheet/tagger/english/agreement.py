"""What one text says of a name elsewhere helps where it is unsure: the second look at the names of an article.

Every place where the words of a found name stand again is one occurrence of it. Each occurrence is judged by what the model
says of it and by the mean of what it says of the others; and a single word that ends the full name of a person found in the
text by what it says of that person too.
"""

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from broadsheet.tagger.english.spans import GROUPS, Span, Words

OTHERS = 1.0
"""Weight of the other occurrences beside a name's own. On the development texts 0.3, 0.6, 1 and 1.5 gave F1 of 0.762, 0.764,
0.765 and 0.765 (mean of five corpora; 0.759 without)."""

SURE_PERSON = 0.7
"""Probability of a full name from which its last word is a surname elsewhere."""

LONGEST = 12
"""Words of the longest name that is looked for again."""

Form = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Occurrence:
    text: int
    span: Span
    said: NDArray[np.float32]


def agree(
    texts: Sequence[Words], spelled: Sequence[Sequence[str]], found: Sequence[Sequence[Span]]
) -> list[list[Span]]:
    """Judge the names of an article's texts together; give each text's names, in order.

    Args:
        texts: the words of each text.
        spelled: the same words as the texts have them.
        found: the names of each text, as `find_spans` gives them.
    """
    forms = _occurrences(texts, spelled, found)
    surnames = _surnames(forms)
    agreed: list[list[Span]] = [[] for _ in texts]
    for form, occurrences in forms.items():
        total = np.sum([one.said for one in occurrences], axis=0)
        more = surnames.get(form, 0.0)
        for one in occurrences:
            others = (total - one.said) / max(1, len(occurrences) - 1)
            best = int(np.argmax(one.said + OTHERS * (others + more)))
            if best:
                agreed[one.text].append(replace(one.span, group=best - 1))
    return [sorted(spans, key=lambda span: span.first) for spans in agreed]


def _occurrences(
    texts: Sequence[Words], spelled: Sequence[Sequence[str]], found: Sequence[Sequence[Span]]
) -> dict[Form, list[_Occurrence]]:
    """Give every occurrence of every name that was found, by its words in small letters."""
    forms: dict[Form, list[_Occurrence]] = defaultdict(list)
    small = [[word.casefold() for word in words] for words in spelled]
    for number, spans in enumerate(found):
        for span in spans:
            form = tuple(small[number][span.first : span.last])
            forms[form].append(_Occurrence(number, span, _said(texts[number], span)))
    lengths: dict[str, set[int]] = defaultdict(set)
    for form in forms:
        lengths[form[0]].add(len(form))
    for number, words in enumerate(spelled):
        for span in _missed(words, small[number], found[number], forms, lengths):
            form = tuple(small[number][span.first : span.last])
            forms[form].append(_Occurrence(number, span, _said(texts[number], span)))
    return forms


def _missed(
    words: Sequence[str],
    small: Sequence[str],
    found: Sequence[Span],
    forms: Container[Form],
    lengths: Mapping[str, Iterable[int]],
) -> list[Span]:
    """Give where the words of a name stand with a capital and were not found, the longest name first."""
    taken = {place for span in found for place in range(span.first, span.last)}
    missed: list[Span] = []
    for first, word in enumerate(small):
        if first not in taken and word in lengths and words[first][:1].isupper():
            for length in sorted(lengths[word], reverse=True):
                places = range(first, first + length)
                form = tuple(small[first : first + length])
                if len(form) == length <= LONGEST and form in forms and taken.isdisjoint(places):
                    taken.update(places)
                    missed.append(Span(first, first + length, 0))
                    break
    return missed


def _surnames(forms: dict[Form, list[_Occurrence]]) -> dict[Form, NDArray[np.float32]]:
    """Give for each single word that ends the full name of a sure person what is said of these persons, in the mean."""
    person = 1 + GROUPS.index("PERSON")
    bearers: dict[Form, list[NDArray[np.float32]]] = defaultdict(list)
    for form, occurrences in forms.items():
        said = np.mean([one.said for one in occurrences], axis=0)
        if len(form) > 1 and said[person] > np.log(SURE_PERSON):
            bearers[form[-1:]].append(said)
    return {form: np.mean(said, axis=0) for form, said in bearers.items()}


def _said(words: Words, span: Span) -> NDArray[np.float32]:
    """Give the mean logarithms of the probabilities that the words of a span are outside, or a name of each group."""
    scores = words.scores[span.first : span.last]
    names = (scores[0, 1::2] + scores[1:, 2::2].sum(axis=0)) / len(scores)
    return np.concatenate([scores[:, 0].mean(keepdims=True), names])
