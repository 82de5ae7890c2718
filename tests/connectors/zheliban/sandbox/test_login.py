"""The sign-in page for browsers."""

from collections.abc import Callable
from html.parser import HTMLParser
from types import SimpleNamespace
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from connectors.records.identity import TicketForm
from connectors.sandbox.app import SandboxApp
from connectors.sandbox.world import World
from connectors.viewer import Ask
from connectors.zheliban.settings import ZhelibanSettings

LOGIN = "/uc/sso/login"


class Inputs(HTMLParser):
    """Collects a page's fields and language."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: list[tuple[str, str]] = []
        self.tags: list[str] = []
        self.lang = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note fields."""
        named = dict(attrs)
        self.tags.append(tag)
        self.lang = self.lang or named.get("lang") or ""
        if tag == "input":
            self.fields.append((named.get("name") or "", named.get("value") or ""))


def page_of(answer: httpx.Response) -> Inputs:
    """Read a page."""
    page = Inputs()
    page.feed(answer.text)
    return page


@pytest.fixture
def browser(sandbox: SandboxApp) -> httpx.AsyncClient:
    """A browser that follows no redirect by itself."""
    return httpx.AsyncClient(transport=httpx.ASGITransport(app=sandbox), base_url="http://portal")


async def test_the_page_lets_one_choose(browser: httpx.AsyncClient, settings: ZhelibanSettings) -> None:
    """In Chinese and without scripts, it shows some people of every kind and keeps ``sp``."""
    answer = await browser.get(LOGIN, params={"appId": settings.app_id, "sp": '"><script>'})

    page = page_of(answer)
    people = [value for name, value in page.fields if name == "person"]
    assert (answer.status_code, page.lang) == (200, "zh-CN")
    assert "script" not in page.tags
    assert ("sp", '"><script>') in page.fields
    assert {person.split("-")[0] for person in people} == {"citizen", "member", "official"}


async def test_people_can_be_searched(browser: httpx.AsyncClient, settings: ZhelibanSettings, world: World) -> None:
    """Somebody who is not shown at first is found by name or number."""
    wanted = world.citizens[200]

    answer = await browser.get(LOGIN, params={"appId": settings.app_id, "q": wanted.id})

    assert [value for name, value in page_of(answer).fields if name == "person"] == [wanted.id]


@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_the_choice_goes_back_with_a_ticket(
    browser: httpx.AsyncClient,
    settings: ZhelibanSettings,
    platform: SimpleNamespace,
    asking: Callable[..., Ask],
    world: World,
    method: str,
) -> None:
    """The application gets ``ticketId`` and ``sp`` at its registered callback, and the ticket is that person's."""
    fields = {"appId": settings.app_id, "sp": "state 1", "person": "citizen-0002"}
    sent = {"params": fields} if method == "GET" else {"data": fields}

    answer = await browser.request(method, LOGIN, **sent)  # type: ignore[arg-type]  # one of the two

    target = urlsplit(answer.headers["location"])
    back = parse_qs(target.query)
    assert answer.status_code == 302
    assert answer.headers["location"].startswith(settings.callback_url + "?")
    assert back["sp"] == ["state 1"]
    identity = await platform.sign_in.sign_in(TicketForm.ZHELIBAN_UNIFIED, back["ticketId"][0], asking())
    assert identity.subject == world.citizens[1].user_id


async def test_an_empty_sp_goes_back_too(browser: httpx.AsyncClient, settings: ZhelibanSettings) -> None:
    """``sp`` comes back as it was sent."""
    answer = await browser.post(LOGIN, data={"appId": settings.app_id, "sp": "", "person": "citizen-0002"})

    assert parse_qs(urlsplit(answer.headers["location"]).query, keep_blank_values=True)["sp"] == [""]


@pytest.mark.parametrize("fields", [{}, {"appId": "2000000002"}, {"appId": "2000000002", "person": "citizen-0001"}])
async def test_an_unknown_application_gets_an_error_page(browser: httpx.AsyncClient, fields: dict[str, str]) -> None:
    """Nobody is sent anywhere for an application that is not registered."""
    answer = await browser.get(LOGIN, params=fields)

    assert answer.status_code == 400
    assert "location" not in answer.headers
    assert "应用未注册" in answer.text


async def test_an_unknown_person_gets_an_error_page(browser: httpx.AsyncClient, settings: ZhelibanSettings) -> None:
    """One can only be somebody who is there."""
    answer = await browser.get(LOGIN, params={"appId": settings.app_id, "person": "nobody"})

    assert (answer.status_code, "location" in answer.headers) == (400, False)


async def test_one_can_sign_out(browser: httpx.AsyncClient) -> None:
    """The page says so."""
    answer = await browser.get("/uc/unifiedLogout")

    assert answer.status_code == 200
    assert "已退出登录" in answer.text
