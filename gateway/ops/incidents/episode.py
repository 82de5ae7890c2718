"""An episode as one replica sees it, on its way into the store."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

ALL = "*"
"""The scope of what makes every platform fail at once."""
DATABASE_SCOPE = "*database"
"""The scope of our own store, whose incident is kept once it is back."""


class Trouble(NamedTuple):
    """Something that is not well now. ``scope`` is the platform's name, or one of those above."""

    scope: str
    kind: str
    side: str
    level: str
    zh: str
    en: str
    since: datetime

    @property
    def platform(self) -> str | None:
        """None for what concerns all."""
        return None if self.scope.startswith(ALL) else self.scope


class Line(NamedTuple):
    """An entry of the timeline; ``fact`` tells two lines of one kind apart."""

    at: datetime
    kind: str
    fact: str
    zh: str
    en: str
    by: str | None = None


@dataclass(slots=True)
class Episode:
    """``lines`` wait to be stored; ``ended`` is set once this replica sees no more of it."""

    trouble: Trouble
    lines: list[Line] = field(default_factory=list)
    ended: datetime | None = None
    incident_id: str | None = None
    stored_at: float = float("-inf")
