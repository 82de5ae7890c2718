"""Incidents in the database: joined by all replicas that see the same, ended when the last sees no more of it."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, func, insert, select, update

from auth.store.database import Database
from auth.store.moments import now
from auth.store.tables import IncidentEntryRow, IncidentRow, IncidentSeenRow
from gateway.ops.headline import ILL
from gateway.ops.incidents.episode import Episode, Line
from gateway.ops.incidents.lines import again_line, ended_line
from gateway.ops.kept_shapes import EntryTold, IncidentTold

JOINED_WITHIN = timedelta(minutes=5)
"""What is not well again so soon is the same incident."""
SILENT_FOR = timedelta(seconds=60)
"""A replica that says nothing for so long is gone."""
MOST_ENTRIES = 500
"""Lines of one incident: what flaps for a day fills no store."""
_MOST_LEVELS = 5000


class IncidentStore:
    """One per process. All raise ``StoreUnavailableError``."""

    def __init__(self, database: Database, replica: str) -> None:
        self._database = database
        self._replica = replica

    async def keep(self, episode: Episode) -> str:
        """Store what is new of an episode and answer its incident; the same twice is told once."""
        return await self._database.write_plainly(lambda connection: self._kept(connection, episode))

    async def forsaken(self) -> None:
        """End what no replica speaks of any more: they all stopped in the midst of it."""

        def ended(connection: Connection) -> None:
            gone = now() - SILENT_FOR
            seen = select(IncidentSeenRow.incident_id).where(IncidentSeenRow.seen_at > gone)
            lost = IncidentRow.open_as.is_not(None) & IncidentRow.id.not_in(seen) & (IncidentRow.began_at < gone)
            for (incident_id,) in connection.execute(select(IncidentRow.id).where(lost)).all():
                last = IncidentSeenRow.incident_id == incident_id
                moment = connection.scalar(
                    select(IncidentSeenRow.seen_at).where(last).order_by(IncidentSeenRow.seen_at.desc())
                )
                _end(connection, incident_id, moment or gone)

        await self._database.write_plainly(ended)

    async def sweep(self, days: int) -> int:
        """Delete what ended longer ago than so many days; answers how many."""

        def swept(connection: Connection) -> int:
            old = IncidentRow.ended_at <= now() - timedelta(days=days)
            return int(connection.execute(delete(IncidentRow).where(old)).rowcount)

        return await self._database.write_plainly(swept)

    async def since(self, moment: datetime, most: int = 10_000) -> list[IncidentTold]:
        """Incidents that went on at that moment or began later, the newest first, with their lines."""
        wanted = (IncidentRow.ended_at.is_(None)) | (IncidentRow.ended_at >= moment)
        rows = select(IncidentRow).where(wanted).order_by(IncidentRow.began_at.desc()).limit(most)

        async def read(session: Any) -> list[IncidentTold]:
            incidents = list(await session.scalars(rows))
            lines = select(IncidentEntryRow).where(IncidentEntryRow.incident_id.in_([one.id for one in incidents]))
            by_incident: dict[str, list[EntryTold]] = {}
            for line in await session.scalars(lines.order_by(IncidentEntryRow.at, IncidentEntryRow.number)):
                told = EntryTold(line.at, line.kind, line.zh, line.en, line.by)
                by_incident.setdefault(line.incident_id, []).append(told)
            return [_told(one, by_incident.get(one.id, [])) for one in incidents]

        return await self._database.read(read)

    async def levels(self, moment: datetime) -> list[Mapping[str, Any]]:
        """The bare facts of incidents since then: scope, level, when."""
        wanted = select(
            IncidentRow.id,
            IncidentRow.scope,
            IncidentRow.platform,
            IncidentRow.level,
            IncidentRow.began_at,
            IncidentRow.ended_at,
        ).where(IncidentRow.ended_at.is_(None) | (IncidentRow.ended_at >= moment))

        async def read(session: Any) -> list[Mapping[str, Any]]:
            newest = wanted.order_by(IncidentRow.began_at.desc()).limit(_MOST_LEVELS)
            return list((await session.execute(newest)).mappings())

        return await self._database.read(read)

    async def note(self, scopes: Sequence[str], line: Line) -> bool:
        """Add a line to the incident of the first of these scopes that is open; whether there is one."""

        def noted(connection: Connection) -> bool:
            for scope in scopes:
                found = connection.scalar(select(IncidentRow.id).where(IncidentRow.open_as == scope).with_for_update())
                if found is not None:
                    _add(connection, found, [line])
                    return True
            return False

        return await self._database.write_plainly(noted)

    def _kept(self, connection: Connection, episode: Episode) -> str:
        incident_id = self._joined(connection, episode)
        _add(connection, incident_id, episode.lines)
        trouble = episode.trouble
        facts = {"kind": trouble.kind, "side": trouble.side, "zh": trouble.zh, "en": trouble.en}
        if trouble.level == ILL:
            facts["level"] = ILL
        this = IncidentRow.id == incident_id
        connection.execute(update(IncidentRow).where(this).values(**facts))
        mine = (IncidentSeenRow.incident_id == incident_id) & (IncidentSeenRow.replica == self._replica)
        connection.execute(delete(IncidentSeenRow).where(mine))
        if episode.ended is None:
            seen = {"incident_id": incident_id, "replica": self._replica, "seen_at": now()}
            connection.execute(insert(IncidentSeenRow).values(**seen))
        elif not _others_see(connection, incident_id):
            _end(connection, incident_id, episode.ended)
        return incident_id

    @staticmethod
    def _joined(connection: Connection, episode: Episode) -> str:
        """The incident the episode belongs to: the open one, one that ended just now, or a new one; locked."""
        trouble = episode.trouble
        rows = select(IncidentRow.id, IncidentRow.open_as).order_by(IncidentRow.began_at.desc()).with_for_update()
        lately = trouble.since - JOINED_WITHIN
        for where in (
            IncidentRow.open_as == trouble.scope,
            (IncidentRow.scope == trouble.scope) & (IncidentRow.ended_at >= lately),
        ):
            found = connection.execute(rows.where(where).limit(1)).first()
            if found is None:
                continue
            if found.open_as is None:
                again = {"open_as": trouble.scope, "ended_at": None}
                connection.execute(update(IncidentRow).where(IncidentRow.id == found.id).values(**again))
                if episode.incident_id != found.id:
                    _add(connection, found.id, [again_line(trouble.since)])
            return str(found.id)
        incident_id = secrets.token_hex(8)
        connection.execute(
            insert(IncidentRow).values(
                id=incident_id,
                scope=trouble.scope,
                open_as=trouble.scope,
                platform=trouble.platform,
                kind=trouble.kind,
                side=trouble.side,
                level=trouble.level,
                zh=trouble.zh,
                en=trouble.en,
                began_at=trouble.since,
            )
        )
        return incident_id


def _add(connection: Connection, incident_id: str, lines: Sequence[Line]) -> None:
    """Add lines; one that says what the last of its kind said is another replica's."""
    this = IncidentEntryRow.incident_id == incident_id
    room = MOST_ENTRIES - _count(connection, this) if lines else 0
    for line in lines[: max(room, 0)]:
        last = _last(connection, this & (IncidentEntryRow.kind == line.kind))
        if last is not None and last.fact == line.fact and last.by == line.by:
            continue
        connection.execute(insert(IncidentEntryRow).values(incident_id=incident_id, **line._asdict()))


def _last(connection: Connection, where: ColumnElement[bool]) -> Any:
    wanted = select(IncidentEntryRow.fact, IncidentEntryRow.by).where(where)
    return connection.execute(wanted.order_by(IncidentEntryRow.number.desc()).limit(1)).first()


def _count(connection: Connection, where: ColumnElement[bool]) -> int:
    return connection.scalar(select(func.count()).select_from(IncidentEntryRow).where(where)) or 0


def _others_see(connection: Connection, incident_id: str) -> bool:
    living = (IncidentSeenRow.incident_id == incident_id) & (IncidentSeenRow.seen_at > now() - SILENT_FOR)
    return connection.execute(select(IncidentSeenRow.replica).where(living).limit(1)).first() is not None


def _end(connection: Connection, incident_id: str, moment: datetime) -> None:
    this = IncidentRow.id == incident_id
    began = connection.scalar(select(IncidentRow.began_at).where(this))
    connection.execute(update(IncidentRow).where(this).values(open_as=None, ended_at=moment))
    connection.execute(delete(IncidentSeenRow).where(IncidentSeenRow.incident_id == incident_id))
    _add(connection, incident_id, [ended_line(began or moment, moment)])


def _told(row: IncidentRow, entries: list[EntryTold]) -> IncidentTold:
    return IncidentTold(row.id, row.platform, row.began_at, row.ended_at, row.kind, row.side, row.zh, row.en, entries)
