"""Registered clients: the front ends and partner systems that may ask for tokens."""

import enum
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from auth.origins import origin_from
from auth.store.clients import add_client, add_secret, client_row, secrets_of
from auth.store.database import Database
from auth.store.moments import now
from auth.store.tables import ClientRow
from auth.vault import Vault
from connectors.records.identity import TicketForm
from connectors.viewer import Scope


class GrantType(enum.StrEnum):
    """What a client may trade for a token."""

    TOKEN_EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange"  # noqa: S105 - a name, RFC 8693 section 2.1
    CLIENT_CREDENTIALS = "client_credentials"


class AuthMethod(enum.StrEnum):
    """How a client proves itself (RFC 6749 section 2.3.1)."""

    CLIENT_SECRET_BASIC = "client_secret_basic"  # noqa: S105 - a name
    CLIENT_SECRET_POST = "client_secret_post"  # noqa: S105 - a name


@dataclass(frozen=True, slots=True)
class Client:
    """A client as it is registered; its secrets are not part of it."""

    client_id: str
    name: str
    auth_method: AuthMethod
    grants: frozenset[GrantType]
    scopes: frozenset[Scope]
    ticket_forms: frozenset[TicketForm]
    origins: frozenset[str]
    created_at: datetime
    disabled_at: datetime | None


class UnknownClientError(LookupError):
    """No client of that id is registered."""


class Clients:
    """Registers clients and knows them by their secret; keeps nothing in memory."""

    def __init__(self, database: Database, vault: Vault) -> None:
        self._database = database
        self._vault = vault

    async def create(
        self,
        name: str,
        *,
        grants: Collection[str],
        scopes: Collection[str],
        ticket_forms: Collection[str] = (),
        origins: Collection[str] = (),
        auth_method: str = AuthMethod.CLIENT_SECRET_BASIC,
    ) -> tuple[str, str]:
        """Register a client and answer its id and its secret, which nobody can read again.

        What it may do is named as on the wire: ``GrantType``, ``Scope``, ``TicketForm``, ``AuthMethod``;
        ``origins`` are those of the pages that call with its tokens. Raises ``ValueError`` for an unknown name, what
        is no origin, or a registration that could never get a token.
        """
        client = Client(
            client_id=f"c_{secrets.token_hex(8)}",  # the letter keeps clients apart from persons in a token's subject
            name=name,
            auth_method=AuthMethod(auth_method),
            grants=frozenset(map(GrantType, grants)),
            scopes=frozenset(map(Scope, scopes)),
            ticket_forms=frozenset(map(TicketForm, ticket_forms)),
            origins=frozenset(map(origin_from, origins)),
            created_at=now(),
            disabled_at=None,
        )
        if not client.name or not client.grants or not client.scopes:
            raise ValueError("a client needs a name, a grant and a scope")
        if (GrantType.TOKEN_EXCHANGE in client.grants) != bool(client.ticket_forms):
            raise ValueError("ticket forms go with the grant token-exchange, and only with it")
        secret = _new_secret()
        await self._database.write(partial(_add, client=client, digest=self._vault.digest(secret)))
        return client.client_id, secret

    async def list(self) -> tuple[Client, ...]:
        """Answer all clients, the oldest first."""
        return tuple(_client_from(row) for row in await self._database.read(_all_rows))

    async def rotate(self, client_id: str) -> str:
        """Give a client a new secret, shown once; the one before stays good, older ones end.

        Raises ``UnknownClientError``.
        """
        secret = _new_secret()
        if not await self._database.write(partial(add_secret, client_id=client_id, digest=self._vault.digest(secret))):
            raise UnknownClientError(client_id)
        return secret

    async def disable(self, client_id: str) -> None:
        """End a client: it gets no token any more, and those it has end within a minute in every process.

        Raises ``UnknownClientError``.
        """

        async def disabled(session: AsyncSession) -> bool:
            row = await client_row(session, client_id)
            if row is not None and row.disabled_at is None:
                row.disabled_at = now()
            return row is not None

        if not await self._database.write(disabled):
            raise UnknownClientError(client_id)

    async def authenticated(self, client_id: str, secret: str, method: AuthMethod) -> Client | None:
        """Find the client that this secret proves; None for every kind of wrong, after the same work."""
        # RFC 6749 appendix A.1: no id of ours has anything else, and not every database takes a zero byte
        known_id = client_id if client_id.isascii() and client_id.isprintable() else ""

        async def stored(session: AsyncSession) -> tuple[ClientRow | None, list[str]]:
            return await client_row(session, known_id), await secrets_of(session, known_id)

        row, digests = await self._database.read(stored)
        right = [self._vault.matches(secret, digest) for digest in digests or [self._vault.digest(_new_secret())]]
        if row is None or not any(right) or row.disabled_at is not None or row.auth_method != method:
            return None
        return _client_from(row)


async def _all_rows(session: AsyncSession) -> tuple[ClientRow, ...]:
    return tuple(await session.scalars(select(ClientRow).order_by(ClientRow.created_at)))


async def _add(session: AsyncSession, client: Client, digest: str) -> None:
    row = ClientRow(
        client_id=client.client_id,
        name=client.name,
        auth_method=client.auth_method.value,
        grants=client.grants,
        scopes=client.scopes,
        ticket_forms=client.ticket_forms,
        origins=client.origins,
        created_at=client.created_at,
        disabled_at=None,
    )
    await add_client(session, row, digest)


def _client_from(row: ClientRow) -> Client:
    return Client(
        client_id=row.client_id,
        name=row.name,
        auth_method=AuthMethod(row.auth_method),
        grants=frozenset(map(GrantType, row.grants)),
        scopes=frozenset(map(Scope, row.scopes)),
        ticket_forms=frozenset(map(TicketForm, row.ticket_forms)),
        origins=row.origins,
        created_at=row.created_at,
        disabled_at=row.disabled_at,
    )


def _new_secret() -> str:
    return secrets.token_urlsafe(32)
