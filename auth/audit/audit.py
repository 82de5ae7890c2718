"""Where everybody notes what happened; the one way into the audit."""

import platform
import re
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

from auth.audit.acts import Act
from auth.audit.chain import Chain
from auth.audit.entry import Noted
from auth.audit.groups import Groups
from auth.audit.keys import CheckpointKeys
from auth.audit.pruning import prune
from auth.audit.reading import AboutPerson, about, entries, pseudonyms_of
from auth.audit.upkeep import Upkeep
from auth.audit.verifying import Verdict, verify
from auth.keys import SigningKeys
from auth.settings import AuthSettings
from auth.store.database import Database
from auth.store.tables import AuditEntryRow
from auth.vault import Vault

_NO_NAME = "gateway"


class Audit:
    """One per process. Notes are kept in memory until the next group is written, by ``running`` or ``flush``."""

    def __init__(self, settings: AuthSettings, database: Database, vault: Vault, keys: SigningKeys) -> None:
        self.operator: str | None = None  # whose command this is, by the machine's account; None in the gateway itself
        self._settings = settings.audit
        self._database = database
        self._vault = vault
        self._keys = CheckpointKeys(database, vault, keys)
        chain = Chain(settings.audit.chain or _machine(), database, vault.suite)
        self._groups = Groups(chain, vault)
        self._upkeep = Upkeep(self, self._groups, chain, database, self._keys, settings.audit)

    def note(
        self,
        act: Act,
        *,
        who: str | None = None,
        whom: str | None = None,
        client_id: str | None = None,
        trace_id: str | None = None,
        persons: tuple[str, ...] = (),
        **facts: Any,
    ) -> None:
        """Note what happened, on the event loop's thread; never waits and never fails.

        ``who`` did it and ``whom`` it was done to are person ids, of which a pseudonym is kept; ``persons`` are names
        of further ones (``person_names``). ``facts`` are kept as they are: no personal data, no secrets.
        """
        if self.operator is not None:
            facts["operator"] = self.operator
        self._groups.add(Noted(time.time(), act, who, whom, client_id, trace_id, facts, persons))

    @property
    def waiting(self) -> int:
        """How many notes wait to be written."""
        return len(self._groups)

    @property
    def lost(self) -> int:
        """How many were dropped since the start, as no more could wait."""
        return self._groups.lost

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Write groups, sign where the chain stands and prune what is too old, until left; then write what is left."""
        async with self._upkeep.running():
            yield

    async def flush(self) -> None:
        """Write all that was noted, now; raises ``StoreUnavailableError``, and what was noted waits for the next."""
        await self._groups.write()

    async def about(self, person_id: str) -> list[AboutPerson]:
        """What a person did and what was done to them, for themselves; raises ``StoreUnavailableError``."""
        return await about(person_id, self._database, self._vault)

    async def entries(
        self, person_id: str | None = None, since: datetime | None = None
    ) -> AsyncIterator[AuditEntryRow]:
        """Give entries of every chain by time, or those a person is in; raises ``StoreUnavailableError``."""
        names = await pseudonyms_of(person_id, self._database, self._vault) if person_id else ()
        async for row in entries(self._database, names=names, since=since):
            yield row

    async def verify(self) -> list[Verdict]:
        """Compute every chain again; raises ``StoreUnavailableError``."""
        return await verify(self._database, self._vault)

    async def prune(self) -> int:
        """Delete entries that are too old, of every chain, and say how many; raises ``StoreUnavailableError``."""
        done = await prune(self._database, self._keys, self._settings.keep_days)
        for one in done:
            self.note(Act.AUDIT_PRUNED, chain=one.chain, up_to=one.number, entries=one.entries)
        return sum(one.entries for one in done)


def _machine() -> str:
    return re.sub(r"[^A-Za-z0-9._-]", "-", platform.node())[:40] or _NO_NAME
