"""Signing in by a browser: what goes wrong on the way, and what is refused."""

from collections.abc import AsyncIterator
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

from auth.pages.cookies import LEG, SESSION
from auth.pages.troubles import Trouble
from connectors.errors import UnreachableError
from tests.auth.conftest import Office
from tests.auth.pages.browsing import Browser
from tests.auth.pages.legs import CALLBACK, TO, begun, came_back, told
from tests.auth.platforms import LIN_CITIZEN, ZHOU_WORK


@pytest.fixture
async def browser(office: Office) -> AsyncIterator[Browser]:
    """Somebody who is not signed in."""
    opened = Browser(office)
    yield opened
    await opened.client.aclose()


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
