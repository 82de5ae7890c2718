"""The authority: all parts of sign-on put together, and what it does for those who ask.

Owns the order of things when a token is made. Leaves HTTP to ``server``, platforms to ``broker`` and ``standing``,
the tables to ``store``.
"""

import time
from collections.abc import Sequence

from auth.accounts import Accounts
from auth.broker import Broker
from auth.client import Client
from auth.clients import Clients
from auth.grants import Grants
from auth.keys import SigningKeys
from auth.origins import Origins
from auth.person import Persons
from auth.refusals import OAuthError, Refusal
from auth.roles import ROLES_OF_SCOPE
from auth.scopes import DEFAULT, within_client, within_roles
from auth.settings import AuthSettings
from auth.standing import Askable
from auth.store.database import Database
from auth.proof import Proof
from auth.tokens import AccessTokens, Issued
from auth.vault import Vault
from auth.viewers import Viewers
from connectors.deadline import Deadline
from connectors.ports import CommitteeRegistry, MemberLookup, OfficialSource, SignIn
from connectors.records.identity import TicketForm
from connectors.viewer import ANYONE, Ask, Role, Scope, Viewer

_PARTNER = frozenset({Role.PARTNER})
_FOR_PARTNERS = frozenset(scope for scope, roles in ROLES_OF_SCOPE.items() if roles & _PARTNER)


class Authority:
    """One per process; the database is its caller's and must have been brought to the newest shape."""

    def __init__(
        self,
        settings: AuthSettings,
        database: Database,
        *,
        signins: Sequence[SignIn],
        lookup: MemberLookup | None,
        officials: OfficialSource | None,
        committees: CommitteeRegistry | None,
    ) -> None:
        vault = Vault(settings.secret, settings.previous_secrets)
        self.settings = settings
        self.clients = Clients(database, vault)
        self.origins = Origins(database)
        self.accounts = Accounts(database, vault)
        self.grants = Grants(database)
        self.keys = SigningKeys(database, vault)
        self.broker = Broker(signins)
        self.persons = Persons(database, vault, Askable(lookup, officials, committees))
        self.viewers = Viewers(database)
        self.tokens = AccessTokens(settings, self.keys, self.viewers)

    async def open(self) -> None:
        """Make ready to issue: there is a signing key from now on.

        Raises ``SealBrokenError`` when the secret does not open the stored keys, ``StoreUnavailableError``.
        """
        await self.keys.open()

    async def exchange(self, client: Client, form: TicketForm, ticket: str, asked: frozenset[Scope] | None) -> Issued:
        """Trade a platform's ticket for an access token of the person (RFC 8693).

        All that can be refused without the ticket is refused before it is used up.

        Raises ``OAuthError``, ``StoreUnavailableError``.
        """
        if form not in client.ticket_forms:
            raise OAuthError(Refusal.TICKET_NOT_ALLOWED)
        scopes = within_client(asked, client.scopes, DEFAULT)
        ask = Ask(ANYONE, Deadline.after(self.settings.sign_in_timeout_ms / 1000))
        identity = await self.broker.identity(form, ticket, ask)
        proof = Proof(at=int(time.time()), level=identity.level, methods=(form.value,))
        person = await self.persons.signed_in(identity, ask)
        return await self.tokens.issue(person.person_id, client.client_id, within_roles(scopes, person.roles), proof)

    async def client_credentials(self, client: Client, asked: frozenset[Scope] | None) -> Issued:
        """Give a partner system a token of its own (RFC 6749 section 4.4); by default with all it may have.

        Raises ``OAuthError``, ``StoreUnavailableError``.
        """
        scopes = within_roles(within_client(asked, client.scopes, _FOR_PARTNERS), _PARTNER)
        return await self.tokens.issue(client.client_id, client.client_id, scopes)

    async def viewer_of(self, token: str) -> Viewer:
        """Read whose access token this is; raises ``InvalidTokenError``, ``StoreUnavailableError``."""
        return await self.tokens.viewer_of(token)
