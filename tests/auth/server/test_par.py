import asyncio
from datetime import timedelta

import httpx
import pytest
from sqlalchemy import update

from auth.pages.troubles import Trouble
from auth.refusals import Refusal
from auth.store.moments import now
from auth.store.tables import PushedRequestRow
from connectors.viewer import Scope
from tests.auth.authorization.front import Front, browser, sent_to, told
from tests.auth.conftest import Office

PATH = "/oauth/par"
PREFIX = "urn:ietf:params:oauth:request_uri:"


async def pushed(front: Front, **changes: str | None) -> str:
    """Push a request and answer its name."""
    answer = await front.post(PATH, front.request() | changes)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["request_uri"])


async def come(front: Front, request_uri: str, cookie: dict[str, str], client_id: str | None = None) -> httpx.Response:
    """Send a browser with the name of a pushed request."""
    asked = {"client_id": client_id or front.client_id, "request_uri": request_uri}
    return await front.office.client.get("/oauth/authorize", params=asked, headers=cookie)


@pytest.mark.parametrize("method", ["client_secret_basic", "client_secret_post", "none"])
async def test_a_pushed_request_becomes_a_code(office: Office, method: str) -> None:
    """The browser carries only its name; any client may push, as it proves itself."""
    front = await Front.registered(office, auth_method=method, require_par=True)
    who = await browser(office)
    await front.agree(who)
    sent = front.request() | ({"client_secret": front.secret} if method == "client_secret_post" else {})
    login = {"auth": (front.client_id, front.secret)} if method == "client_secret_basic" else {}

    answer = await office.client.post(PATH, data=sent, **login)
    body = answer.json()

    assert answer.status_code == 201
    assert answer.headers["cache-control"] == "no-store"
    assert body.keys() == {"request_uri", "expires_in"}
    assert body["request_uri"].startswith(PREFIX)
    assert len(body["request_uri"]) >= len(PREFIX) + 43
    assert body["expires_in"] == 90
    assert told(await come(front, body["request_uri"], who.cookie))["state"] == "s-1"


async def test_what_the_browser_adds_counts_for_nothing(office: Office) -> None:
    """Only what was pushed is read (RFC 9126 section 4)."""
    front, who = await Front.registered(office), await browser(office)
    await front.agree(who)
    request_uri = await pushed(front, scope="openid")
    added = {"scope": "openid graph:read", "state": "other", "redirect_uri": "https://evil.example/"}
    asked = {"client_id": front.client_id, "request_uri": request_uri} | added

    answer = told(await office.client.get("/oauth/authorize", params=asked, headers=who.cookie))

    assert answer["state"] == "s-1"
    assert (await front.trade(answer["code"])).json()["scope"] == "openid"


async def test_a_pushed_request_gives_one_code(office: Office) -> None:
    """It is used up by its code, not by being looked at: pages on the way do not need a new one."""
    front, who = await Front.registered(office), await browser(office)
    request_uri = await pushed(front)
    _, to_login = sent_to(await come(front, request_uri, {}))
    _, to_consent = sent_to(await come(front, request_uri, who.cookie))
    await front.agree(who)

    first = told(await front.go_on(who, to_login["to"]))
    second = told(await front.go_on(who, to_consent["to"]))
    third = await come(front, request_uri, who.cookie)

    assert "code" in first
    assert second["error"] == "invalid_request_uri"
    assert (third.status_code, "location" in third.headers) == (Trouble.REQUEST_ENDED.status, False)


async def test_of_many_at_once_one_gets_a_code(office: Office) -> None:
    """Whoever comes with the same pushed request at the same moment."""
    front, who = await Front.registered(office), await browser(office)
    await front.agree(who)
    request_uri = await pushed(front)

    answers = await asyncio.gather(*(come(front, request_uri, who.cookie) for _ in range(5)))

    given = [answer for answer in answers if "code=" in answer.headers.get("location", "")]
    assert len(given) == 1


async def test_a_pushed_request_is_its_client_s(office: Office) -> None:
    """Another client cannot use it, nor whoever guesses or changes its name, nor anybody when it ended."""
    front, other, who = await Front.registered(office), await Front.registered(office), await browser(office)
    await front.agree(who)
    request_uri = await pushed(front)
    old = await pushed(front)
    ended = update(PushedRequestRow).values(expires_at=now() - timedelta(seconds=1))

    answers = [
        await come(front, request_uri, who.cookie, other.client_id),
        await come(front, request_uri[:-1], who.cookie),
        await come(front, PREFIX, who.cookie),
        await come(front, PREFIX + "x" * 5000, who.cookie),
    ]
    await office.database.write(lambda session: session.execute(ended))
    answers.append(await come(front, old, who.cookie))

    for answer in answers:
        assert answer.status_code == Trouble.REQUEST_ENDED.status
        assert "location" not in answer.headers


WRONG: dict[str, tuple[dict[str, str | None], Refusal]] = {
    "foreign redirect": ({"redirect_uri": "https://evil.example/"}, Refusal.BAD_REDIRECT_URI),
    "no redirect": ({"redirect_uri": None}, Refusal.BAD_REDIRECT_URI),
    "a pushed request": ({"request_uri": PREFIX + "x"}, Refusal.NO_REQUEST_URIS),
    "a request object": ({"request": "e30.e30."}, Refusal.NO_REQUEST_OBJECTS),
    "no PKCE": ({"code_challenge": None}, Refusal.NO_CHALLENGE),
    "plain PKCE": ({"code_challenge_method": "plain"}, Refusal.PLAIN_CHALLENGE),
    "implicit": ({"response_type": "token"}, Refusal.BAD_RESPONSE_TYPE),
    "unknown scope": ({"scope": "everything"}, Refusal.BAD_SCOPE),
    "another client": ({"client_id": "c_other"}, Refusal.TWO_PROOFS),
    "foreign resource": ({"resource": "https://evil.example/"}, Refusal.BAD_TARGET),
}


@pytest.mark.parametrize("case", WRONG)
async def test_what_is_wrong_is_told_at_once(office: Office, case: str) -> None:
    """Before any browser is involved, in the form of the token endpoint (RFC 9126 section 2.3)."""
    changes, refusal = WRONG[case]
    front = await Front.registered(office)

    answer = await front.post(PATH, front.request() | changes)

    assert answer.status_code == refusal.status
    assert answer.json()["error"] == refusal.code
    assert answer.json()["error_description"] == refusal.en


async def test_who_pushes_proves_itself(office: Office) -> None:
    """A wrong secret, none where there should be one, and a client without this grant."""
    front = await Front.registered(office)
    partner = Front(office, *await office.register_partner(Scope.OPINION_READ))

    wrong = await office.client.post(PATH, data=front.request(), auth=(front.client_id, "wrong"))
    nothing = await office.client.post(PATH, data=front.request())
    other = await partner.post(PATH, partner.request())
    by_get = await office.client.get(PATH, params=front.request())

    assert [answer.json()["error"] for answer in (wrong, nothing, other)] == [
        "invalid_client",
        "invalid_client",
        "unauthorized_client",
    ]
    assert by_get.status_code == 405


async def test_several_resources_may_be_named(office: Office) -> None:
    """The one parameter that may come again (RFC 8707); all must be ours."""
    front = await Front.registered(office)
    ours = "http://127.0.0.1:8000/graphql", "http://127.0.0.1:8000/oauth/userinfo"

    answers = [
        await office.client.post(
            PATH, data={**front.request(), "resource": list(named)}, auth=(front.client_id, front.secret)
        )
        for named in (ours, (*ours, "https://evil.example/"))
    ]

    assert [answer.status_code for answer in answers] == [201, 400]
    assert answers[1].json()["error"] == "invalid_target"


async def test_a_pushed_request_may_mean_somebody(office: Office) -> None:
    """The hint is read when it is pushed; another person gets no code by it."""
    front = await Front.registered(office)
    meant, other = await browser(office), await browser(office)
    tokens = await front.tokens(meant)
    await front.agree(other)

    request_uri = await pushed(front, prompt="none", id_token_hint=tokens["id_token"])

    assert told(await come(front, request_uri, other.cookie))["error"] == "login_required"
    assert "code" in told(await come(front, request_uri, meant.cookie))
