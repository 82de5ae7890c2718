"""Clients read a moment ago, so that not every request asks the store who is asking."""

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from sqlalchemy.ext.asyncio import AsyncSession

from auth.client import AuthMethod, Client, GrantType
from auth.store.clients import client_row, secrets_of
from auth.store.database import Database
from auth.store.tables import ClientRow
from connectors.records.identity import TicketForm
from connectors.viewer import Scope

_FRESH_SECONDS = 10.0
_MOST = 10_000


@dataclass(frozen=True, slots=True)
class KnownClient:
    """An enabled client, the digests of its live secrets, and when both were read (``time.monotonic``)."""

    client: Client
    digests: Sequence[str] = field(repr=False)
    read_at: float


class KnownClients:
    """One per process, bounded; what is known is at most ten seconds old, and dropped at once when changed here."""

    def __init__(self, database: Database, clock: Callable[[], float] = time.monotonic) -> None:
        self._database = database
        self._clock = clock
        self._known: dict[str, KnownClient] = {}
        self._changes = 0

    async def get(self, client_id: str) -> KnownClient | None:
        """A client that is registered and not disabled; raises ``StoreUnavailableError``."""
        known, moment = self._known.get(client_id), self._clock()
        if known is not None and moment - known.read_at < _FRESH_SECONDS:
            return known
        # RFC 6749 appendix A.1: no id of ours has anything else, and not every database takes a zero byte
        if not (client_id.isascii() and client_id.isprintable()):
            return None
        return await self._read(client_id, moment)

    def forget(self, client_id: str) -> None:
        """Read that client again, because it was changed; what is being read just now is not kept either."""
        self._changes += 1
        self._known.pop(client_id, None)

    async def _read(self, client_id: str, moment: float) -> KnownClient | None:
        changes = self._changes

        async def stored(session: AsyncSession) -> tuple[ClientRow | None, list[str]]:
            return await client_row(session, client_id), await secrets_of(session, client_id)

        row, digests = await self._database.read(stored)
        if row is None or row.disabled_at is not None:
            return None
        known = KnownClient(client_from(row), digests, moment)
        if changes == self._changes:
            while len(self._known) >= _MOST:
                del self._known[next(iter(self._known))]
            self._known[client_id] = known
        return known


def client_from(row: ClientRow) -> Client:
    """Read a client as it is stored."""
    return Client(
        client_id=row.client_id,
        name=row.name,
        auth_method=AuthMethod(row.auth_method),
        grants=frozenset(map(GrantType, row.grants)),
        scopes=frozenset(map(Scope, row.scopes)),
        ticket_forms=frozenset(map(TicketForm, row.ticket_forms)),
        origins=row.origins,
        redirect_uris=row.redirect_uris,
        post_logout_redirect_uris=row.post_logout_redirect_uris,
        backchannel_logout_uri=row.backchannel_logout_uri,
        jwks=None if row.jwks is None else json.loads(row.jwks),
        contact=row.contact,
        access_token_lifetime=row.access_token_lifetime,
        dpop_bound=row.dpop_bound,
        require_par=row.require_par,
        created_at=row.created_at,
        disabled_at=row.disabled_at,
        used_at=row.used_at,
    )
