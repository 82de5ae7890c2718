"""What ends with what, and who hears of it.

    ends                    and with it                                       is told
    a session               its grants, but the offline ones                  every client of the session
    a person's sign-out     all sessions and all grants of the person         every client of any of them
    a client of a person    its grants and the consent                        that client
    a grant                 nothing else                                      nobody: it is the client's own doing
    a client (disabled)     all its grants                                    nobody: it gets no token any more

Each is one transaction: rows that say so, revocations for the access tokens that are out (``auth.revocations``), logout
tokens that are owed (``auth.logouts``). Afterwards this process is told at once; others read it within seconds.
"""

from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from auth.audit import Act, Audit
from auth.clients import Clients
from auth.logouts.owed import owe
from auth.revocations import Revocations, Revoked
from auth.store.database import Database
from auth.store.moments import now
from auth.store.tables import ClientRow, ConsentRow, DeviceCodeRow, GrantRow, SessionRow

Check = Callable[[AsyncSession], Awaitable[object]]


@dataclass(frozen=True, slots=True)
class Ended:
    """What ended just now; ``told`` counts the logout tokens that are owed."""

    sessions: Collection[str] = ()
    grants: Collection[str] = ()
    told: int = 0

    def __bool__(self) -> bool:
        return bool(self.sessions or self.grants)


class Endings:
    """One per process; all methods raise ``StoreUnavailableError``, and what has ended already ends in peace.

    ``on_owed`` is called when logout tokens are owed.
    """

    def __init__(
        self,
        database: Database,
        clients: Clients,
        revocations: Revocations,
        audit: Audit,
        on_owed: Callable[[], None] = lambda: None,
    ) -> None:
        self._database = database
        self._clients = clients
        self._revocations = revocations
        self._audit = audit
        self._on_owed = on_owed

    async def session(self, sid: str) -> Ended:
        """End a browser session, for all clients."""

        async def end(session: AsyncSession) -> tuple[str | None, Ended]:
            row = await session.get(SessionRow, sid, with_for_update=True)
            if row is None or row.ended_at is not None:
                return None, Ended()
            row.ended_at = now()
            grants = await self._grants(session, (GrantRow.sid == sid) & GrantRow.offline.is_(False))
            told = await owe(session, GrantRow.sid == sid)
            await _undecided(session, DeviceCodeRow.sid == sid)
            return row.person_id, Ended([sid], grants, told)

        who, ended = await self._database.write(end)
        if ended:
            self._audit.note(Act.SIGNED_OUT, who=who)
        return self._after(ended)

    async def person(self, person_id: str) -> Ended:
        """Sign a person out everywhere: every browser, every client, offline ones too."""

        async def end(session: AsyncSession) -> Ended:
            sids = await _sessions_of(session, person_id)
            of_person = GrantRow.person_id == person_id
            await session.execute(update(SessionRow).where(SessionRow.sid.in_(sids)).values(ended_at=now()))
            grants = await self._grants(session, of_person)
            told = await owe(session, of_person & (GrantRow.id.in_(grants) | GrantRow.sid.in_(sids)))
            await _undecided(session, DeviceCodeRow.person_id == person_id)
            await self._revocations.add(session, Revoked.PERSON, person_id)
            return Ended(sids, grants, told)

        ended = await self._database.write(end)
        self._revocations.note(Revoked.PERSON, person_id)
        self._audit.note(Act.SIGNED_OUT_EVERYWHERE, who=person_id, sessions=len(ended.sessions))
        return self._after(ended)

    async def client_of_person(self, client_id: str, person_id: str) -> Ended:
        """Take back what a person let a client do: the consent, the grants, the tokens."""

        async def end(session: AsyncSession) -> Ended:
            sids = await _sessions_of(session, person_id)
            theirs = (GrantRow.client_id == client_id) & (GrantRow.person_id == person_id)
            grants = await self._grants(session, theirs)
            told = await owe(session, theirs & (GrantRow.id.in_(grants) | GrantRow.sid.in_(sids)))
            await _undecided(session, (DeviceCodeRow.client_id == client_id) & (DeviceCodeRow.person_id == person_id))
            consent = (ConsentRow.client_id == client_id) & (ConsentRow.person_id == person_id)
            await session.execute(delete(ConsentRow).where(consent))
            return Ended((), grants, told)

        ended = await self._database.write(end)
        self._audit.note(Act.CONSENT_TAKEN_BACK, who=person_id, client_id=client_id)
        return self._after(ended)

    async def grant(self, grant_id: str) -> Ended:
        """End one grant with all its tokens, because they were stolen or given back."""
        rows = await self._database.write(lambda session: self.grants_in(session, [grant_id]))
        self.note(rows)
        return Ended((), [row.id for row in rows])

    async def grants_in(self, session: AsyncSession, grant_ids: Collection[str]) -> Sequence[GrantRow]:
        """End grants within a transaction; answers those that had not ended, for ``note`` once it is done."""
        ended = await self._grants(session, GrantRow.id.in_(grant_ids))
        return (await session.scalars(select(GrantRow).where(GrantRow.id.in_(ended)))).all()

    def note(self, ended: Sequence[GrantRow]) -> None:
        """Let this process and the audit know of grants that ended."""
        for row in ended:
            self._revocations.note(Revoked.GRANT, row.id)
            self._audit.note(Act.GRANT_ENDED, whom=row.person_id, client_id=row.client_id)

    async def client(self, client_id: str, *, only_if: Check | None = None) -> bool:
        """Disable a client: it gets no token any more, and those it has end; False where there is none of that id.

        ``only_if`` looks whether it may be, in the same transaction, and raises where not.
        """

        async def end(session: AsyncSession) -> bool:
            if only_if is not None:
                await only_if(session)
            row = await session.get(ClientRow, client_id, with_for_update=True)
            if row is None:
                return False
            row.disabled_at = row.disabled_at or now()
            mine = (GrantRow.client_id == client_id) & GrantRow.ended_at.is_(None)
            await session.execute(update(GrantRow).where(mine).values(ended_at=now()))
            await _undecided(session, DeviceCodeRow.client_id == client_id)
            await self._revocations.add(session, Revoked.CLIENT, client_id)
            return True

        known = await self._database.write(end)
        if known:
            self._clients.forget(client_id)
            self._revocations.note(Revoked.CLIENT, client_id)
            self._audit.note(Act.CLIENT_DISABLED, client_id=client_id)
        return known

    async def _grants(self, session: AsyncSession, which: ColumnElement[bool]) -> list[str]:
        """End the grants that have not ended yet, in an order that lets two who do so wait for each other.

        Whoever redeems a code just now is waited for: what is owed to its client is looked at after this.
        """
        living = select(GrantRow.id).where(which, GrantRow.ended_at.is_(None)).order_by(GrantRow.id).with_for_update()
        ids = list(await session.scalars(living))
        if ids:
            await session.execute(update(GrantRow).where(GrantRow.id.in_(ids)).values(ended_at=now()))
        for grant_id in ids:
            await self._revocations.add(session, Revoked.GRANT, grant_id)
        return ids

    def _after(self, ended: Ended) -> Ended:
        """What has to happen only once the transaction has."""
        for grant_id in ended.grants:
            self._revocations.note(Revoked.GRANT, grant_id)
        if ended.told:
            self._on_owed()
        return ended


async def _sessions_of(session: AsyncSession, person_id: str) -> list[str]:
    """Lock and read the sessions of a person that nobody ended."""
    mine = (SessionRow.person_id == person_id) & SessionRow.ended_at.is_(None)
    return list(await session.scalars(select(SessionRow.sid).where(mine).order_by(SessionRow.sid).with_for_update()))


async def _undecided(session: AsyncSession, which: ColumnElement[bool]) -> None:
    """A device that was allowed but did not fetch its tokens gets none (``DeviceCodeRow``)."""
    waiting = which & (DeviceCodeRow.decision == "allowed") & DeviceCodeRow.grant_id.is_(None)
    await session.execute(update(DeviceCodeRow).where(waiting).values(decision="denied"))
