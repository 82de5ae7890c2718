"""What happens to grants in the store, on either database."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from auth.authorization.codes import Traded
from auth.authorization.families import presented_from
from auth.authorization.grant import Grant
from auth.authorization.parameters import Parameters
from auth.authorization.refreshing import Refresh
from auth.authorization.request import AuthorizationRequest
from auth.authorization.rows import Facts
from auth.client import Client
from auth.proof import Proof
from auth.refusals import OAuthError, Refusal
from auth.revocations import Revoked
from auth.sessions import Session
from auth.settings import AuthSettings
from auth.store import Database
from auth.store.moments import now
from auth.store.tables import GrantRow, PushedRequestRow, RevocationRow
from connectors.viewer import Scope
from tests.auth.authorization.front import REDIRECT, VERIFIER, Front, person, signed_in
from tests.auth.conftest import SECRET, Office

OPENID = frozenset({Scope.OPENID})
PROOF = Proof(1_700_000_000, 2, ("zheliban-unified",))


@pytest.fixture
async def place(database: Database) -> Office:
    """An authority on a database of either kind."""
    office = Office(AuthSettings(secret=SECRET), database)
    await office.authority.open()
    return office


@pytest.fixture
async def front(place: Office) -> Front:
    """A front end that may do everything."""
    return await Front.registered(place)


async def client_of(front: Front) -> Client:
    """As the authority knows it."""
    client = await front.office.authority.clients.known(front.client_id)
    assert client is not None
    return client


async def request(front: Front, **changes: str | None) -> AuthorizationRequest:
    """A request that was read."""
    return await front.office.authority.authorizations.begun(Parameters(front.request(**changes)))


async def let_in(front: Front, who: Session | None = None, scopes: frozenset[Scope] = OPENID) -> str:
    """Give the client a code."""
    authority = front.office.authority
    session = who or (await signed_in(authority, await person(authority)))[1]
    return await authority.token_grants.begin(await request(front), session, scopes)


async def trade(front: Front, code: str, office: Office | None = None) -> Grant:
    """Trade a code, at that replica."""
    traded = Traded(code, VERIFIER, REDIRECT, None, None)
    return await (office or front.office).authority.token_grants.redeem(await client_of(front), traded)


async def refresh(front: Front, token: str | None) -> Grant:
    """Trade a refresh token."""
    return await front.office.authority.token_grants.refresh(await client_of(front), token or "", None, None, None)


async def row_of(front: Front, grant_id: str) -> GrantRow:
    """A grant as it lies in the store."""
    row = await front.office.database.read(lambda session: session.get(GrantRow, grant_id))
    assert row is not None
    return row


def refusals(outcomes: Sequence[object]) -> list[Refusal]:
    """Why it went wrong, where it did."""
    return [outcome.refusal for outcome in outcomes if isinstance(outcome, OAuthError)]


async def test_of_many_codes_at_once_one_wins(front: Front) -> None:
    """Whichever database keeps them: one gets the grant, the others end it."""
    code = await let_in(front)

    outcomes = await asyncio.gather(*(trade(front, code) for _ in range(6)), return_exceptions=True)

    grants = [outcome for outcome in outcomes if isinstance(outcome, Grant)]
    assert len(grants) == 1
    assert refusals(outcomes) == [Refusal.BAD_CODE] * 5
    assert (await row_of(front, grants[0].id)).ended_at is not None


async def test_many_codes_are_traded_side_by_side(front: Front) -> None:
    """Grants do not get into each other's way."""
    codes = [await let_in(front) for _ in range(6)]

    grants = await asyncio.gather(*(trade(front, code) for code in codes))

    assert len({grant.id for grant in grants}) == 6
    assert [(await row_of(front, grant.id)).ended_at for grant in grants] == [None] * 6


async def test_of_many_refreshes_at_once_all_get_the_same(front: Front) -> None:
    """One turns the family, the others are told the same successor."""
    grant = await trade(front, await let_in(front))

    outcomes = await asyncio.gather(*(refresh(front, grant.refresh_token) for _ in range(6)))

    assert {outcome.refresh_token for outcome in outcomes} == {outcomes[0].refresh_token}
    assert (await row_of(front, grant.id)).counter == 2


async def test_without_grace_one_wins(database: Database) -> None:
    """Where the settings allow no second try, a second request is a theft."""
    office = Office(AuthSettings(secret=SECRET, grant={"refresh_grace_s": 0}), database)
    await office.authority.open()
    front = await Front.registered(office)
    grant = await trade(front, await let_in(front))

    outcomes = await asyncio.gather(*(refresh(front, grant.refresh_token) for _ in range(4)), return_exceptions=True)

    assert len([outcome for outcome in outcomes if isinstance(outcome, Grant)]) == 1
    assert refusals(outcomes) == [Refusal.BAD_REFRESH_TOKEN] * 3
    assert (await row_of(front, grant.id)).ended_at is not None


async def test_a_replay_is_kept_for_every_replica(front: Front) -> None:
    """The grant's end and the revocation of its access tokens lie in the store together."""
    code = await let_in(front)
    grant = await trade(front, code)
    with pytest.raises(OAuthError):
        await trade(front, code)

    revoked = await front.office.database.read(
        lambda session: session.get(RevocationRow, (Revoked.GRANT.value, grant.id))
    )

    assert revoked is not None
    assert revoked.until > now() + timedelta(seconds=3600)
    with pytest.raises(OAuthError):
        await refresh(front, grant.refresh_token)


class KilledError(BaseException):
    """The process ends at this point."""


async def killed_after(front: Front, step: Callable[[AsyncSession], Awaitable[object]]) -> None:
    """Run a step of a transaction, and die before the transaction is done."""

    async def dies(session: AsyncSession) -> None:
        await step(session)
        await session.flush()
        raise KilledError

    with pytest.raises(KilledError):
        await front.office.database.write(dies)


async def test_a_killed_exchange_uses_nothing_up(front: Front) -> None:
    """Code, family and lifetime change together or not at all: who dies midway leaves the code as it was."""
    code, client = await let_in(front), await client_of(front)
    traded = Traded(code, VERIFIER, REDIRECT, None, None)
    await killed_after(front, partial(front.office.authority.token_grants._traded, client=client, traded=traded))

    grant = await trade(front, code)

    assert grant.refresh_token is not None


async def test_a_killed_refresh_uses_nothing_up(front: Front) -> None:
    """Who dies before the successor is stored has not used up the token."""
    grant, client = await trade(front, await let_in(front)), await client_of(front)
    presented = presented_from(grant.refresh_token or "")
    assert presented is not None
    asked = Refresh(presented, None, None, None)
    await killed_after(front, partial(front.office.authority.token_grants._refreshed, client=client, asked=asked))

    assert (await row_of(front, grant.id)).counter == 1
    assert (await refresh(front, grant.refresh_token)).refresh_token != grant.refresh_token


async def test_a_process_that_died_after_the_store_was_written_loses_no_client(front: Front) -> None:
    """The answer that never went out can be had from another replica."""
    grant = await trade(front, await let_in(front))
    lost = await refresh(front, grant.refresh_token)

    client = await client_of(front)
    again = await front.office.replica().token_grants.refresh(client, grant.refresh_token or "", None, None, None)

    assert again.refresh_token == lost.refresh_token


async def test_of_many_codes_for_a_pushed_request_one_is_given(front: Front) -> None:
    """The request is used up in the transaction that stores the code."""
    authority = front.office.authority
    request_uri = await authority.pushed_requests.push(await client_of(front), Parameters(front.request()))
    named = Parameters({"client_id": front.client_id, "request_uri": request_uri})
    asked = await authority.authorizations.begun(named)
    session = (await signed_in(authority, await person(authority)))[1]

    outcomes = await asyncio.gather(
        *(authority.token_grants.begin(asked, session, OPENID) for _ in range(4)), return_exceptions=True
    )

    rows = await front.office.database.read(lambda found: found.scalar(select(func.count()).select_from(GrantRow)))
    used = await front.office.database.read(lambda found: found.scalar(select(PushedRequestRow.used_at)))
    assert refusals(outcomes) == [Refusal.PUSHED_REQUEST_USED] * 3
    assert rows == 1
    assert used is not None


async def test_a_session_s_end_and_a_code_do_not_miss_each_other(front: Front) -> None:
    """Whoever comes first: no grant that has not ended is left of a session that has."""
    authority = front.office.authority
    for _ in range(4):
        session = (await signed_in(authority, await person(authority)))[1]
        code = await let_in(front, session)

        await asyncio.gather(
            trade(front, code), let_in(front, session), authority.endings.session(session.sid), return_exceptions=True
        )

        living = select(GrantRow.id).where(GrantRow.sid == session.sid, GrantRow.ended_at.is_(None))
        assert await front.office.database.read(lambda found, living=living: found.scalar(living)) is None


async def test_a_grant_begins_without_a_code(front: Front) -> None:
    """For grant types that prove the person in another way: within their own transaction, refreshable as any."""
    authority, client = front.office.authority, await client_of(front)
    who = await person(authority)

    async def begun(session: AsyncSession) -> Grant:
        return await authority.token_grants.begin_now(session, who, client, OPENID, PROOF, jkt="key")

    grant = await front.office.database.write(begun)
    tokens = await authority.token_grants.tokens(grant, client)
    row = await row_of(front, grant.id)

    assert (grant.person_id, grant.jkt, grant.proof) == (who, "key", PROOF)
    assert tokens.refresh_token == grant.refresh_token
    assert tokens.id_token is not None
    assert Facts.of(row).audience == "http://127.0.0.1:8000/graphql"
    assert row.expires_at <= row.created_at + timedelta(hours=12)
    refreshed = await authority.token_grants.refresh(client, tokens.refresh_token or "", None, None, "key")
    assert refreshed.jkt == "key"


async def test_a_grant_lives_as_the_settings_say(place: Office) -> None:
    """Offline: idle for two weeks, ninety days in all; else as long as a session; without refresh as its token."""
    authority = place.authority
    whole, plain = await Front.registered(place), await Front.registered(place, grants=["authorization_code"])
    offline = OPENID | {Scope.OFFLINE_ACCESS}
    rows = [
        await row_of(front, (await trade(front, await let_in(front, scopes=scopes))).id)
        for front, scopes in ((whole, offline), (whole, OPENID), (plain, offline))
    ]
    idle = authority.settings.grant.refresh_idle_s, authority.settings.session.lifetime_s, 600

    assert [row.offline for row in rows] == [True, False, False]
    for row, seconds in zip(rows, idle, strict=True):
        assert abs(row.expires_at - now() - timedelta(seconds=seconds)) < timedelta(seconds=20)


async def test_a_code_of_another_authority_is_none(front: Front) -> None:
    """The digest is peppered: who copies the store cannot make codes for it."""
    code = await let_in(front)
    stranger = Office(AuthSettings(secret="another-secret-of-the-tests-0123456789"), front.office.database)

    with pytest.raises(OAuthError):
        await trade(front, code, stranger)


async def test_a_family_whose_key_cannot_be_opened_is_refused(front: Front) -> None:
    """The secret that sealed it was taken off the settings."""
    grant = await trade(front, await let_in(front))
    broken = update(GrantRow).values(sealed_family_key="gone.AAAA")
    await front.office.database.write(lambda session: session.execute(broken))

    with pytest.raises(OAuthError) as caught:
        await refresh(front, grant.refresh_token)

    assert caught.value.refusal is Refusal.BAD_REFRESH_TOKEN
