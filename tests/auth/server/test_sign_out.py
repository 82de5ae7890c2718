"""Signing out at one place ends all, over HTTP."""

import pytest

from auth.tokens import InvalidTokenError
from tests.auth.authorization.front import Browser, Front, browser, claims_of
from tests.auth.conftest import Office
from tests.auth.logouts.partner import Partner

BACK = "https://front.example.cn/bye"


@pytest.fixture
async def lin(office: Office) -> Browser:
    """Somebody signed in."""
    return await browser(office)


async def test_a_client_signs_the_person_out_of_every_other(office: Office, lin: Browser) -> None:
    """Its id_token brings it about: the other's tokens end, it is told by its back channel, the browser knows nobody."""
    async with Partner().up() as partner:
        one = await Front.registered(office, post_logout_redirect_uris=[BACK])
        other = await Front.registered(office, backchannel_logout_uri=partner.uri)
        mine, theirs = await one.tokens(lin), await other.tokens(lin)
        await office.authority.viewer_of(theirs["access_token"])

        answer = await office.client.get(
            "/oauth/logout",
            params={"id_token_hint": mine["id_token"], "post_logout_redirect_uri": BACK},
            headers=lin.cookie,
        )
        await office.authority.courier.round()

    assert answer.headers["location"] == BACK
    for token in (mine["access_token"], theirs["access_token"]):
        with pytest.raises(InvalidTokenError):
            await office.authority.viewer_of(token)
    assert (await other.refresh(theirs["refresh_token"])).json()["error"] == "invalid_grant"
    assert (await other.ask(lin)).headers["location"].startswith("/login?")
    (told,) = map(claims_of, partner.tokens)
    assert (told["aud"], told["sub"], told["sid"]) == (
        other.client_id,
        lin.person_id,
        claims_of(theirs["id_token"])["sid"],
    )


async def test_what_was_allowed_to_work_without_the_person_goes_on(office: Office, lin: Browser) -> None:
    """With offline_access a client refreshes after the session's end, until the person signs out everywhere."""
    front = await Front.registered(office)
    tokens = await front.tokens(lin, scope="openid graph:read offline_access")

    await office.authority.endings.session(lin.sid)
    after_session = await front.refresh(tokens["refresh_token"])
    await office.authority.endings.person(lin.person_id)
    after_all = await front.refresh(after_session.json()["refresh_token"])

    assert after_session.status_code == 200
    assert after_all.json()["error"] == "invalid_grant"
    with pytest.raises(InvalidTokenError):
        await office.authority.viewer_of(after_session.json()["access_token"])


async def test_who_signs_in_again_gets_tokens_that_work(office: Office, lin: Browser) -> None:
    """Signing out everywhere ends what was, not what comes; in this process and in others."""
    front = await Front.registered(office)
    before = await front.tokens(lin)
    await office.authority.endings.person(lin.person_id)

    after = await front.tokens(await browser(office, person_id=lin.person_id))

    for authority in (office.authority, office.replica()):
        assert (await authority.viewer_of(after["access_token"])).person_id == lin.person_id
        with pytest.raises(InvalidTokenError):
            await authority.viewer_of(before["access_token"])


async def test_a_code_does_not_outlive_its_session(office: Office, lin: Browser) -> None:
    """Given before the end, it is worth nothing after it."""
    front = await Front.registered(office)
    code = await front.code(lin)

    await office.authority.endings.session(lin.sid)

    assert (await front.trade(code)).json()["error"] == "invalid_grant"


async def test_a_disabled_client_that_is_enabled_again_begins_anew(office: Office, lin: Browser) -> None:
    """What it had stays ended; what it gets is good."""
    front = await Front.registered(office)
    before = await front.tokens(lin)
    await office.authority.endings.client(front.client_id)
    refused = await front.refresh(before["refresh_token"])
    await office.authority.clients.enable(front.client_id)

    still = await front.refresh(before["refresh_token"])
    after = await front.tokens(lin)

    assert (refused.json()["error"], still.json()["error"]) == ("invalid_client", "invalid_grant")
    assert (await office.authority.viewer_of(after["access_token"])).client_id == front.client_id
    with pytest.raises(InvalidTokenError):
        await office.authority.viewer_of(before["access_token"])


async def test_a_consent_taken_back_is_asked_for_again(office: Office, lin: Browser) -> None:
    """The client's tokens end, the session stays, and the person is asked the next time."""
    front = await Front.registered(office)
    tokens = await front.tokens(lin)

    await office.authority.endings.client_of_person(front.client_id, lin.person_id)

    with pytest.raises(InvalidTokenError):
        await office.authority.viewer_of(tokens["access_token"])
    assert (await front.refresh(tokens["refresh_token"])).json()["error"] == "invalid_grant"
    assert (await front.ask(lin)).headers["location"].startswith("/consent?")


async def test_tokens_signed_by_a_revoked_key_end(office: Office, lin: Browser) -> None:
    """Whoever has the key can sign what they like: nothing of it is believed."""
    front = await Front.registered(office)
    before = await front.tokens(lin)
    (key,) = [key for key in await office.authority.keys.list() if key.signs]

    await office.authority.keys.revoke(key.kid)
    office.authority.tokens.forget()
    after = await front.tokens(lin)

    with pytest.raises(InvalidTokenError):
        await office.authority.viewer_of(before["access_token"])
    assert (await office.authority.viewer_of(after["access_token"])).person_id == lin.person_id
