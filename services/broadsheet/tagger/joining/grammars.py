"""The grammar by which each type's names are joined."""

from collections.abc import Mapping

from broadsheet.tagger.joining.forms import Grammar
from broadsheet.tagger.joining.organisation_names import OrganisationGrammar
from broadsheet.tagger.joining.other_names import EventGrammar, NameGrammar, PeopleGrammar, PlaceGrammar
from broadsheet.tagger.joining.person_names import PersonGrammar
from broadsheet_schemas import EntityType


def grammars(language: str) -> Mapping[EntityType, Grammar]:
    """Give the grammars of the types that have names, for a page in a language (ISO 639-1)."""
    return {
        "PERSON": PersonGrammar(),
        "ORG": OrganisationGrammar(),
        "GPE": PlaceGrammar(language),
        "LOC": NameGrammar(),
        "FAC": NameGrammar(),
        "NORP": PeopleGrammar(),
        "EVENT": EventGrammar(),
    }
