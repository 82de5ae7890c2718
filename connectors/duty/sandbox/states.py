"""States as parameters, and moves between them by a table (domain-terms)."""

from collections.abc import Mapping, Sequence
from enum import Enum
from typing import TypeVar

from connectors.sandbox.contracted.lists import Asked
from connectors.sandbox.contracted.problems import forbidden_move, rejected

E = TypeVar("E", bound=Enum)


def states_asked(asked: Asked, name: str, kind: type[E]) -> frozenset[E] | None:
    """Comma-separated values of an enumeration, or not said."""
    if name not in asked.request.query_params:
        return None
    try:
        return frozenset(kind(value) for value in asked.keys(name))
    except ValueError as error:
        raise rejected("INVALID_PARAMETER", f"{name} are of {[each.value for each in kind]}") from error


def must_follow(table: Mapping[E, Sequence[E]], state: E, to: E, *, without: E | None = None) -> None:
    """Refuse (409) a move the table does not have; ``without`` names one that is not open just now."""
    allowed = [each for each in table[state] if each is not without]
    if to not in allowed:
        raise forbidden_move(state.value, to.value, [each.value for each in allowed])
