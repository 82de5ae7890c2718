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
COMPANY = "/opensso/spsaehandler/metaAlias/sp"


class Inputs(HTMLParser):
    """Collects a page's fields and language."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: list[tuple[str, str]] = []
        self.tags: list[str] = []
        self.lang = ""
        self.action = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note fields."""
        named = dict(attrs)
        self.tags.append(tag)
        self.lang = self.lang or named.get("lang") or ""
        if tag == "form" and named.get("action"):
            self.action = named.get("action") or ""
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
    assert {person.split("-")[0] for person in people} == {"citizen", "member", "official", "company"}


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


async def test_companies_can_be_left_out(browser: httpx.AsyncClient, settings: ZhelibanSettings) -> None:
    """B5: with ``userType=person`` only natural persons are shown."""
    answer = await browser.get(LOGIN, params={"appId": settings.app_id, "userType": "person"})

    assert "company" not in {value.split("-")[0] for name, value in page_of(answer).fields if name == "person"}


@pytest.mark.parametrize(
    ("page", "action"), [("usp.do", "ssoLogin"), ("mobile.do", "oauth"), ("alipay.do", "ssoLogin")]
)
@pytest.mark.parametrize("code", ["demosvc", "DEMO_AK_0123456789abcdef"])
async def test_classic_pages_go_back_with_ticket_and_sp(
    browser: httpx.AsyncClient, settings: ZhelibanSettings, page: str, action: str, code: str
) -> None:
    """B2: PC, app and Alipay; ``goto`` comes back as ``sp``, for either registration's code."""
    fields = {"action": action, "scope": "1", "servicecode": code, "goto": "state 1"}
    shown = page_of(await browser.get(f"/sso/{page}", params=fields))
    answer = await browser.post(f"/sso/{page}", data=fields | {"person": "citizen-0001"})

    back = parse_qs(urlsplit(answer.headers["location"]).query)
    assert {name for name, _ in shown.fields} >= {"action", "servicecode", "goto", "person"}
    assert answer.headers["location"].startswith(f"{settings.callback_url}?")
    assert (back["sp"], back["ticket"][0][:3]) == (["state 1"], "st-")


async def test_the_app_may_name_the_callback_itself(browser: httpx.AsyncClient, settings: ZhelibanSettings) -> None:
    """B2: the IRS form ``redirectUrl``; only the registered callback is gone back to."""
    own, other = f"{settings.callback_url}?sp=s1", "https://elsewhere.example/login/zheliban/callback"
    fields = {"action": "oauth", "servicecode": settings.access_key, "person": "citizen-0001"}

    back = await browser.post("/sso/mobile.do", data=fields | {"redirectUrl": own})
    refused = [
        await browser.post("/sso/mobile.do", data=fields | {"redirectUrl": address})
        for address in (
            other,
            f"{settings.callback_url}.elsewhere.example",
            f"{settings.callback_url}@elsewhere.example",
        )
    ]

    assert back.headers["location"].startswith(f"{own}&ticket=st-")
    assert [(answer.status_code, "location" in answer.headers) for answer in refused] == [(400, False)] * 3


@pytest.mark.parametrize("action", ["register", "editPwd", "forgotPwd", "zfRedirect", "realname", "idcard"])
async def test_other_pages_of_the_account_are_there(browser: httpx.AsyncClient, action: str) -> None:
    """B2: registering, passwords and raising the level have their page, where the sandbox does nothing."""
    answer = await browser.get("/sso/usp.do", params={"action": action, "servicecode": "demosvc"})

    assert (answer.status_code, "沙箱环境中没有这项服务" in answer.text) == (200, True)


@pytest.mark.parametrize(
    "fields", [{}, {"servicecode": "nobody", "action": "ssoLogin"}, {"servicecode": "demosvc", "action": "?"}], ids=str
)
async def test_classic_pages_know_their_applications(browser: httpx.AsyncClient, fields: dict[str, str]) -> None:
    """B2: an unknown code or action leads nowhere."""
    answer = await browser.post("/sso/usp.do", data=fields | {"person": "citizen-0001"})

    assert (answer.status_code, "location" in answer.headers) == (400, False)


async def test_a_company_posts_its_token_back(
    browser: httpx.AsyncClient, settings: ZhelibanSettings, platform: SimpleNamespace, asking: Callable[..., Ask]
) -> None:
    """B6: the page holds a form to the callback with ``ssotoken`` and a visible button; the state stays in the query."""
    back_to = f"{settings.callback_url}?goto=state-1"
    shown = page_of(await browser.get(COMPANY, params={"spappurl": back_to}))
    answer = await browser.post(COMPANY, data={"spappurl": back_to, "person": "company-0001"})

    page = page_of(answer)
    token = dict(page.fields)["ssotoken"]
    assert {value.split("-")[0] for name, value in shown.fields if name == "person"} == {"company"}
    assert (answer.status_code, page.action, "button" in page.tags) == (200, back_to, True)
    identity = await platform.sign_in.sign_in(TicketForm.ZHELIBAN_ESSO, token, asking())
    assert identity.kind == "LEGAL_PERSON"


async def test_the_unescaped_form_of_the_address_is_understood(
    browser: httpx.AsyncClient, settings: ZhelibanSettings
) -> None:
    """B6: ``spappurl=<callback>?goto=…`` as it is written in the documents, not encoded."""
    address = f"{COMPANY}?spappurl={settings.callback_url}?goto=s1"
    answer = await browser.post(address, data={"person": "company-0001"})

    assert page_of(answer).action == f"{settings.callback_url}?goto=s1"


@pytest.mark.parametrize("spappurl", ["", "https://elsewhere.example/", "javascript:alert(1)"])
async def test_a_company_is_sent_to_the_callback_only(browser: httpx.AsyncClient, spappurl: str) -> None:
    """Nobody's token is posted elsewhere."""
    answer = await browser.post(COMPANY, data={"spappurl": spappurl, "person": "company-0001"})

    assert (answer.status_code, "ssotoken" in answer.text) == (400, False)


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("/sso/usp.do", {"servicecode": "demosvc", "action": "ssoLogin", "person": "company-0001"}),
        (COMPANY, {"spappurl": "http://127.0.0.1:8000/login/zheliban/callback", "person": "citizen-0001"}),
    ],
)
async def test_each_door_has_its_people(browser: httpx.AsyncClient, path: str, fields: dict[str, str]) -> None:
    """A company has no classic ticket, a natural person no company's."""
    assert (await browser.post(path, data=fields)).status_code == 400


@pytest.mark.parametrize(
    "path", ["/uc/unifiedLogout", "/opensso/UI/Logout?goto=https://x.example/", "/oauth/logout.do"]
)
async def test_one_can_sign_out(browser: httpx.AsyncClient, path: str) -> None:
    """B5, B6: the page says so, and sends nobody elsewhere."""
    answer = await browser.get(path)

    assert answer.status_code == 200
    assert "已退出登录" in answer.text
