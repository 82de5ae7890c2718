"""All that is kept of a person: taken along, deleted."""

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from auth.pages.cookies import SESSION
from auth.store.moments import now
from auth.store.tables import SecondFactorRow
from tests.auth.conftest import Office
from tests.auth.pages.browsing import Browser, Page
from tests.auth.platforms import ZHOU_WORK

HERE = "/account/data"
DELETE, EXPORT = "永久删除我的数据", "下载我的数据"


@pytest.fixture
async def browser(office: Office) -> Browser:
    """A browser a citizen is signed in with."""
    opened = Browser(office)
    await opened.sign_in()
    return opened


async def test_a_download_is_json_to_be_kept(browser: Browser) -> None:
    """The file has a name, is kept by nobody on the way, and is the person's own."""
    person_id = await browser.sign_in()

    answer = await browser.press(await browser.get(HERE), EXPORT)

    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["content-disposition"].startswith('attachment; filename="tongxin-')
    assert answer.headers["cache-control"] == "no-store"
    assert answer.json()["person"]["id"] == person_id
    assert [entry["act"] for entry in answer.json()["audit"]][-1] == "OWN_DATA_EXPORTED"


@pytest.mark.parametrize("word", ["删除", "DELETE", " delete "])
async def test_who_types_the_word_is_deleted(office: Office, browser: Browser, word: str) -> None:
    """The person is gone, and the browser is signed out."""
    person_id = await browser.sign_in()
    phone = Browser(office)
    await phone.sign_in()

    left = Page(await browser.press(await browser.get(HERE), DELETE, word=word))

    assert "您的数据已删除" in left.text
    assert SESSION.name not in browser.client.cookies
    assert await office.authority.selves.read(person_id) is None
    assert (await phone.client.get("/account")).status_code == 303


@pytest.mark.parametrize("word", ["", "删", "yes", "删除了"])
async def test_another_word_deletes_nothing(office: Office, browser: Browser, word: str) -> None:
    """Without the word the form is shown again, with what is wrong beside the field."""
    person_id = await browser.sign_in()

    again = Page(await browser.press(await browser.get(HERE), DELETE, word=word))

    assert again.status == 422
    wrong = next(field for field in again.all("input") if field.attributes.get("name") == "word")
    assert wrong.attributes["aria-invalid"] == "true"
    assert await office.authority.selves.read(person_id) is not None


@pytest.mark.parametrize("ago", [601, 86_000])
async def test_an_old_sign_in_is_not_enough(office: Office, ago: int) -> None:
    """Who signed in more than ten minutes ago does so again first, and comes back to the page."""
    browser = Browser(office)
    await browser.sign_in(ago=ago)

    assert (await browser.client.get(HERE)).headers["location"] == "/login?to=%2Faccount%2Fdata"


async def test_a_sign_in_that_grew_old_with_the_page_open_is_not_enough(office: Office, browser: Browser) -> None:
    """The form is held against the same ten minutes as the page."""
    person_id = await browser.sign_in(ZHOU_WORK)
    page = await browser.get(HERE)
    session = (await office.authority.sessions.living(person_id))[0]
    await office.prove_earlier(session.sid, 601)

    answers = [await browser.press(page, DELETE, word="DELETE"), await browser.press(page, EXPORT)]

    assert {answer.headers["location"] for answer in answers} == {"/login?to=%2Faccount%2Fdata"}
    assert await office.authority.selves.read(person_id) is not None


async def test_who_has_a_second_factor_proves_it_first(office: Office, browser: Browser) -> None:
    """A platform's account alone deletes nobody who protects theirs better."""
    person_id = await browser.sign_in()
    factor = SecondFactorRow(person_id=person_id, sealed_secret="x", step=1, enrolled_at=now())

    async def enrol(session: AsyncSession) -> None:
        session.add(factor)

    await office.database.write(enrol)

    answer = await browser.client.get(HERE)

    assert answer.headers["location"] == "/login/factor?to=%2Faccount%2Fdata"
