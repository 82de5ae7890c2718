"""Browser sessions: one person signed in in one browser, over all clients."""

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from auth.proof import Proof
from auth.settings import SessionSettings
from auth.store.database import Database
from auth.store.moments import now
from auth.store.tables import SessionRow
from auth.vault import Vault

_SEEN_EVERY = timedelta(seconds=60)
"""Use is noted so often at most, and at least twenty times within what may pass without any."""


@dataclass(frozen=True, slots=True)
class Session:
    """A living session; ``proof`` is the latest: how, when and how well the person proved who they are."""

    sid: str
    person_id: str
    platform: str
    proof: Proof
    browser: str
    created_at: datetime
    seen_at: datetime


class Sessions:
    """Opens, finds and ends sessions; keeps none in memory. All raise ``StoreUnavailableError``."""

    def __init__(self, database: Database, vault: Vault, settings: SessionSettings) -> None:
        self._database = database
        self._vault = vault
        self._idle = timedelta(seconds=settings.idle_s)
        self._seen_every = min(_SEEN_EVERY, self._idle / 20)
        self._lifetime = timedelta(seconds=settings.lifetime_s)

    async def open(
        self, person_id: str, platform: str, proof: Proof, browser: str, *, before: Session | None = None
    ) -> str:
        """Begin a session and answer the secret for its cookie: 256 random bits, new at every sign-in.

        ``before``, the session the browser had, ends; where it was the same person's and still lives, its ``sid`` goes
        on, so that clients that hold it still hear of its end. One that ended meanwhile never lives again.
        """
        secret, moment = secrets.token_urlsafe(32), now()
        facts = {
            "digest": self._vault.digest(secret),
            "person_id": person_id,
            "platform": platform,
            "level": proof.level,
            "methods": frozenset(proof.methods),
            "proved_at": moment,
            "seen_at": moment,
            "ends_at": moment + self._lifetime,
        }

        def row(sid: str) -> dict[str, Any]:
            return {"sid": sid, "sealed_browser": self._vault.seal(browser[:200], f"session {sid}"), **facts}

        async def opened(session: AsyncSession) -> None:
            if before is not None and before.person_id == person_id:
                same = (SessionRow.sid == before.sid) & self._lives(moment)
                goes_on = update(SessionRow).where(same).values(row(before.sid)).returning(SessionRow.sid)
                if await session.scalar(goes_on) is not None:
                    return
            session.add(SessionRow(**row(secrets.token_hex(16)), created_at=moment))

        await self._database.write(opened)
        return secret

    async def of(self, secret: str) -> Session | None:
        """Find the living session of a cookie, and note that it is in use; None for none, an idle or an ended one."""
        row = await self._database.read(partial(_row_of, digests=self._vault.digests(secret)))
        moment = now()
        if row is None or row.ended_at or row.ends_at <= moment or row.seen_at + self._idle <= moment:
            return None
        if row.seen_at + self._seen_every <= moment:
            seen = update(SessionRow).where(SessionRow.sid == row.sid).values(seen_at=moment)
            await self._database.write(lambda session: session.execute(seen))
        return self._session_from(row)

    async def living(self, person_id: str) -> tuple[Session, ...]:
        """Read a person's living sessions, the one used last first."""
        return tuple(self._session_from(row) for row in await self._database.read(partial(self._living, who=person_id)))

    async def proved_more_in(self, session: AsyncSession, sid: str, methods: Collection[str]) -> str | None:
        """Note a further proof in a session, such as a second factor (RFC 8176: ``otp``), within a transaction.

        Answers the session's new secret: who knew the one before has no part in what is proved now. None for a session
        that ended.
        """
        row, moment = await session.get(SessionRow, sid, with_for_update=True, populate_existing=True), now()
        if row is None or row.ended_at or row.ends_at <= moment:
            return None
        secret = secrets.token_urlsafe(32)
        row.digest = self._vault.digest(secret)
        row.methods = row.methods | frozenset(methods)
        row.proved_at = row.seen_at = moment
        return secret

    async def proved_less_in(self, session: AsyncSession, person_id: str, methods: Collection[str]) -> None:
        """Take a proof back from all living sessions of a person, within a transaction."""
        of_person = (SessionRow.person_id == person_id) & SessionRow.ended_at.is_(None)
        for row in await session.scalars(
            select(SessionRow).where(of_person).order_by(SessionRow.sid).with_for_update()
        ):
            row.methods = row.methods - frozenset(methods)
        await session.flush()

    async def _living(self, session: AsyncSession, who: str) -> list[SessionRow]:
        alive = (SessionRow.person_id == who) & self._lives(now())
        return list(await session.scalars(select(SessionRow).where(alive).order_by(SessionRow.seen_at.desc())))

    def _lives(self, moment: datetime) -> ColumnElement[bool]:
        in_time = (SessionRow.ends_at > moment) & (SessionRow.seen_at > moment - self._idle)
        return SessionRow.ended_at.is_(None) & in_time

    def _session_from(self, row: SessionRow) -> Session:
        proof = Proof(at=int(row.proved_at.timestamp()), level=row.level, methods=tuple(sorted(row.methods)))
        browser = self._vault.unseal(row.sealed_browser, f"session {row.sid}")
        return Session(row.sid, row.person_id, row.platform, proof, browser, row.created_at, row.seen_at)


async def _row_of(session: AsyncSession, digests: tuple[str, ...]) -> SessionRow | None:
    return await session.scalar(select(SessionRow).where(SessionRow.digest.in_(digests)))
