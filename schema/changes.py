"""What differs between two schemas, and whom it would hurt."""

import enum
import re
from collections.abc import Iterator
from dataclasses import dataclass

from graphql import GraphQLSchema
from graphql.utilities import find_schema_changes
from graphql.utilities.find_schema_changes import BreakingChange, DangerousChange

_COORDINATE = re.compile(r"@\w+(?:\(\w+:\))?|\b\w+\.\w+(?:\(\w+:\))?")
_WHOLE_TYPE = (re.compile(r"(?:union type|Standard scalar) (\w+)"), re.compile(r"^(\w+)"))
_WORDS_ONLY = "Description of "


class Weight(enum.StrEnum):
    """How much a change matters to those who call."""

    BREAKING = "breaking"
    """What was valid is refused, or answers what callers did not reckon with."""
    DANGEROUS = "dangerous"
    """Valid as before; a program that knows all values, or a default, may be surprised."""
    SAFE = "safe"


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. ``coordinate`` names its place (``Studio.address``), as the changelog has to."""

    weight: Weight
    coordinate: str
    words: str

    @property
    def places(self) -> tuple[str, ...]:
        """What of a document is touched by it: of an argument its field too, which may need it from now on."""
        field, bracket, _ = self.coordinate.partition("(")
        return (self.coordinate, field) if bracket else (self.coordinate,)


def changes_between(old: GraphQLSchema, new: GraphQLSchema) -> list[Change]:
    """Every difference but those of descriptions, the worst first."""
    return sorted(_changes(old, new), key=lambda change: [*Weight].index(change.weight))


def _changes(old: GraphQLSchema, new: GraphQLSchema) -> Iterator[Change]:
    for found in find_schema_changes(old, new):
        if found.description.startswith(_WORDS_ONLY):
            continue
        weight = Weight.SAFE
        if isinstance(found, BreakingChange):
            weight = Weight.BREAKING
        elif isinstance(found, DangerousChange):
            weight = Weight.DANGEROUS
        yield Change(weight, _coordinate_in(found.description), found.description)


def _coordinate_in(words: str) -> str:
    """The place a change is told of: graphql-core hands it out in its words only."""
    named = _COORDINATE.search(words)
    if named:
        return named[0]
    return next((found[1] for pattern in _WHOLE_TYPE if (found := pattern.search(words))), "")
