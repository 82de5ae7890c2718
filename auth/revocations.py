"""Access tokens that end before their time.

A token is verified without asking the store whether it still holds; instead every process keeps a copy of all that
was taken back and has not ended by itself. It is at most five seconds old, and at once right for what this process
took back.
"""

import asyncio
import enum
import time
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

import structlog
from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from auth.claims import Claims
from auth.settings import MAX_ACCESS_TOKEN_LIFETIME_S
from auth.store.database import Database, StoreUnavailableError
from auth.store.moments import now
from auth.store.tables import RevocationRow

_FRESH_SECONDS = 5.0
_PATIENCE_SECONDS = 1.0
_OVERLAP = timedelta(seconds=60)
"""A row may show up this long after the moment it bears: clocks differ, and transactions take their time."""
_OUTLIVES = timedelta(seconds=MAX_ACCESS_TOKEN_LIFETIME_S + 60)
_log = structlog.get_logger(__name__)


class Revoked(enum.StrEnum):
    """What revoked tokens have in common: the claim of that name."""

    JTI = "jti"
    GRANT = "gid"
    SESSION = "sid"
    PERSON = "sub"
    CLIENT = "client_id"


_COMES_BACK = frozenset({Revoked.PERSON, Revoked.CLIENT})
"""Tokens made later are good again; the others name something that is over for ever."""


class Revocations:
    """One per process; ``on_change`` is called when something was taken back that this process did not know of."""

    def __init__(self, database: Database, clock: Callable[[], float] = time.monotonic) -> None:
        self._database = database
        self._clock = clock
        self._known: dict[tuple[str, str], tuple[int, datetime]] = {}
        self._read_at = float("-inf")
        self._read_up_to: datetime | None = None
        self._reading = asyncio.Lock()
        self.on_change: list[Callable[[], None]] = []

    @property
    def is_old(self) -> bool:
        """Whether the copy has to be refreshed before it is asked."""
        return self._clock() - self._read_at > _FRESH_SECONDS

    async def refresh(self) -> None:
        """Read what was taken back since the last time; while the store is away, what was last known holds."""
        async with self._reading:
            if self.is_old:
                try:
                    async with asyncio.timeout(_PATIENCE_SECONDS):
                        await self._read()
                except (StoreUnavailableError, TimeoutError) as error:
                    _log.warning("revocations_not_read", fault=type(error).__name__)
                self._read_at = self._clock()  # also when it failed: a lost store is not asked on every request

    async def _read(self) -> None:
        started = now()
        for kind, value, revoked_at, until in await self._database.read(self._rows):
            self._keep(kind, value, revoked_at, until)
        self._read_up_to = started
        if any(until <= started for _, until in self._known.values()):
            self._known = {key: entry for key, entry in self._known.items() if entry[1] > started}

    async def add(self, session: AsyncSession, kind: Revoked, value: str, until: datetime | None = None) -> None:
        """Take tokens back inside a transaction; call ``note`` once it is done.

        ``until`` the last of them has ended by itself; longer than any token may live where nothing is said.
        """
        row = (RevocationRow.kind == kind.value) & (RevocationRow.value == value)
        await session.execute(delete(RevocationRow).where(row))
        session.add(RevocationRow(kind=kind.value, value=value, revoked_at=now(), until=until or now() + _OUTLIVES))

    def note(self, kind: Revoked, value: str, until: datetime | None = None) -> None:
        """Let this process know at once what was taken back."""
        self._keep(kind.value, value, now(), until or now() + _OUTLIVES)

    async def revoke(self, kind: Revoked, value: str, until: datetime | None = None) -> None:
        """Take tokens back in a transaction of its own. Raises ``StoreUnavailableError``."""
        await self._database.write(lambda session: self.add(session, kind, value, until))
        self.note(kind, value, until)

    def ended(self, claims: Claims) -> bool:
        """Whether a token was taken back."""
        named = ((kind, getattr(claims, kind.value)) for kind in Revoked)
        return any(value is not None and self._ends(kind, value, claims.iat) for kind, value in named)

    def good_from(self, person_id: str, client_id: str) -> int:
        """From which second on new tokens for them are good; claims count whole seconds."""
        both = ((Revoked.PERSON.value, person_id), (Revoked.CLIENT.value, client_id))
        return max(self._known[key][0] + 1 if key in self._known else 0 for key in both)

    def _ends(self, kind: Revoked, value: str, issued_at: int) -> bool:
        entry = self._known.get((kind.value, value))
        return entry is not None and (kind not in _COMES_BACK or issued_at <= entry[0])

    def _keep(self, kind: str, value: str, revoked_at: datetime, until: datetime) -> None:
        before, entry = self._known.get((kind, value)), (int(revoked_at.timestamp()), until)
        if before is None or before[0] < entry[0]:
            self._known[kind, value] = entry
            for changed in self.on_change:
                changed()

    async def _rows(self, session: AsyncSession) -> Sequence[tuple[str, str, datetime, datetime]]:
        columns = (RevocationRow.kind, RevocationRow.value, RevocationRow.revoked_at, RevocationRow.until)
        found = select(*columns).where(RevocationRow.until > now())
        if self._read_up_to is not None:
            found = found.where(RevocationRow.revoked_at > self._read_up_to - _OVERLAP)
        return [(kind, value, revoked_at, until) for kind, value, revoked_at, until in await session.execute(found)]
