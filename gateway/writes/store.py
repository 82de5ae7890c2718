"""Where writes stand while they are under way: one transaction for each step, so that no instant loses or doubles one.

Who tries an effect holds it for a while; should they die, it is tried again by whoever comes first when that while is
over. Platforms take each write under its id only once, so that to try again is never to do again.
"""

import secrets
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import msgspec
from sqlalchemy import Connection, delete, insert, or_, select, update

from auth.store.database import Database
from auth.store.moments import now
from auth.store.tables import EffectRow, WriteRow
from auth.vault import Vault
from connectors.records.effect import EffectKind, EffectStatus
from connectors.refusals import RefusedError
from connectors.viewer import Viewer
from gateway.writes.actors import told
from gateway.writes.order import WAITING
from gateway.writes.rows import Begun, Due, Planned, Repeated, Wanted
from gateway.writes.sealing import BODY, Sealing
from gateway.writes.turns import take_turn

_ID_BYTES = 16


class WriteStore:
    """One per process; ``holder`` is its name among the replicas."""

    def __init__(self, database: Database, vault: Vault) -> None:
        self.database = database
        self.sealing = Sealing(vault)
        self.holder = secrets.token_urlsafe(12)

    async def begin(self, wanted: Wanted, viewer: Viewer, lease: timedelta) -> Begun | Repeated:
        """Keep what is asked for before anything is done; the same key again finds what it asked for before.

        Raises ``RefusedError``: IDEMPOTENCY_KEY_REUSED for other input, WRITE_UNDER_WAY while the first one is done,
        ANOTHER_WRITE_WAITS where it has to be alone and is not; ``StoreUnavailableError``.
        """
        owner, key, asked = self.sealing.names(wanted.act, wanted.asked, wanted.key, viewer)
        write_id, at = secrets.token_hex(_ID_BYTES), now()
        write = {
            "id": write_id,
            "owner": owner,
            "idempotency_key": key,
            "asked": asked,
            "act": wanted.act,
            "subject": wanted.subject,
            "actor": self.sealing.seal(told(viewer), write_id),
            "request": self.sealing.seal(wanted.request.decode(), write_id),
            "begun_at": at,
        }
        effect = effect_of(write_id, 0, wanted.subject, wanted.kind, wanted.platform, at)

        def change(connection: Connection) -> Begun | Repeated:
            known = key and self._known(connection, owner, key, asked)
            if known:
                return known
            behind = _behind(connection, wanted)
            held = {} if behind else {"held_until": at + lease, "holder": self.holder}
            connection.execute(insert(WriteRow), write)
            connection.execute(insert(EffectRow), effect | {"held_until": None, "holder": None} | held)
            return Begun(write_id, wanted.request, behind=behind is not None)

        return await self.database.write_plainly(change)

    async def known(self, act: str, asked_for: bytes, key_of: str, viewer: Viewer) -> Repeated | None:
        """Find what a key stands for already; raises as ``begin``."""
        owner, key, asked = self.sealing.names(act, asked_for, key_of, viewer)
        return await self.database.write_plainly(lambda connection: self._known(connection, owner, str(key), asked))

    def _known(self, connection: Connection, owner: str, key: str, asked: str) -> Repeated | None:
        found = connection.execute(
            select(WriteRow.id, WriteRow.asked, WriteRow.request, EffectRow.status, EffectRow.held_until)
            .join(EffectRow, EffectRow.write_id == WriteRow.id)
            .where(WriteRow.owner == owner, WriteRow.idempotency_key == key, EffectRow.place == 0)
        ).first()
        if found is None:
            return None
        if found.asked != asked:
            raise RefusedError("IDEMPOTENCY_KEY_REUSED")
        if found.status in WAITING and found.held_until is not None and found.held_until > now():
            raise RefusedError("WRITE_UNDER_WAY")
        return Repeated(found.id, self.sealing.unseal(found.request, found.id).encode())

    async def drop(self, write_id: str) -> None:
        """Forget a write that was refused: nothing was done, and its key is free again."""

        def change(connection: Connection) -> None:
            connection.execute(delete(EffectRow).where(EffectRow.write_id == write_id))
            connection.execute(delete(WriteRow).where(WriteRow.id == write_id))

        await self.database.write_plainly(change)

    async def finish(self, write_id: str, subject: str, planned: Sequence[Planned]) -> None:
        """Note that the primary effect is done, and what follows from it: in one step."""
        at = now()
        rows = [
            effect_of(write_id, place, subject, one.kind, one.platform, at)
            | {"body": self.sealing.seal(msgspec.json.encode(one.body).decode(), BODY)}
            for place, one in enumerate(planned, 1)
        ]

        def change(connection: Connection) -> None:
            done = connection.execute(
                update(EffectRow)
                .where(EffectRow.write_id == write_id, EffectRow.place == 0, EffectRow.status != EffectStatus.DONE)
                .values(status=EffectStatus.DONE, done_at=at, held_until=None, holder=None, code=None)
            )
            if done.rowcount and rows:  # else another replica, which took it over, has noted it already
                connection.execute(insert(EffectRow), rows)

        await self.database.write_plainly(change)

    async def settle(
        self, due: Due, status: EffectStatus, code: str | None = None, wait: timedelta = timedelta()
    ) -> None:
        """Note how a try ended; it is due again after ``wait`` where it is not over."""
        await self.note(due.write_id, due.place, status, code, wait)

    async def note(
        self, write_id: str, place: int, status: EffectStatus, code: str | None, wait: timedelta = timedelta()
    ) -> None:
        """The same, by the write's id and the effect's place."""
        at = now()
        values: dict[str, Any] = {"status": status, "code": code, "held_until": None, "holder": None}
        values |= {"attempts": EffectRow.attempts + 1, "due_at": at + wait}
        if status is EffectStatus.DONE:
            values["done_at"] = at

        def change(connection: Connection) -> None:
            this = (EffectRow.write_id == write_id, EffectRow.place == place, EffectRow.status.in_(WAITING))
            connection.execute(update(EffectRow).where(*this).values(**values))

        await self.database.write_plainly(change)


def _behind(connection: Connection, wanted: Wanted) -> int | None:
    """An effect that has to be done first. Raises ``RefusedError`` (ANOTHER_WRITE_WAITS)."""
    if wanted.alone_since is not None:
        take_turn(connection, wanted.subject)
    goes_first = or_(EffectRow.place == 0, EffectRow.kind == EffectKind.QUESTION_MOVE)
    on_it = select(EffectRow.number).where(EffectRow.subject == wanted.subject, goes_first).limit(1)
    waits: int | None = connection.scalar(on_it.where(EffectRow.status.in_(WAITING)))
    if wanted.alone_since is None:
        return waits
    if waits is not None or connection.scalar(on_it.where(EffectRow.done_at >= wanted.alone_since)) is not None:
        raise RefusedError("ANOTHER_WRITE_WAITS")
    return None


def effect_of(write_id: str, place: int, subject: str, kind: str, platform: str, at: Any) -> dict[str, Any]:  # noqa: PLR0917 - the columns
    """The row of an effect that was not tried yet."""
    return {
        "write_id": write_id,
        "place": place,
        "subject": subject,
        "kind": kind,
        "platform": platform,
        "status": EffectStatus.PENDING,
        "body": None,
        "begun_at": at,
        "due_at": at,
        "attempts": 0,
    }
