"""Joining the forms of a page into clusters, each of which means one thing.

Forms are placed from the fullest to the barest. One joins the cluster that it means most surely; where several are as
likely, each of its mentions is decided by itself (`settle`). The cost grows with the number of mentions alone: a form is
compared with no more than `CROWD` clusters, and with `NAMES` names of each.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from broadsheet.tagger.joining.forms import CONTRARY, NOTHING, PART, SAME, Form, Grammar

CROWD = 32
"""Clusters that one key may lead to. More bear one word on no news page; such a word then tells nothing."""

NAMES = 8
"""Names of a cluster that a form is compared with."""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A form at a place: an index into the mentions, the part of the page, and whether it is the title."""

    form: Form
    index: int
    part: str
    in_title: bool = False


@dataclass(slots=True)
class Cluster:
    """What means one thing: its names, fullest first, and how often it is named by them."""

    names: list[Form] = field(default_factory=list)
    gender: str = ""
    in_article: bool = True
    uses: int = 0
    members: list[int] = field(default_factory=list)


class Clusters:
    """The clusters of one type on one page: first the article's, then what teasers add to them."""

    def __init__(self, grammar: Grammar) -> None:
        self._grammar = grammar
        self._introduced: dict[Form, Form] = {}
        self._places: dict[Form, tuple[Cluster, ...]] = {}
        self._first: dict[Form, int] = {}
        self._first_in_text: dict[Form, int] = {}
        self._keys: dict[str, list[Cluster]] = defaultdict(list)
        self.all: list[Cluster] = []

    def add(self, occurrences: Sequence[Occurrence], introduced: Mapping[Form, Form], *, in_article: bool) -> None:
        """Place occurrences: every one becomes a member of one cluster.

        What the article named before stays as it is, so teasers are added after it.

        Args:
            occurrences: in order of the text.
            introduced: acronyms with the names that they stand behind in brackets.
            in_article: whether all stand in the article.
        """
        self._introduced = {**introduced, **self._introduced}
        known = len(self.all)
        for occurrence in occurrences:
            self._first.setdefault(occurrence.form, occurrence.index)
            if in_article and not occurrence.in_title:
                self._first_in_text.setdefault(occurrence.form, occurrence.index)
        uses = Counter(occurrence.form for occurrence in occurrences)
        new = [form for form in uses if form not in self._places]
        for form in sorted(new, key=lambda form: (*(-size for size in form.fullness), -uses[form], self._first[form])):
            self._place(form, uses[form])
        for cluster in self.all[known:]:
            cluster.in_article = in_article
        self._settle(occurrences)

    def _place(self, form: Form, uses: int) -> None:
        fits = self._fits(form)
        if not fits:
            fits = (Cluster(),)
            self.all.append(fits[0])
        if len(fits) == 1:
            self._join(form, fits[0], uses)
        self._places[form] = fits

    def _join(self, form: Form, cluster: Cluster, uses: int) -> None:
        cluster.gender = cluster.gender or form.gender
        cluster.uses += uses
        if len(cluster.names) < NAMES:
            cluster.names.append(form)
            for key in dict.fromkeys(self._grammar.offers(form)):
                reached = self._keys[key]
                if len(reached) <= CROWD and not any(other is cluster for other in reached):
                    reached.append(cluster)

    def _fits(self, form: Form) -> tuple[Cluster, ...]:
        """Give the clusters that a form means as surely as any."""
        if (named := self._introduced.get(form)) in self._places and named is not None:
            return self._places[named]
        found = {id(cluster): cluster for cluster in self._reached(form)}
        strengths = {key: self._strength(form, cluster) for key, cluster in found.items()}
        best = max(strengths.values(), default=NOTHING)
        return tuple(found[key] for key, strength in strengths.items() if strength == best > NOTHING)

    def _reached(self, form: Form) -> Iterable[Cluster]:
        for key in self._grammar.asks(form):
            reached = self._keys.get(key, ())
            if len(reached) <= CROWD:
                yield from reached

    def _strength(self, form: Form, cluster: Cluster) -> int:
        if form.gender and cluster.gender and form.gender != cluster.gender:
            return CONTRARY
        strengths = [self._strength_for(form, name) for name in cluster.names]
        return CONTRARY if CONTRARY in strengths and SAME not in strengths else max(strengths)

    def _strength_for(self, form: Form, name: Form) -> int:
        strength = self._grammar.strength(form, name)
        early = self._first_in_text.get(form, self._first[name]) < self._first[name]
        return NOTHING if strength == PART and early and self._grammar.is_introduced else strength

    def _settle(self, occurrences: Sequence[Occurrence]) -> None:
        """Give every occurrence its cluster.

        Of several, one that its part names surely goes first, then one of the article, then the one named most by fuller
        forms, then the one named last before.
        """
        certain = {(one.part, id(self._places[one.form][0])) for one in occurrences if len(self._places[one.form]) == 1}
        seen: dict[int, int] = {}
        for place, one in enumerate(occurrences):
            likelihood = {
                (((one.part, id(fit)) in certain), fit.in_article, fit.uses, seen.get(id(fit), -1), -rank): fit
                for rank, fit in enumerate(self._places[one.form])
            }
            cluster = likelihood[max(likelihood)]
            seen[id(cluster)] = place
            cluster.members.append(one.index)
