"""Completes what a subscription begins with (``Live`` of ``schema/declarations.py``): the object of an event."""

from typing import Any, NamedTuple

from msgspec import UNSET

from connectors.viewer import Viewer
from gateway.execution.arguments import Arguments
from gateway.execution.keys import answer_to, completed, read_by_key
from gateway.execution.leaves import Column
from gateway.execution.requirements import verdicts
from gateway.execution.run import Run
from schema.declarations import Live, Requirement
from schema.loaders import Place
from schema.permission import refusal_of


class Happened(NamedTuple):
    """What a run of a subscription begins with: the key of the thing."""

    key: str


class Lived:
    """``Live``: one event's object, read anew."""

    waits = True

    def __init__(  # noqa: PLR0917 - handed on by the planner only
        self, read: Live, key: str, requires: Requirement, shape: Any, place: Place, arguments: Arguments
    ) -> None:
        self.keys: tuple[str, ...] = (key,)
        self.read = read
        self._requires, self._shape, self._place, self._arguments = requires, shape, place, arguments

    def begun(self, run: Run) -> tuple[str, str] | Exception:
        """The topic, and what it is about, once it is listened to; why it is not."""
        refused = self.refused(run.context.viewer)
        if refused is not None:
            return refused
        taken = self._arguments.taken(run, lambda given: (self.read.topic_of(given), self.read.about(given)))
        return taken if isinstance(taken, Exception) else (taken[0], taken[1])

    def refused(self, viewer: Viewer) -> Exception | None:
        """Why somebody may not listen."""
        return refusal_of(self._requires, viewer)

    async def columns(self, run: Run, objects: Column, _: Any) -> list[Column]:
        """See ``Branch``."""
        told = verdicts(run, self._requires, objects)
        if told is not None and told[0] is not UNSET:
            return [await completed(run, self._shape, told)]
        [happened] = objects
        found = await read_by_key(run, self._place, [happened.key])
        return [await completed(run, self._shape, [answer_to(found, happened.key)])]
