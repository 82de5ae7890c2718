"""Anchors: now and then a chain signs where it ends, and writes down where the others do.

An end that another chain has written down cannot be cut off or made anew without that chain breaking too.
"""

from functools import partial
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from auth.audit.chain import Chain, End, end_of
from auth.audit.checkpoints import keep, signed
from auth.audit.keys import CheckpointKeys
from auth.store.database import Database
from auth.store.tables import AuditCheckpointRow

CHAINS = "chains"
"""The fact of ``AUDIT_ANCHORED``: each other chain with number and digest of its end."""


class Anchors:
    """Of one chain; remembers what it anchored last, so that an idle replica writes nothing."""

    def __init__(self, chain: Chain, database: Database, keys: CheckpointKeys) -> None:
        self._chain = chain
        self._database = database
        self._keys = keys
        self._anchored: dict[str, End] = {}

    async def others(self) -> dict[str, Any]:
        """Give the ends of other chains that moved since, as the entry tells them; raises ``StoreUnavailableError``."""
        ends = await self._database.read(_ends)
        moved = {
            name: end for name, end in ends.items() if name != self._chain.name and self._anchored.get(name) != end
        }
        self._anchored |= moved
        return {name: list(end) for name, end in moved.items()}

    async def sign(self, end: End) -> None:
        """Sign where this chain ends; raises ``StoreUnavailableError``."""
        made = await signed(await self._keys.signing(), self._chain.name, end, "end")
        await self._database.write(partial(keep, made=made, kind="end"))


async def _ends(session: AsyncSession) -> dict[str, End]:
    """Where every chain ends; a chain is known by its checkpoints, as it begins with one."""
    connection = await session.connection()
    chains = (await session.scalars(select(AuditCheckpointRow.chain).distinct())).all()
    return {chain: await connection.run_sync(end_of, chain) for chain in chains}
