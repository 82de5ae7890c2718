import asyncio
from datetime import datetime, timedelta

import httpx
import pytest
from joserfc.jwk import ECKey
from sqlalchemy import update

from auth.proof import Proof
from auth.refusals import Refusal
from auth.store.moments import now
from auth.store.tables import GrantRow, SessionRow
from auth.tokens import InvalidTokenError
from connectors.viewer import Role
from tests.auth.authorization.front import (
    VERIFIER,
    Browser,
    Front,
    browser,
    change_grant,
    claims_of,
    key_proof,
    person,
)
from tests.auth.conftest import Office
from tests.auth.server.test_authorization_code import claim_refused

LONG_AGO = timedelta(days=400)
A_MINUTE = timedelta(seconds=60)


@pytest.fixture
async def front(office: Office) -> Front:
    """A front end that may do everything."""
    return await Front.registered(office)


@pytest.fixture
async def lin(office: Office) -> Browser:
    """Somebody signed in."""
    return await browser(office)


async def change_session(office: Office, sid: str, **values: object) -> None:
    """Change a browser session behind everybody's back."""
    changed = update(SessionRow).where(SessionRow.sid == sid).values(**values)
    await office.database.write(lambda session: session.execute(changed))


async def test_a_client_goes_on(office: Office, front: Front, lin: Browser) -> None:
    """A refresh token becomes an access token and its own successor, for the same person and grant."""
    first = await front.tokens(lin)
    answer = await front.refresh(first["refresh_token"])

    body = answer.json()
    before, after = claims_of(first["access_token"]), claims_of(body["access_token"])
    assert answer.headers["cache-control"] == "no-store"
    assert body.keys() == {"access_token", "token_type", "expires_in", "scope", "id_token", "refresh_token"}
    assert body["refresh_token"] != first["refresh_token"]
    assert after["jti"] != before["jti"]
    for name in ("sub", "gid", "sid", "client_id", "scope", "auth_time", "acr", "amr", "aud"):
        assert after[name] == before[name]
    assert (await office.authority.viewer_of(body["access_token"])).person_id == lin.person_id


async def test_a_later_id_token_tells_of_the_same_sign_in(front: Front, lin: Browser) -> None:
    """Same person and moment, and no nonce (OpenID Connect Core section 12.2)."""
    first = await front.tokens(lin)
    later = (await front.refresh(first["refresh_token"])).json()

    before, after = claims_of(first["id_token"]), claims_of(later["id_token"])
    for name in ("iss", "sub", "aud", "auth_time", "sid"):
        assert after[name] == before[name]
    assert "nonce" not in after


async def test_a_lost_answer_can_be_had_again(front: Front, lin: Browser) -> None:
    """For a short while the same refresh token gives the same successor, and no other."""
    first = await front.tokens(lin)

    answers = [(await front.refresh(first["refresh_token"])).json() for _ in range(3)]

    assert len({answer["refresh_token"] for answer in answers}) == 1
    assert len({answer["access_token"] for answer in answers}) == 3
    assert (await front.refresh(answers[0]["refresh_token"])).is_success


async def test_two_at_once_get_the_same_successor(front: Front, lin: Browser) -> None:
    """Requests with one refresh token at the same moment."""
    first = await front.tokens(lin)

    answers = await asyncio.gather(*(front.refresh(first["refresh_token"]) for _ in range(6)))

    assert [answer.status_code for answer in answers] == [200] * 6
    assert len({answer.json()["refresh_token"] for answer in answers}) == 1


async def test_a_token_that_comes_late_ends_the_family(office: Office, front: Front, lin: Browser) -> None:
    """After the grace a used refresh token was stolen from somebody: nothing of the grant is good any more."""
    first = await front.tokens(lin)
    second = (await front.refresh(first["refresh_token"])).json()
    await change_grant(office, first["refresh_token"], rotated_at=now() - A_MINUTE)

    claim_refused(await front.refresh(first["refresh_token"]), Refusal.BAD_REFRESH_TOKEN)

    claim_refused(await front.refresh(second["refresh_token"]), Refusal.BAD_REFRESH_TOKEN)
    for token in (first["access_token"], second["access_token"]):
        with pytest.raises(InvalidTokenError):
            await office.authority.viewer_of(token)
        with pytest.raises(InvalidTokenError):
            await office.replica().viewer_of(token)


async def test_a_grace_is_for_the_token_used_last(front: Front, lin: Browser) -> None:
    """The one before it comes from somebody else, however soon."""
    first = await front.tokens(lin)
    second = (await front.refresh(first["refresh_token"])).json()
    third = (await front.refresh(second["refresh_token"])).json()

    claim_refused(await front.refresh(first["refresh_token"]), Refusal.BAD_REFRESH_TOKEN)
    claim_refused(await front.refresh(third["refresh_token"]), Refusal.BAD_REFRESH_TOKEN)


async def test_a_family_s_end_is_its_own(front: Front, lin: Browser) -> None:
    """Another grant of the same person and client goes on."""
    stolen, other = await front.tokens(lin), await front.tokens(lin)
    second = (await front.refresh(stolen["refresh_token"])).json()
    await front.refresh(second["refresh_token"])
    claim_refused(await front.refresh(stolen["refresh_token"]), Refusal.BAD_REFRESH_TOKEN)

    assert (await front.refresh(other["refresh_token"])).is_success


async def test_a_token_is_its_client_s(office: Office, front: Front, lin: Browser) -> None:
    """Another client, confidential or public, gets nothing by it and ends nothing."""
    first = await front.tokens(lin)
    second = (await front.refresh(first["refresh_token"])).json()
    for other in (await Front.registered(office), await Front.registered(office, auth_method="none")):
        claim_refused(await other.refresh(first["refresh_token"]), Refusal.BAD_REFRESH_TOKEN)
        claim_refused(await other.refresh(second["refresh_token"]), Refusal.BAD_REFRESH_TOKEN)

    assert (await front.refresh(second["refresh_token"])).is_success


async def test_a_made_up_token_ends_nothing(office: Office, front: Front, lin: Browser) -> None:
    """A number that was not given out yet, a changed proof, another kind of token, none."""
    first = await front.tokens(lin)
    token = first["refresh_token"]
    grant_id, number, proof = token.split(".")
    other = (await front.tokens(await browser(office)))["refresh_token"].split(".")
    made_up = [
        f"{grant_id}.2.{proof}",
        f"{grant_id}.999999999.{proof}",
        f"{grant_id}.{number}.{proof[:-1]}{'A' if proof[-1] != 'A' else 'B'}",
        f"{grant_id}.{number}.{other[2]}",
        f"{other[0]}.{number}.{proof}",
        f"g_{'0' * 32}.{number}.{proof}",
        first["access_token"],
        first["id_token"],
        "x" * 5000,
        "\x00",
    ]

    for text in made_up:
        claim_refused(await front.refresh(text), Refusal.BAD_REFRESH_TOKEN)
    claim_refused(await front.post("/oauth/token", {"grant_type": "refresh_token"}), Refusal.INCOMPLETE)

    assert (await front.refresh(token)).is_success


async def test_fewer_scopes_may_be_asked_for(front: Front, lin: Browser) -> None:
    """This once: the successor still has all (RFC 6749 section 6). More than granted is refused."""
    first = await front.tokens(lin, scope="openid question:write phone")
    fewer = (await front.refresh(first["refresh_token"], scope="phone")).json()
    all_again = (await front.refresh(fewer["refresh_token"])).json()

    assert fewer["scope"] == "phone"
    assert "id_token" not in fewer
    assert all_again["scope"] == "openid phone question:write"
    for more in ("openid graph:read", "openid workorder:write", "unknown"):
        claim_refused(await front.refresh(all_again["refresh_token"], scope=more), Refusal.BAD_SCOPE)
    assert (await front.refresh(all_again["refresh_token"])).is_success


async def test_what_the_roles_lost_is_left_out(office: Office, front: Front) -> None:
    """Scopes follow the roles of today; when none is left there is no token."""
    who = await person(office.authority, "zhezhengding")
    viewer = await office.authority.viewers.of_person(who)
    assert viewer is not None
    account = viewer.accounts["zhezhengding"]
    await office.authority.grants.grant(Role.OPS, "zhezhengding", subject=account)
    secret = await office.authority.sessions.open(
        who, "zhezhengding", Proof(0, 1, ("zhezhengding-qr", "otp")), "a browser"
    )
    operator = Browser(who, "", {"cookie": f"tongxin_session={secret}"})
    both = await front.tokens(operator, scope="openid ops:read")
    alone = await front.tokens(operator, scope="ops:read")

    await office.authority.grants.revoke(Role.OPS, "zhezhengding", subject=account)

    assert both["scope"] == "openid ops:read"
    assert (await front.refresh(both["refresh_token"])).json()["scope"] == "openid"
    claim_refused(await front.refresh(alone["refresh_token"]), Refusal.BAD_SCOPE)


async def test_a_refresh_token_ends_with_the_session(office: Office, front: Front, lin: Browser) -> None:
    """Signed out, over, or not used for too long; without ``offline_access`` nothing goes on."""
    for change in ({"ended_at": now()}, {"ends_at": now()}, {"seen_at": now() - timedelta(hours=1)}):
        who = await browser(office, person_id=lin.person_id)
        tokens = await front.tokens(who)
        await change_session(office, who.sid, **change)

        claim_refused(await front.refresh(tokens["refresh_token"]), Refusal.BAD_REFRESH_TOKEN)


async def test_offline_access_survives_the_session(office: Office, front: Front, lin: Browser) -> None:
    """That is what the person agreed to; signing out everywhere ends it too."""
    tokens = await front.tokens(lin, scope="openid offline_access")
    await office.authority.endings.session(lin.sid)

    after = await front.refresh(tokens["refresh_token"])
    await office.authority.endings.person(lin.person_id)

    assert after.is_success
    claim_refused(await front.refresh(after.json()["refresh_token"]), Refusal.BAD_REFRESH_TOKEN)


async def test_a_client_in_use_keeps_its_session_alive(office: Office, front: Front, lin: Browser) -> None:
    """Who works in a front end is not idle; its limit in all stays."""
    tokens = await front.tokens(lin)
    earlier = now() - timedelta(minutes=20)
    await change_session(office, lin.sid, seen_at=earlier)

    await front.refresh(tokens["refresh_token"])

    row = await office.database.read(lambda session: session.get(SessionRow, lin.sid))
    assert row is not None
    assert row.seen_at > now() - A_MINUTE


async def test_a_refresh_token_ends_when_nobody_uses_it(office: Office, front: Front, lin: Browser) -> None:
    """The limits of the settings: idle, and in all."""
    tokens = await front.tokens(lin, scope="openid offline_access")
    second = (await front.refresh(tokens["refresh_token"])).json()["refresh_token"]
    await change_grant(office, second, expires_at=now())
    claim_refused(await front.refresh(second), Refusal.BAD_REFRESH_TOKEN)

    await change_grant(office, second, expires_at=now() + A_MINUTE, created_at=now() - LONG_AGO)
    assert (await front.refresh(second)).is_success  # its last: what follows ended with the grant's ninety days
    claim_refused(await front.refresh(second), Refusal.BAD_REFRESH_TOKEN)


async def test_a_grant_lives_as_long_as_its_parts(office: Office, front: Front, lin: Browser) -> None:
    """A grant without ``offline_access`` never outlives its browser session."""
    tokens = await front.tokens(lin)
    ends_at = now() + timedelta(minutes=5)
    await change_session(office, lin.sid, ends_at=ends_at)
    await front.refresh(tokens["refresh_token"])

    assert (await expiry(office, tokens["refresh_token"])) == ends_at


async def test_a_person_who_is_gone_has_no_tokens(office: Office, front: Front, lin: Browser) -> None:
    """Deleted, with all accounts."""
    tokens = await front.tokens(lin)
    await office.authority.deletion.delete(lin.person_id)

    claim_refused(await front.refresh(tokens["refresh_token"]), Refusal.BAD_REFRESH_TOKEN)


async def test_a_public_client_keeps_its_key(office: Office, lin: Browser) -> None:
    """Its refresh tokens are bound to the key it began with (RFC 9449 section 5)."""
    front = await Front.registered(office, auth_method="none")
    key, other = ECKey.generate_key("P-256"), ECKey.generate_key("P-256")
    token = (await bound(front, lin, key)).json()["refresh_token"]

    claim_refused(await front.refresh(token), Refusal.WRONG_KEY)
    claim_refused(await refreshed(front, token, other), Refusal.WRONG_KEY)
    answer = await refreshed(front, token, key)
    again = await refreshed(front, token, key)

    assert answer.json()["token_type"] == "DPoP"
    assert claims_of(answer.json()["access_token"])["cnf"] == {"jkt": key.thumbprint()}
    assert again.json()["refresh_token"] == answer.json()["refresh_token"]


async def test_a_lost_answer_is_repeated_to_the_same_key_only(office: Office, lin: Browser) -> None:
    """A used token that comes with another key, or with none, was stolen."""
    front = await Front.registered(office, auth_method="none")
    key, other = ECKey.generate_key("P-256"), ECKey.generate_key("P-256")
    token = (await bound(front, lin, key)).json()["refresh_token"]
    successor = (await refreshed(front, token, key)).json()["refresh_token"]

    claim_refused(await refreshed(front, token, other), Refusal.BAD_REFRESH_TOKEN)
    claim_refused(await refreshed(front, successor, key), Refusal.BAD_REFRESH_TOKEN)


async def test_a_client_with_a_secret_may_change_its_key(front: Front, lin: Browser) -> None:
    """It proves itself in another way; but what was bound stays bound."""
    key, other = ECKey.generate_key("P-256"), ECKey.generate_key("P-256")
    token = (await bound(front, lin, key)).json()["refresh_token"]

    claim_refused(await front.refresh(token), Refusal.WRONG_KEY)
    answer = await refreshed(front, token, other)

    assert claims_of(answer.json()["access_token"])["cnf"] == {"jkt": other.thumbprint()}


async def test_a_client_without_the_grant_type_is_refused(office: Office) -> None:
    """Whatever it sends."""
    front = await Front.registered(office, grants=["authorization_code"])

    claim_refused(await front.refresh("x"), Refusal.GRANT_NOT_ALLOWED)


async def test_a_consent_taken_back_ends_it(office: Office, front: Front, lin: Browser) -> None:
    """With the grants that followed from it."""
    tokens = await front.tokens(lin, scope="openid offline_access")
    await office.authority.endings.client_of_person(front.client_id, lin.person_id)

    claim_refused(await front.refresh(tokens["refresh_token"]), Refusal.BAD_REFRESH_TOKEN)
    with pytest.raises(InvalidTokenError):
        await office.authority.viewer_of(tokens["access_token"])


async def bound(front: Front, who: Browser, key: ECKey) -> httpx.Response:
    """Trade a code while showing a key."""
    form: dict[str, str | None] = {
        "grant_type": "authorization_code",
        "code": await front.code(who),
        "code_verifier": VERIFIER,
    }
    return await front.post("/oauth/token", form, **key_proof(front.office, key))


async def refreshed(front: Front, token: str, key: ECKey) -> httpx.Response:
    """Trade a refresh token while showing a key."""
    form: dict[str, str | None] = {"grant_type": "refresh_token", "refresh_token": token}
    return await front.post("/oauth/token", form, **key_proof(front.office, key))


async def expiry(office: Office, token: str) -> datetime:
    """Until when the grant of a refresh token lives."""
    row = await office.database.read(lambda session: session.get(GrantRow, token.partition(".")[0]))
    assert row is not None
    return row.expires_at
