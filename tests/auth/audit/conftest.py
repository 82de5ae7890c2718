"""An audit on its own database, and what an intruder with the database's password would do."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import text

from auth.audit import Audit
from auth.audit.verifying import Fault
from auth.keys import SigningKeys
from auth.settings import AuditSettings, AuthSettings
from auth.store import Database
from auth.vault import Vault
from connectors.ciphers.suite import SuiteName
from tests.auth.conftest import SECRET


@dataclass
class Books:
    """One database, which any number of replicas write to."""

    database: Database
    suite: SuiteName = "international"

    def __post_init__(self) -> None:
        self.vault = Vault(AuthSettings(secret=SECRET).secret, suite=self.suite)
        self.keys = SigningKeys(self.database, self.vault)

    def audit(self, chain: str = "first", database: Database | None = None, **changes: Any) -> Audit:
        """A replica's audit."""
        settings = AuthSettings(secret=SECRET, audit=AuditSettings(chain=chain, **({"group_ms": 1} | changes)))
        return Audit(settings, database or self.database, self.vault, self.keys)

    async def run(self, statement: str, **values: Any) -> list[Any]:
        """Do something to the tables behind everybody's back."""

        async def work(session: Any) -> list[Any]:
            done = await session.execute(text(statement), values)
            return list(done) if done.returns_rows else []

        return await self.database.write(work)

    async def broken(self) -> dict[str, tuple[int, Fault]]:
        """Where which chain is broken, as somebody finds who looks for the first time."""
        verdicts = await self.audit("looking").verify()
        return {one.chain: (one.broken.number, one.broken.fault) for one in verdicts if one.broken}


@pytest.fixture
async def books(database: Database) -> Books:
    """Books nobody wrote in yet, once on each kind of database."""
    made = Books(database)
    await made.keys.open()
    return made


@pytest.fixture
def ticking(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Moves the clock that notes are stamped with."""
    moved = 0.0
    import time  # noqa: PLC0415 - the real one, kept

    real = time.time

    def move(seconds: float) -> None:
        nonlocal moved
        moved += seconds

    monkeypatch.setattr("auth.audit.audit.time.time", lambda: real() + moved)
    return move
