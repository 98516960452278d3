"""When two names of places, buildings, peoples or events can mean one."""

import re
from collections.abc import Iterable, Iterator

from broadsheet.tagger.joining.folding import folded_words, singular
from broadsheet.tagger.joining.forms import NOTHING, SAME, Form
from broadsheet.tagger.joining.surfaces import name_in, without_article
from broadsheet.tagger.places.countries import GEORGIA, country_of
from broadsheet.tagger.places.states import state_of

_SHORT = {"st": "saint", "mt": "mount", "ft": "fort", "mtn": "mountain"}
_YEAR = re.compile(r"^(?:1[89]|20)\d\d$")


class NameGrammar:
    """Names that are one when they are written alike: buildings, mountains, seas."""

    is_introduced = False

    def form(self, surface: str, gender: str) -> Form:  # noqa: ARG002 - of persons alone
        """Take a name apart, without its article; "St." is "Saint"."""
        words = folded_words(without_article(name_in(surface)))
        return Form(tuple(_SHORT.get(word, word) for word in words) if len(words) > 1 else words)

    def offers(self, name: Form) -> Iterator[str]:
        """Give itself."""
        yield " ".join(name.words)

    def asks(self, form: Form) -> Iterable[str]:
        """Give itself."""
        return (" ".join(form.words),)

    def strength(self, form: Form, name: Form) -> int:
        """Tell whether both are written alike."""
        return SAME if form.words == name.words else NOTHING


class PlaceGrammar(NameGrammar):
    """Countries by what they mean ("U.S.", "United States"), states with their abbreviations, other places by name.

    "Washington" is never the country's government here: "Washington" stays apart, and so does "Moscow". "Georgia" is
    joined by name, as it may be the state.
    """

    def __init__(self, language: str) -> None:
        self._language = language

    def form(self, surface: str, gender: str) -> Form:
        """Take a place's name apart; of "Paris, Texas" the part before the comma."""
        name = without_article(name_in(surface))
        if (country := country_of(name, self._language)) and country != GEORGIA:
            return Form((f"country {country}",))
        head, _, tail = name.partition(",")
        if tail and head and (state_of(tail) or country_of(tail, self._language)):
            name = head
        state = state_of(name)
        return Form(folded_words(state)) if state else super().form(name, gender)


class PeopleGrammar(NameGrammar):
    """Peoples, parties and faiths: "Republicans" are "Republican"."""

    def form(self, surface: str, gender: str) -> Form:
        """Take a people's name apart, in the singular."""
        words = super().form(surface, gender).words
        return Form((*words[:-1], singular(words[-1])))


class EventGrammar(NameGrammar):
    """Events: "2018 World Cup" and "World Cup" are one where no other year is named."""

    def form(self, surface: str, gender: str) -> Form:
        """Take an event's name apart; the year is kept as `kin`, which two events of one name differ in."""
        words = super().form(surface, gender).words
        names = tuple(word for word in words if not _YEAR.match(word))
        years = [word for word in words if _YEAR.match(word)]
        return Form(names, kin=years[0]) if names and years else Form(words)

    def strength(self, form: Form, name: Form) -> int:
        """Tell whether both are the same event; two years are two events."""
        if form.kin and name.kin and form.kin != name.kin:
            return NOTHING
        return super().strength(form, name)
