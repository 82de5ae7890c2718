"""Signing in by a browser: the ways in, the way there and back, and what is refused."""

from collections.abc import AsyncIterator
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx
import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.responses import Response

from auth.pages.cookies import LEG, SESSION
from auth.pages.page import Pages
from auth.pages.troubles import Trouble
from auth.store.moments import now
from auth.store.tables import AuditEntryRow, SecondFactorRow, SessionRow
from connectors.errors import UnreachableError
from connectors.records.identity import Identity
from tests.auth.conftest import Office
from tests.auth.pages.browsing import Browser, Page
from tests.auth.platforms import LIN_CITIZEN, ZHOU_WORK

CALLBACK = "/login/zheliban/callback"
TO = "/oauth/authorize?continue=sealed-0123"


@pytest.fixture
async def browser(office: Office) -> AsyncIterator[Browser]:
    """Somebody who is not signed in."""
    opened = Browser(office)
    yield opened
    await opened.client.aclose()


async def begun(browser: Browser, to: str = TO, platform: str = "zheliban") -> str:
    """Begin a leg and answer its state."""
    answer = await browser.client.get(f"/login/{platform}", params={"to": to})
    assert answer.status_code == 303, answer.text
    return parse_qs(urlsplit(answer.headers["location"]).query)["state"][0]


async def came_back(
    browser: Browser, state: str, identity: Identity = LIN_CITIZEN, platform: str = "zheliban"
) -> httpx.Response:
    """Come back from a platform with a fresh ticket."""
    ticket = browser.office.ticket(identity)[1]
    return await browser.client.get(f"/login/{platform}/callback", params={"ticket": ticket, "state": state})


async def told(browser: Browser, answer: httpx.Response) -> Page:
    """Follow a failed callback to the page that says why."""
    assert answer.status_code == 303
    assert "ticket" not in answer.headers["location"]
    return await browser.get(answer.headers["location"])


async def test_the_chooser_shows_every_way_in(browser: Browser) -> None:
    """Each way is a link that keeps where to go on; it works without scripts, forms or a session."""
    page = await browser.get(f"/login?{urlencode({'to': TO})}")

    links = [link.attributes["href"] or "" for link in page.all("a")]
    ways = [parse_qs(urlsplit(link).query) | {"path": [urlsplit(link).path]} for link in links if "form=" in link]
    assert page.status == 200
    assert ways == [
        {"path": ["/login/zheliban"], "form": ["zheliban-unified"], "to": [TO]},
        {"path": ["/login/zhezhengding"], "form": ["zhezhengding-app"], "to": [TO]},
    ]
    assert not page.all("script")


async def test_inside_a_platforms_app_its_way_comes_first(office: Office) -> None:
    """By what the app's browser calls itself."""
    page = await Browser(office, "Mozilla/5.0 WorkApp/1").get("/login")

    links = [link.attributes["href"] or "" for link in page.all("a")]
    assert next(link for link in links if "form=" in link).startswith("/login/zhezhengding")


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_the_chooser_speaks_both_languages(browser: Browser, language: str) -> None:
    """Titles of the ways too."""
    page = await browser.get(f"/login?lang={language}")

    assert ("登录" in page.text) is (language == "zh")
    assert ("zheliban 的页面" in page.text) is (language == "zh")


async def test_who_comes_back_is_signed_in_and_goes_on(browser: Browser) -> None:
    """A 303 to where they wanted, a new session cookie, the leg's cookie gone, the ticket in no address after."""
    state = await begun(browser)
    assert browser.client.cookies.get(LEG.name)

    answer = await came_back(browser, state)

    session = await browser.office.authority.sessions.of(browser.client.cookies[SESSION.name])
    assert (answer.status_code, answer.headers["location"]) == (303, TO)
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["cache-control"] == "no-store"
    assert session is not None
    assert (session.platform, session.proof.level, session.proof.methods) == ("zheliban", 2, ("zheliban-unified",))
    assert browser.client.cookies.get(LEG.name) is None
    flags = [cookie.lower() for cookie in answer.headers.get_list("set-cookie") if SESSION.name in cookie]
    assert all("httponly" in cookie and "samesite=lax" in cookie and "path=/" in cookie for cookie in flags)


async def test_a_company_comes_back_by_a_post_from_another_site(browser: Browser) -> None:
    """Ticket in the form, state in the address; neither Origin nor our own form token is asked for."""
    state = await begun(browser)
    ticket = browser.office.ticket(LIN_CITIZEN)[1]

    answer = await browser.client.post(
        f"{CALLBACK}?state={state}", data={"ticket": ticket}, headers={"Origin": "https://elsewhere.example"}
    )

    assert (answer.status_code, answer.headers["location"]) == (303, TO)


def test_over_https_the_legs_cookie_survives_a_post_from_another_site(office: Office) -> None:
    """SameSite=None and Secure, bound to the host; the session's stays Lax."""
    secure = office.settings.model_copy(update={"issuer": "https://gateway.example.cn"})
    pages = Pages(secure, office.authority.vault, office.authority.sessions)
    for cookie, same_site in ((LEG, "none"), (SESSION, "lax")):
        answer = Response()
        pages.cookies.write(answer, cookie, "x")
        text = answer.headers["set-cookie"].lower()

        assert text.startswith("__host-")
        assert "; secure" in text
        assert f"samesite={same_site}" in text


async def test_a_session_planted_before_is_not_the_one_after(browser: Browser) -> None:
    """Fixation: whoever knew the browser's session before the sign-in knows nothing after it."""
    await browser.sign_in(ZHOU_WORK)
    planted = browser.client.cookies[SESSION.name]

    await came_back(browser, await begun(browser))

    sessions = browser.office.authority.sessions
    assert browser.client.cookies[SESSION.name] != planted
    assert await sessions.of(planted) is None


async def test_signing_in_again_keeps_the_sessions_name(browser: Browser) -> None:
    """The same person goes on under the same sid, with a new secret; the earlier one is no good."""
    await came_back(browser, await begun(browser))
    sessions = browser.office.authority.sessions
    before = browser.client.cookies[SESSION.name]
    first = await sessions.of(before)

    await came_back(browser, await begun(browser))
    second = await sessions.of(browser.client.cookies[SESSION.name])

    assert first is not None
    assert second is not None
    assert first.sid == second.sid
    assert await sessions.of(before) is None


async def test_a_post_without_the_session_ends_it_all_the_same(browser: Browser) -> None:
    """A cross-site post brings no Lax cookie along: the leg knows which session there was."""
    await browser.sign_in(ZHOU_WORK)
    before = browser.client.cookies[SESSION.name]
    state = await begun(browser)
    browser.client.cookies.delete(SESSION.name)

    await came_back(browser, state)

    assert await browser.office.authority.sessions.of(before) is None


async def test_a_callback_of_another_browser_signs_nobody_in(office: Office, browser: Browser) -> None:
    """Login CSRF: the attacker's own state and ticket in somebody's browser; their leg goes on unharmed."""
    attacker = Browser(office)
    attackers_state, own_state = await begun(attacker), await begun(browser)

    answer = await came_back(browser, attackers_state, ZHOU_WORK)
    page = await told(browser, answer)
    own = await came_back(browser, own_state)

    assert SESSION.name not in "".join(answer.headers.get_list("set-cookie"))
    assert page.status == 400
    assert Trouble.SIGN_IN_LOST.code in page.text
    assert own.headers["location"] == TO


async def test_a_callback_of_another_platform_is_refused(browser: Browser) -> None:
    """Mix-up."""
    state = await begun(browser)

    page = await told(browser, await came_back(browser, state, ZHOU_WORK, "zhezhengding"))

    assert Trouble.SIGN_IN_LOST.code in page.text
    assert browser.client.cookies.get(SESSION.name) is None


async def test_a_callback_is_good_once(browser: Browser) -> None:
    """Opened again with the cookie kept aside, it leads nowhere."""
    state = await begun(browser)
    kept = browser.client.cookies[LEG.name]
    await came_back(browser, state)
    browser.client.cookies.clear()
    browser.client.cookies.set(LEG.name, kept, domain="127.0.0.1", path="/")

    page = await told(browser, await came_back(browser, state))

    assert Trouble.SIGN_IN_LOST.code in page.text
    assert browser.client.cookies.get(SESSION.name) is None


@pytest.mark.parametrize(
    "to",
    [
        "https://attacker.example/",
        "//attacker.example/",
        "/\\attacker.example",
        "/login/../../x",
        "http://127.0.0.1:8000@attacker.example/",
        "http://localhost:80@attacker.example/",
        "javascript:alert(1)",
        "/account\r\nSet-Cookie: x=1",
        "/graphql",
        "",
    ],
)
async def test_nobody_is_sent_on_to_another_site(browser: Browser, to: str) -> None:
    """What is none of our places is the account page, after success and after failure."""
    good = await came_back(browser, await begun(browser, to))
    state = await begun(browser, to)
    bad = await browser.client.get(CALLBACK, params={"state": state, "ticket": "never given"})
    page = await told(browser, bad)

    assert good.headers["location"] == "/account"
    assert parse_qs(urlsplit(bad.headers["location"]).query)["to"] == ["/account"]
    assert "attacker" not in page.answer.text


@pytest.mark.parametrize(
    ("sent", "trouble"),
    [
        ({"ticket": "never given"}, Trouble.SIGN_IN_TICKET),
        ({}, Trouble.SIGN_IN_TICKET),
        ({"error": "access_denied"}, Trouble.SIGN_IN_DENIED),
    ],
)
async def test_a_failure_is_told_in_words_with_a_way_back(
    browser: Browser, sent: dict[str, str], trouble: Trouble
) -> None:
    """The page says what to do and leads to the chooser; nothing that was sent stands on it."""
    state = await begun(browser)

    answer = await browser.client.get(CALLBACK, params={**sent, "state": state})
    page = await told(browser, answer)

    assert (page.status, trouble.code in page.text) == (trouble.status, True)
    assert any(link.attributes["href"] == f"/login?{urlencode({'to': TO})}" for link in page.all("a"))
    assert "never given" not in page.answer.text
    assert state not in page.answer.text
    assert browser.client.cookies.get(LEG.name) is None


async def test_a_platform_that_is_away_is_told_so(browser: Browser) -> None:
    """On the way there and on the way back."""
    state = await begun(browser)
    browser.office.citizen_app.ill = UnreachableError("zheliban", "x", "secret host")

    there = await browser.get("/login/zheliban")
    back = await told(browser, await browser.client.get(CALLBACK, params={"ticket": "t", "state": state}))

    for page in (there, back):
        assert (page.status, Trouble.PLATFORM_AWAY.code in page.text) == (503, True)
        assert page.answer.headers["retry-after"] == "5"
        assert "secret host" not in page.answer.text


@pytest.mark.parametrize(
    "address", ["/login/nowhere", "/login/zheliban?form=zhezhengding-app", "/login/failed", "/login/failed?why=x"]
)
async def test_what_is_not_there_is_told_so(browser: Browser, address: str) -> None:
    """A platform, form or failure nobody knows."""
    assert (await browser.get(address)).status == 404


async def test_without_cookies_nobody_signs_in(browser: Browser) -> None:
    """The page says that the browser must accept them."""
    state = await begun(browser)
    browser.client.cookies.clear()

    page = await told(browser, await came_back(browser, state))

    assert Trouble.SIGN_IN_LOST.code in page.text


async def test_a_parameter_sent_twice_counts_for_nothing(browser: Browser) -> None:
    """Nobody knows which ticket was meant; nor which state."""
    state = await begun(browser)
    ticket = browser.office.ticket(LIN_CITIZEN)[1]

    twice = await browser.client.get(f"{CALLBACK}?state={state}&ticket={ticket}&ticket=x")
    page = await told(browser, twice)

    assert Trouble.SIGN_IN_TICKET.code in page.text
    assert ticket in browser.office.citizen_app.tickets


async def test_a_post_of_something_else_than_a_form_is_refused(browser: Browser) -> None:
    """And leaves the leg as it was."""
    state = await begun(browser)

    page = await told(browser, await browser.client.post(f"{CALLBACK}?state={state}", json={"ticket": "t"}))

    assert page.status in {400, 404}
    assert (await came_back(browser, state)).headers["location"] == TO


async def test_a_forged_host_header_changes_no_address(browser: Browser) -> None:
    """Where one goes on is a path of ours."""
    state = await begun(browser)
    ticket = browser.office.ticket(LIN_CITIZEN)[1]

    answer = await browser.client.get(
        CALLBACK, params={"state": state, "ticket": ticket}, headers={"Host": "attacker.example"}
    )

    assert answer.headers["location"] == TO


async def test_linking_goes_by_the_account_page(browser: Browser) -> None:
    """A form of ours, a page with a link to the platform, and back to the account with both accounts on it."""
    person_id = await browser.sign_in(ZHOU_WORK)
    account = await browser.get("/account")

    there = Page(await browser.press(account, "zheliban 的页面"))
    address = next(
        link.attributes["href"] or "" for link in there.all("a") if "zheliban.example" in str(link.attributes)
    )
    state = parse_qs(urlsplit(address).query)["state"][0]
    back = await came_back(browser, state)
    after = await browser.get(back.headers["location"])

    assert back.headers["location"] == "/account?done=linked"
    assert "账号已关联" in after.text
    person = await browser.office.authority.selves.read(person_id)
    assert person is not None
    assert {one.platform for one in person.identities} == {"zheliban", "zhezhengding"}


async def test_unlinking_goes_by_the_account_page(browser: Browser) -> None:
    """The button parts the account; the last one has no button, and a form for it is refused in words."""
    await test_linking_goes_by_the_account_page(browser)
    account = await browser.get("/account")

    answer = await browser.press(account, "解除关联 浙里办")
    after = await browser.get(answer.headers["location"])

    assert "已解除关联" in after.text
    assert not any("解除关联" in button for form in after.forms for button in form.buttons)


async def test_an_old_sign_in_links_nothing(browser: Browser) -> None:
    """A browser left open is not enough to get an account of one's own linked to its person."""
    await browser.sign_in(ZHOU_WORK, ago=601)

    answer = await browser.press(await browser.get("/account"), "zheliban 的页面")

    assert answer.headers["location"] == "/login?to=%2Faccount"
    assert browser.client.cookies.get(LEG.name) is None


async def test_who_has_a_second_factor_proves_it_before_linking(browser: Browser) -> None:
    """The platform's sign-in alone adds no other way to be them."""
    person_id = await browser.sign_in(ZHOU_WORK)

    factor = SecondFactorRow(person_id=person_id, sealed_secret="x", step=1, enrolled_at=now())

    async def enrol(session: AsyncSession) -> None:
        session.add(factor)

    await browser.office.database.write(enrol)

    answer = await browser.press(await browser.get("/account"), "zheliban 的页面")

    assert answer.headers["location"] == "/login/factor?to=%2Faccount"
    assert browser.client.cookies.get(LEG.name) is None


async def test_an_old_sign_in_unlinks_nothing(browser: Browser) -> None:
    """Nor is it enough to take one of a person's ways in away."""
    await test_linking_goes_by_the_account_page(browser)
    account = await browser.get("/account")
    secret = browser.client.cookies[SESSION.name]
    session = await browser.office.authority.sessions.of(secret)
    assert session is not None
    await browser.office.prove_earlier(session.sid, 601)

    answer = await browser.press(account, "解除关联 浙里办")

    person = await browser.office.authority.selves.read(session.person_id)
    assert answer.headers["location"] == "/login?to=%2Faccount"
    assert person is not None
    assert len(person.identities) == 2


async def test_a_link_cannot_be_begun_from_elsewhere(browser: Browser) -> None:
    """Without our form's token, or from another site: else an attacker's account would become one's own."""
    await browser.sign_in(ZHOU_WORK)
    fields = [("platform", "zheliban"), ("form", "zheliban-unified")]

    without = await browser.send("/account/link", fields)
    account = await browser.get("/account")
    token = account.form("zheliban 的页面").fields
    elsewhere = await browser.send("/account/link", [*token, fields[1]], Origin="https://attacker.example")
    by_get = await browser.client.get("/account/link", params=dict(fields))

    assert (without.status_code, elsewhere.status_code, by_get.status_code) == (403, 403, 404)
    assert browser.client.cookies.get(LEG.name) is None


async def test_a_link_counts_in_the_session_that_began_it(browser: Browser) -> None:
    """Somebody else signed in in between: nobody's account is given to them."""
    await browser.sign_in(ZHOU_WORK)
    there = Page(await browser.press(await browser.get("/account"), "zheliban 的页面"))
    address = next(
        link.attributes["href"] or "" for link in there.all("a") if "zheliban.example" in str(link.attributes)
    )
    state = parse_qs(urlsplit(address).query)["state"][0]
    other = await browser.sign_in(Identity("zhezhengding", "10000007", "别人"))

    answer = await came_back(browser, state)
    page = await told(browser, answer)

    assert Trouble.SIGN_IN_LOST.code in page.text
    person = await browser.office.authority.selves.read(other)
    assert person is not None
    assert len(person.identities) == 1


async def test_sign_ins_and_failures_are_audited(browser: Browser) -> None:
    """Without ticket, name or account."""
    await came_back(browser, await begun(browser))
    await browser.client.get(CALLBACK, params={"state": await begun(browser), "ticket": "never given"})
    authority = browser.office.authority
    await authority.audit.flush()

    rows = list(await browser.office.database.read(lambda session: session.scalars(select(AuditEntryRow))))

    acts = {row.act: row.facts for row in rows}
    assert {"SIGNED_IN", "SIGN_IN_REFUSED"} <= set(acts)
    assert "never given" not in acts["SIGN_IN_REFUSED"]
    assert not any("u-lin" in facts or "林小满" in facts for facts in acts.values())


async def test_a_sign_in_stores_one_session_and_begun_legs_nothing(browser: Browser) -> None:
    """However many."""
    for _ in range(20):
        state = await begun(browser)
    await came_back(browser, state)

    rows = await browser.office.database.read(lambda session: session.scalars(select(SessionRow.sid)))
    assert len(list(rows)) == 1
