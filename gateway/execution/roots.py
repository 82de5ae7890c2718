"""Completes what queries begin with (``schema/declarations.py``: ``ById``, ``Own``): objects by id, the asker's."""

from collections.abc import Mapping
from typing import Any

from msgspec import UNSET

from connectors.errors import PlatformError
from connectors.refusals import RefusedError
from gateway.execution.arguments import Arguments
from gateway.execution.keys import answer_to, completed, read_by_key
from gateway.execution.leaves import Column
from gateway.execution.requirements import verdicts
from gateway.execution.run import Run
from gateway.execution.together import together
from schema.declarations import ById, Own, Requirement
from schema.identifiers import parsed_id
from schema.loaders import Place
from schema.permission import refusal_of


class Owned:
    """``Own``: the one object that is the asker's."""

    waits = True

    def __init__(self, read: Own, key: str, requires: Requirement, shape: Any, place: Place) -> None:
        self.keys: tuple[str, ...] = (key,)
        self._read, self._requires, self._shape, self._place = read, requires, shape, place

    async def columns(self, run: Run, objects: Column, _: Any) -> list[Column]:
        """See ``Branch``."""
        told = verdicts(run, self._requires, objects)
        if told is not None and told[0] is not UNSET:
            return [await completed(run, self._shape, told)]
        key = self._read.key(run.context.ask.viewer)
        found = await read_by_key(run, self._place, [key])
        return [await completed(run, self._shape, [answer_to(found, key)] * len(objects))]


class Identified:
    """``ById``: the objects that global ids name; those of one type are one read."""

    waits = True

    def __init__(  # noqa: PLR0917 - handed on by the planner only
        self, read: ById, key: str, requires: Requirement, shape: Any, places: Mapping[str, Place], arguments: Arguments
    ) -> None:
        self.keys: tuple[str, ...] = (key,)
        self._read, self._requires, self._shape, self._places = read, requires, shape, places
        self._arguments = arguments

    async def columns(self, run: Run, objects: Column, _: Any) -> list[Column]:
        """See ``Branch``."""
        given = self._arguments.given(run)
        told = None if isinstance(given, Exception) else verdicts(run, self._requires, objects)
        if told is not None and told[0] is not UNSET:
            return [await completed(run, self._shape, told)]
        value: Any = given if isinstance(given, Exception) else await self._found(run, given[self._read.argument])
        return [await completed(run, self._shape, [value] * len(objects))]

    async def _found(self, run: Run, identifiers: str | list[str]) -> Any:
        if isinstance(identifiers, str):
            [value] = await self._each(run, [identifiers])
            return value
        if len(identifiers) > self._read.most:
            return RefusedError("PAGE_TOO_LARGE", most=self._read.most)
        return await self._each(run, identifiers)

    async def _each(self, run: Run, identifiers: list[str]) -> Column:
        values: Column = [None] * len(identifiers)
        wanted: dict[str, list[tuple[int, str]]] = {}
        for at, identifier in enumerate(identifiers):
            try:
                type_name, key = parsed_id(identifier)
                if type_name not in self._places:
                    raise RefusedError("BAD_ID")  # noqa: TRY301 - as for an id nobody made
                refused = refusal_of(self._read.types[type_name].requires, run.context.viewer)
                if refused is not None:
                    raise refused
                run.context.loaders.count_found()
            except RefusedError as error:
                values[at] = error
            else:
                wanted.setdefault(type_name, []).append((at, key))
        await together(*(self._read_type(run, name, asked, values) for name, asked in wanted.items()))
        return values

    async def _read_type(self, run: Run, name: str, asked: list[tuple[int, str]], values: Column) -> None:
        found = await read_by_key(run, self._places[name], [key for _, key in asked])
        stand_in = self._read.types[name].stand_in
        for at, key in asked:
            value = found[key]
            values[at] = stand_in(key) if isinstance(value, PlatformError) and stand_in is not None else value
