"""Devices without a keyboard: what they wait for, and who lets them in (RFC 8628).

A device code goes one way: asked for, decided by somebody who typed the user code in, redeemed once. Each step is one
transaction.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from auth.client import Client
from auth.factor.policy import lacks_factor
from auth.proof import Proof
from auth.refusals import Refusal
from auth.sessions import Session
from auth.settings import GrantSettings
from auth.store.database import Database
from auth.store.moments import now
from auth.store.tables import DeviceCodeRow, SessionRow
from auth.vault import Vault
from connectors.viewer import Scope

ALPHABET = "BCDFGHJKLMNPQRSTVWXZ"
"""Letters of user codes: no vowels, so that they spell nothing (RFC 8628 section 6.1)."""

_LETTERS = 8
_INTERVAL_S = 5
_ALLOWED, _DENIED = "allowed", "denied"


@dataclass(frozen=True, slots=True)
class DeviceCode:
    """What a device was given: its own code, shown to nobody; ``user_code`` to show, as XXXX-XXXX."""

    device_code: str = field(repr=False)
    user_code: str = field(repr=False)
    expires_in: int
    interval: int


@dataclass(frozen=True, slots=True)
class WaitingDevice:
    """A device somebody has still to decide about."""

    client_id: str
    scopes: frozenset[Scope]


@dataclass(frozen=True, slots=True)
class LetIn:
    """Whom a device may act for, and what for; handed out once."""

    person_id: str
    sid: str
    scopes: frozenset[Scope]
    proof: Proof
    dpop_jkt: str | None


class Devices:
    """One per process; keeps nothing in memory. All raise ``StoreUnavailableError``."""

    def __init__(
        self, database: Database, vault: Vault, settings: GrantSettings, clock: Callable[[], datetime] = now
    ) -> None:
        self._clock = clock
        self._database = database
        self._vault = vault
        self._lifetime = settings.device_code_s

    async def begin(self, client: Client, scopes: frozenset[Scope], jkt: str | None) -> DeviceCode:
        """Give a device its codes; all its tokens will be bound to the key ``jkt`` names, if any."""
        device_code = secrets.token_urlsafe(32)
        letters = "".join(secrets.choice(ALPHABET) for _ in range(_LETTERS))
        row = {
            "digest": self._vault.digest(device_code),
            "user_code_digest": self._vault.digest(letters),
            "client_id": client.client_id,
            "scopes": frozenset(scope.value for scope in scopes),
            "dpop_jkt": jkt,
            "interval": _INTERVAL_S,
            "expires_at": self._clock() + timedelta(seconds=self._lifetime),
        }

        async def begun(session: AsyncSession) -> None:
            session.add(DeviceCodeRow(**row))

        await self._database.write(begun)
        return DeviceCode(device_code, f"{letters[:4]}-{letters[4:]}", self._lifetime, _INTERVAL_S)

    async def waiting(self, typed: str) -> WaitingDevice | None:
        """The device that shows this code, however it was typed; None when none waits for it (any more)."""
        row = await self._database.read(partial(self._undecided, typed=typed, lock=False))
        return None if row is None else WaitingDevice(row.client_id, frozenset(map(Scope, row.scopes)))

    async def decide(self, typed: str, session: Session, scopes: frozenset[Scope] | None) -> bool:
        """Let the device in for these scopes, or send it away with None; False when it waits no more."""
        return await self._database.write(partial(self._decided, typed=typed, who=session, scopes=scopes))

    async def redeem(self, session: AsyncSession, device_code: str, client: Client, jkt: str | None) -> LetIn | Refusal:
        """Trade a device code, inside the transaction that makes the grant; a refusal's traces are to be kept too.

        Never again after it answered ``LetIn``.
        """
        digests = self._vault.digests(device_code)
        row = await session.scalar(select(DeviceCodeRow).where(DeviceCodeRow.digest.in_(digests)).with_for_update())
        if row is None or row.client_id != client.client_id or row.dpop_jkt not in {None, jkt}:
            return Refusal.BAD_DEVICE_CODE
        if row.expires_at <= self._clock():
            return Refusal.DEVICE_CODE_ENDED
        if row.decision is None:
            return _polled(row, self._clock())
        # locked: who signs out just now either sees the grant to end it, or is seen here
        who = None if row.decision == _DENIED else await session.get(SessionRow, row.sid, with_for_update=True)
        await session.delete(row)
        if who is None or who.ended_at is not None or row.person_id is None:
            return Refusal.DEVICE_DENIED
        proof = Proof(int(who.proved_at.timestamp()), who.level, tuple(sorted(who.methods)))
        scopes = frozenset(map(Scope, row.scopes))
        if lacks_factor(scopes, proof):  # it was proved when the device was let in, and taken off since
            return Refusal.DEVICE_DENIED
        return LetIn(row.person_id, who.sid, scopes, proof, jkt)

    async def _decided(self, session: AsyncSession, typed: str, who: Session, scopes: frozenset[Scope] | None) -> bool:
        row = await self._undecided(session, typed, lock=True)
        if row is None:
            return False
        row.decision = _DENIED if scopes is None else _ALLOWED
        row.person_id, row.sid = who.person_id, who.sid
        row.scopes = row.scopes if scopes is None else row.scopes & frozenset(scope.value for scope in scopes)
        return True

    async def _undecided(self, session: AsyncSession, typed: str, lock: bool) -> DeviceCodeRow | None:  # noqa: FBT001 - by name in both calls
        letters = "".join(letter for letter in typed.upper()[:64] if letter in ALPHABET)
        asked = select(DeviceCodeRow).where(
            DeviceCodeRow.user_code_digest.in_(self._vault.digests(letters)),
            DeviceCodeRow.decision.is_(None),
            DeviceCodeRow.expires_at > self._clock(),
        )
        return await session.scalar(asked.with_for_update() if lock else asked)


def _polled(row: DeviceCodeRow, moment: datetime) -> Refusal:
    """Note a poll; one that came too early makes all that follow wait longer (RFC 8628 section 3.5)."""
    before, row.polled_at = row.polled_at, moment
    if before is None or moment - before >= timedelta(seconds=row.interval):
        return Refusal.DEVICE_PENDING
    row.interval += _INTERVAL_S
    return Refusal.DEVICE_TOO_FAST
