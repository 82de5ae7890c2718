"""Records as bytes and back, for a store that several gateways share.

Pickled, because what a source answers is whatever its port says: pages, tuples, records. Unpickling makes nothing but
records and plain values: the store is trusted with data, not with code. A record in which a value is an error is not
packed: the next gateway shall try for itself.
"""

import hashlib
import io
import pickle
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from enum import Enum
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from connectors.errors import PlatformError
from connectors.records.record import Record

_PLAIN = frozenset({date, datetime, time, timedelta, timezone, Decimal, ZoneInfo, frozenset, set})


class PackingError(Exception):
    """It cannot be written down; or the bytes are none of ours, or hold what may not be made."""


def packed(value: Any) -> bytes:
    """A value as bytes. Raises ``PackingError``."""
    into = io.BytesIO()
    try:
        _Whole(into, protocol=5).dump(value)
    except Exception as error:
        raise PackingError(type(error).__name__) from error
    return into.getvalue()


def unpacked(data: bytes) -> Any:
    """The value again. Raises ``PackingError``."""
    try:
        return _Careful(io.BytesIO(data)).load()
    except Exception as error:
        raise PackingError(type(error).__name__) from error


def form() -> str:
    """A digest of how all records look now: what was packed in another form is never read."""
    lines = sorted(f"{kind.__module__}.{kind.__qualname__} {_fields_of(kind)}" for kind in _kinds(Record))
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]


class _Whole(pickle.Pickler):
    def reducer_override(self, value: Any) -> Any:
        """Refuse errors; a zone by its name alone, as it would else be made by a function."""
        if isinstance(value, PlatformError):
            raise PackingError(type(value).__name__)
        return (ZoneInfo, (value.key,)) if isinstance(value, ZoneInfo) else NotImplemented


class _Careful(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        """A class by its name, if it is a harmless one."""
        found = None if "." in name else super().find_class(module, name)
        if found is msgspec.UNSET:
            return found
        if isinstance(found, type) and (found in _PLAIN or issubclass(found, Record | Enum)):
            return found
        raise PackingError(name)


def _kinds(kind: type[Any]) -> Iterator[type[Any]]:
    for below in kind.__subclasses__():
        yield below
        yield from _kinds(below)


def _fields_of(kind: type[Any]) -> str:
    return ",".join(f"{field.name}:{field.type}" for field in msgspec.structs.fields(kind))
