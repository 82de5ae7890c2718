"""Keys of a column: asked for once, however many objects hold them."""

from collections.abc import Mapping
from operator import attrgetter
from typing import Any

from gateway.execution.leaves import Column
from gateway.execution.run import Run
from schema.loaders import Place

Found = Mapping[Any, Any]
_KEYS = frozenset({str, int})


def attributes(name: str, objects: Column) -> Column:
    """The attribute of each object; the error where one has none such, being no record of that type."""
    try:
        return usable(list(map(attrgetter(name), objects)))
    except AttributeError:
        return usable([_attribute(name, one) for one in objects])


def usable(keys: Column) -> Column:
    """The keys, with an error in place of what can be none: a source that lies about a key costs its own places."""
    return keys if _KEYS.issuperset(map(type, keys)) else list(map(_usable, keys))


def _usable(key: Any) -> Any:
    try:
        hash(key)
    except TypeError as error:
        return error
    return key


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


async def completed(run: Run, shape: Any, values: Column) -> Column:
    """Complete a column by a shape, whether it waits or not."""
    done = shape.complete(run, values, None)
    column: Column = await done if shape.waits else done
    return column
