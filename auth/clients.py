"""Registered clients: the front ends and partner systems that may ask for tokens."""

import secrets
from collections.abc import Collection, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from auth.client import AuthMethod, Client, GrantType
from auth.known_clients import KnownClients, client_from
from auth.origin import origin_from
from auth.registration.checks import checked
from auth.store.clients import LIVE_SECRETS, add_client, add_secret, client_row, columns_of, drop_secrets, secrets_of
from auth.store.database import Database
from auth.store.moments import now
from auth.store.tables import ClientRow
from auth.vault import Vault
from connectors.ciphers.suite import NATIONAL
from connectors.records.identity import TicketForm
from connectors.viewer import Scope


class UnknownClientError(LookupError):
    """No client of that id is registered."""


class Clients:
    """Registers clients and knows them by their secret; remembers those that asked within the last ten seconds."""

    def __init__(self, database: Database, vault: Vault, known: KnownClients | None = None) -> None:
        self._database = database
        self._vault = vault
        self._known = known or KnownClients(database)
        self._stand_in = vault.digest(_new_secret())  # compared with where there is no secret: to take the same time

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
        is no origin, or a registration that is not right (``auth.registration.checks``).
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
        secret = await self._database.write(partial(self.create_in, client=client))
        return client.client_id, secret

    async def create_in(self, session: AsyncSession, client: Client, registration_digest: str | None = None) -> str:
        """Register a client inside a transaction and answer its secret; raises ``RegistrationError``."""
        row = ClientRow(
            client_id=client.client_id,
            created_at=client.created_at,
            registration_digest=registration_digest,
            **columns_of(self._checked(client)),
        )
        secret = _new_secret() if client.auth_method.has_secret else ""
        await add_client(session, row, self._vault.digest(secret) if secret else None)
        return secret

    async def change(self, client_id: str, **changes: Any) -> str:
        """Change parts of a registration, named as in ``Client``; the whole must be right afterwards.

        Answers the new secret where the client has one from now on and had none, else nothing. Tokens that are out
        keep what they were given. Raises ``UnknownClientError``, ``ValueError``.
        """

        async def changed(session: AsyncSession) -> str:
            row = await session.get(ClientRow, client_id, with_for_update=True)
            if row is None:
                raise UnknownClientError(client_id)
            return await self.change_in(session, row, replace(client_from(row), **changes))

        secret = await self._database.write(changed)
        self.forget(client_id)
        return secret

    async def change_in(self, session: AsyncSession, row: ClientRow, client: Client) -> str:
        """Put a registration in the place of the one before, inside a transaction; then call ``forget``.

        Answers and raises as ``change``.
        """
        for column, value in columns_of(self._checked(client)).items():
            setattr(row, column, value)
        if not client.auth_method.has_secret:
            await drop_secrets(session, client.client_id)
            return ""
        if await secrets_of(session, client.client_id):
            return ""
        secret = _new_secret()
        await add_secret(session, client.client_id, self._vault.digest(secret))
        return secret

    async def enable(self, client_id: str) -> None:
        """Let a disabled client get tokens again; what ended with it does not come back.

        Raises ``UnknownClientError``.
        """

        async def enabled(session: AsyncSession) -> bool:
            row = await client_row(session, client_id)
            if row is not None:
                row.disabled_at = None
            return row is not None

        if not await self._database.write(enabled):
            raise UnknownClientError(client_id)
        self.forget(client_id)

    async def find(self, client_id: str) -> Client | None:
        """Read one client, disabled or not."""
        row = await self._database.read(partial(client_row, client_id=client_id))
        return None if row is None else client_from(row)

    async def list(self) -> tuple[Client, ...]:
        """Answer all clients, the oldest first."""
        return tuple(client_from(row) for row in await self._database.read(_all_rows))

    async def rotate(self, client_id: str, *, at_once: bool = False) -> str:
        """Give a client a new secret, shown once; the one before stays good, older ones end.

        ``at_once``: the one before ends too, within ten seconds in every process. Raises ``UnknownClientError``, and
        ``ValueError`` for a client that has no secret.
        """
        secret, live = _new_secret(), 1 if at_once else LIVE_SECRETS

        async def rotated(session: AsyncSession) -> None:
            row = await client_row(session, client_id)
            if row is None:
                raise UnknownClientError(client_id)
            if not AuthMethod(row.auth_method).has_secret:
                raise ValueError(f"a client with {row.auth_method} has no secret")
            await add_secret(session, client_id, self._vault.digest(secret), live)

        await self._database.write(rotated)
        self.forget(client_id)
        return secret

    async def authenticated(self, client_id: str, secret: str, method: AuthMethod) -> Client | None:
        """Find the client that this secret proves; None for every kind of wrong, after the same comparisons.

        A client without a secret, of method ``none``, proves nothing.
        """
        known = await self._known.get(client_id)
        digests = known.digests if known is not None and known.digests else (self._stand_in,)
        right = sum(self._vault.matches(secret, digest) for digest in digests) > 0  # all of them, to take the same time
        if known is None or known.client.auth_method is not method:
            return None
        return known.client if right or method is AuthMethod.NONE else None

    async def known(self, client_id: str) -> Client | None:
        """Read an enabled client, as it was at most ten seconds ago; None for an unknown or disabled one."""
        known = await self._known.get(client_id)
        return None if known is None else known.client

    def forget(self, client_id: str) -> None:
        """Read that client again at its next request: to be called whenever one was changed."""
        self._known.forget(client_id)

    def _checked(self, client: Client) -> Client:
        return checked(client, national=self._vault.suite is NATIONAL)


async def _all_rows(session: AsyncSession) -> tuple[ClientRow, ...]:
    return tuple(await session.scalars(select(ClientRow).order_by(ClientRow.created_at)))


def _new_secret() -> str:
    return secrets.token_urlsafe(32)
