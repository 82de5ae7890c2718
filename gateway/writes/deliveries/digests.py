"""Work notifications: one to all who wait, as seldom as the app allows (wire-formats A6; design section 7).

A digest is fixed, with its id and whom it is for, before it is sent; until the platform has taken it, or said that it
had it already, the same one is sent again. Who sends it holds it for a while, by when it is due next.
"""

import secrets
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import msgspec
from sqlalchemy import Connection, insert, select, update

from auth.store.moments import now
from auth.store.tables import DigestRow, EffectRow
from connectors.deadline import Deadline
from connectors.errors import PlatformError
from connectors.ports import WorkNotifier
from connectors.records.effect import EffectKind, EffectStatus
from connectors.records.notification import TextMessage, WorkNotification
from connectors.viewer import ANYONE, Ask
from gateway.writes.deliveries.people import ACCOUNT, ORGANIZATION, People
from gateway.writes.homes import Homes
from gateway.writes.order import WAITING
from gateway.writes.outcomes import code_of, status_after, wait_after
from gateway.writes.sealing import BODY
from gateway.writes.settings import WriteSettings
from gateway.writes.store import WriteStore
from gateway.writes.turns import take_turn

_WORDS = "您有新的履职消息，请打开掌上履职查看。"
"""The same for everybody: it stands on locked screens."""
_PLACE = "digest"
_MOST_EFFECTS = 500
_GRACE = timedelta(seconds=2)


class Digests:
    """One per process. An effect's body names who waits: ``office_of`` a member, or ``member``.

    ``went_on`` is told of each write whose notification was tried.
    """

    def __init__(
        self, store: WriteStore, homes: Homes, people: People, settings: WriteSettings, went_on: Callable[[str], None]
    ) -> None:
        self._store, self._homes, self._people, self._settings = store, homes, people, settings
        self._went_on = went_on

    async def turn(self) -> bool:
        """Send what may be sent now; whether that was any. Raises ``StoreUnavailableError``."""
        opened = await self._store.database.write_plainly(_open_digest)
        if opened is None:
            opened = await self._made()
        if opened is None or opened.due_at > now():
            return False
        if not await self._store.database.write_plainly(partial(self._held, opened.id)):
            return False
        await self._send(opened)
        return True

    def _held(self, digest: str, connection: Connection) -> bool:
        """Hold it, so that no other replica sends it meanwhile; False where one does."""
        at = now()
        until = at + timedelta(seconds=2 * self._settings.deadline_ms / 1000) + _GRACE
        free = (DigestRow.id == digest, DigestRow.status.in_(WAITING), DigestRow.due_at <= at)
        if not connection.execute(update(DigestRow).where(*free).values(due_at=until)).rowcount:
            return False
        held = {"held_until": until, "holder": self._store.holder}
        connection.execute(update(EffectRow).where(EffectRow.digest == digest).values(**held))
        return True

    async def _made(self) -> Any:
        """Fix the next digest, where it is time for one and somebody waits."""
        at = now()
        last = await self._store.database.write_plainly(_last_made)
        if last is not None and at < last + self._interval():
            return None
        ask = Ask(ANYONE, Deadline.after(self._settings.deadline_ms / 1000))
        receivers, numbers = await self._gathered(await self._store.database.write_plainly(_waiting), ask)
        if not receivers:
            return None
        sealed = self._store.sealing.seal(msgspec.json.encode(sorted(receivers)).decode(), _PLACE)
        digest: dict[str, Any] = {"id": secrets.token_hex(16), "receivers": sealed, "status": EffectStatus.PENDING}
        digest |= {"made_at": at, "due_at": at, "attempts": 0}

        def change(connection: Connection) -> Any:
            take_turn(connection, "digest")
            opened = _open_digest(connection)
            if opened is not None or _last_made(connection) != last:  # another replica was first
                return opened
            connection.execute(insert(DigestRow), digest)
            mine = (EffectRow.number.in_(numbers), EffectRow.digest.is_(None), EffectRow.status.in_(WAITING))
            connection.execute(update(EffectRow).where(*mine).values(digest=digest["id"]))
            return _open_digest(connection)

        return await self._store.database.write_plainly(change)

    def _interval(self) -> timedelta:
        chosen = self._settings.digest_interval_s
        notifier = self._homes.method(WorkNotifier.notify).__self__
        return timedelta(seconds=notifier.min_interval_s if chosen is None else chosen)

    async def _gathered(self, effects: list[Any], ask: Ask) -> tuple[set[tuple[str, str]], list[int]]:
        """Whom to tell, as many as one notification may have, and whose effects that settles."""
        most = self._homes.method(WorkNotifier.notify).__self__.max_receivers if effects else 0
        receivers: set[tuple[str, str]] = set()
        numbers = []
        for row in effects:
            body = msgspec.json.decode(self._store.sealing.unseal(row.body, BODY))
            try:
                told = await self._people.told_by(body, ask)
            except PlatformError as error:
                await self._put_off(row, error)
                continue
            if told is None:
                await self._store.note(row.write_id, row.place, EffectStatus.FAILED, "NOT_FOUND")
            elif told in receivers or len(receivers) < most:
                receivers.add(told)
                numbers.append(row.number)
        return receivers, numbers

    async def _put_off(self, row: Any, error: PlatformError) -> None:
        status = status_after(error)
        wait = wait_after(row.attempts + 1, self._settings)
        waits = EffectStatus.FAILED if status is EffectStatus.FAILED else EffectStatus.PENDING
        await self._store.note(row.write_id, row.place, waits, error.code, wait)

    async def _send(self, digest: Any) -> None:
        told = msgspec.json.decode(self._store.sealing.unseal(digest.receivers, _PLACE))
        notification = WorkNotification(
            key=digest.id,
            message=TextMessage(content=_WORDS),
            receivers=tuple(key for kind, key in told if kind == ACCOUNT),
            organizations=tuple(key for kind, key in told if kind == ORGANIZATION),
        )
        status, code = EffectStatus.DONE, None
        try:
            ask = Ask(ANYONE, Deadline.after(self._settings.deadline_ms / 1000))
            with self._homes.tries.one(self._homes.platform(WorkNotifier.notify)):
                await self._homes.method(WorkNotifier.notify)(notification, ask)
        except Exception as error:  # noqa: BLE001 - whatever it was, it is tried again, or given up by its kind
            status, code = status_after(error), code_of(error)
            if now() - digest.made_at > timedelta(hours=self._settings.give_up_h) and status in WAITING:
                status = EffectStatus.FAILED
        await self._settled(digest, status, code if status is not EffectStatus.DONE else None)

    async def _settled(self, digest: Any, status: EffectStatus, code: str | None) -> None:
        at = now()
        wait = wait_after(digest.attempts + 1, self._settings)

        def change(connection: Connection) -> list[str]:
            values = {"status": status, "attempts": DigestRow.attempts + 1, "due_at": at + wait}
            connection.execute(update(DigestRow).where(DigestRow.id == digest.id).values(**values))
            ended: dict[str, Any] = {"held_until": None, "holder": None, "due_at": at + wait}
            ended |= {"done_at": at} if status is EffectStatus.DONE else {}
            mine = EffectRow.digest == digest.id
            connection.execute(
                update(EffectRow).where(mine).values(status=status, code=code, attempts=EffectRow.attempts + 1, **ended)
            )
            return list(connection.scalars(select(EffectRow.write_id).where(mine).distinct()))

        for write in await self._store.database.write_plainly(change):
            self._went_on(write)


def _open_digest(connection: Connection) -> Any:
    return connection.execute(select(DigestRow.__table__).where(DigestRow.status.in_(WAITING)).limit(1)).first()


def _last_made(connection: Connection) -> Any:
    return connection.scalar(select(DigestRow.made_at).order_by(DigestRow.made_at.desc()).limit(1))


def _waiting(connection: Connection) -> list[Any]:
    due = (EffectRow.kind == EffectKind.WORK_NOTIFICATION, EffectRow.status == EffectStatus.PENDING)
    wanted = select(EffectRow.__table__).where(*due, EffectRow.digest.is_(None), EffectRow.due_at <= now())
    return list(connection.execute(wanted.order_by(EffectRow.number).limit(_MOST_EFFECTS)))
