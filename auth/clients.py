"""Registered clients: the front ends and partner systems that may ask for tokens."""

import json
import secrets
from collections.abc import Collection, Mapping
from functools import partial
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from auth.client import AuthMethod, Client, GrantType
from auth.origins import origin_from
from auth.store.clients import add_client, add_secret, client_row, secrets_of
from auth.store.database import Database
from auth.store.moments import now
from auth.store.tables import ClientRow
from auth.vault import Vault
from connectors.records.identity import TicketForm
from connectors.viewer import Scope


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
        redirect_uris: Collection[str] = (),
        post_logout_redirect_uris: Collection[str] = (),
        backchannel_logout_uri: str | None = None,
        jwks: Mapping[str, Any] | None = None,
        contact: str | None = None,
        access_token_lifetime: int | None = None,
        dpop_bound: bool = False,
        require_par: bool = False,
        auth_method: str = AuthMethod.CLIENT_SECRET_BASIC,
    ) -> tuple[str, str]:
        """Register a client and answer its id and its secret, which nobody can read again; empty where it has none.

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
            redirect_uris=frozenset(redirect_uris),
            post_logout_redirect_uris=frozenset(post_logout_redirect_uris),
            backchannel_logout_uri=backchannel_logout_uri,
            jwks=jwks,
            contact=contact,
            access_token_lifetime=access_token_lifetime,
            dpop_bound=dpop_bound,
            require_par=require_par,
            created_at=now(),
        )
        if not client.name or not client.grants or not client.scopes:
            raise ValueError("a client needs a name, a grant and a scope")
        if client.is_public and GrantType.CLIENT_CREDENTIALS in client.grants:
            raise ValueError("a public client cannot prove itself: it gets no token of its own by client_credentials")
        if (GrantType.TOKEN_EXCHANGE in client.grants) != bool(client.ticket_forms):
            raise ValueError("ticket forms go with the grant token-exchange, and only with it")
        secret = _new_secret() if client.auth_method.has_secret else ""
        digest = self._vault.digest(secret) if secret else None
        await self._database.write(partial(_add, client=client, digest=digest))
        return client.client_id, secret

    async def find(self, client_id: str) -> Client | None:
        """Read one client, disabled or not."""
        row = await self._database.read(partial(client_row, client_id=client_id))
        return None if row is None else _client_from(row)

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


async def _add(session: AsyncSession, client: Client, digest: str | None) -> None:
    row = ClientRow(
        client_id=client.client_id,
        name=client.name,
        auth_method=client.auth_method.value,
        grants=client.grants,
        scopes=client.scopes,
        ticket_forms=client.ticket_forms,
        origins=client.origins,
        redirect_uris=client.redirect_uris,
        post_logout_redirect_uris=client.post_logout_redirect_uris,
        backchannel_logout_uri=client.backchannel_logout_uri,
        jwks=None if client.jwks is None else json.dumps(client.jwks),
        contact=client.contact,
        access_token_lifetime=client.access_token_lifetime,
        dpop_bound=client.dpop_bound,
        require_par=client.require_par,
        created_at=client.created_at,
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


def _new_secret() -> str:
    return secrets.token_urlsafe(32)
