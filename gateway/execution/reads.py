"""Completes what is declared (``schema/declarations.py``): values, links, lists, objects by id, a level at a time.

A requirement is looked at once for a level where it is a scope, object by object where it is who sees it. Keys are
asked for once, however many objects hold them, and what a key brings is completed once and stands at every place.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from operator import attrgetter
from typing import Any

from msgspec import UNSET

from connectors.errors import PlatformError
from connectors.refusals import RefusedError
from gateway.execution.arguments import Arguments
from gateway.execution.leaves import Column
from gateway.execution.run import Run
from gateway.execution.spots import Spot
from gateway.execution.together import together
from schema.declarations import ById, Link, Links, Many, Own, Requirement, Value
from schema.identifiers import parsed_id
from schema.loaders import Place
from schema.paging import MOST_ROWS, page_of

Found = Mapping[Any, Any]
_KEYS = frozenset({str, int})


def verdicts(run: Run, requires: Requirement, objects: Column) -> Column | None:
    """What the requirement puts in the place of each object's value, ``UNSET`` where nothing; None where it allows all."""
    if requires.scope is not None and not run.context.ask.viewer.holds(requires.scope):
        return [RefusedError("FORBIDDEN", scope=requires.scope.value)] * len(objects)
    if requires.sees is None:
        return None
    viewer, told = run.context.ask.viewer, []
    for one in objects:
        try:
            told.append(UNSET if requires.sees(one, viewer) else None)
        except Exception as error:  # noqa: BLE001 - a rule that fails shows nothing but that
            told.append(error)
    return told


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


async def _completed(run: Run, shape: Any, values: Column) -> Column:
    done = shape.complete(run, values, None)
    column: Column = await done if shape.waits else done
    return column


@dataclass(frozen=True, slots=True)
class ValueAt:
    """A value of a record, as one response key asks for it."""

    key: str
    read: Value
    requires: Requirement
    shape: Any


class Values:
    """Values of one record: of the objects themselves, or, where they do not carry them, of what one source answers."""

    def __init__(self, values: Sequence[ValueAt], place: Place | None) -> None:
        self.keys = tuple(value.key for value in values)
        self.waits = place is not None or any(value.shape.waits for value in values)
        self._values = values
        self._place = place
        self._by = values[0].read.key
        self._shown = [value.read.then and shown_by(value.read.then) for value in values]

    def columns(self, run: Run, objects: Column, _: Any) -> Any:
        """See ``Branch``."""
        if self.waits:
            return self._waiting(run, objects)
        carried = [self._carried(run, value, objects) for value in self._values]
        return [
            value.shape.complete(run, column if shown is None else shown(run, column))
            for value, shown, column in zip(self._values, self._shown, carried, strict=True)
        ]

    async def _waiting(self, run: Run, objects: Column) -> list[Column]:
        columns = [self._carried(run, value, objects) for value in self._values]
        if self._place is not None and any(UNSET in column for column in columns):
            await self._fill(run, self._place, objects, columns)
        columns = [
            column if shown is None else shown(run, column) for shown, column in zip(self._shown, columns, strict=True)
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
            name = value.read.name
            for at, key in zip(missing, keys, strict=True):
                if column[at] is UNSET:
                    record = answer_to(found, key)
                    column[at] = record if isinstance(record, Exception) else getattr(record, name, None)


def attributes(name: str, objects: Column) -> Column:
    """The attribute of each object; the error where one has none such, being no record of that type."""
    try:
        return list(map(attrgetter(name), objects))
    except AttributeError:
        return [_attribute(name, one) for one in objects]


def _attribute(name: str, one: Any) -> Any:
    try:
        return getattr(one, name)
    except AttributeError as error:
        return error


def answer_to(found: Found, key: Any) -> Any:
    """What stands for a key: what was found; the key itself where it is null or an error."""
    return key if key is None or isinstance(key, Exception) else found[key]


def askable(keys: Column) -> tuple[Column, Column]:
    """The distinct keys in their order: those to ask for, and those that stand for themselves: null, or broken."""
    distinct = list(dict.fromkeys(keys))
    if _KEYS.issuperset(map(type, distinct)):
        return distinct, []
    rest = [key for key in distinct if key is None or isinstance(key, Exception)]
    return [key for key in distinct if not (key is None or isinstance(key, Exception))], rest


async def read_by_key(run: Run, place: Place, keys: Column, arguments: tuple[Any, ...] = ()) -> Found:
    """What the source answers for the keys."""
    asked, _ = askable(keys)
    if not asked:
        return {}
    return dict(zip(asked, await run.context.loaders.read(place, asked, arguments), strict=True))


class Joined:
    """One field that is a source's answers: linked objects, or lists of an owner.

    ``_keys`` of a subclass gives a key, an error or null for each object; ``UNSET`` never.
    """

    waits = True

    def __init__(self, key: str, requires: Requirement, shape: Any, place: Place, arguments: Arguments) -> None:
        self.keys = (key,)
        self._requires = requires
        self._shape = shape
        self._place = place
        self._arguments = arguments

    async def columns(self, run: Run, objects: Column, _: list[Spot] | None) -> list[Column]:
        """See ``Branch``."""
        given = self._arguments.given(run)
        if isinstance(given, Exception):  # comes before the question who may see the field
            return [await self._failed(run, given, len(objects))]
        told = verdicts(run, self._requires, objects)
        if told is None:
            return [await self._joined(run, objects)]
        allowed = [at for at, verdict in enumerate(told) if verdict is UNSET]
        values = [None if verdict is UNSET else verdict for verdict in told]
        cells = await _completed(run, self._shape, values)
        for at, cell in zip(allowed, await self._joined(run, [objects[at] for at in allowed]), strict=True):
            cells[at] = cell
        return [cells]

    async def _joined(self, run: Run, objects: Column) -> Column:
        raise RuntimeError("a join is one of the below")

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
        return await _completed(run, self._shape, [error] * count)


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
            return await _completed(run, self._shape, values or [])
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
        return await _completed(run, self._shape, [next(told) if value is UNSET else value for value in values])


class LinkedLists(Joined):
    """``Links``: the objects that the record's keys name, a list for each object."""

    def __init__(self, read: Links, *common: Any) -> None:
        super().__init__(*common)
        self._read = read

    async def _joined(self, run: Run, objects: Column) -> Column:
        lists = [getattr(one, self._read.keys, None) for one in objects]
        if {list, tuple}.issuperset(map(type, lists)):
            # the objects are completed, not the lists: each once, however many lists it stands in
            cells = await self._each(run, list(chain.from_iterable(lists)), (), self._shape.inner)
            begin, folded = 0, []
            for keys in lists:
                folded.append(cells[begin : begin + len(keys)])
                begin += len(keys)
            return folded
        rows = list(chain.from_iterable(keys for keys in lists if isinstance(keys, (list, tuple))))
        found = await read_by_key(run, self._place, rows)
        values = [
            [answer_to(found, key) for key in keys] if isinstance(keys, (list, tuple)) else keys for keys in lists
        ]
        return await _completed(run, self._shape, values)


class Listed(Joined):
    """``Many``: a list, or a page of one, that belongs to each object. ``with_total``: whether the count is asked for."""

    def __init__(self, read: Many, with_total: bool, *common: Any) -> None:  # noqa: FBT001 - handed on by the planner only
        super().__init__(*common)
        self._read = read
        self._with_total = with_total

    async def _joined(self, run: Run, objects: Column) -> Column:
        given = self._arguments.given(run)
        taken = self._arguments.taken(run, self._read.arguments)
        if self._read.connection and not isinstance(taken, Exception) and not isinstance(given, Exception):
            try:
                taken = (*taken, page_of(given, with_total=self._with_total))
            except RefusedError as error:
                taken = error
        if isinstance(taken, Exception):
            return await self._failed(run, taken, len(objects))
        owner, keys = self._read.owner, []
        for one in objects:
            try:
                keys.append(owner(one, given))
            except Exception as error:  # noqa: BLE001 - a rule by hand: its error stands for that object
                keys.append(error)
        return await self._each(run, keys, taken)


class Owned:
    """``Own``: the one object that is the asker's."""

    waits = True

    def __init__(self, read: Own, key: str, requires: Requirement, shape: Any, place: Place) -> None:
        self.keys = (key,)
        self._read, self._requires, self._shape, self._place = read, requires, shape, place

    async def columns(self, run: Run, objects: Column, _: Any) -> list[Column]:
        """See ``Branch``."""
        told = verdicts(run, self._requires, objects)
        if told is not None and told[0] is not UNSET:
            return [await _completed(run, self._shape, told)]
        key = self._read.key(run.context.ask.viewer)
        found = await read_by_key(run, self._place, [key])
        return [await _completed(run, self._shape, [answer_to(found, key)] * len(objects))]


class Identified:
    """``ById``: the objects that global ids name; those of one type are one read."""

    waits = True

    def __init__(
        self, read: ById, key: str, requires: Requirement, shape: Any, places: Mapping[str, Place], arguments: Arguments
    ) -> None:
        self.keys = (key,)
        self._read, self._requires, self._shape, self._places = read, requires, shape, places
        self._arguments = arguments

    async def columns(self, run: Run, objects: Column, _: Any) -> list[Column]:
        """See ``Branch``."""
        given = self._arguments.given(run)
        told = None if isinstance(given, Exception) else verdicts(run, self._requires, objects)
        if told is not None and told[0] is not UNSET:
            return [await _completed(run, self._shape, told)]
        value: Any = given if isinstance(given, Exception) else await self._found(run, given[self._read.argument])
        return [await _completed(run, self._shape, [value] * len(objects))]

    async def _found(self, run: Run, identifiers: str | list[str]) -> Any:
        if isinstance(identifiers, str):
            [value] = await self._each(run, [identifiers])
            return value
        if len(identifiers) > MOST_ROWS:
            return RefusedError("PAGE_TOO_LARGE", most=MOST_ROWS)
        return await self._each(run, identifiers)

    async def _each(self, run: Run, identifiers: list[str]) -> Column:
        values: Column = [None] * len(identifiers)
        wanted: dict[str, list[tuple[int, str]]] = {}
        for at, identifier in enumerate(identifiers):
            try:
                type_name, key = parsed_id(identifier)
                if type_name not in self._places:
                    raise RefusedError("BAD_ID")  # noqa: TRY301 - as for an id nobody made
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
