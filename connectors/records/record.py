"""The base of all records."""

import msgspec


class Record(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A slotted, immutable value; compared by content."""


class Ref(Record, frozen=True):
    """A thing of which only the key is known."""

    key: str
