"""What may come only once: the ``jti`` of an assertion or of a DPoP proof, a one-time password's step."""

import hashlib
from datetime import UTC, datetime
from functools import cache
from importlib import import_module

from sqlalchemy import Executable
from sqlalchemy.ext.asyncio import AsyncSession

from auth.store.database import Database
from auth.store.tables import UsedOnceRow


class Once:
    """Says who was first, over all replicas: the key of a row decides. One per process; keeps nothing in memory."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def first(self, kind: str, owner: str, value: str, until: datetime | float) -> bool:
        """Whether this value of that owner comes for the first time; ``until`` then it is kept (or in Unix seconds).

        After that moment whoever asks must refuse the value by itself. Raises ``StoreUnavailableError``.
        """
        return await self._database.write(lambda session: self.first_in(session, kind, owner, value, until))

    async def first_in(self, session: AsyncSession, kind: str, owner: str, value: str, until: datetime | float) -> bool:
        """The same inside a transaction: if that is undone, the value counts as never seen."""
        moment = until if isinstance(until, datetime) else datetime.fromtimestamp(until, UTC)
        row = {"digest": _digest(kind, owner, value), "until": moment}
        return (await session.execute(_insert(session.get_bind().dialect.name), row)).first() is not None


@cache
def _insert(dialect: str) -> Executable:
    """The statement as SQLite or PostgreSQL wants it; the other's dialect is not read for it."""
    insert = import_module(f"sqlalchemy.dialects.{dialect}").insert
    statement: Executable = insert(UsedOnceRow).on_conflict_do_nothing().returning(UsedOnceRow.digest)
    return statement


def _digest(kind: str, owner: str, value: str) -> str:
    """The length stands before each part, so that no two triples read alike."""
    parts = "".join(f"{len(part)}:{part}" for part in (kind, owner, value))
    return hashlib.sha256(parts.encode(errors="surrogatepass")).hexdigest()
