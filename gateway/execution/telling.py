"""Tells how an operation will run, for people who write operations: ``tongxin plan``.

Reads are told turn by turn: those of one turn go out together, the next wait for them. How many there can be is known
before anything runs, whatever the data: one call a source and level, and one more for each started hundred of keys.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from gateway.execution.planning import Plan
from schema.loaders import Place


@dataclass(frozen=True, slots=True)
class Step:
    """Reads of one source in one turn that go out as one call: from which platform, for which places."""

    turn: int
    platform: str
    source: str
    places: tuple[str, ...]
    many: bool


@dataclass(frozen=True, slots=True)
class Told:
    """A plan in words: its steps, the longest chain of waits, and what it costs at most."""

    name: str
    steps: tuple[Step, ...]
    turns: int
    levels: int
    points: int

    @property
    def calls(self) -> int:
        """How many calls it makes at most, each for up to a hundred keys."""
        return len(self.steps)


def told(plan: Plan, sources: Mapping[Any, Callable[..., Any]], points: int) -> Told:
    """Tell a plan; ``sources`` says who answers a port's method, ``points`` what it is estimated to cost."""
    by_call: dict[tuple[int, Any], list[Place]] = {}
    for place in plan.places:
        by_call.setdefault((place.turn, place.source), []).append(place)
    steps = [_step(turn, source, places, sources) for (turn, source), places in by_call.items()]
    steps.sort(key=lambda step: (step.turn, step.places))
    name = plan.operation.name.value if plan.operation.name else ""
    return Told(name, tuple(steps), max((step.turn for step in steps), default=0), len(plan.levels), points)


def _step(turn: int, source: Any, places: Iterable[Place], sources: Mapping[Any, Callable[..., Any]]) -> Step:
    offered = sources.get(source)
    paths = tuple(sorted(".".join(place.path) for place in places))
    return Step(turn, _platform_of(offered), source.__qualname__, paths, any(place.many for place in places))


def _platform_of(offered: Callable[..., Any] | None) -> str:
    """The folder that answers; the gateway itself for what is its own."""
    if offered is None:
        return "gateway"
    top, _, rest = offered.__module__.partition(".")
    return rest.partition(".")[0] if top == "connectors" else "gateway"
