"""The authorization endpoint: what gives no code, and who is told so."""

import asyncio
from datetime import timedelta
from typing import Any
from urllib.parse import unquote

import httpx
import pytest
from sqlalchemy import update

from auth.authorization.parameters import Parameters
from auth.authorization.sealing import Continued, sealed_from
from auth.pages.troubles import Trouble
from auth.refusals import Refusal
from auth.store.moments import now
from auth.store.tables import SessionRow
from tests.auth.authorization.front import (
    CHALLENGE,
    REDIRECT,
    Browser,
    Front,
    browser,
    sent_to,
    signed_in,
    told,
)
from tests.auth.conftest import Office
from tests.auth.server.authorizing import ISSUER, authorizations, codes

ELSEWHERE = "https://evil.example/callback"


@pytest.fixture
async def front(office: Office) -> Front:
    """A front end that may do everything."""
    return await Front.registered(office)


@pytest.fixture
async def lin(office: Office, front: Front) -> Browser:
    """Somebody signed in who agreed to everything."""
    who = await browser(office)
    await front.agree(who)
    return who


def claim_trouble(answer: httpx.Response, trouble: Trouble) -> None:
    """Claim that an answer is a page of ours, and sends nobody anywhere."""
    assert answer.status_code == trouble.status
    assert answer.headers["content-type"].startswith("text/html")
    assert "location" not in answer.headers
    assert trouble.code in answer.text
    assert 'href="https://evil.example' not in answer.text


async def test_a_broken_form_is_refused(office: Office, front: Front) -> None:
    """Not readable: a page; readable and wrong: told to the client."""
    as_json = await office.client.post("/oauth/authorize", json=front.request())
    wrong = await office.client.post("/oauth/authorize", data=front.request(response_type="token"))

    claim_trouble(as_json, Trouble.REQUEST_UNREADABLE)
    assert told(wrong)["error"] == "unsupported_response_type"


SHOWN: dict[str, tuple[dict[str, str | None], Trouble]] = {
    "no client": ({"client_id": None}, Trouble.CLIENT_UNKNOWN),
    "unknown client": ({"client_id": "c_unknown"}, Trouble.CLIENT_UNKNOWN),
    "a client of control characters": ({"client_id": "c_\x00"}, Trouble.CLIENT_UNKNOWN),
    "no redirect": ({"redirect_uri": None}, Trouble.REDIRECT_UNKNOWN),
    "foreign redirect": ({"redirect_uri": ELSEWHERE}, Trouble.REDIRECT_UNKNOWN),
    "longer redirect": ({"redirect_uri": REDIRECT + "/evil.example"}, Trouble.REDIRECT_UNKNOWN),
    "redirect with a query": ({"redirect_uri": REDIRECT + "?to=evil.example"}, Trouble.REDIRECT_UNKNOWN),
    "redirect with a user": ({"redirect_uri": "https://front.example.cn@evil.example/"}, Trouble.REDIRECT_UNKNOWN),
    "foreign redirect and wrong type": ({"redirect_uri": ELSEWHERE, "response_type": "x"}, Trouble.REDIRECT_UNKNOWN),
    "foreign redirect, no page wanted": ({"redirect_uri": ELSEWHERE, "prompt": "none"}, Trouble.REDIRECT_UNKNOWN),
    "unknown pushed request": ({"request_uri": "urn:ietf:params:oauth:request_uri:x"}, Trouble.REQUEST_ENDED),
}


@pytest.mark.parametrize("case", SHOWN)
async def test_what_cannot_be_told_to_the_client_is_shown(
    office: Office, front: Front, lin: Browser, case: str
) -> None:
    """Nobody is redirected before client and redirect URI are known to belong together."""
    changes, trouble = SHOWN[case]

    claim_trouble(await front.ask(lin, **changes), trouble)
    assert await codes(office) == 0


@pytest.mark.parametrize("name", ["client_id", "redirect_uri"])
async def test_two_of_what_decides_where_to_go_are_none(office: Office, front: Front, lin: Browser, name: str) -> None:
    """A second client or redirect URI, even a right one, leads nowhere."""
    twice = [*front.request().items(), (name, ELSEWHERE if name == "redirect_uri" else front.client_id)]

    answer = await office.client.get("/oauth/authorize", params=twice, headers=lin.cookie)

    claim_trouble(answer, Trouble.CLIENT_UNKNOWN if name == "client_id" else Trouble.REDIRECT_UNKNOWN)


async def test_a_disabled_client_is_unknown(office: Office, front: Front, lin: Browser) -> None:
    """From the moment it is disabled, for requests under way too."""
    _, facts = sent_to(await front.ask(None))
    await office.authority.endings.client(front.client_id)

    claim_trouble(await front.ask(lin), Trouble.CLIENT_UNKNOWN)
    claim_trouble(await front.go_on(lin, facts["to"]), Trouble.CLIENT_UNKNOWN)


TOLD: dict[str, tuple[dict[str, str | None], Refusal]] = {
    "no type": ({"response_type": None}, Refusal.INCOMPLETE),
    "implicit": ({"response_type": "token"}, Refusal.BAD_RESPONSE_TYPE),
    "hybrid": ({"response_type": "code id_token"}, Refusal.BAD_RESPONSE_TYPE),
    "fragment": ({"response_mode": "fragment"}, Refusal.BAD_RESPONSE_MODE),
    "form": ({"response_mode": "form_post"}, Refusal.BAD_RESPONSE_MODE),
    "no PKCE": ({"code_challenge": None, "code_challenge_method": None}, Refusal.NO_CHALLENGE),
    "method without challenge": ({"code_challenge": None}, Refusal.NO_CHALLENGE),
    "plain PKCE": ({"code_challenge_method": "plain"}, Refusal.PLAIN_CHALLENGE),
    "PKCE without method": ({"code_challenge_method": None}, Refusal.PLAIN_CHALLENGE),
    "short challenge": ({"code_challenge": CHALLENGE[:-1]}, Refusal.BAD_CHALLENGE),
    "long challenge": ({"code_challenge": CHALLENGE + "A"}, Refusal.BAD_CHALLENGE),
    "padded challenge": ({"code_challenge": CHALLENGE[:-1] + "="}, Refusal.BAD_CHALLENGE),
    "unknown scope": ({"scope": "openid everything"}, Refusal.BAD_SCOPE),
    "scope with a quote": ({"scope": 'openid "'}, Refusal.BAD_SCOPE),
    "foreign resource": ({"resource": "https://evil.example/"}, Refusal.BAD_TARGET),
    "request object": ({"request": "eyJhbGciOiJub25lIn0.e30."}, Refusal.NO_REQUEST_OBJECTS),
    "foreign request_uri": ({"request_uri": "https://front.example.cn/request"}, Refusal.NO_REQUEST_URIS),
    "registration": ({"registration": "{}"}, Refusal.NO_REGISTRATION),
    "unknown prompt": ({"prompt": "create"}, Refusal.BAD_PROMPT),
    "none and more": ({"prompt": "none login"}, Refusal.BAD_PROMPT),
    "negative age": ({"max_age": "-1"}, Refusal.BAD_MAX_AGE),
    "no age": ({"max_age": "soon"}, Refusal.BAD_MAX_AGE),
    "endless age": ({"max_age": "9" * 50}, Refusal.BAD_MAX_AGE),
    "bad key": ({"dpop_jkt": "x"}, Refusal.BAD_THUMBPRINT),
    "long nonce": ({"nonce": "n" * 513}, Refusal.UNREADABLE_PARAMETER),
    "nonce of two lines": ({"nonce": "a\r\nSet-Cookie: x"}, Refusal.UNREADABLE_PARAMETER),
}


@pytest.mark.parametrize("case", TOLD)
async def test_what_is_wrong_is_told_to_the_client(office: Office, front: Front, lin: Browser, case: str) -> None:
    """With code, words, state and issuer, and without a page, whoever is signed in."""
    changes, refusal = TOLD[case]

    for who in (lin, None):
        assert told(await front.ask(who, **changes)) == {
            "error": refusal.code,
            "error_description": refusal.en,
            "state": "s-1",
            "iss": ISSUER,
        }
    assert await codes(office) == 0


@pytest.mark.parametrize("name", ["state", "scope", "nonce", "code_challenge", "response_type", "prompt", "unknown"])
async def test_a_parameter_comes_once(office: Office, front: Front, lin: Browser, name: str) -> None:
    """Whichever it is (RFC 6749 section 3.1); a state that came twice is not sent back."""
    twice = [*front.request(unknown="1", prompt="login").items(), (name, front.request().get(name, "1"))]

    answer = told(await office.client.get("/oauth/authorize", params=twice, headers=lin.cookie))

    assert answer["error_description"] == Refusal.REPEATED.en
    assert ("state" in answer) == (name != "state")


@pytest.mark.parametrize("state", ["s" * 1025, "a\nb", "浙", "\x00"], ids=repr)
async def test_a_state_that_is_none_is_not_sent_back(front: Front, lin: Browser, state: str) -> None:
    """Only printable ASCII of some length (RFC 6749 appendix A.5)."""
    answer = told(await front.ask(lin, state=state))

    assert answer["error"] == "invalid_request"
    assert "state" not in answer


async def test_a_client_has_its_own_limits(office: Office, lin: Browser) -> None:
    """Scopes it is not registered with, or a request it should have pushed."""
    small = await Front.registered(office, scopes=["openid", "phone"])
    pushing = await Front.registered(office, require_par=True)

    assert told(await small.ask(lin))["error"] == "invalid_scope"
    assert told(await pushing.ask(lin))["error_description"] == Refusal.MUST_BE_PUSHED.en


@pytest.mark.parametrize("address", ["?", "?continue=", "?continue=x", "?client_id=%ff", "?" + "a=1&" * 60])
async def test_a_made_up_address_is_shown(office: Office, address: str) -> None:
    """Whatever stands in it."""
    answer = await office.client.get("/oauth/authorize" + address)

    assert answer.status_code == 400
    assert "location" not in answer.headers


async def test_an_old_request_is_shown(office: Office, front: Front, lin: Browser) -> None:
    """Ten minutes after it began."""
    began = Continued(Parameters(front.request()), now() - timedelta(minutes=10), None)
    sealed = sealed_from(began, office.authority.vault)

    claim_trouble(await front.go_on(lin, f"/oauth/authorize?continue={sealed}"), Trouble.REQUEST_ENDED)


async def test_our_own_address_is_never_taken_from_a_header(front: Front, office: Office, lin: Browser) -> None:
    """A forged Host changes neither issuer nor where a browser goes."""
    forged = {"host": "evil.example", "x-forwarded-host": "evil.example", "forwarded": "host=evil.example"}

    answer = await office.client.get("/oauth/authorize", params=front.request(), headers={**lin.cookie, **forged})
    to_login = await office.client.get("/oauth/authorize", params=front.request(), headers=forged)

    assert told(answer)["iss"] == ISSUER
    assert to_login.headers["location"].startswith("/login?")


async def test_a_session_that_ended_gives_no_code(office: Office, front: Front, lin: Browser) -> None:
    """Ended, idle for too long, or over."""
    long_ago = now() - timedelta(hours=13)
    changes: list[dict[str, Any]] = [{"ended_at": now()}, {"seen_at": long_ago}, {"ends_at": now()}]
    for change in changes:
        who = await browser(office, person_id=lin.person_id)
        ended = update(SessionRow).where(SessionRow.sid == who.sid).values(**change)
        await office.database.write(lambda session, ended=ended: session.execute(ended))

        assert sent_to(await front.ask(who))[0] == "/login"


async def test_a_session_that_ends_meanwhile_gives_no_code(office: Office, front: Front, lin: Browser) -> None:
    """The session is looked at once more in the transaction that stores the code."""
    _, session = await signed_in(office.authority, lin.person_id)
    asked = await authorizations(office).read(unquote(sent_to(await front.ask(None))[1]["to"].partition("=")[2]))
    await office.authority.endings.session(session.sid)

    outcome = await asyncio.gather(
        office.authority.token_grants.begin(asked, session, asked.scopes), return_exceptions=True
    )

    assert getattr(outcome[0], "refusal", None) is Refusal.LOGIN_REQUIRED
    assert await codes(office) == 0


@pytest.mark.parametrize("path", ["/oauth/authorize", "/oauth/logout", "/login/zheliban", "/login/zheliban/callback"])
async def test_asking_for_headers_only_does_nothing(office: Office, front: Front, lin: Browser, path: str) -> None:
    """HEAD would tell a code in ``Location``; all that may be done there is named (RFC 9110 section 10.2.1)."""
    answer = await office.client.head(path, params=front.request(), headers=lin.cookie)
    put = await office.client.put(path, headers=lin.cookie)

    assert (answer.status_code, put.status_code) == (405, 405)
    assert "location" not in answer.headers
    assert set(answer.headers["allow"].split(", ")) == ({"GET"} if path == "/login/zheliban" else {"GET", "POST"})
    assert await codes(office) == 0
