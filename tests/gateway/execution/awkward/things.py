"""What stands behind the awkward schema: objects, awaitables and failures, all decided by a seed.

A value depends on nothing but the world's seed and the way to it (object, field, arguments), so that every engine,
in whatever order it asks, is told the same.
"""

import asyncio
from collections.abc import AsyncIterator, Generator, Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Any

from graphql import GraphQLError

from connectors.errors import TooSlowError
from connectors.refusals import RefusedError

BEINGS = ("Dog", "Cat", "Robot", "Ghost")


@dataclass
class World:
    """``trouble``: the share of values that are not as they should be; ``lateness``: of those that are awaited."""

    seed: int
    trouble: float
    lateness: float
    log: list[str] = field(default_factory=list)

    def dice(self, key: str) -> Random:
        """Always the same for one key."""
        return Random(f"{self.seed}/{key}")  # noqa: S311 - invented data


class Thing:
    """An object of the graph; ``kind`` is what it says it is."""

    def __init__(self, world: World, kind: str, key: str) -> None:
        self.world = world
        self.kind = kind
        self.key = key

    def __repr__(self) -> str:
        return f"<{self.kind} {self.key}>"


class Later:
    """A value that comes some turns of the loop later, or an error raised then; awaited or not, nothing warns."""

    def __init__(self, value: Any, turns: int) -> None:
        self._value = value
        self._turns = turns

    def __await__(self) -> Generator[Any, None, Any]:
        for _ in range(self._turns):
            yield from asyncio.sleep(0).__await__()
        return reached(self._value)


class Raised:
    """An error that is to be raised where its value is taken."""

    def __init__(self, error: Exception) -> None:
        self.error = error


class Wave:
    """Has no ``aclose``; gives items one by one, and may break in the middle."""

    def __init__(self, items: list[Any], turns: int, breaks: Exception | None) -> None:
        self._items = items
        self._turns = turns
        self._breaks = breaks

    async def __aiter__(self) -> AsyncIterator[Any]:
        for item in self._items:
            for _ in range(self._turns):
                await asyncio.sleep(0)
            yield reached(item) if isinstance(item, Raised) else item
        if self._breaks:
            raise self._breaks


def breaking(items: list[Any], error: Exception) -> Iterator[Any]:
    """Items, and then an error."""
    yield from items
    raise error


def reached(value: Any) -> Any:
    """The value, or its error raised."""
    if isinstance(value, Raised):
        raise value.error
    return value


def boom(dice: Random, key: str) -> Exception:
    """Some error, as resolvers and platforms have them."""
    kinds = (
        lambda: ValueError(f"no value at {key}"),
        lambda: RuntimeError(""),
        lambda: KeyError(key),
        lambda: GraphQLError(f"said no at {key}", extensions={"code": "SAID_NO", "key": key}),
        lambda: TooSlowError("zheliban", "studios"),
        lambda: RefusedError("FORBIDDEN", scope="duty:read"),
    )
    return dice.choice(kinds)()
