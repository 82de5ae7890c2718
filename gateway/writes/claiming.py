"""Which effects are tried next: those that are due, that nobody holds, and before which nothing has to be done."""

from datetime import timedelta
from typing import Any

import msgspec
from sqlalchemy import Connection, Integer, bindparam, exists, or_, select, update
from sqlalchemy.orm import aliased

from auth.store.moments import now
from auth.store.tables import EffectRow, WriteRow
from connectors.records.effect import EffectKind, EffectStatus
from gateway.writes.actors import cause_in, viewer_in
from gateway.writes.order import WAITING, goes_before
from gateway.writes.rows import Due
from gateway.writes.sealing import BODY
from gateway.writes.store import WriteStore

_EARLIER = aliased(EffectRow)
_TOGETHER = EffectKind.WORK_NOTIFICATION
"""Goes out with others of its kind (``digests.py``)."""
_COLUMNS = (
    EffectRow.number,
    EffectRow.write_id,
    EffectRow.place,
    EffectRow.kind,
    EffectRow.platform,
    EffectRow.status,
    EffectRow.begun_at,
    EffectRow.attempts,
    EffectRow.body,
    WriteRow.act,
    WriteRow.actor,
    WriteRow.request,
)


_DUE = (
    select(*_COLUMNS)
    .join(WriteRow, WriteRow.id == EffectRow.write_id)
    .where(
        EffectRow.status.in_(WAITING),
        EffectRow.due_at <= bindparam("at"),
        EffectRow.kind != _TOGETHER,
        or_(EffectRow.held_until.is_(None), EffectRow.held_until <= bindparam("at")),
        ~exists().where(goes_before(_EARLIER, EffectRow)),
    )
    .order_by(EffectRow.due_at, EffectRow.number)
    .limit(bindparam("most", type_=Integer))
    .with_for_update(of=EffectRow, skip_locked=True)
)
"""Made once: it is asked every second, and a statement is circular garbage."""


async def claim(store: WriteStore, most: int, lease: timedelta) -> list[Due]:
    """Take some to be tried now, and hold them; raises ``StoreUnavailableError``."""

    def change(connection: Connection) -> list[Any]:
        at = now()
        rows = list(connection.execute(_DUE, {"at": at, "most": most}))
        held = {"held_until": at + lease, "holder": store.holder}
        numbers = [row.number for row in rows]
        if numbers:
            connection.execute(update(EffectRow).where(EffectRow.number.in_(numbers)).values(**held))
        return rows

    return [_due_in(store, row) for row in await store.database.write_plainly(change)]


def _due_in(store: WriteStore, row: Any) -> Due:
    sealing = store.sealing
    body = None if row.body is None else sealing.unseal(row.body, BODY)
    actor = sealing.unseal(row.actor, row.write_id)
    return Due(
        row.number,
        row.write_id,
        row.place,
        row.act,
        EffectKind(row.kind),
        row.platform,
        EffectStatus(row.status),
        row.begun_at,
        row.attempts,
        viewer_in(actor),
        sealing.unseal(row.request, row.write_id).encode(),
        {} if body is None else msgspec.json.decode(body),
        cause_in(actor),
    )
