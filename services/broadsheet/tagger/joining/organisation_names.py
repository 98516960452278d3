"""When two names of organisations can mean one.

"Acme Corp." for "Acme Corporation": legal forms count for nothing
"Acme" for "Acme International Holdings", "Guard" for "Texas Air National Guard": the beginning or the end of a longer
name, not after a preposition ("America" is not "Bank of America") and no place ("Texas" is not "Texas Instruments")
"EU" for "European Union": the initials, with or without the small words
"""

from collections.abc import Iterable, Iterator

from broadsheet.tagger.joining.folding import fold, folded_words, listed
from broadsheet.tagger.joining.forms import FULL, NOTHING, PART, SAME, Form
from broadsheet.tagger.joining.surfaces import name_in, without_article
from broadsheet.tagger.places.countries import country_of
from broadsheet.tagger.places.place_kinds import place_kind

LEGAL = listed(
    """
    inc incorporated corp corporation co company companies cos ltd limited llc llp lp plc gmbh ag kg sa sas nv bv ab
    as asa oy oyj spa srl pty pte kk se
    """
)
"""Legal forms at the end of a company's name; of each country's, those that news prints."""

SMALL = listed(
    """
    of the and for in on at to de la du des der die das und et y e a an from with
    """
)
"""Words that acronyms may leave out."""

LONGEST = 12
"""Words of a name within which shorter forms are sought; longer spans are no names."""

ACRONYM = range(2, 9)
"""Letters of an acronym."""


class OrganisationGrammar:
    """How organisations are named, and events, which have years and numbers where those have legal forms."""

    is_introduced = True

    def form(self, surface: str, gender: str) -> Form:  # noqa: ARG002 - of persons alone
        """Take a name apart, without its article and its legal forms."""
        name = without_article(name_in(surface))
        words = folded_words(name)
        while len(words) > 1 and words[-1] in LEGAL | {"and"}:
            words = words[:-1]
        return Form(words, letters=acronym(name))

    def offers(self, name: Form) -> Iterator[str]:
        """Give its beginnings, its ends and its initials."""
        words = name.words[:LONGEST]
        yield " ".join(words)
        for length in range(1, len(words)):
            yield " ".join(words[:length])
            if words[-length - 1] not in SMALL:
                yield " ".join(words[-length:])
        yield from (f"initials {letters}" for letters in initials(words))

    def asks(self, form: Form) -> Iterable[str]:
        """Give itself, and itself as initials; a place's name is no short form."""
        keys = [f"initials {form.letters}"] if form.letters else []
        return keys if place_kind(" ".join(form.words)) else [*keys, " ".join(form.words)]

    def strength(self, form: Form, name: Form) -> int:
        """Tell how surely the form means the organisation of the name."""
        if form.words == name.words:
            return SAME
        if form.letters and form.letters in initials(name.words):
            return FULL
        size = len(form.words)
        if size < len(name.words) and form.words == name.words[-size:]:
            return FULL if country_of(" ".join(name.words[:-size])) else PART
        return PART if form.words == name.words[:size] else NOTHING


def acronym(name: str) -> str:
    """Give the letters of a name that looks like an acronym ("EU", "U.N.", "NATO"), else nothing."""
    folded = fold(name)
    return folded if folded.isalpha() and len(folded) in ACRONYM and name.isupper() else ""


def initials(words: tuple[str, ...]) -> tuple[str, ...]:
    """Give the initials of a name of several words: of all, and of all but the small ones."""
    if len(words) < ACRONYM.start:
        return ()
    return tuple(
        dict.fromkeys(("".join(word[0] for word in words), "".join(word[0] for word in words if word not in SMALL)))
    )
