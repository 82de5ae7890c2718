"""One chain in the store: where it ends, and how a group of entries is put behind it.

The end is read inside the transaction that writes, so any number of processes may write to one chain: a replica and the
commands run beside it, or two replicas that were given one name by mistake.
"""

from collections.abc import Sequence
from functools import partial
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, insert, select

from auth.audit.entry import BEFORE_ALL, Entry, digest_of
from auth.store.database import Database
from auth.store.tables import AuditCheckpointRow, AuditEntryRow
from connectors.ciphers.suite import Suite


class End(NamedTuple):
    """The last entry of a chain, or what a checkpoint says of it where all entries are pruned; 0 of a new chain."""

    number: int
    digest: str


NEW = End(0, BEFORE_ALL)
_LAST = [  # made once: fifty groups a second ask
    select(table.number, table.digest).where(table.chain == bindparam("of")).order_by(table.number.desc()).limit(1)
    for table in (AuditEntryRow, AuditCheckpointRow)
]
_INSERT = insert(AuditEntryRow)


class Chain:
    """Puts groups behind the end; one per process."""

    def __init__(self, name: str, database: Database, suite: Suite) -> None:
        self.name = name
        self._database = database
        self._suite = suite
        self._tried: End | None = None

    async def append(self, group: Sequence[Entry]) -> End:
        """Write entries in one transaction; raises ``StoreUnavailableError``.

        After that error it must be called with the same group again: should the database have kept the group and only
        its answer been lost, that is seen, and nothing is written twice.
        """
        end = await self._database.write_plainly(partial(self._append, group=group))
        self._tried = None
        return end

    def _append(self, connection: Connection, group: Sequence[Entry]) -> End:
        number, digest = end_of(connection, self.name)
        if self._tried is not None and is_there(connection, self.name, self._tried):
            return self._tried
        rows: list[dict[str, Any]] = []
        for entry in group:
            number += 1
            digest = digest_of(self._suite, self.name, number, entry, digest)
            row = {name: getattr(entry, name) for name in Entry.__struct_fields__}
            rows.append({"chain": self.name, "number": number, "digest": digest, **row})
        self._tried = End(number, digest)
        connection.execute(_INSERT, rows)
        return self._tried


def end_of(connection: Connection, chain: str) -> End:
    """Where a chain ends."""
    for last in _LAST:
        found = connection.execute(last, {"of": chain}).first()
        if found is not None:
            return End(found.number, found.digest)
    return NEW


def is_there(connection: Connection, chain: str, end: End) -> bool:
    """Whether the chain has that entry."""
    stored = select(AuditEntryRow.digest).where(AuditEntryRow.chain == chain, AuditEntryRow.number == end.number)
    return connection.scalar(stored) == end.digest
