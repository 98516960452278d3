"""Every model of the contracts, events and their parts."""

from collections.abc import Iterator

import broadsheet_schemas
from broadsheet_schemas.spans import Contract


def models() -> list[type[Contract]]:
    """Give every model that the package exports, and the models those are made of, by name."""
    exported = (getattr(broadsheet_schemas, name) for name in broadsheet_schemas.__all__)
    return sorted({model for model in exported if _is_model(model)}, key=lambda model: model.__name__)


def subclasses(model: type[Contract] = Contract) -> Iterator[type[Contract]]:
    for subclass in model.__subclasses__():
        yield subclass
        yield from subclasses(subclass)


def _is_model(value: object) -> bool:
    return isinstance(value, type) and issubclass(value, Contract) and value is not Contract
