"""What ends with what; on both databases."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from auth.store import Database
from auth.store.moments import now
from auth.store.tables import AuditEntryRow, ClientRow, ConsentRow, DeviceCodeRow
from tests.auth.holdings import Holdings


@pytest.fixture
def holdings(database: Database) -> Holdings:
    """Nobody signed in yet."""
    return Holdings(database)


async def test_a_session_takes_its_grants_with_it_but_not_the_offline_ones(holdings: Holdings) -> None:
    """The person signs out in one browser; what was allowed to work without them goes on, and another browser does."""
    person, one, two = await holdings.person(), await holdings.client(), await holdings.client()
    sid, elsewhere = await holdings.session(person), await holdings.session(person)
    online, offline = await holdings.grant(one, person, sid), await holdings.grant(two, person, sid, offline=True)
    other_browser = await holdings.grant(one, person, elsewhere)

    ended = await holdings.endings.session(sid)

    assert list(ended.grants) == [online]
    assert await holdings.ended(online)
    assert not await holdings.ended(offline)
    assert not await holdings.ended(other_browser)
    assert await holdings.session_ended(sid)
    assert await holdings.session_ended(elsewhere) is None
    assert await holdings.revoked() == {("gid", online)}


async def test_every_client_of_a_session_is_owed_one_logout(holdings: Holdings) -> None:
    """Once each, however many grants; also one that goes on offline, and one whose grant ended before its session."""
    person, one, two, three = await holdings.person(), *[await holdings.client() for _ in range(3)]
    sid = await holdings.session(person)
    await holdings.grant(one, person, sid)
    await holdings.grant(one, person, sid)
    await holdings.grant(two, person, sid, offline=True)
    await holdings.grant(three, person, sid, ended_at=now())

    ended = await holdings.endings.session(sid)

    assert await holdings.owed() == sorted((client, person, sid) for client in (one, two, three))
    assert ended.told == 3
    assert holdings.woken == ["owed"]


async def test_who_knows_nothing_of_a_session_is_not_told(holdings: Holdings) -> None:
    """No back channel, disabled, a code nobody redeemed, another person's session."""
    person, other = await holdings.person(), await holdings.person()
    silent, disabled, waiting, foreign = await holdings.client(None), *[await holdings.client() for _ in range(3)]
    sid = await holdings.session(person)
    await holdings.grant(silent, person, sid)
    await holdings.grant(disabled, person, sid)
    code = await holdings.grant(waiting, person, sid, code_used_at=None)
    await holdings.grant(foreign, other, await holdings.session(other))
    await holdings.endings.client(disabled)

    await holdings.endings.session(sid)

    assert await holdings.owed() == []
    assert await holdings.ended(code)
    assert holdings.woken == []


async def test_a_session_ends_once(holdings: Holdings) -> None:
    """Two who end it at once owe one logout, and ending what is over or was never there changes nothing."""
    person, client = await holdings.person(), await holdings.client()
    sid = await holdings.session(person)
    await holdings.grant(client, person, sid)

    both = await asyncio.gather(holdings.endings.session(sid), holdings.endings.session(sid))
    again = await holdings.endings.session(sid)
    unknown = await holdings.endings.session("nobody")

    assert sorted(map(bool, both)) == [False, True]
    assert not again
    assert not unknown
    assert len(await holdings.owed()) == 1


async def test_signing_out_everywhere_ends_all_a_person_has(holdings: Holdings) -> None:
    """Every browser, offline grants and those that came without a browser; nobody else's."""
    person, other, client = await holdings.person(), await holdings.person(), await holdings.client()
    sids = sorted([await holdings.session(person), await holdings.session(person)])
    grants = [
        await holdings.grant(client, person, sids[0]),
        await holdings.grant(client, person, sids[1], offline=True),
        await holdings.grant(client, person, None, offline=True, code_digest=None, code_used_at=None),
    ]
    theirs = await holdings.grant(client, other, await holdings.session(other))

    ended = await holdings.endings.person(person)

    assert sorted(ended.grants) == sorted(grants)
    assert sorted(ended.sessions) == sids
    assert not await holdings.ended(theirs)
    assert await holdings.owed() == sorted((client, person, sid) for sid in ("", *sids))
    assert ("sub", person) in await holdings.revoked()


async def test_taking_a_consent_back_ends_what_that_client_has_of_the_person(holdings: Holdings) -> None:
    """The consent, the grants and the tokens go in one; the session and other clients stay."""
    person, client, other = await holdings.person(), await holdings.client(), await holdings.client()
    sid = await holdings.session(person)
    grant, kept = await holdings.grant(client, person, sid, offline=True), await holdings.grant(other, person, sid)
    consent = ConsentRow(person_id=person, client_id=client, scopes=frozenset({"openid"}), given_at=now())
    await holdings._add(consent)

    await holdings.endings.client_of_person(client, person)

    assert await holdings.ended(grant)
    assert not await holdings.ended(kept)
    assert await holdings.session_ended(sid) is None
    assert await holdings.owed() == [(client, person, sid)]
    assert await holdings.database.read(lambda session: session.get(ConsentRow, (person, client))) is None


async def test_a_grant_ends_alone_and_its_client_is_not_told(holdings: Holdings) -> None:
    """It is the client that gave it back, or that replayed it."""
    person, client = await holdings.person(), await holdings.client()
    sid = await holdings.session(person)
    one, two = await holdings.grant(client, person, sid), await holdings.grant(client, person, sid)

    first, again = await holdings.endings.grant(one), await holdings.endings.grant(one)

    assert list(first.grants) == [one]
    assert not again
    assert not await holdings.ended(two)
    assert await holdings.owed() == []
    assert await holdings.revoked() == {("gid", one)}


async def test_a_disabled_client_loses_all_it_has(holdings: Holdings) -> None:
    """It is disabled and its grants end in one; a client nobody knows is told."""
    person, client, other = await holdings.person(), await holdings.client(), await holdings.client()
    sid = await holdings.session(person)
    grant, kept = await holdings.grant(client, person, sid, offline=True), await holdings.grant(other, person, sid)

    known, unknown = await holdings.endings.client(client), await holdings.endings.client("c_unknown")

    assert (known, unknown) == (True, False)
    row = await holdings.database.read(lambda session: session.get(ClientRow, client))
    assert row is not None
    assert row.disabled_at is not None
    assert await holdings.ended(grant)
    assert not await holdings.ended(kept)
    assert await holdings.revoked() == {("client_id", client)}


@pytest.mark.parametrize("what", ["session", "person", "client_of_person", "client"])
async def test_a_device_that_was_allowed_but_did_not_fetch_yet_gets_nothing(holdings: Holdings, what: str) -> None:
    """The decision was made in what ends, so it ends with it."""
    person, client = await holdings.person(), await holdings.client()
    sid = await holdings.session(person)
    waiting = DeviceCodeRow(
        digest="digest",
        user_code_digest="user code digest",
        client_id=client,
        scopes=frozenset({"openid"}),
        interval=5,
        decision="allowed",
        person_id=person,
        sid=sid,
        expires_at=now() + timedelta(minutes=5),
    )
    await holdings._add(waiting)
    endings = holdings.endings

    match what:
        case "session":
            await endings.session(sid)
        case "person":
            await endings.person(person)
        case "client_of_person":
            await endings.client_of_person(client, person)
        case _:
            await endings.client(client)

    row = await holdings.database.read(lambda session: session.get(DeviceCodeRow, "digest"))
    assert row is not None
    assert row.decision == "denied"


async def test_an_end_that_fails_midway_ended_nothing(holdings: Holdings, monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that dies in the transaction leaves session, grants and deliveries as they were."""
    person, client = await holdings.person(), await holdings.client()
    sid = await holdings.session(person)
    grant = await holdings.grant(client, person, sid)

    async def dies(session: AsyncSession, *_: object) -> None:
        await session.flush()
        raise KeyboardInterrupt

    monkeypatch.setattr(holdings.revocations, "add", dies)
    with pytest.raises(KeyboardInterrupt):
        await holdings.endings.session(sid)

    assert await holdings.session_ended(sid) is None
    assert not await holdings.ended(grant)
    assert await holdings.owed() == []


async def test_every_end_stands_in_the_audit(holdings: Holdings) -> None:
    """By whom, of which client; what ended already is not told again."""
    person, client = await holdings.person(), await holdings.client()
    sid = await holdings.session(person)
    grant = await holdings.grant(client, person, sid)

    for _ in range(2):
        await holdings.endings.grant(grant)
        await holdings.endings.session(sid)
    await holdings.endings.client_of_person(client, person)
    await holdings.endings.person(person)
    await holdings.endings.client(client)
    await holdings.audit.flush()

    rows = await holdings.database.read(lambda session: session.scalars(select(AuditEntryRow)))
    assert [row.act for row in rows if row.act != "AUDIT_STARTED"] == [
        "GRANT_ENDED",
        "SIGNED_OUT",
        "CONSENT_TAKEN_BACK",
        "SIGNED_OUT_EVERYWHERE",
        "CLIENT_DISABLED",
    ]
