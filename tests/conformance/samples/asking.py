"""What several samples need."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from connectors.records.page import PageArgs
from connectors.records.shift import Span
from connectors.sandbox.world import World

Keys = Callable[[World], list[Any]]
More = Callable[[World], tuple[Any, ...]]
PAGE = PageArgs(first=3, with_total=True)


def nothing_more(_: World) -> tuple[Any, ...]:
    """No further argument."""
    return ()


def a_page(_: World) -> tuple[Any, ...]:
    """A page of three rows, counted."""
    return (PAGE,)


def fortnight(world: World) -> Span:
    """A span that holds shifts."""
    return Span(start=world.today - timedelta(days=7), end=world.today + timedelta(days=7))


def studios(world: World) -> list[str]:
    """Keys of studios."""
    return [studio.key for studio in world.studios[:3]]


def members(world: World) -> list[str]:
    """Keys of members."""
    return [member.key for member in world.members[:3]]


def employees(world: World) -> list[str]:
    """Employee codes of some members."""
    return [m.person.work.employee_code for m in world.members[:5] if m.person.work]
