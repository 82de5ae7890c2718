"""Whether two engines answered the same, as far as the specification leaves them no choice.

Data is the same when it is equal value by value, of the same types and with its keys in the same order. Errors are the
same as multisets, with one freedom ("Handling Execution Errors"): where a null rose to a position above the field that
failed, the fields beside it may have been given up, and one error for that position is enough. There, both must have
at least one.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from graphql import GraphQLError

from connectors.errors import PlatformError

Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Answer:
    """What an engine made of an operation."""

    data: Any
    errors: Sequence[GraphQLError] = ()


@dataclass(frozen=True)
class Told:
    """All of an error that must be the same."""

    message: str
    path: Path
    locations: tuple[tuple[int, int], ...]
    kind: str
    code: str | None

    @classmethod
    def by(cls, error: GraphQLError) -> "Told":
        """What that error tells."""
        original = error.original_error
        # of a platform's failure the log tells how the connection broke, which two refused calls need not share
        failed = isinstance(original, PlatformError)
        return cls(
            f"{original.platform}.{original.operation}" if failed else error.message,
            tuple(error.path or ()),
            tuple((place.line, place.column) for place in error.locations or ()),
            type(original).__name__,
            getattr(original, "code", None) or (error.extensions or {}).get("code"),
        )


def difference(expected: Answer, found: Answer) -> str | None:
    """What differs, in words; None where the answers are the same."""
    where = _unlike(expected.data, found.data, ())
    if where is not None:
        return f"data at {list(where[0])}: expected {where[1]!r}, found {where[2]!r}"
    return _unlike_errors(expected, found)


def gave_up(answer: Answer) -> bool:
    """Whether a null rose, so that errors beside the one that is told may be missing."""
    return bool(_risen(answer.data, map(Told.by, answer.errors)))


def _unlike(expected: Any, found: Any, at: Path) -> tuple[Path, Any, Any] | None:
    """The first place where they differ, and what stands there."""
    here = (at, expected, found)
    if type(expected) is not type(found):
        return here
    if isinstance(expected, dict):
        if list(expected) != list(found):
            return (at, list(expected), list(found))
        steps: Iterable[Any] = expected
    elif isinstance(expected, list):
        if len(expected) != len(found):
            return here
        steps = range(len(expected))
    else:
        nan = expected != expected and found != found  # noqa: PLR0124 - that is how it shows
        return None if expected == found or nan else here
    return next((unlike for step in steps if (unlike := _unlike(expected[step], found[step], (*at, step)))), None)


def _unlike_errors(expected: Answer, found: Answer) -> str | None:
    """Compare the errors, the data being the same."""
    wanted, got = [[Told.by(error) for error in answer.errors] for answer in (expected, found)]
    risen = _risen(expected.data, [*wanted, *got])
    exact = [Counter(told for told in each if not _under(risen, told.path)) for each in (wanted, got)]
    if exact[0] != exact[1]:
        return (
            f"errors: missing {list((exact[0] - exact[1]).elements())}, more {list((exact[1] - exact[0]).elements())}"
        )
    for position in risen:
        told = [[t for t in each if t.path[: len(position)] == position] for each in (wanted, got)]
        if not all(told):
            return f"errors of the null at {list(position)}: expected one of {told[0]}, found {told[1]}"
    return None


def _risen(data: Any, errors: Iterable[Told]) -> set[Path]:
    """Where a null stands because of an error below it."""
    return {
        position for told in errors if (position := _null_on(data, told.path)) != told.path and position is not None
    }


def _null_on(data: Any, path: Path) -> Path | None:
    """The first position on the path where null stands; None where there is none, as with an error about variables."""
    value = data
    for length in range(len(path) + 1):
        if value is None:
            return path[:length]
        if length < len(path):
            try:
                value = value[path[length]]
            except (KeyError, IndexError, TypeError):
                return None
    return None


def _under(positions: set[Path], path: Path) -> bool:
    return any(path[: len(position)] == position for position in positions)
