"""Entries of the handheld office by the organisation they belong to, made when first asked for."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from connectors.zhezhengding.sandbox.office.circles import Circles

_ID = re.compile(r"[A-Z]([0-9]{5})[0-9]{4,}")


@dataclass(frozen=True, slots=True)
class Entry:
    """One row. ``at`` is what its list is ordered by; ``units`` are the organisations that see it."""

    id: str
    units: tuple[str, ...]
    at: datetime
    changed_at: datetime
    row: dict[str, Any]
    withdrawn_at: datetime | None = None


Make = Callable[[str], Iterable[Entry]]
"""Makes the entries an organisation begins with; the same organisation gives the same ones."""


class Shelf:
    """The entries of one kind. What is added is kept while the sandbox runs."""

    def __init__(self, circles: Circles, make: Make) -> None:
        self._circles = circles
        self._make = make
        self._made: dict[str, list[Entry]] = {}
        self._added: dict[str, Entry] = {}
        self._added_to: dict[str, list[Entry]] = {}

    def of_unit(self, unit: str) -> list[Entry]:
        """What an organisation sees, in no order."""
        if unit not in self._circles.units:
            return []
        if unit not in self._made:
            self._made[unit] = list(self._make(unit))
        return self._made[unit] + self._added_to.get(unit, [])

    def of_employee(self, employee: str) -> list[Entry]:
        """What the organisations of an employee see, each entry once."""
        found = {entry.id: entry for unit in self._circles.of(employee) for entry in self.of_unit(unit)}
        return list(found.values())

    def find(self, key: str) -> Entry | None:
        """The entry of that id."""
        added = self._added.get(key)
        if added is not None:
            return added
        named = _ID.fullmatch(key)
        at = int(named[1]) if named else len(self._circles.codes)
        if at >= len(self._circles.codes):
            return None
        return next((entry for entry in self.of_unit(self._circles.codes[at]) if entry.id == key), None)

    def add(self, entry: Entry) -> None:
        """Put in one more."""
        self._added[entry.id] = entry
        for unit in entry.units:
            self._added_to.setdefault(unit, []).append(entry)


def entry_id(circles: Circles, letter: str, unit: str, serial: int) -> str:
    """An id from which the organisation can be told again."""
    return f"{letter}{circles.index[unit]:05d}{serial:04d}"
