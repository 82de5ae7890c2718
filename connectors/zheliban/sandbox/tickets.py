"""Tickets and tokens of all forms of sign-on: what was issued, to whom, until when (wire-formats B2, B5, B6, F10)."""

import enum
import secrets
from collections import OrderedDict
from dataclasses import dataclass

_REMEMBERED_SECONDS = 3600
"""How long something that ended can still be told from something that never was."""


class Lost(enum.Enum):
    """Why a ticket or token is no good."""

    UNKNOWN = "unknown"  # never issued, used up, or forgotten
    ENDED = "ended"
    FOREIGN = "foreign"  # of another application


@dataclass(frozen=True, slots=True)
class Issued:
    """Who holds it, which application may hand it in (None: any of ours), and when it ends."""

    holder: str
    owner: str | None
    ends_at: float


class Book:
    """One kind of ticket or token; moments are seconds since 1970 as the platform has it."""

    def __init__(self, prefix: str, seconds: int) -> None:
        self._prefix = prefix
        self._seconds = seconds
        self._issued: OrderedDict[str, Issued] = OrderedDict()

    def issue(self, holder: str, owner: str | None, now: float) -> str:
        """A new one for that person and application; what ended long ago is forgotten."""
        while self._issued and next(iter(self._issued.values())).ends_at + _REMEMBERED_SECONDS <= now:
            self._issued.popitem(last=False)
        value = self._prefix + secrets.token_hex(16)
        self._issued[value] = Issued(holder, owner, now + self._seconds)
        return value

    def look(self, value: str, owner: str | None, now: float) -> Issued | Lost:
        """What it stands for; ``owner`` None asks for no application."""
        issued = self._issued.get(value)
        if issued is None:
            return Lost.UNKNOWN
        if owner is not None and issued.owner not in (None, owner):
            return Lost.FOREIGN
        return issued if now < issued.ends_at else Lost.ENDED

    def use(self, value: str, owner: str | None, now: float) -> Issued | Lost:
        """What it stands for, and it is used up; what is no good stays as it was."""
        found = self.look(value, owner, now)
        if isinstance(found, Issued):
            del self._issued[value]
        return found
