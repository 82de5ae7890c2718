"""A calendar year as an argument: what can be none is refused before a platform is asked."""

from typing import TypeVar

from connectors.refusals import RefusedError

_FIRST, _LAST = 1949, 2999
Y = TypeVar("Y", int, int | None)


def known_year(year: Y) -> Y:
    """The year. Raises ``RefusedError`` (BAD_INPUT) for a number that is none."""
    if year is not None and not _FIRST <= year <= _LAST:
        raise RefusedError("BAD_INPUT", field="year")
    return year
