"""The authority: all parts of sign-on put together, and what it does for those who ask.

Owns the order of things when a token is made. Leaves HTTP to ``server``, platforms to ``broker`` and ``standing``,
the tables to ``store``.
"""

import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from auth.accounts import Accounts
from auth.assertions import Assertions
from auth.audit import Act, Audit
from auth.authorization.authorizations import Authorizations
from auth.authorization.grant import TokenSet
from auth.authorization.grants import TokenGrants
from auth.authorization.lookup import RefreshTokens
from auth.authorization.pushed import PushedRequests
from auth.broker import Broker
from auth.client import Client
from auth.clients import Clients
from auth.consents import Consents
from auth.devices import Devices
from auth.dpop.nonces import Nonces
from auth.dpop.proofs import Proofs
from auth.dpop.resource import BoundTokens
from auth.endings import Endings
from auth.factor.ground import Ground
from auth.factor.lockouts import Lockouts
from auth.factor.policy import within_proof
from auth.factor.second_factor import SecondFactor
from auth.grants import Grants
from auth.id_tokens import IdTokens
from auth.keys import SigningKeys
from auth.known_clients import KnownClients
from auth.known_persons import KnownPersons
from auth.last_used import LastUsed
from auth.legs import Legs
from auth.linking import Linking
from auth.logouts.courier import Courier
from auth.logouts.deliveries import Deliveries
from auth.moves import Moves
from auth.once import Once
from auth.origins import Origins
from auth.own_data.deletion import Deletion
from auth.own_data.export import Export
from auth.own_data.identities import Selves
from auth.person import Persons
from auth.proof import Proof
from auth.refusals import OAuthError, Refusal
from auth.registration.invitations import Invitations
from auth.registration.registrations import Registrations
from auth.resources import GRAPHQL_PATH
from auth.revocations import Revocations
from auth.roles import ROLES_OF_SCOPE
from auth.scopes import DEFAULT, within_client, within_roles
from auth.sessions import Sessions
from auth.settings import AuthSettings
from auth.standing import Askable
from auth.store.database import Database
from auth.store.sweeping import Sweeping
from auth.tokens import AccessTokens, Issued
from auth.vault import Vault
from auth.viewers import Viewers
from connectors.deadline import Deadline
from connectors.ports import CommitteeRegistry, MemberLookup, OfficialSource, SignIn, SignInPage
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
        sign_in_pages: Sequence[SignInPage] = (),
    ) -> None:
        vault = Vault(settings.secret, settings.previous_secrets, settings.cryptography)
        self.settings = settings
        self.vault = vault
        self.database = database
        known_clients = KnownClients(database)
        self.clients = Clients(database, vault, known_clients)
        self.last_used = LastUsed(database)
        self.once = Once(database)
        self.assertions = Assertions(vault.suite)
        self.proofs = Proofs(settings.issuer, Nonces(vault, settings.dpop.nonce_s), settings.dpop.proof_s)
        self.origins = Origins(database)
        self.known_persons = KnownPersons(database, settings.remember_tokens_s)
        self.accounts = Accounts(self.known_persons, vault)
        self.grants = Grants(database)
        self.refresh_tokens = RefreshTokens(settings, database, vault)
        self.sessions = Sessions(database, vault, settings.session)
        self.keys = SigningKeys(database, vault)
        self.audit = Audit(settings, database, vault, self.keys)
        self.broker = Broker(signins, sign_in_pages, self.audit)
        self.legs = Legs(vault, self.once, self.broker, settings.sign_in_timeout_ms)
        self.viewers = Viewers(self.known_persons, known_clients)
        self.revocations = Revocations(database)
        self.tokens = AccessTokens(settings, self.keys, self.viewers, self.revocations)
        self.token_grants = TokenGrants(
            settings,
            database,
            vault,
            tokens=self.tokens,
            id_tokens=IdTokens(settings, self.keys),
            revocations=self.revocations,
            audit=self.audit,
        )
        self.pushed_requests = PushedRequests(database, vault, settings.grant)
        self.authorizations = Authorizations(
            settings, vault, clients=self.clients, keys=self.keys, pushed=self.pushed_requests, audit=self.audit
        )
        self.bound_tokens = BoundTokens(GRAPHQL_PATH, self.proofs, self.tokens, settings.dpop)
        self.deliveries = Deliveries(database)
        self.courier = Courier(self.deliveries, self.keys, settings.issuer)
        moves = Moves(self.revocations, self.known_persons, on_owed=self.courier.wake)
        self.persons = Persons(database, vault, Askable(lookup, officials, committees), moves, self.audit)
        self.linking = Linking(database, self.persons, moves, self.audit)
        self.endings = Endings(database, self.clients, self.revocations, self.audit, self.courier.wake)
        self.sweeping = Sweeping(database)
        self.invitations = Invitations(database, vault)
        self.registrations = Registrations(
            database,
            vault,
            settings.issuer,
            clients=self.clients,
            invitations=self.invitations,
            endings=self.endings,
            audit=self.audit,
        )
        self.lockouts = Lockouts(database, vault, settings.factor)
        ground = Ground(database, vault, self.sessions, self.lockouts, self.audit, settings.factor)
        self.second_factor = SecondFactor(ground, self.endings)
        self.consents = Consents(database)
        self.devices = Devices(database, vault, settings.grant)
        self.selves = Selves(database, vault)
        self.export = Export(database, vault, self.selves, self.audit)
        self.deletion = Deletion(
            database,
            self.selves,
            known=self.known_persons,
            revocations=self.revocations,
            lockouts=self.lockouts,
            audit=self.audit,
            on_owed=self.courier.wake,
        )

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Do what goes on beside requests: write the audit, deliver logouts, note who was here, delete what is old."""
        audit, courier = self.audit.running(), self.courier.running()
        async with audit, courier, self.last_used.running(), self.sweeping.running():
            yield

    async def open(self) -> None:
        """Make ready to issue: there is a signing key from now on.

        Raises ``SealBrokenError`` when the secret does not open the stored keys, ``StoreUnavailableError``.
        """
        await self.keys.open()

    async def exchange(
        self,
        client: Client,
        form: TicketForm,
        ticket: str,
        asked: frozenset[Scope] | None,
        *,
        audience: str,
        jkt: str | None,
    ) -> TokenSet:
        """Trade a platform's ticket for tokens of the person (RFC 8693), bound to the key ``jkt`` names, if any.

        All that can be refused without the ticket is refused before it is used up.

        Raises ``OAuthError``, ``StoreUnavailableError``.
        """
        if form not in client.ticket_forms:
            raise OAuthError(Refusal.TICKET_NOT_ALLOWED)
        if client.is_public and jkt is None:  # whoever saw the token could use it, and nobody proved anything
            raise OAuthError(Refusal.PROOF_MISSING)
        scopes = within_client(asked, client.scopes, DEFAULT)
        ask = Ask(ANYONE, Deadline.after(self.settings.sign_in_timeout_ms / 1000))
        identity = await self.broker.identity(form, ticket, ask)
        proof = Proof(at=int(time.time()), level=identity.level, methods=(form.value,))
        person = await self.persons.signed_in(identity, ask)
        scopes = within_proof(within_roles(scopes, person.roles), proof)
        grant = await self.database.write(
            lambda session: self.token_grants.begin_now(
                session, person.person_id, client, scopes, proof, jkt=jkt, audience=audience
            )
        )
        return await self.token_grants.tokens(grant, client)

    async def client_credentials(
        self, client: Client, asked: frozenset[Scope] | None, *, audience: str, jkt: str | None
    ) -> Issued:
        """Give a partner system a token of its own (RFC 6749 section 4.4); by default with all it may have.

        Raises ``OAuthError``, ``StoreUnavailableError``.
        """
        scopes = within_roles(within_client(asked, client.scopes, _FOR_PARTNERS), _PARTNER)
        self.audit.note(Act.TOKEN_ISSUED, client_id=client.client_id)
        return await self.tokens.issue(
            client.client_id,
            client.client_id,
            scopes,
            audience=audience,
            jkt=jkt,
            lifetime=client.access_token_lifetime,
        )

    async def viewer_of(self, token: str) -> Viewer:
        """Read whose access token this is; raises ``InvalidTokenError``, ``StoreUnavailableError``."""
        return await self.tokens.viewer_of(token)
