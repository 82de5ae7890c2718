"""Tells how an operation will run, for people who write operations: ``tongxin plan``.

Reads are told turn by turn: those of one turn go out together, the next wait for them. How many calls there can be is
known before anything runs, whatever the data: one a source and turn, and one more for each started hundred of keys.
Only where a source is asked key by key below a list it is not known, which is said.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from connectors.ports.singly import BY_DIRECTORY, SINGLY, calls_for
from gateway.execution.planning import Plan
from schema.loaders import Place

_ONE_KEY = ("",)


class Again(StrEnum):
    """For what a step takes one more call, whose number the data decide."""

    HUNDRED = "hundred"
    """For each started hundred of keys."""
    DIRECTORY = "directory"
    """For each directory the officials stand in: one in most places."""
    KEY = "key"
    """For each key: an N+1."""


@dataclass(frozen=True, slots=True)
class Step:
    """Reads of one source in one turn that go out as one: from which platform, for which places.

    ``many``: for the objects of a list. ``calls``: for a single key, as some sources take two; ``again``: for more.
    """

    turn: int
    platform: str
    source: str
    places: tuple[str, ...]
    many: bool
    calls: int
    again: Again


@dataclass(frozen=True, slots=True)
class Told:
    """A plan in words: its steps, the longest chain of waits, and what it costs at most.

    ``calls``: how many it makes at most, each for up to a hundred keys; ``bounded``: whether that holds, for there is
    no N+1.
    """

    name: str
    steps: tuple[Step, ...]
    turns: int
    levels: int
    points: int
    calls: int
    bounded: bool


def told(plan: Plan, sources: Mapping[Any, Callable[..., Any]], points: int) -> Told:
    """Tell a plan; ``sources`` says who answers a port's method, ``points`` what it is estimated to cost."""
    by_call: dict[tuple[int, Any], list[Place]] = {}
    for place in plan.places:
        by_call.setdefault((place.turn, place.source), []).append(place)
    steps = [_step(turn, source, places, sources) for (turn, source), places in by_call.items()]
    steps.sort(key=lambda step: (step.turn, step.places))
    return Told(
        name=plan.operation.name.value if plan.operation.name else "",
        steps=tuple(steps),
        turns=max((step.turn for step in steps), default=0),
        levels=len(plan.levels),
        points=points,
        calls=sum(step.calls for step in steps),
        bounded=not repeated(plan),
    )


def repeated(plan: Plan) -> list[Place]:
    """The places that are an N+1: below a list, and asked for each of its objects by a call of its own."""
    return [place for place in plan.places if _again(place.source, many=place.many) is Again.KEY]


def _step(turn: int, source: Any, places: Iterable[Place], sources: Mapping[Any, Callable[..., Any]]) -> Step:
    many = any(place.many for place in places)
    return Step(
        turn=turn,
        platform=_platform_of(sources.get(source)),
        source=source.__qualname__,
        places=tuple(sorted(".".join(place.path) for place in places)),
        many=many,
        calls=calls_for(source, _ONE_KEY),
        again=_again(source, many=many),
    )


def _again(source: Any, *, many: bool) -> Again:
    if many and source in SINGLY:
        return Again.KEY
    return Again.DIRECTORY if many and source in BY_DIRECTORY else Again.HUNDRED


def _platform_of(offered: Callable[..., Any] | None) -> str:
    """The folder that answers; the gateway itself for what is its own."""
    if offered is None:
        return "gateway"
    top, _, rest = offered.__module__.partition(".")
    return rest.partition(".")[0] if top == "connectors" else "gateway"
