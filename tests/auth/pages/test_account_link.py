"""Linking a further account to one's own, and parting them, by a browser."""

from collections.abc import AsyncIterator
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from auth.pages.cookies import LEG, SESSION
from auth.pages.troubles import Trouble
from auth.store.moments import now
from auth.store.tables import SecondFactorRow
from connectors.records.identity import Identity
from tests.auth.conftest import Office
from tests.auth.pages.browsing import Browser, Page
from tests.auth.pages.legs import came_back, told
from tests.auth.platforms import ZHOU_WORK


@pytest.fixture
async def browser(office: Office) -> AsyncIterator[Browser]:
    """Somebody who is not signed in."""
    opened = Browser(office)
    yield opened
    await opened.client.aclose()


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
