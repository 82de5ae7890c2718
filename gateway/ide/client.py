"""The IDE as a client of our own authorization server: public, known by its id, there from the first start on."""

from sqlalchemy.ext.asyncio import AsyncSession

from auth.client import AuthMethod, Client, GrantType
from auth.clients import Clients
from auth.store.clients import client_row
from auth.store.database import Database
from auth.store.moments import now
from connectors.viewer import Scope

CLIENT_ID = "ide"
SCOPES = (
    Scope.OPENID,
    Scope.GRAPH_READ,
    Scope.QUESTION_WRITE,
    Scope.WORKORDER_WRITE,
    Scope.DUTY_READ,
    Scope.DUTY_WRITE,
    Scope.DIRECTORY_READ,
    Scope.OFFICE_READ,
    Scope.OFFICE_WRITE,
    Scope.COCKPIT_READ,
    Scope.OPINION_READ,
)
"""What is asked for: everything that is read and written, and nothing that needs a second factor or a purpose."""


def address_in(public_url: str) -> str:
    """Where browsers are sent back to: the IDE's own page."""
    return f"{public_url}/graphql"


async def register(clients: Clients, database: Database, public_url: str) -> None:
    """Have the client registered with that address; where an operator disabled it, it stays so."""
    wanted = frozenset({address_in(public_url)})

    async def stored(session: AsyncSession) -> frozenset[str]:
        row = await client_row(session, CLIENT_ID)
        if row is None:
            await clients.create_in(session, _client(wanted))
        return wanted if row is None else row.redirect_uris

    if await database.write(stored) != wanted:
        await clients.change(CLIENT_ID, redirect_uris=wanted)


def _client(redirect_uris: frozenset[str]) -> Client:
    return Client(
        client_id=CLIENT_ID,
        name="GraphQL IDE",
        auth_method=AuthMethod.NONE,
        grants=frozenset({GrantType.AUTHORIZATION_CODE}),
        scopes=frozenset(SCOPES),
        ticket_forms=frozenset(),
        origins=frozenset(),
        redirect_uris=redirect_uris,
        post_logout_redirect_uris=frozenset(),
        backchannel_logout_uri=None,
        jwks=None,
        contact=None,
        access_token_lifetime=None,
        dpop_bound=False,
        require_par=False,
        created_at=now(),
    )
