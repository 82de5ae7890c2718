"""Which place a filter or an owner's list means; knows no type that shows a place."""

from collections.abc import Callable, Mapping
from typing import Any, Protocol, TypeVar

from msgspec import structs

from connectors.refusals import RefusedError
from connectors.regions import REGIONS, lies_in


class OfAPlace(Protocol):
    """A query that may be bound to a place."""

    @property
    def region_key(self) -> str | None:
        """The place's code; None: any."""


Q = TypeVar("Q", bound=OfAPlace)


def known_region(code: str | None) -> str | None:
    """The code a filter names. Raises ``RefusedError`` (BAD_INPUT) for a code that is no place."""
    if code is not None and code not in REGIONS:
        raise RefusedError("BAD_INPUT", field="regionCode")
    return code


def within(query_of: Callable[[Mapping[str, Any]], Q]) -> Callable[[Any, Mapping[str, Any]], Q]:
    """The owner of a place's list: the query its arguments mean, of that place.

    A filter may name a part of the place; another place is BAD_INPUT.
    """

    def owner(parent: Any, arguments: Mapping[str, Any]) -> Q:
        query = query_of(arguments)
        if query.region_key is None:
            whole: Any = query
            chosen: Q = structs.replace(whole, region_key=parent.key)
            return chosen
        if not lies_in(query.region_key, parent.key):
            raise RefusedError("BAD_INPUT", field="regionCode")
        return query

    return owner
