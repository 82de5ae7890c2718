"""Forms that only our own pages, in the very browser they were shown in, can send."""

import httpx
import pytest

from auth.pages.cookies import FORM
from auth.pages.forgery import FIELD
from tests.auth.conftest import Office
from tests.auth.pages.browsing import ISSUER, Browser, Page

ACT = ("act", "end-all")


async def _token(browser: Browser) -> str:
    page = await browser.get("/account")
    return dict(page.forms[0].fields)[FIELD]


@pytest.fixture
async def browser(office: Office) -> Browser:
    """A browser somebody is signed in with."""
    opened = Browser(office)
    await opened.sign_in()
    return opened


async def _refused(browser: Browser, answer: httpx.Response, code: str) -> None:
    assert answer.status_code == 403
    assert code in Page(answer).text
    assert (await browser.get("/account")).status == 200  # still signed in


async def test_a_form_of_ours_is_taken(browser: Browser) -> None:
    """What a page sends from the browser it was shown in happens."""
    answer = await browser.send("/account", [(FIELD, await _token(browser)), ACT])

    assert answer.status_code == 200
    assert (await browser.client.get("/account")).status_code == 303


async def test_a_form_without_token_is_refused(browser: Browser) -> None:
    """A form that no page of ours could have made changes nothing."""
    await _token(browser)

    await _refused(browser, await browser.send("/account", [ACT]), "form_ended")


async def test_another_browsers_token_is_refused(office: Office, browser: Browser) -> None:
    """A token somebody got for their own browser is good in no other."""
    theirs = Browser(office)
    await theirs.sign_in()
    await _token(browser)

    await _refused(browser, await browser.send("/account", [(FIELD, await _token(theirs)), ACT]), "form_ended")


async def test_a_token_without_its_cookie_is_refused(browser: Browser) -> None:
    """A browser that lost its cookie has to load the page again."""
    token = await _token(browser)
    browser.client.cookies.delete(FORM.name)

    await _refused(browser, await browser.send("/account", [(FIELD, token), ACT]), "form_ended")


@pytest.mark.parametrize("broken", ["", ".", "x", "x.y", "0.0.0", "0.0.号"])
async def test_what_is_no_token_is_refused(browser: Browser, broken: str) -> None:
    """Whatever else stands in its place is refused alike."""
    await _token(browser)

    await _refused(browser, await browser.send("/account", [(FIELD, broken), ACT]), "form_ended")


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://elsewhere.example", "Sec-Fetch-Site": "cross-site"},
        {"Origin": "null", "Sec-Fetch-Site": "same-origin"},
        {"Origin": ISSUER, "Sec-Fetch-Site": "same-site"},
        {"Origin": "http://127.0.0.1:8001"},
        {"Origin": "http://127.0.0.1:8000@elsewhere.example"},
    ],
)
async def test_a_page_elsewhere_cannot_send_a_form(browser: Browser, headers: dict[str, str]) -> None:
    """What comes from another origin is refused even with a right token."""
    fields = [(FIELD, await _token(browser)), ACT]

    await _refused(browser, await browser.send("/account", fields, **headers), "form_from_elsewhere")


async def test_a_browser_that_says_nothing_is_taken_by_its_token(browser: Browser) -> None:
    """Old browsers send neither header; the token proves enough."""
    token = await _token(browser)

    answer = await browser.client.post("/account", data={FIELD: token, "act": "end-all"})

    assert answer.status_code == 200


async def test_no_two_pages_hold_the_same_token(browser: Browser) -> None:
    """Nothing about a token can be learned from the length of compressed answers."""
    assert await _token(browser) != await _token(browser)


@pytest.mark.parametrize(
    "sent",
    [
        {"json": {"act": "end-all"}},
        {
            "content": b"act=end-all&a=" + b"a" * 70_000,
            "headers": {"Content-Type": "application/x-www-form-urlencoded"},
        },
        {"content": b"&".join([b"a=1"] * 200), "headers": {"Content-Type": "application/x-www-form-urlencoded"}},
        {"content": "名=1".encode(), "headers": {"Content-Type": "application/x-www-form-urlencoded"}},
        {"content": b"act=%ff", "headers": {"Content-Type": "application/x-www-form-urlencoded"}},
    ],
)
async def test_what_is_no_form_is_refused(browser: Browser, sent: dict[str, object]) -> None:
    """JSON, too much, too many fields, or other bytes than a form has, are refused before anything is looked at."""
    answer = await browser.client.post("/account", **sent)  # type: ignore[arg-type]  # each a way of sending

    assert answer.status_code == 400
    assert "form_unreadable" in Page(answer).text
