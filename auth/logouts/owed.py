"""Notes which clients have to hear of an end; the delivery follows when the transaction has happened."""

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession

from auth.store.moments import now
from auth.store.tables import ClientRow, GrantRow, LogoutDeliveryRow

OF_THE_PERSON = ""
"""In the place of a ``sid``: the client knew the person without a session, so all it has of the person ends."""


async def owe(session: AsyncSession, grants: ColumnElement[bool]) -> int:
    """Note a logout token for every client that got tokens by one of these grants and has a back channel.

    One for each client, person and session, however many grants; answers how many. A grant whose code nobody
    redeemed told its client nothing, so there is nothing to take back.
    """
    redeemed = GrantRow.code_digest.is_(None) | GrantRow.code_used_at.is_not(None)
    listens = ClientRow.backchannel_logout_uri.is_not(None) & ClientRow.disabled_at.is_(None)
    found = await session.execute(
        select(GrantRow.client_id, GrantRow.person_id, GrantRow.sid)
        .join(ClientRow, ClientRow.client_id == GrantRow.client_id)
        .where(grants, redeemed, listens)
        .distinct()
    )
    moment, owed = now(), 0
    for client_id, person_id, sid in found:
        owed += 1
        session.add(
            LogoutDeliveryRow(
                client_id=client_id,
                subject=person_id,
                sid=sid or OF_THE_PERSON,
                created_at=moment,
                next_at=moment,
                tries=0,
            )
        )
    return owed
