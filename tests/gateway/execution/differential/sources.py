"""Sources that answer every port from a seed: the same key, asked with the same arguments, always has the same answer."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from random import Random
from types import NoneType
from typing import Any, get_args, get_type_hints

import msgspec
from graphql import GraphQLObjectType
from msgspec import UNSET

from connectors.errors import PlatformError
from connectors.records.page import Page, PageArgs
from connectors.refusals import RefusedError
from connectors.viewer import Ask
from gateway.offering import PORTS
from schema.build import build_schema
from schema.declarations import Value
from schema.fields import declaration_of
from tests.gateway.execution.differential.records import Maker, an_error

_READS = ("load_", "list_")
Source = Callable[..., Any]
_KEPT = {"key", "employee_code"}


@dataclass(frozen=True)
class World:
    """``sparing``: attributes that nobody said they want are left out, as a source may."""

    seed: int
    trouble: float = 0.0
    lies: float = 0.0
    sparing: bool = False

    def dice(self, *parts: object) -> Random:
        """Always the same for the same parts."""
        return Random(f"{self.seed} {parts!r}")  # noqa: S311 - invented data


def sources_of(world: World) -> Mapping[Source, Source]:
    """Every read of every port."""
    return {method: _source(world, method, entry) for method, entry in _reads().items()}


@cache
def _reads() -> Mapping[Source, Any]:
    """Each with the type of an entry it answers."""
    methods = [getattr(port, name) for port in PORTS for name in vars(port) if name.startswith(_READS)]
    return {method: get_args(get_type_hints(method)["return"])[0] for method in methods}


@cache
def _given() -> Mapping[Source, frozenset[str]]:
    """What fields look for at a source by key: it leaves nothing of that out."""
    given: dict[Source, frozenset[str]] = {}
    for kind in build_schema().type_map.values():
        for field in kind.fields.values() if isinstance(kind, GraphQLObjectType) else ():
            declared = declaration_of(field)
            match declared and declared.read:
                case Value(name, source) if source is not None:
                    given[source] = given.get(source, frozenset()) | {name}
    return given


def _source(world: World, method: Source, entry: Any) -> Source:
    name, given = method.__qualname__, _given().get(method, frozenset())

    async def read(keys: Sequence[Any], *more: Any) -> list[Any]:
        *arguments, ask = more
        counts = any(isinstance(argument, PageArgs) and argument.with_total for argument in arguments)
        arguments = [_uncounted(argument) for argument in arguments]
        dice = world.dice(name, arguments)
        for _ in range(dice.randrange(4)):
            await asyncio.sleep(0)
        if dice.random() < world.trouble / 2:
            raise dice.choice((RuntimeError("out of order"), RefusedError("PLATFORM_NOT_CONFIGURED", ability=name)))
        answers = [_answer(world, entry, world.dice(name, arguments, key), key, given) for key in keys]
        answers = [answer if counts else _uncounted(answer) for answer in answers]
        return [_spared(answer, ask) if world.sparing else answer for answer in answers]

    return read


def _uncounted(value: Any) -> Any:
    """A page, or what asks for one, without the total: whether it is asked for decides nothing else."""
    if isinstance(value, Page):
        return msgspec.structs.replace(value, total=None)
    return msgspec.structs.replace(value, with_total=False) if isinstance(value, PageArgs) else value


def _answer(world: World, entry: Any, dice: Random, key: Any, given: frozenset[str]) -> Any:
    if dice.random() < world.trouble:
        return an_error(dice)
    if NoneType in get_args(entry) and dice.random() < 0.08:
        return None
    maker = Maker(dice, world.trouble / 2, world.lies, given)
    (kind,) = (option for option in get_args(entry) if option not in {PlatformError, NoneType})
    return maker.made(kind, key=key if isinstance(key, str) else None)


def _spared(answer: Any, ask: Ask) -> Any:
    """The answer with only what was wanted; whole where a wanted name is more than an attribute."""
    if ask.wanted is None:
        return answer
    if isinstance(answer, Page):
        edges = [msgspec.structs.replace(edge, node=_spared(edge.node, ask)) for edge in answer.edges]
        return msgspec.structs.replace(answer, edges=tuple(edges))
    if isinstance(answer, tuple):
        return tuple(_spared(item, ask) for item in answer)
    if not isinstance(answer, msgspec.Struct):
        return answer
    fields = set(answer.__struct_fields__)
    wanted = ask.wanted | _KEPT
    if not wanted <= fields | _KEPT:
        return answer
    return msgspec.structs.replace(answer, **dict.fromkeys(fields - wanted, UNSET))
