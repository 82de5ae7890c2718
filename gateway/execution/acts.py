"""Completes what mutations do (``schema/declarations.py``: ``Do``): one act after the other, as a level is serial."""

from typing import Any

from msgspec import UNSET

from gateway.execution.arguments import Arguments
from gateway.execution.keys import completed
from gateway.execution.leaves import Column
from gateway.execution.requirements import verdicts
from gateway.execution.run import Run
from schema.acts import Payload
from schema.declarations import Do, Requirement
from schema.reading import done


class Done:
    """``Do``: what one act answers."""

    waits = True

    def __init__(self, read: Do, key: str, requires: Requirement, shape: Any, arguments: Arguments) -> None:
        self.keys: tuple[str, ...] = (key,)
        self._act, self._requires, self._shape, self._arguments = read.act, requires, shape, arguments

    async def columns(self, run: Run, objects: Column, _: Any) -> list[Column]:
        """See ``Branch``."""
        given = self._arguments.given(run)
        told = None if isinstance(given, Exception) else verdicts(run, self._requires, objects)
        if isinstance(given, Exception):
            values: Column = [given]
        elif told is not None and told[0] is not UNSET:
            values = told
        else:
            values = [await self._payload(run, given["input"])]
        return [await completed(run, self._shape, values)]

    async def _payload(self, run: Run, given: Any) -> Payload | Exception:
        try:
            return await done(run.context, self._act, given, self.keys[0])
        except Exception as error:  # noqa: BLE001 - it stands in the field's place
            return error
