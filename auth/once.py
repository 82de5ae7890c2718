"""What may come only once: the ``jti`` of an assertion or of a DPoP proof, a one-time password's step."""

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime

from sqlalchemy import Executable
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from auth.store.database import Database
from auth.store.tables import UsedOnceRow

_STATEMENTS: Mapping[str, Executable] = {
    "postgresql": postgresql.insert(UsedOnceRow).on_conflict_do_nothing().returning(UsedOnceRow.digest),
    "sqlite": sqlite.insert(UsedOnceRow).on_conflict_do_nothing().returning(UsedOnceRow.digest),
}


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
        return (await session.execute(_STATEMENTS[session.get_bind().dialect.name], row)).first() is not None


def _digest(kind: str, owner: str, value: str) -> str:
    """The length stands before each part, so that no two triples read alike."""
    parts = "".join(f"{len(part)}:{part}" for part in (kind, owner, value))
    return hashlib.sha256(parts.encode(errors="surrogatepass")).hexdigest()
