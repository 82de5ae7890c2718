import asyncio
from datetime import timedelta
from typing import Any
from urllib.parse import unquote

import httpx
import pytest
from sqlalchemy import func, select, update

from auth.authorization.authorizations import Authorizations
from auth.authorization.parameters import Parameters
from auth.authorization.sealing import Continued, sealed_from
from auth.pages.troubles import Trouble
from auth.proof import Proof
from auth.refusals import Refusal
from auth.store.moments import now
from auth.store.tables import GrantRow, SessionRow
from connectors.viewer import Role, Scope
from tests.auth.authorization.front import (
    CHALLENGE,
    REDIRECT,
    Browser,
    Front,
    browser,
    person,
    sent_to,
    signed_in,
    told,
)
from tests.auth.conftest import Office

ISSUER = "http://127.0.0.1:8000"
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


async def codes(office: Office) -> int:
    """How many codes were given."""
    return await office.database.read(lambda session: session.scalar(select(func.count()).select_from(GrantRow))) or 0


def claim_trouble(answer: httpx.Response, trouble: Trouble) -> None:
    """Claim that an answer is a page of ours, and sends nobody anywhere."""
    assert answer.status_code == trouble.status
    assert answer.headers["content-type"].startswith("text/html")
    assert "location" not in answer.headers
    assert trouble.code in answer.text
    assert 'href="https://evil.example' not in answer.text


async def test_who_is_signed_in_and_agreed_sees_no_page(office: Office, front: Front, lin: Browser) -> None:
    """The browser comes back with a code, the state and the issuer (RFC 9207), and nothing else."""
    answer = await front.ask(lin)

    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert told(answer) == {"code": told(answer)["code"], "state": "s-1", "iss": ISSUER}
    assert len(told(answer)["code"]) >= 43
    assert await codes(office) == 1


async def test_a_second_client_gets_its_code_at_once(office: Office, lin: Browser) -> None:
    """One session over all clients."""
    second = await Front.registered(office)
    await second.agree(lin)

    assert (await second.trade(told(await second.ask(lin))["code"])).is_success


async def test_nobody_signs_in_first(front: Front, lin: Browser) -> None:
    """Without a session the browser goes to the login page, and with one goes on where it stopped."""
    page, facts = sent_to(await front.ask(None))

    assert page == "/login"
    assert facts.keys() == {"to"}
    assert facts["to"].startswith("/oauth/authorize?continue=")
    assert told(await front.go_on(lin, facts["to"]))["state"] == "s-1"


async def test_an_unknown_session_is_none(front: Front) -> None:
    """A made-up cookie signs nobody in."""
    stranger = Browser("p_1", "s", {"cookie": "tongxin_session=made-up"})

    assert sent_to(await front.ask(stranger))[0] == "/login"


async def test_who_did_not_agree_is_asked(office: Office, front: Front) -> None:
    """Once for each client and scope."""
    who = await browser(office)
    await front.agree(who, Scope.GRAPH_READ)
    page, facts = sent_to(await front.ask(who))
    partly = await front.ask(who, scope="openid graph:read")

    await front.agree(who, Scope.QUESTION_WRITE)
    after = await front.go_on(who, facts["to"])

    assert page == "/consent"
    assert "code" in told(partly)
    assert "code" in told(after)


async def test_to_be_known_takes_no_consent(office: Office, front: Front) -> None:
    """A client that only wants to know who signs in gets it by the sign-in."""
    assert "code" in told(await front.ask(await browser(office), scope="openid"))


async def test_a_person_says_no(office: Office, front: Front) -> None:
    """The client hears ``access_denied``, with its state and the issuer."""
    _, facts = sent_to(await front.ask(await browser(office)))

    address = await office.authority.authorizations.denied(unquote(facts["to"].partition("=")[2]), "p_1")

    assert told(httpx.Response(303, headers={"location": address})) == {
        "error": "access_denied",
        "error_description": Refusal.DENIED.en,
        "state": "s-1",
        "iss": ISSUER,
    }


async def test_scopes_are_those_the_roles_allow(front: Front, lin: Browser) -> None:
    """A citizen who lets in a client that works for officials too gets what citizens may do."""
    answer = await front.trade(told(await front.ask(lin, scope="openid question:write duty:read office:read"))["code"])

    assert answer.json()["scope"] == "openid question:write"


async def test_nothing_left_is_refused(front: Front, lin: Browser) -> None:
    """Where the roles allow none of the scopes."""
    assert told(await front.ask(lin, scope="duty:read office:read"))["error"] == "invalid_scope"


async def test_a_scope_of_operators_takes_the_second_factor(office: Office, front: Front) -> None:
    """Who holds the role proves the factor first; who did gets the scope."""
    who = await person(office.authority, "zhezhengding")
    viewer = await office.authority.viewers.of_person(who)
    assert viewer is not None
    await office.authority.grants.grant(Role.OPS, "zhezhengding", subject=viewer.accounts["zhezhengding"])
    once = await browser(office, person_id=who)
    twice = await browser(office, Proof(0, 2, ("zhezhengding-qr", "otp")), who)
    await front.agree(once)

    page, facts = sent_to(await front.ask(once, scope="openid ops:read"))
    answer = await front.trade(told(await front.ask(twice, scope="openid ops:read"))["code"])

    assert (page, facts["to"].partition("?")[0]) == ("/login/factor", "/oauth/authorize")
    assert answer.json()["scope"] == "openid ops:read"
    assert told(await front.ask(once, scope="ops:read", prompt="none"))["error"] == "interaction_required"


@pytest.mark.parametrize("prompt", ["login", "select_account", "login consent"])
async def test_a_client_may_want_a_new_sign_in(office: Office, front: Front, lin: Browser, prompt: str) -> None:
    """However fresh the session: what counts is a sign-in after the request came, by microseconds."""
    page, facts = sent_to(await front.ask(lin, prompt=prompt, scope="openid"))
    still = sent_to(await front.go_on(lin, facts["to"]))[0]

    secret, _ = await signed_in(office.authority, lin.person_id)
    after = await front.go_on(Browser(lin.person_id, "", {"cookie": f"tongxin_session={secret}"}), facts["to"])

    assert (page, still) == ("/login", "/login")
    if "consent" in prompt:
        page, facts = sent_to(after)
        assert page == "/consent"
    else:
        assert "code" in told(after)


async def test_a_client_may_want_a_new_consent(front: Front, lin: Browser) -> None:
    """The person sees the page once more, and then goes on."""
    page, facts = sent_to(await front.ask(lin, prompt="consent"))

    assert page == "/consent"
    assert "code" in told(await front.go_on(lin, facts["to"]))


async def test_a_proof_may_be_too_old(office: Office, front: Front, lin: Browser) -> None:
    """``max_age`` in seconds; 0 means now."""
    await office.prove_earlier(lin.sid, 100)

    assert "code" in told(await front.ask(lin, max_age="110"))
    assert sent_to(await front.ask(lin, max_age="90"))[0] == "/login"
    assert told(await front.ask(lin, max_age="90", prompt="none"))["error"] == "login_required"
    assert sent_to(await front.ask(await browser(office), max_age="0"))[0] == "/login"


async def test_a_proof_may_be_too_weak(office: Office, front: Front, lin: Browser) -> None:
    """``acr_values``: the person signs in again; who stays below the lowest level named does not get through."""
    assert "code" in told(await front.ask(lin, acr_values="3 2"))
    assert "code" in told(await front.ask(lin, acr_values="urn:not:ours"))
    page, facts = sent_to(await front.ask(lin, acr_values="3"))
    weak, strong = [
        Browser(lin.person_id, "", {"cookie": f"tongxin_session={secret}"})
        for secret in [
            (await signed_in(office.authority, lin.person_id, Proof(0, level, ("pwd",))))[0] for level in (2, 3)
        ]
    ]

    assert page == "/login"
    assert told(await front.go_on(weak, facts["to"]))["error"] == "unmet_authentication_requirements"
    assert "code" in told(await front.go_on(strong, facts["to"]))


async def test_no_page_may_be_wanted(office: Office, front: Front, lin: Browser) -> None:
    """``prompt=none`` says what is missing instead of showing it."""
    stranger = await browser(office)

    assert "code" in told(await front.ask(lin, prompt="none"))
    assert told(await front.ask(None, prompt="none"))["error"] == "login_required"
    assert told(await front.ask(stranger, prompt="none"))["error"] == "consent_required"


async def test_a_request_may_come_as_a_form(office: Office, front: Front, lin: Browser) -> None:
    """It comes again by GET, because browsers keep the session's cookie back from a form of another site."""
    answer = await office.client.post("/oauth/authorize", data=front.request())
    page, _ = sent_to(answer)

    assert page == "/oauth/authorize"
    assert told(await front.go_on(lin, answer.headers["location"]))["state"] == "s-1"


async def test_a_broken_form_is_refused(office: Office, front: Front) -> None:
    """Not readable: a page; readable and wrong: told to the client."""
    as_json = await office.client.post("/oauth/authorize", json=front.request())
    wrong = await office.client.post("/oauth/authorize", data=front.request(response_type="token"))

    claim_trouble(as_json, Trouble.REQUEST_UNREADABLE)
    assert told(wrong)["error"] == "unsupported_response_type"


async def test_pages_speak_the_client_s_language(front: Front) -> None:
    """The first of ``ui_locales`` that our pages know."""
    assert sent_to(await front.ask(None, ui_locales="fr-CA en-GB zh"))[1]["lang"] == "en"
    assert sent_to(await front.ask(None, ui_locales="zh-Hans-CN"))[1]["lang"] == "zh"
    assert "lang" not in sent_to(await front.ask(None, ui_locales="fr"))[1]


async def test_what_we_do_not_know_is_passed_over(front: Front, lin: Browser) -> None:
    """Hints about the person and claims that are wished for change nothing."""
    answer = await front.ask(lin, login_hint="陈大友", claims='{"userinfo":{"name":null}}', display="popup", foo="bar")

    assert "code" in told(answer)


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


async def test_a_long_request_fits_through_every_page(front: Front, lin: Browser) -> None:
    """The longest that is taken still fits, sealed twice, into the cookie of a leg to a platform."""
    most = {"state": '"' * 300 + "s" * 660}
    page, facts = sent_to(await front.ask(None, **most))
    too_long = told(await front.ask(lin, state="s" * 1024, nonce="n" * 512))

    assert page == "/login"
    for path in ("/login/zheliban", "/login/zhezhengding"):
        begun = await front.office.client.get(path, params={"to": facts["to"]})
        assert begun.status_code == 303, begun.text
    assert told(await front.go_on(lin, facts["to"]))["state"] == most["state"]
    assert 2200 < len(facts["to"]) < 2500
    assert too_long["error_description"] == Refusal.UNREADABLE_PARAMETER.en


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


async def test_a_form_may_be_let_to_where_a_request_ends(office: Office, front: Front) -> None:
    """Pages that send a form on the way name the client's address to the browser; other paths end nowhere."""
    _, facts = sent_to(await front.ask(None))

    assert authorizations(office).ends_at(facts["to"]) == REDIRECT
    assert authorizations(office).ends_at("/oauth/authorize?continue=x") is None
    assert authorizations(office).ends_at("/account") is None


def authorizations(office: Office) -> Authorizations:
    """What reads authorization requests."""
    return office.authority.authorizations


@pytest.mark.parametrize("path", ["/oauth/authorize", "/oauth/logout", "/login/zheliban", "/login/zheliban/callback"])
async def test_asking_for_headers_only_does_nothing(office: Office, front: Front, lin: Browser, path: str) -> None:
    """HEAD would tell a code in ``Location``; all that may be done there is named (RFC 9110 section 10.2.1)."""
    answer = await office.client.head(path, params=front.request(), headers=lin.cookie)
    put = await office.client.put(path, headers=lin.cookie)

    assert (answer.status_code, put.status_code) == (405, 405)
    assert "location" not in answer.headers
    assert set(answer.headers["allow"].split(", ")) == ({"GET"} if path == "/login/zheliban" else {"GET", "POST"})
    assert await codes(office) == 0


async def test_a_client_may_mean_somebody(front: Front, lin: Browser) -> None:
    """``id_token_hint``: the same person comes back at once, and long after the hint's time is over."""
    mine = str((await front.tokens(lin))["id_token"])

    assert "code" in told(await front.ask(lin, prompt="none", id_token_hint=mine))
    assert "code" in told(await front.ask(lin, id_token_hint=mine))


async def test_nobody_else_comes_back_than_who_was_meant(office: Office, front: Front, lin: Browser) -> None:
    """No page: an error. With pages: they may sign in, and who signs in as somebody else again does not pass."""
    meant = str((await front.tokens(lin))["id_token"])
    other = await browser(office)
    await front.agree(other)

    silent = await front.ask(other, prompt="none", id_token_hint=meant)
    page, facts = sent_to(await front.ask(other, id_token_hint=meant))
    again = await browser(office, person_id=other.person_id)
    right = await browser(office, person_id=lin.person_id)

    assert told(silent)["error"] == "login_required"
    assert page == "/login"
    assert told(await front.go_on(again, facts["to"]))["error"] == "login_required"
    assert "code" in told(await front.go_on(right, facts["to"]))


async def test_a_hint_that_says_nothing_helps_nobody(office: Office, front: Front, lin: Browser) -> None:
    """Made up, changed, another client's, an access token: no code without a page; else it is passed over."""
    tokens = await front.tokens(lin)
    second = await Front.registered(office)
    theirs = (await second.tokens(lin))["id_token"]
    changed = tokens["id_token"][:-4] + "AAAA"

    for hint in ("made up", changed, theirs, tokens["access_token"], "x" * 9000):
        assert told(await front.ask(lin, prompt="none", id_token_hint=hint))["error"] == "login_required"
        assert "code" in told(await front.ask(lin, id_token_hint=hint))


async def test_who_is_meant_cannot_be_set_from_outside(office: Office, front: Front, lin: Browser) -> None:
    """Only a hint says it, once; and it is held on to when a request comes as a form."""
    meant = (await front.tokens(lin))["id_token"]
    other = await browser(office)
    await front.agree(other)
    form = front.request(prompt="none", id_token_hint=str(meant), hinted=other.person_id)

    answer = await office.client.post("/oauth/authorize", data=form)
    twice = await office.client.get("/oauth/authorize", params=[*form.items(), ("id_token_hint", "x")])

    assert told(await front.go_on(other, answer.headers["location"]))["error"] == "login_required"
    assert "code" in told(await front.go_on(lin, answer.headers["location"]))
    assert told(twice)["error"] == "invalid_request"
