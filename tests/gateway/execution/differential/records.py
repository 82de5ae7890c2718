"""Records made from their types alone, all decided by dice: mostly right, with errors, gaps and lies in places."""

import enum
import types
from collections.abc import Collection
from datetime import UTC, date, datetime, timedelta
from functools import reduce
from operator import or_
from random import Random
from typing import Any, Union, get_args, get_origin

import msgspec
from msgspec import UNSET, UnsetType

from connectors.errors import NotAllowedError, PlatformError, TooSlowError, UnexpectedAnswerError, UnreachableError
from connectors.records.page import Row
from connectors.regions import REGIONS

KEYS = tuple(f"k{number}" for number in range(8))
"""Few, so that the same things are met again in many places."""
_ERRORS = (UnreachableError, TooSlowError, UnexpectedAnswerError, NotAllowedError)
_PLACES = (*list(REGIONS)[:12], "999999")
_TEXTS = ("", "王大友", 'quo"te\n', "🙂 </script>", "plain text", "\u2028")
_LIES: tuple[Any, ...] = (5, "text", 2**31, 1.5, float("nan"), ["a"], {"a": 1}, True, b"x", object)


def an_error(dice: Random) -> PlatformError:
    """Some platform's failure."""
    return dice.choice(_ERRORS)(dice.choice(("zheliban", "duty")), dice.choice(("studios", "members")))


def _given(kind: Any) -> Any:
    """The type of what is not left out."""
    options = get_args(kind)
    return reduce(or_, (option for option in options if option is not UnsetType)) if UnsetType in options else kind


class Maker:
    """Makes values of any type a record names.

    Args:
        dice: decides; equal dice make equal records.
        trouble: the share of attributes and rows that hold an error.
        lies: the share of attributes that are of another type, or None where none may be.
        given: attributes that the record asked for has, though those in it may leave them out; to lack one is a lie.
    """

    def __init__(self, dice: Random, trouble: float, lies: float, given: Collection[str] = ()) -> None:
        self._dice = dice
        self._trouble = trouble
        self._lies = lies
        self._given = given

    def made(self, kind: Any, name: str = "", key: str | None = None) -> Any:
        """A value for the attribute ``name``; ``key`` is the key of the record, where that is said already."""
        options = get_args(kind) if get_origin(kind) in {Union, types.UnionType} else (kind,)
        if UnsetType in options and self._dice.random() < 0.5:
            return UNSET
        if types.NoneType in options and self._dice.random() < 0.12:
            return None
        real = [option for option in options if option not in {UnsetType, types.NoneType, PlatformError}]
        return self._of(self._dice.choice(real), name, key)

    def _of(self, kind: Any, name: str, key: str | None) -> Any:
        if get_origin(kind) is tuple:
            return tuple(self._in_place(get_args(kind)[0], "") for _ in range(self._dice.choice((0, 1, 2, 2, 3))))
        shape = get_origin(kind) or kind
        if issubclass(shape, msgspec.Struct):
            return self._record(kind, shape, key)
        if issubclass(shape, enum.Enum):
            return self._dice.choice(list(shape))
        return self._scalar(shape, name)

    def _record(self, kind: Any, shape: type[msgspec.Struct], key: str | None) -> Any:
        key = key or self._dice.choice(KEYS)
        given, self._given = self._given, ()
        fields = {}
        for field in msgspec.structs.fields(kind):
            if field.name in {"key", "employee_code"} and str in (field.type, *get_args(field.type)):
                fields[field.name] = key
            elif shape is Row and field.name == "cursor":
                fields[field.name] = f"c{self._dice.randrange(100)}"
            elif field.name in given and self._dice.random() >= self._lies:
                fields[field.name] = self._in_place(_given(field.type), field.name)
            else:
                fields[field.name] = self._in_place(field.type, field.name)
        return shape(**fields)

    def _in_place(self, kind: Any, name: str) -> Any:
        """A value, or what stands in its place; a page's own parts are never ill."""
        chance = self._dice.random()
        if name not in {"edges", "has_next"} and get_origin(kind) is not Row:
            if chance < self._trouble:
                return an_error(self._dice)
            if chance < self._trouble + self._lies:
                return self._dice.choice((None, self._dice.choice(_LIES)))
        return self.made(kind, name)

    def _scalar(self, kind: type, name: str) -> Any:
        if name.endswith("_key"):
            return self._dice.choice(_PLACES if name in {"region_key", "parent_key"} else KEYS)
        moment = datetime(2026, 3, 1, 8, tzinfo=UTC) + timedelta(minutes=self._dice.randrange(90_000))
        scalars = {
            bool: lambda: self._dice.random() < 0.5,
            int: lambda: self._dice.choice((0, 1, 4, 5, 17, 2026, 2**31 - 1)),
            float: lambda: self._dice.choice((0.0, 0.25, 3.0, 4.7, 1e-9)),
            str: lambda: self._dice.choice(_TEXTS),
            datetime: lambda: moment,
            date: moment.date,
        }
        return scalars[kind]()
