"""What a plan looks at in a source's records, so that a source may leave the rest of them out."""

from collections.abc import Sequence
from typing import Any

from gateway.execution.abstract import OneOf
from gateway.execution.completion import ListOf, ObjectOf
from gateway.execution.level import Level
from schema.declarations import ById, Declaration, Do, Link, Links, Live, Many, Own, Read, Value, by_key

_NOTHING: frozenset[str] = frozenset()


def needs_of(declaration: Declaration | None) -> frozenset[str] | None:
    """The attributes of the object at hand that a field looks at; None where code by hand decides that."""
    if declaration is None or declaration.requires.sees is not None:
        return None
    if declaration.whose is not None:
        return all_of([frozenset({declaration.whose.key}), _needs_of(declaration.read)])
    return _needs_of(declaration.read)


def _needs_of(declared: Read) -> frozenset[str] | None:
    match declared:
        case Value() as read:
            return frozenset({read.name, read.key} if read.source else {read.name})
        case Link() as read:
            return frozenset({read.key, read.carried} if read.carried else {read.key})
        case Links() as read:
            return frozenset({read.keys})
        case Many() as read if read.asker is not None:
            return _NOTHING
        case Many() as read:
            return frozenset({"key"}) if read.owner is by_key else None
        case ById() | Own() | Do() | Live():
            return _NOTHING


def wanted_of(shape: Any) -> frozenset[str] | None:
    """The attributes that are looked at in the records that come to stand there, a page's rows if it is a page."""
    if isinstance(shape, ListOf):
        return wanted_of(shape.inner)
    if isinstance(shape, ObjectOf):
        return _rows_of(shape.level) if shape.level.kind.name.endswith("Connection") else shape.level.needs
    if isinstance(shape, OneOf):
        return all_of([wanted_of(one) for one in shape.types.values()])
    return None


def _rows_of(level: Level) -> frozenset[str] | None:
    """What is looked at in the rows, below ``edges`` and ``nodes``."""
    wanted: list[frozenset[str] | None] = [_NOTHING]
    for position in level.positions:
        shape = position.shape
        while isinstance(shape, ListOf):
            shape = shape.inner
        if isinstance(shape, ObjectOf) and shape.level.kind.name.endswith("Edge"):
            wanted.append(_rows_of(shape.level))
        elif isinstance(shape, (ObjectOf, OneOf)) and not (
            isinstance(shape, ObjectOf) and shape.level.kind.name == "PageInfo"
        ):
            wanted.append(wanted_of(shape))
    return all_of(wanted)


def all_of(wanted: Sequence[frozenset[str] | None]) -> frozenset[str] | None:
    """What is wanted in all; None where one of them wants everything."""
    total: frozenset[str] = _NOTHING
    for one in wanted:
        if one is None:
            return None
        total |= one
    return total
