"""A client sends the person to sign out."""

import re
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx
import pytest
from joserfc import jws
from joserfc.jwk import ECKey, OctKey

from auth.pages.cookies import SESSION
from auth.proof import Proof
from tests.auth.conftest import Office
from tests.auth.holdings import Holdings

BACK = "https://partner.example.cn/bye"
ISSUER = "http://127.0.0.1:8000"


@dataclass
class Visit:
    """Somebody signed in in a browser, with a client that knows their session."""

    office: Office
    client_id: str = ""
    person_id: str = ""
    sid: str = ""
    secret: str = field(default="", repr=False)

    @property
    def holdings(self) -> Holdings:
        """The same store, by the back door."""
        return Holdings(self.office.database)

    async def begin(self) -> "Visit":
        """Sign in, and let the client in."""
        self.client_id = await self.register(BACK)
        self.person_id = await self.holdings.person()
        sessions = self.office.authority.sessions
        self.secret = await sessions.open(self.person_id, "zheliban", Proof(1, 2, ("pwd",)), "a browser")
        session = await sessions.of(self.secret)
        assert session is not None
        self.sid = session.sid
        await self.holdings.grant(self.client_id, self.person_id, self.sid)
        self.office.client.cookies.set(SESSION.name, self.secret)
        return self

    async def register(self, *uris: str) -> str:
        """Register a client that people may come back to."""
        client_id, _ = await self.office.authority.clients.create(
            "伙伴系统",
            grants=["authorization_code"],
            scopes=["openid"],
            redirect_uris=["https://partner.example.cn/callback"],
            post_logout_redirect_uris=uris,
            backchannel_logout_uri="https://partner.example.cn/backchannel",
        )
        return client_id

    async def id_token(self, kind: str = "JWT", **changes: Any) -> str:
        """An id_token of this session, long ended."""
        moment = int(time.time()) - 3600
        claims = {
            "iss": ISSUER,
            "sub": self.person_id,
            "aud": self.client_id,
            "iat": moment,
            "exp": moment + 600,
            "sid": self.sid,
        }
        return await self.office.authority.keys.signed(kind, claims | changes)

    async def leave(self, **parameters: str) -> httpx.Response:
        """Come by a link."""
        return await self.office.client.get("/oauth/logout", params=parameters)

    async def is_in(self) -> bool:
        """Whether the session lives."""
        return await self.office.authority.sessions.of(self.secret) is not None


@pytest.fixture
async def visit(office: Office) -> Visit:
    """Somebody signed in."""
    return await Visit(office).begin()


def _token_of(page: httpx.Response) -> str:
    found = re.search(r'name="([^"]+)" value="([^"]+)"', page.text)
    assert found is not None
    return urlencode({found[1]: found[2]})


async def test_with_a_hint_of_this_session_it_ends_at_once(visit: Visit) -> None:
    """The id_token has ended long ago; no page is shown, the cookie goes, the client is owed its back channel."""
    answer = await visit.leave(id_token_hint=await visit.id_token(), post_logout_redirect_uri=BACK, state="a&b=1")

    assert (answer.status_code, answer.headers["location"]) == (303, f"{BACK}?state=a%26b%3D1")
    assert not await visit.is_in()
    assert SESSION.name in answer.headers["set-cookie"]
    assert "Max-Age=0" in answer.headers["set-cookie"]
    assert await visit.holdings.owed() == [(visit.client_id, visit.person_id, visit.sid)]


async def test_without_an_address_one_is_told_here(visit: Visit) -> None:
    """The page says that nobody is signed in any more."""
    answer = await visit.leave(id_token_hint=await visit.id_token())
    page = await visit.office.client.get(answer.headers["location"])

    assert answer.headers["location"] == "/logout"
    assert page.status_code == 200
    assert "您已退出登录" in page.text


async def test_by_post_it_goes_on_by_get(visit: Visit) -> None:
    """A form of another site comes without the cookie; the GET after it has it. The address tells nothing."""
    form = {"id_token_hint": await visit.id_token(), "post_logout_redirect_uri": BACK, "state": "s"}
    visit.office.client.cookies.clear()

    posted = await visit.office.client.post("/oauth/logout", data=form)
    visit.office.client.cookies.set(SESSION.name, visit.secret)
    still = await visit.is_in()
    answer = await visit.office.client.get(posted.headers["location"])

    assert (posted.status_code, still) == (303, True)
    assert posted.headers["location"].startswith("/oauth/logout?continue=")
    assert form["id_token_hint"] not in posted.headers["location"]
    assert answer.headers["location"] == f"{BACK}?state=s"
    assert not await visit.is_in()


async def test_without_a_hint_the_person_is_asked(visit: Visit) -> None:
    """Another site may have sent them: nothing ends before they press the button, then they go back to the client."""
    answer = await visit.leave(client_id=visit.client_id, post_logout_redirect_uri=BACK, state="s", ui_locales="en-GB")
    asked = await visit.office.client.get(answer.headers["location"])
    still = await visit.is_in()
    sealed = parse_qs(urlsplit(answer.headers["location"]).query)["request"][0]
    sent = await visit.office.client.post(
        "/logout",
        content=f"{_token_of(asked)}&{urlencode({'request': sealed})}",
        headers={"content-type": "application/x-www-form-urlencoded", "origin": ISSUER},
    )

    assert (answer.status_code, asked.status_code, still) == (303, 200, True)
    assert "伙伴系统" in asked.text
    assert "Stay signed in" in asked.text
    assert "https://partner.example.cn" in asked.headers["content-security-policy"]
    assert sent.headers["location"] == f"{BACK}?state=s"
    assert not await visit.is_in()


async def test_the_page_of_ones_own_account_signs_out(visit: Visit) -> None:
    """No client has to do with it."""
    asked = await visit.office.client.get("/logout")
    sent = await visit.office.client.post(
        "/logout",
        content=_token_of(asked),
        headers={"content-type": "application/x-www-form-urlencoded", "origin": ISSUER},
    )

    assert (sent.status_code, sent.headers["location"]) == (303, "/logout")
    assert not await visit.is_in()


async def test_a_forged_form_signs_nobody_out(visit: Visit) -> None:
    """Neither from another site nor without the page's own token."""
    asked = await visit.office.client.get("/logout")
    headers = {"content-type": "application/x-www-form-urlencoded"}

    elsewhere = await visit.office.client.post(
        "/logout", content=_token_of(asked), headers=headers | {"origin": "https://evil.example"}
    )
    without = await visit.office.client.post("/logout", content="a=b", headers=headers | {"origin": ISSUER})

    assert (elsewhere.status_code, without.status_code) == (403, 403)
    assert await visit.is_in()


async def test_who_is_not_signed_in_goes_straight_back(visit: Visit) -> None:
    """There is nothing to ask; the session of the hint ends, wherever it was."""
    visit.office.client.cookies.clear()

    answer = await visit.leave(id_token_hint=await visit.id_token(), post_logout_redirect_uri=BACK)

    assert answer.headers["location"] == BACK
    assert not await visit.is_in()


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/",
        f"{BACK}/",
        f"{BACK}?x=1",
        "https://partner.example.cn@evil.example/bye",
        "//evil.example",
        "/account",
        BACK.upper(),
        "javascript:alert(1)",
    ],
)
async def test_nobody_is_sent_to_an_address_that_is_not_registered(visit: Visit, address: str) -> None:
    """An error page, no redirect; and nothing ended."""
    answer = await visit.leave(id_token_hint=await visit.id_token(), post_logout_redirect_uri=address)

    assert answer.status_code == 400
    assert "location" not in answer.headers
    assert "evil" not in answer.text
    assert await visit.is_in()


async def test_an_address_needs_a_client(visit: Visit) -> None:
    """Registered for somebody, but nobody says for whom."""
    answer = await visit.leave(post_logout_redirect_uri=BACK)

    assert answer.status_code == 400
    assert await visit.is_in()


async def test_an_address_of_another_client_is_refused(visit: Visit) -> None:
    """Each client may only name its own."""
    other = await visit.register("https://other.example.cn/bye")

    answer = await visit.leave(client_id=other, post_logout_redirect_uri=BACK)

    assert answer.status_code == 400


async def test_the_client_must_be_the_hints(visit: Visit) -> None:
    """A client cannot borrow another's id_token."""
    other = await visit.register(BACK)

    answer = await visit.leave(client_id=other, id_token_hint=await visit.id_token(), post_logout_redirect_uri=BACK)

    assert answer.status_code == 400
    assert await visit.is_in()


@pytest.mark.parametrize("kind", ["unknown", "disabled"])
async def test_a_client_that_is_not_there_is_refused(visit: Visit, kind: str) -> None:
    """Unknown and disabled are one."""
    if kind == "disabled":
        await visit.office.authority.endings.client(visit.client_id)
    client_id = visit.client_id if kind == "disabled" else "c_unknown"

    answer = await visit.leave(client_id=client_id, post_logout_redirect_uri=BACK)

    assert answer.status_code == 400
    assert await visit.is_in()


async def test_a_repeated_parameter_is_refused(visit: Visit) -> None:
    """Which of the two would count?"""
    answer = await visit.office.client.get(
        "/oauth/logout", params=[("client_id", visit.client_id), ("client_id", "c_other")]
    )

    assert answer.status_code == 400


Forging = Callable[[str], str]


def _by(key: Any, algorithm: str) -> Forging:
    def forged(token: str) -> str:
        payload = jws.extract_compact(token.encode()).payload or b""
        header = {"alg": algorithm, "kid": jws.extract_compact(token.encode()).headers()["kid"]}
        return jws.serialize_compact(header, payload, key, algorithms=[algorithm])

    return forged


@pytest.mark.parametrize(
    "forge",
    [
        lambda _: "no token",
        lambda token: "eyJhbGciOiJub25lIn0." + token.split(".")[1] + ".",
        lambda token: token[:-6] + secrets.token_urlsafe(4),
        _by(ECKey.generate_key("P-256"), "ES256"),
        _by(OctKey.import_key("a-shared-secret-that-is-long-enough-0"), "HS256"),
        lambda token: token * 9,
    ],
)
async def test_a_forged_hint_ends_nothing(visit: Visit, forge: Forging) -> None:
    """It is as good as none: the person is asked."""
    answer = await visit.leave(id_token_hint=forge(await visit.id_token()), client_id=visit.client_id)

    assert answer.headers["location"].startswith("/logout?request=")
    assert await visit.is_in()


@pytest.mark.parametrize(
    ("kind", "changes"),
    [
        ("at+jwt", {}),
        ("logout+jwt", {}),
        ("JWT", {"iss": "https://other.example"}),
        ("JWT", {"sid": "another-session"}),
        ("JWT", {"sid": None}),
        ("JWT", {"sub": "p_somebody_else"}),
        ("JWT", {"aud": ["c_one", "c_two"]}),
    ],
)
async def test_a_hint_of_something_else_ends_nothing(visit: Visit, kind: str, changes: dict[str, Any]) -> None:
    """Another kind of token, another issuer, session or person: asked as without."""
    answer = await visit.leave(id_token_hint=await visit.id_token(kind, **changes))

    assert answer.headers["location"].startswith("/logout?request=")
    assert await visit.is_in()


@pytest.mark.parametrize("text", ["", "nonsense", "a" * 9000, "€"])
async def test_a_made_up_continuation_leads_nowhere(visit: Visit, text: str) -> None:
    """Neither at the endpoint nor on the page."""
    at_endpoint = await visit.office.client.get("/oauth/logout", params={"continue": text or "x"})
    on_page = await visit.office.client.get("/logout", params={"request": text})

    assert at_endpoint.status_code == 400
    assert on_page.status_code == 200
    assert await visit.is_in()


async def test_an_unchecked_request_cannot_pass_for_a_checked_one(visit: Visit) -> None:
    """What was carried through a POST is sealed for another place."""
    visit.office.client.cookies.clear()
    evil = {"client_id": visit.client_id, "leads_to": "https://evil.example/", "client": "x"}
    posted = await visit.office.client.post("/oauth/logout", data=evil)
    carried = parse_qs(urlsplit(posted.headers["location"]).query)["continue"][0]

    page = await visit.office.client.get("/logout", params={"request": carried})

    assert page.status_code == 200
    assert "evil" not in page.text


async def test_a_request_ends_after_ten_minutes(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    """A link somebody kept leads nowhere."""
    answer = await visit.leave(client_id=visit.client_id, post_logout_redirect_uri=BACK)
    visit.office.client.cookies.clear()
    soon = await visit.office.client.get(answer.headers["location"])
    monkeypatch.setattr("auth.logouts.request.time.time", lambda: time.monotonic() + 10**10)
    late = await visit.office.client.get(answer.headers["location"])

    assert soon.headers["location"] == BACK
    assert late.status_code == 200
