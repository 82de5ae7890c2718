"""Clients that register themselves (RFC 7591) and look after their own registration (RFC 7592)."""

import secrets
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy.ext.asyncio import AsyncSession

from auth.audit import Act, Audit
from auth.client import AuthMethod, Client
from auth.clients import Clients
from auth.endings import Endings
from auth.known_clients import client_from
from auth.registration.faults import Fault, RegistrationError
from auth.registration.invitations import Invitations, NotInvitedError
from auth.registration.metadata import Metadata, described, metadata_of
from auth.settings import is_loopback
from auth.store.clients import secrets_of
from auth.store.database import Database
from auth.store.moments import now
from auth.store.tables import ClientRow
from auth.vault import Vault

Answer = Mapping[str, Any]


class Registrations:
    """One per process, keeps nothing in memory. All raise ``NotInvitedError``, ``StoreUnavailableError``.

    A token that opens a registration is one of ours or none; it is never told which of the two.
    """

    def __init__(
        self,
        database: Database,
        vault: Vault,
        issuer: str,
        *,
        clients: Clients,
        invitations: Invitations,
        endings: Endings,
        audit: Audit,
    ) -> None:
        self._database = database
        self._vault = vault
        self._issuer = issuer
        self._clients = clients
        self._invitations = invitations
        self._endings = endings
        self._audit = audit
        self._at_home = is_loopback(urlsplit(issuer).hostname or "")

    async def register(self, invitation: str, metadata: Metadata) -> Answer:
        """Register a client; the invitation is used up only together with it. Raises ``RegistrationError``."""
        token = _new_token()

        async def registered(session: AsyncSession) -> tuple[Client, str]:
            invited = await self._invitations.use_in(session, invitation)
            client = self._within(described(_blank(invited.label, invited.scopes), metadata))
            return client, await self._clients.create_in(session, client, self._vault.digest(token))

        client, secret = await self._database.write(registered)
        self._audit.note(Act.CLIENT_REGISTERED, client_id=client.client_id)
        return self._answer(client, secret, token)

    async def read(self, client_id: str, token: str) -> Answer:
        """Read a registration with its own token; the secret is not told again."""

        async def found(session: AsyncSession) -> Client:
            return client_from(await self._opened(session, client_id, token))

        return self._answer(await self._database.read(found), "", token)

    async def replace(self, client_id: str, token: str, metadata: Metadata) -> Answer:
        """Put a new description in the place of the registered one; the token is used up, the answer has the next.

        Scopes may become fewer, never more. Raises ``RegistrationError``.
        """
        following = _new_token()

        async def replaced(session: AsyncSession) -> tuple[Client, str]:
            row = await self._opened(session, client_id, token)
            if metadata.client_id != client_id or not await self._is_own(session, client_id, metadata.client_secret):
                member = "client_id" if metadata.client_id != client_id else "client_secret"
                raise RegistrationError(member, Fault.NOT_YOURS)
            client = self._within(described(client_from(row), metadata))
            row.registration_digest = self._vault.digest(following)
            return client, await self._clients.change_in(session, row, client)

        client, secret = await self._database.write(replaced)
        self._clients.forget(client_id)
        self._audit.note(Act.CLIENT_CHANGED, client_id=client_id)
        return self._answer(client, secret, following)

    async def remove(self, client_id: str, token: str) -> None:
        """End a registration, with all that the client holds; its id is never given to another."""

        async def closed(session: AsyncSession) -> None:
            row = await self._opened(session, client_id, token)
            row.registration_digest = None

        await self._endings.client(client_id, only_if=closed)
        self._audit.note(Act.CLIENT_DELETED, client_id=client_id)

    async def _opened(self, session: AsyncSession, client_id: str, token: str) -> ClientRow:
        """The row that the token opens, locked; a client that an operator made or disabled is opened by none."""
        printable = client_id.isascii() and client_id.isprintable()
        row = await session.get(ClientRow, client_id, with_for_update=True) if printable else None
        right = self._vault.matches(token, (row and row.registration_digest) or "")
        if row is None or not right or row.disabled_at is not None:
            raise NotInvitedError
        return row

    async def _is_own(self, session: AsyncSession, client_id: str, secret: str | None) -> bool:
        """RFC 7592 section 2.2: a client may repeat its secret, and cannot choose one."""
        if secret is None:
            return True
        right = [self._vault.matches(secret, digest) for digest in await secrets_of(session, client_id)]
        return any(right)

    def _within(self, client: Client) -> Client:
        """A stranger must not have this machine call itself."""
        told_at = client.backchannel_logout_uri
        if told_at is not None and not told_at.startswith("https:") and not self._at_home:
            raise RegistrationError("backchannel_logout_uri", Fault.NOT_HERE)
        return client

    def _answer(self, client: Client, secret: str, token: str) -> Answer:
        own = {
            "registration_access_token": token,
            "registration_client_uri": f"{self._issuer}/oauth/register/{client.client_id}",
        }
        shown = {"client_secret": secret, "client_secret_expires_at": 0} if secret else {}
        return {**metadata_of(client), **shown, **own}


def _blank(name: str, scopes: Any) -> Client:
    """A client that nothing is known of but who was invited, and to what."""
    nothing: frozenset[Any] = frozenset()
    return Client(
        client_id=f"c_{secrets.token_hex(8)}",
        name=name,
        auth_method=AuthMethod.CLIENT_SECRET_BASIC,
        grants=nothing,
        scopes=scopes,
        ticket_forms=nothing,
        origins=nothing,
        redirect_uris=nothing,
        post_logout_redirect_uris=nothing,
        backchannel_logout_uri=None,
        jwks=None,
        contact=None,
        access_token_lifetime=None,
        dpop_bound=False,
        require_par=False,
        created_at=now(),
    )


def _new_token() -> str:
    return secrets.token_urlsafe(32)
