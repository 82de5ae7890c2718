"""Rows of code tables."""

from connectors.records.record import Record


class Code(Record, frozen=True):
    """A row of a code table that differs from place to place, as another row names it."""

    code: str
    name: str
