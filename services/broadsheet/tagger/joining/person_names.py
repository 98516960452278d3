"""When two names of persons can mean one person.

"Zelensky" for "Volodymyr Zelensky", "van der Leyen" for "Ursula van der Leyen", "Sisi" for "Abdel Fattah al-Sisi": the end
"Joe Biden" for "Joseph R. Biden Jr.", "J. K. Rowling" for "Joanne Rowling": first and last word, initials, diminutives
"Julia" for "Julia Child", "Xi" for "Xi Jinping": the first word
"Abello" for "Jose Abello Silva": a word between, where no name ends or begins in it
"JFK" for "John F. Kennedy": initials
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache

from nicknames import NickNamer

from broadsheet.tagger.joining.folding import folded_words
from broadsheet.tagger.joining.forms import CONTRARY, FULL, NOTHING, PART, SAME, WEAK, Form
from broadsheet.tagger.joining.surfaces import name_in
from broadsheet.tagger.joining.titles import KIN, SUFFIXES, without_titles

_ARTICLES = frozenset({"al", "el"})
"""The Arabic article: transliterations differ in it, and news leaves it out of a bare surname."""

_INITIALS = range(2, 4)
"""Letters of a person known by initials."""


@lru_cache(maxsize=1)
def _nicknames() -> NickNamer:
    return NickNamer()


@lru_cache(maxsize=4096)
def _is_one_given_name(one: str, other: str) -> bool:
    known = _nicknames()
    return other in known.nicknames_of(one) or one in known.nicknames_of(other)


class PersonGrammar:
    """How persons are named."""

    is_introduced = False

    def form(self, surface: str, gender: str) -> Form:
        """Take a person's name apart, without titles and suffixes."""
        name, own_gender = without_titles(name_in(surface))
        words = folded_words(name)
        kin = ""
        while len(words) > 1 and words[-1] in SUFFIXES:
            kin = words[-1] if words[-1] in KIN else kin
            words = words[:-1]
        bare = tuple(word for word in words if word not in _ARTICLES) or words
        letters = bare[0] if len(bare) == 1 and len(bare[0]) in _INITIALS and name.isupper() else ""
        return Form(bare, kin, own_gender or gender, letters)

    def offers(self, name: Form) -> Iterator[str]:
        """Give its words, and its initials."""
        if len(name.words) == 1:
            yield f"={name.words[0]}"
            return
        yield from dict.fromkeys(name.words)
        yield f"initials {_initials(name)}"

    def asks(self, form: Form) -> Iterable[str]:
        """Give its last word, and itself as initials."""
        keys = [f"={form.words[0]}", form.words[0]] if len(form.words) == 1 else [form.words[-1], form.words[0]]
        return [*keys, f"initials {form.letters}"] if form.letters else keys

    def strength(self, form: Form, name: Form) -> int:
        """Tell how surely the form means the person of the name; two kinships or genders are two persons."""
        if _differ(form.gender, name.gender) or _differ(form.kin, name.kin):
            return CONTRARY
        if form.words == name.words:
            return SAME if len(form.words) > 1 else FULL
        if len(form.words) == 1:
            return _of_one(form, name)
        if len(name.words) == 1:
            return NOTHING
        short, full = sorted((form.words, name.words), key=len)
        return FULL if _of_several(short, full) else CONTRARY


def _differ(one: str, other: str) -> bool:
    return bool(one and other and one != other)


def _initials(name: Form) -> str:
    return "".join(word[0] for word in name.words)


def _of_one(form: Form, name: Form) -> int:
    (word,) = form.words
    if word == name.words[-1] or (form.letters and form.letters == _initials(name)):
        return FULL
    if word == name.words[0]:
        return PART
    return WEAK if word in name.words and len(word) > 1 else NOTHING


def _of_several(short: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """Tell whether the shorter name's words stand in the fuller one in order: its end, or from its first word on."""
    if full[-len(short) :] == short:
        return True
    if not _is_given(short[0], full[0]) or (short[-1] != full[-1] and len(short) + 1 < len(full)):
        return False
    if len(short) > 2 and len(full) > 2 and not _is_word(short[1], full[1]):  # noqa: PLR2004 - both have a middle name
        return False
    rest = iter(full[1:])
    return all(any(_is_word(word, other) for other in rest) for word in short[1:])


def _is_word(one: str, other: str) -> bool:
    """Tell whether two words are one, or one is the initial of the other."""
    return one == other or (min(len(one), len(other)) == 1 and one[0] == other[0])


def _is_given(one: str, other: str) -> bool:
    return _is_word(one, other) or _is_one_given_name(one, other)
