"""The authorization endpoint: the way to a code, and the pages on it."""

from urllib.parse import unquote

import httpx
import pytest

from auth.proof import Proof
from auth.refusals import Refusal
from connectors.viewer import Role, Scope
from tests.auth.authorization.front import (
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
from tests.auth.server.authorizing import ISSUER, authorizations, codes


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


async def test_pages_speak_the_client_s_language(front: Front) -> None:
    """The first of ``ui_locales`` that our pages know."""
    assert sent_to(await front.ask(None, ui_locales="fr-CA en-GB zh"))[1]["lang"] == "en"
    assert sent_to(await front.ask(None, ui_locales="zh-Hans-CN"))[1]["lang"] == "zh"
    assert "lang" not in sent_to(await front.ask(None, ui_locales="fr"))[1]


async def test_what_we_do_not_know_is_passed_over(front: Front, lin: Browser) -> None:
    """Hints about the person and claims that are wished for change nothing."""
    answer = await front.ask(lin, login_hint="陈大友", claims='{"userinfo":{"name":null}}', display="popup", foo="bar")

    assert "code" in told(answer)


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


async def test_a_form_may_be_let_to_where_a_request_ends(office: Office, front: Front) -> None:
    """Pages that send a form on the way name the client's address to the browser; other paths end nowhere."""
    _, facts = sent_to(await front.ask(None))

    assert authorizations(office).ends_at(facts["to"]) == REDIRECT
    assert authorizations(office).ends_at("/oauth/authorize?continue=x") is None
    assert authorizations(office).ends_at("/account") is None
