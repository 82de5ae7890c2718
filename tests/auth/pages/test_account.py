"""A person's own account, as a browser without scripts uses it."""

from datetime import timedelta

import pytest

from auth.pages.cookies import SESSION
from auth.pages.forgery import FIELD
from auth.store.moments import now
from auth.store.tables import GrantRow
from connectors.deadline import Deadline
from connectors.viewer import ANYONE, Ask, Scope
from tests.auth.conftest import Office
from tests.auth.pages.browsing import Browser, Page
from tests.auth.platforms import CHEN_CITIZEN, CHEN_WORK, ID_NUMBER, ZHOU_WORK

IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile Safari/604.1"
HERE = "/account"


@pytest.fixture
async def browser(office: Office) -> Browser:
    """A browser a citizen is signed in with."""
    opened = Browser(office)
    await opened.sign_in()
    return opened


async def _client(office: Office, name: str = "履职助手") -> str:
    created = await office.authority.clients.create(
        name, grants=["authorization_code"], scopes=list(Scope), redirect_uris=["https://a.example.cn/"]
    )
    return created[0]


async def _grant(office: Office, person_id: str, client_id: str) -> None:
    row = GrantRow(
        id=f"g_{client_id}",
        client_id=client_id,
        person_id=person_id,
        scopes=frozenset({"openid", "profile"}),
        level=1,
        methods=frozenset({"x"}),
        proved_at=now(),
        offline=True,
        counter=0,
        created_at=now(),
        expires_at=now() + timedelta(days=1),
    )

    async def add(session: object) -> None:
        session.add(row)  # type: ignore[attr-defined]  # an AsyncSession

    await office.database.write(add)


async def _ended(office: Office, client_id: str) -> bool:
    row = await office.database.read(lambda session: session.get(GrantRow, f"g_{client_id}"))
    assert row is not None
    return row.ended_at is not None


@pytest.mark.parametrize("place", ["/account", "/account/data", "/account?done=linked"])
async def test_who_is_not_signed_in_is_asked_to(office: Office, place: str) -> None:
    """An account is shown to its owner, who comes back to it after signing in."""
    answer = await Browser(office).client.get(place)

    assert answer.status_code == 303
    assert answer.headers["location"] == f"/login?to={place.partition('?')[0].replace('/', '%2F')}"


async def test_it_shows_who_one_is(office: Office, browser: Browser) -> None:
    """Name, roles in words, and the accounts by the platforms' own titles."""
    office.registry.by_id_number[ID_NUMBER] = "m-chen"
    office.registry.by_employee["GE_chen"] = "m-chen"
    await browser.sign_in(CHEN_CITIZEN)
    await browser.sign_in(CHEN_WORK)

    page = await browser.get(HERE)

    for words in ("陈大友", "群众、政协委员、公职人员", "浙里办", "浙政钉"):
        assert words in page.text
    assert ID_NUMBER not in page.answer.text


async def test_no_id_of_ours_and_no_secret_stands_on_it(browser: Browser) -> None:
    """The page tells neither the person's id nor the session's secret."""
    person_id = await browser.sign_in()

    text = (await browser.get(HERE)).answer.text

    assert person_id not in text
    assert str(browser.client.cookies.get(SESSION.name)) not in text


async def test_one_browser_can_be_signed_out_from_another(office: Office, browser: Browser) -> None:
    """A session ends by the button beside it; the one that pressed it goes on."""
    phone = Browser(office, IPHONE)
    await phone.sign_in()
    page = await browser.get(HERE)
    assert "Safari · iPhone" in page.text

    answer = await browser.press(page, "退出 Safari · iPhone")

    assert answer.headers["location"] == "/account?done=ended"
    assert (await phone.client.get(HERE)).status_code == 303
    assert "Safari · iPhone" not in (await browser.get(HERE)).text


async def test_all_others_can_be_signed_out(office: Office, browser: Browser) -> None:
    """Every session ends but this one, which is marked."""
    others = [Browser(office, IPHONE) for _ in range(3)]
    for other in others:
        await other.sign_in()
    page = await browser.get(HERE)
    assert page.text.count("当前浏览器") == 1

    await browser.press(page, "退出其他浏览器")

    assert [(await other.client.get(HERE)).status_code for other in others] == [303] * 3
    assert (await browser.client.get(HERE)).status_code == 200


async def test_everything_ends_at_once(office: Office, browser: Browser) -> None:
    """Signed out everywhere: every browser, every client, this one too."""
    person_id = await browser.sign_in()
    phone = Browser(office, IPHONE)
    await phone.sign_in()
    client_id = await _client(office)
    await _grant(office, person_id, client_id)

    left = Page(await browser.press(await browser.get(HERE), "在所有设备上退出"))

    assert "您已在所有设备上退出" in left.text
    assert SESSION.name not in browser.client.cookies
    assert (await phone.client.get(HERE)).status_code == 303
    assert await _ended(office, client_id)


async def test_a_strangers_session_cannot_be_ended(office: Office, browser: Browser) -> None:
    """A form that names somebody else's session ends nothing."""
    stranger = Browser(office)
    theirs = await stranger.sign_in(ZHOU_WORK)
    sid = (await office.authority.sessions.living(theirs))[0].sid
    token = dict((await browser.get(HERE)).forms[0].fields)[FIELD]

    await browser.send(HERE, [(FIELD, token), ("sid", sid), ("act", "end")])

    assert (await stranger.client.get(HERE)).status_code == 200


async def test_one_scope_can_be_taken_back(office: Office, browser: Browser) -> None:
    """The consent gets smaller, and what the client holds ends, as it holds that scope too."""
    person_id, client_id = await browser.sign_in(), await _client(office)
    await office.authority.consents.give(person_id, client_id, [Scope.OPENID, Scope.PROFILE, Scope.PHONE])
    await _grant(office, person_id, client_id)

    await browser.press(await browser.get(HERE), "撤回 查看您的姓名")

    assert await office.authority.consents.given(person_id, client_id) == {Scope.OPENID, Scope.PHONE}
    assert await _ended(office, client_id)


async def test_everything_can_be_taken_back(office: Office, browser: Browser) -> None:
    """The client is gone from the page, with all it held; others keep theirs."""
    person_id = await browser.sign_in()
    client_id, other = await _client(office), await _client(office, "委员工作室")
    for one in (client_id, other):
        await office.authority.consents.give(person_id, one, [Scope.OPENID])
        await _grant(office, person_id, one)

    await browser.press(await browser.get(HERE), "全部撤回 履职助手")

    page = await browser.get(HERE)
    assert "履职助手" not in page.text
    assert "委员工作室" in page.text
    assert await _ended(office, client_id)
    assert not await _ended(office, other)


async def test_nobody_elses_consent_can_be_taken_back(office: Office, browser: Browser) -> None:
    """A form that names a client takes back what this person agreed to, and nobody else."""
    client_id = await _client(office)
    other = await office.authority.persons.signed_in(ZHOU_WORK, Ask(ANYONE, Deadline.after(30)))
    await office.authority.consents.give(other.person_id, client_id, [Scope.OPENID])
    token = dict((await browser.get(HERE)).forms[0].fields)[FIELD]

    await browser.send(HERE, [(FIELD, token), ("client_id", client_id), ("act", "take-back")])

    assert await office.authority.consents.given(other.person_id, client_id) == {Scope.OPENID}


async def test_the_only_account_has_no_button_to_part_with_it(browser: Browser) -> None:
    """Without any account nobody could come back."""
    assert not any("解除关联" in button for form in (await browser.get(HERE)).forms for button in form.buttons)


async def test_what_the_registry_linked_has_no_button_either(office: Office, browser: Browser) -> None:
    """The page says why instead of offering what would be refused."""
    office.registry.by_id_number[ID_NUMBER] = "m-chen"
    office.registry.by_employee["GE_chen"] = "m-chen"
    await browser.sign_in(CHEN_CITIZEN)
    await browser.sign_in(CHEN_WORK)

    page = await browser.get(HERE)

    assert page.text.count("通过委员库关联") == 2
    assert not any("解除关联" in button for form in page.forms for button in form.buttons)


@pytest.mark.parametrize("act", ["", "drop", "__init__"])
async def test_an_act_nobody_offers_is_refused(browser: Browser, act: str) -> None:
    """A form says one of the page's own acts."""
    token = dict((await browser.get(HERE)).forms[0].fields)[FIELD]

    answer = await browser.send(HERE, [(FIELD, token), ("act", act)])

    assert answer.status_code == 400


async def test_only_words_of_ours_are_told(browser: Browser) -> None:
    """What the address says was done is told only where it is one of our words."""
    page = await browser.get("/account?done=<b>x</b>")

    assert not [element for element in page.elements if element.attributes.get("role") == "status"]
    assert "<b>x</b>" not in page.answer.text
