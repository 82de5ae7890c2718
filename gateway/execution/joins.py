"""Completes declared joins (``schema/declarations.py``: ``Link``, ``Links``, ``Many``): one read for all of a level.

What a key brings is completed once and stands at every place.
"""

from abc import ABC, abstractmethod
from itertools import chain
from typing import Any

from msgspec import UNSET

from connectors.refusals import RefusedError
from gateway.execution.arguments import Arguments
from gateway.execution.keys import answer_to, askable, attributes, completed, read_by_key, usable
from gateway.execution.leaves import Column
from gateway.execution.requirements import verdicts
from gateway.execution.run import Run
from schema.declarations import Link, Links, Many, Requirement
from schema.loaders import Place
from schema.paging import page_of
from schema.personal import Personal


class Joined(ABC):
    """One field that is a source's answers: linked objects, or lists of an owner; which, a subclass says."""

    waits = True

    def __init__(  # noqa: PLR0917 - handed on by the planner only
        self,
        key: str,
        requires: Requirement,
        shape: Any,
        place: Place,
        arguments: Arguments,
        personal: Personal | None,
    ) -> None:
        self.keys: tuple[str, ...] = (key,)
        self._requires = requires
        self._shape = shape
        self._place = place
        self._arguments = arguments
        self._personal = personal

    async def columns(self, run: Run, objects: Column, _: Any) -> list[Column]:
        """See ``Branch``."""
        given = self._arguments.given(run)
        if isinstance(given, Exception):  # comes before the question who may see the field
            return [await self._failed(run, given, len(objects))]
        told = verdicts(run, self._requires, objects)
        if told is None:
            return [await self._shown(run, objects)]
        allowed = [at for at, verdict in enumerate(told) if verdict is UNSET]
        values = [None if verdict is UNSET else verdict for verdict in told]
        cells = await completed(run, self._shape, values)
        for at, cell in zip(allowed, await self._shown(run, [objects[at] for at in allowed]), strict=True):
            cells[at] = cell
        return [cells]

    async def _shown(self, run: Run, objects: Column) -> Column:
        cells = await self._joined(run, objects)
        return cells if self._personal is None else self._personal.shown(run.context, objects, cells)

    @abstractmethod
    async def _joined(self, run: Run, objects: Column) -> Column:
        """The completed column of objects that may be seen."""

    async def _each(self, run: Run, keys: Column, taken: tuple[Any, ...], shape: Any = None) -> Column:
        """Complete what each key brings, once a key."""
        shape = shape or self._shape
        asked, rest = askable(keys)
        answers = await run.context.loaders.read(self._place, asked, taken) if asked else []
        done = shape.complete(run, [*answers, *rest])
        cells: Column = await done if shape.waits else done
        distinct = [*asked, *rest] if rest else asked
        if len(distinct) == len(keys) and not rest:
            return cells
        by_key = dict(zip(distinct, cells, strict=True))
        return [by_key[key] for key in keys]

    async def _failed(self, run: Run, error: Exception, count: int) -> Column:
        return await completed(run, self._shape, [error] * count)


class Linked(Joined):
    """``Link``: the object a key of the record names, unless the record carries it."""

    def __init__(self, read: Link, *common: Any) -> None:
        super().__init__(*common)
        self._read = read

    async def _joined(self, run: Run, objects: Column) -> Column:
        read = self._read
        values = [getattr(one, read.carried, UNSET) for one in objects] if read.carried else None
        missing = objects if values is None else [one for one, v in zip(objects, values, strict=True) if v is UNSET]
        if not missing:
            return await completed(run, self._shape, values or [])
        keys = attributes(read.key, missing)
        taken = self._arguments.taken(run, read.arguments)
        if isinstance(taken, Exception):
            # a null key needs no arguments, and is null
            keys = [key if key is None or isinstance(key, Exception) else taken for key in keys]
            taken = ()
        if values is None or len(missing) == len(objects):
            return await self._each(run, keys, taken)
        found = await read_by_key(run, self._place, keys, taken)
        told = iter([answer_to(found, key) for key in keys])
        return await completed(run, self._shape, [next(told) if value is UNSET else value for value in values])


class LinkedLists(Joined):
    """``Links``: the objects that the record's keys name, a list for each object."""

    def __init__(self, read: Links, *common: Any) -> None:
        super().__init__(*common)
        self._read = read

    async def _joined(self, run: Run, objects: Column) -> Column:
        lists: list[Any] = [getattr(one, self._read.keys, None) for one in objects]
        if {list, tuple}.issuperset(map(type, lists)):
            # the objects are completed, not the lists: each once, however many lists it stands in
            cells = await self._each(run, usable(list(chain.from_iterable(lists))), (), self._shape.inner)
            begin, folded = 0, []
            for keys in lists:
                folded.append(cells[begin : begin + len(keys)])
                begin += len(keys)
            return folded
        told = [usable(list(keys)) if isinstance(keys, (list, tuple)) else keys for keys in lists]
        found = await read_by_key(run, self._place, list(chain.from_iterable(k for k in told if isinstance(k, list))))
        values = [[answer_to(found, key) for key in keys] if isinstance(keys, list) else keys for keys in told]
        return await completed(run, self._shape, values)


class Listed(Joined):
    """``Many``: a list, or a page of one, that belongs to each object. ``with_total``: whether it is to be counted."""

    def __init__(self, read: Many, *common: Any, with_total: bool) -> None:
        super().__init__(*common)
        self._read = read
        self._with_total = with_total

    async def _joined(self, run: Run, objects: Column) -> Column:
        given = self._arguments.given(run)
        if isinstance(given, Exception):
            return await self._failed(run, given, len(objects))
        taken = self._arguments.taken(run, self._read.arguments)
        if self._read.connection and not isinstance(taken, Exception):
            try:
                taken = (*taken, page_of(given, with_total=self._with_total))
            except RefusedError as error:
                taken = error
        if isinstance(taken, Exception):
            return await self._failed(run, taken, len(objects))
        viewer, keys = run.context.viewer, []
        for one in objects:
            try:
                keys.append(self._read.key_of(one, given, viewer))
            except Exception as error:  # noqa: BLE001 - a rule by hand: its error stands for that object
                keys.append(error)
        return await self._each(run, usable(keys), taken)
