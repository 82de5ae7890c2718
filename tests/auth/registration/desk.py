"""Where partners register, and the processes that look after it."""

from dataclasses import dataclass
from typing import Any

import httpx

from auth.registration.invitations import Invitations
from auth.registration.registrations import Registrations
from auth.store import Database
from connectors.viewer import Scope
from tests.auth.conftest import Office
from tests.auth.holdings import Holdings

CALLBACK = "https://partner.example.cn/callback"


ISSUER = "http://127.0.0.1:8000"


@dataclass
class Desk:
    """Where partners register."""

    office: Office
    invitation: str

    async def invite(self, uses: int = 5, lasts_s: int = 600) -> str:
        """A further invitation."""
        invitations = self.office.authority.invitations
        return await invitations.create("县融媒体中心", [Scope.OPENID, Scope.PROFILE], uses=uses, lasts_s=lasts_s)

    async def register(self, token: str | None = None, **metadata: Any) -> httpx.Response:
        """Register a client, with a callback unless something else is said."""
        sent = {"redirect_uris": [CALLBACK]} | metadata
        return await self.call("POST", "/oauth/register", self.invitation if token is None else token, sent)

    async def call(self, method: str, path: str, token: str, body: Any = None) -> httpx.Response:
        """Ask with a token."""
        headers = {"authorization": f"Bearer {token}"} if token else {}
        sent = {} if body is None else {"json": body}
        return await self.office.client.request(method, path, headers=headers, **sent)

    def own(self, registered: httpx.Response) -> tuple[str, str]:
        """Where a client looks after its registration, and by which token."""
        told = registered.json()
        return str(told["registration_client_uri"]).removeprefix(ISSUER), str(told["registration_access_token"])


class Replica:
    """One of several processes on the same database."""

    def __init__(self, database: Database, issuer: str = ISSUER) -> None:
        holdings = Holdings(database)
        self.clients = holdings.clients
        self.invitations = Invitations(database, holdings.vault)
        self.registrations = Registrations(
            database,
            holdings.vault,
            issuer,
            clients=self.clients,
            invitations=self.invitations,
            endings=holdings.endings,
            audit=holdings.audit,
        )
