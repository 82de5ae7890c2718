"""Completes declared values (``schema/declarations.py``: ``Value``): what records carry, or a source knows by key.

All values of one level that one source knows are one read.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from msgspec import UNSET

from gateway.execution.keys import answer_to, attributes, read_by_key
from gateway.execution.leaves import Column
from gateway.execution.requirements import verdicts
from gateway.execution.run import Run
from gateway.execution.together import together
from schema.declarations import Requirement, Value
from schema.loaders import Place
from schema.personal import Personal


def shown_by(then: Callable[[Any, Any], Any]) -> Callable[[Run, Column], Column]:
    """A column turned into what is shown; nulls and errors are left alone."""

    def shown(run: Run, values: Column) -> Column:
        context = run.context
        try:
            return [
                value if value is None or value is UNSET or isinstance(value, Exception) else then(value, context)
                for value in values
            ]
        except Exception:  # noqa: BLE001 - one value costs itself, not the column
            return [_shown(then, value, context) for value in values]

    return shown


def _shown(then: Callable[[Any, Any], Any], value: Any, context: Any) -> Any:
    if value is None or value is UNSET or isinstance(value, Exception):
        return value
    try:
        return then(value, context)
    except Exception as error:  # noqa: BLE001 - what turning it raises stands in its place
        return error


def _told_by(value: "ValueAt") -> Callable[[Run, Column, Column], Column] | None:
    """How a column of that value becomes what is shown of the objects; None: it is that already."""
    then = value.read.then and shown_by(value.read.then)
    personal = value.personal
    if personal is None:
        return then and (lambda run, _, column: then(run, column))
    return lambda run, objects, column: personal.shown(run.context, objects, then(run, column) if then else column)


@dataclass(frozen=True, slots=True)
class ValueAt:
    """A value of a record, as one response key asks for it."""

    key: str
    read: Value
    requires: Requirement
    shape: Any
    personal: Personal | None = None


class Values:
    """Values of one record: of the objects themselves, or, where they do not carry them, of what one source answers."""

    def __init__(self, values: Sequence[ValueAt], place: Place | None) -> None:
        self.keys = tuple(value.key for value in values)
        self.waits = place is not None or any(value.shape.waits for value in values)
        self._values = values
        self._place = place
        self._by = values[0].read.key
        self._shown = [_told_by(value) for value in values]

    def columns(self, run: Run, objects: Column, _: Any) -> Any:
        """See ``Branch``."""
        if self.waits:
            return self._waiting(run, objects)
        carried = [self._carried(run, value, objects) for value in self._values]
        return [
            value.shape.complete(run, column if shown is None else shown(run, objects, column))
            for value, shown, column in zip(self._values, self._shown, carried, strict=True)
        ]

    async def _waiting(self, run: Run, objects: Column) -> list[Column]:
        columns = [self._carried(run, value, objects) for value in self._values]
        if self._place is not None and any(UNSET in column for column in columns):
            await self._fill(run, self._place, objects, columns)
        columns = [
            column if shown is None else shown(run, objects, column)
            for shown, column in zip(self._shown, columns, strict=True)
        ]
        done = [value.shape.complete(run, column, None) for value, column in zip(self._values, columns, strict=True)]
        waiting = [at for at, value in enumerate(self._values) if value.shape.waits]
        if waiting:
            for at, column in zip(waiting, await together(*(done[at] for at in waiting)), strict=True):
                done[at] = column
        return done

    def _carried(self, run: Run, value: ValueAt, objects: Column) -> Column:
        name = value.read.name
        told = verdicts(run, value.requires, objects)
        if told is None:
            return [getattr(one, name, UNSET) for one in objects]
        return [
            (getattr(one, name, UNSET) if verdict is UNSET else verdict)
            for one, verdict in zip(objects, told, strict=True)
        ]

    async def _fill(self, run: Run, place: Place, objects: Column, columns: list[Column]) -> None:
        """Read what is missing, once for all columns, and put it in its places."""
        missing = [at for at in range(len(objects)) if any(column[at] is UNSET for column in columns)]
        keys = attributes(self._by, [objects[at] for at in missing])
        found = await read_by_key(run, place, keys)
        for column, value in zip(columns, self._values, strict=True):
            for at, key in zip(missing, keys, strict=True):
                if column[at] is UNSET:
                    record = answer_to(found, key)
                    column[at] = record if isinstance(record, Exception) else value.read.told_by(record)
