"""Signing in by a browser: the ways in, the way there and back, and what it leaves."""

from collections.abc import AsyncIterator
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from sqlalchemy import select
from starlette.responses import Response

from auth.pages.cookies import LEG, SESSION
from auth.pages.page import Pages
from auth.store.tables import AuditEntryRow, SessionRow
from tests.auth.conftest import Office
from tests.auth.pages.browsing import Browser
from tests.auth.pages.legs import CALLBACK, TO, begun, came_back
from tests.auth.platforms import LIN_CITIZEN, ZHOU_WORK


@pytest.fixture
async def browser(office: Office) -> AsyncIterator[Browser]:
    """Somebody who is not signed in."""
    opened = Browser(office)
    yield opened
    await opened.client.aclose()


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
