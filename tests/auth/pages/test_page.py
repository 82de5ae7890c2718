"""What every page of sign-on is sent with, and how it is built."""

import re
from collections.abc import AsyncIterator
from itertools import pairwise, product

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from auth.pages.cookies import FORM
from auth.pages.page import Pages
from auth.pages.troubles import PageError, Trouble
from auth.settings import AuthSettings
from auth.store import StoreUnavailableError
from connectors.viewer import Scope
from tests.auth.conftest import SECRET, TITLES, Office
from tests.auth.pages.browsing import Browser, Page
from tests.auth.pages.test_consent import Partner

_CODE = re.compile(r"[a-z]+(?:_[a-z]+)*")
_HAN = re.compile(r"[一-鿿]")
_GIVEN = re.compile("同心网关|中文|委员工作室|林小满|委|林")
"""What is Chinese in any language: our name, the switch, names and their first signs."""
ADDRESSES = ("/login", "/account", "/account/data", "/account/factor", "/login/factor", "/device", "/logout", "consent")


@pytest.fixture
async def browser(office: Office) -> Browser:
    """A browser a citizen is signed in with, who let a client in."""
    opened = Browser(office)
    await opened.sign_in()
    return opened


@pytest.fixture
def shown(office: Office, browser: Browser) -> "Shown":
    """Every page, by where it is."""
    return Shown(office, browser)


class Shown:
    """Opens a page of each kind."""

    def __init__(self, office: Office, browser: Browser) -> None:
        self._office = office
        self._browser = browser

    async def page(self, address: str, query: str = "") -> Page:
        """Open the page; ``consent`` by way of a request."""
        if address == "consent":
            client_id, _ = await self._office.authority.clients.create(
                "委员工作室",
                grants=["authorization_code"],
                scopes=list(Scope),
                redirect_uris=["https://studio.example.cn/callback"],
            )
            sent = await self._browser.client.get(Partner(client_id).address("openid profile phone question:write"))
            address = sent.headers["location"]
        return await self._browser.get(address + ("&" if "?" in address else "?") + query)


@pytest.mark.parametrize("address", ADDRESSES)
async def test_a_page_allows_nothing_but_itself(shown: Shown, address: str) -> None:
    """The policy allows our style sheet and our forms: no script, no frame, nothing inline, no other host."""
    headers = (await shown.page(address)).answer.headers
    policy = dict(part.strip().partition(" ")[::2] for part in headers["content-security-policy"].split(";"))

    assert policy["default-src"] == policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert policy["style-src"] == "'self'"
    assert "script-src" not in policy
    assert "unsafe" not in headers["content-security-policy"]
    assert policy["form-action"].split()[0] == "'self'"
    assert headers["x-frame-options"] == "DENY"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cache-control"] == "no-store"


@pytest.mark.parametrize("address", ADDRESSES)
async def test_a_page_is_built_for_everybody(shown: Shown, address: str) -> None:
    """Headings in order, one of them the page's; each field labelled; no script, style or handler in it."""
    for query in ("lang=zh&view=plain", "lang=en&view=elder"):
        page = await shown.page(address, query)

        assert page.status == 200
        _check_structure(page)
        if "lang=en" in query:
            assert not _HAN.search(_GIVEN.sub("", page.text)), page.text


def _check_structure(page: Page) -> None:
    assert page.all("html")[0].attributes["lang"] in {"zh-Hans-CN", "en"}
    assert page.all("title")[0].text
    assert len(page.all("h1")) == len(page.all("main")) == 1
    levels = [int(heading.name[1]) for heading in page.all("h1", "h2", "h3", "h4")]
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels)), levels
    assert not page.all("script", "style", "iframe", "object", "img") or page.all("img")
    assert not [name for one in page.elements for name in one.attributes if name.startswith("on") or name == "style"]
    viewport = next(one for one in page.all("meta") if one.attributes.get("name") == "viewport")
    assert "scalable" not in str(viewport.attributes["content"])
    ids = [one.attributes["id"] for one in page.elements if "id" in one.attributes]
    assert len(ids) == len(set(ids))
    labelled = {label.attributes["for"] for label in page.all("label")}
    for one in page.all("input"):
        assert one.attributes.get("type") == "hidden" or one.attributes["id"] in labelled
    for one in page.all("button", "a", "summary"):
        assert one.text, one.attributes
    described = {name for one in page.elements for name in str(one.attributes.get("aria-describedby") or "").split()}
    assert described <= set(ids)
    assert page.all("a")[0].attributes == {"class": "skip", "href": "#content"}


@pytest.fixture
async def faulty(office: Office) -> AsyncIterator[httpx.AsyncClient]:
    """A client of pages that fail in every way there is."""
    pages = office.pages

    async def fails(request: Request) -> Response:
        raise PageError(Trouble[request.path_params["name"]])

    async def away(_request: Request) -> Response:
        raise StoreUnavailableError("away")

    routes = [Route("/away", pages.guarded(away)), Route("/{name}", pages.guarded(fails), methods=["GET", "POST"])]
    transport = httpx.ASGITransport(Starlette(routes=routes))
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000") as client:
        yield client


async def test_a_trouble_says_what_to_do(faulty: httpx.AsyncClient) -> None:
    """Its page has the status, the code to be told on the telephone, and words in the reader's language."""
    for trouble, language in product(Trouble, ("zh", "en")):
        page = Page(await faulty.get(f"/{trouble.name}?lang={language}"))

        assert page.status == trouble.status
        assert trouble.code in page.text
        assert (trouble.zh_advice if language == "zh" else trouble.en_advice) in page.text
        assert [one.attributes["role"] for one in page.elements if one.attributes.get("role")] == ["alert"]
        _check_structure(page)


def test_codes_are_stable_words() -> None:
    """No two troubles share a code, and every one can be told apart from text."""
    codes = [trouble.code for trouble in Trouble]

    assert len(set(codes)) == len(codes)
    assert all(_CODE.fullmatch(code) for code in codes)
    assert all(_HAN.search(trouble.zh) and not _HAN.search(trouble.en + trouble.en_advice) for trouble in Trouble)


async def test_a_lost_store_is_told(faulty: httpx.AsyncClient) -> None:
    """While the database is away a page says so, and when to try again."""
    answer = await faulty.get("/away")

    assert answer.status_code == 503
    assert answer.headers["retry-after"] == "5"
    assert "store_unavailable" in answer.text


async def test_the_trace_is_shown_where_there_is_one(office: Office, faulty: httpx.AsyncClient) -> None:
    """Whoever calls for help can name the request."""

    class Entry:
        trace_id = "0af7651916cd43dd8448eb211c80319c"

    request = Request(
        {
            "type": "http",
            "method": "GET",
            "path": "/account",
            "query_string": b"",
            "headers": [],
            "tongxin.access": Entry(),
        }
    )

    assert Entry.trace_id in bytes(office.pages.trouble(request, Trouble.BUSY).body).decode()
    assert "查询编号" not in (await faulty.get("/BUSY")).text


async def test_the_style_sheet_is_kept_for_ever(browser: Browser) -> None:
    """Its name changes with what is in it, so nobody has to ask for it twice."""
    page = await browser.get("/account")
    address = str(next(link for link in page.all("link") if link.attributes["rel"] == "stylesheet").attributes["href"])

    sheet = await browser.client.get(address)

    assert re.fullmatch(r"/login/style-[0-9a-f]{16}\.css", address)
    assert sheet.headers["content-type"].startswith("text/css")
    assert "immutable" in sheet.headers["cache-control"]
    assert "url(" not in sheet.text
    assert "@import" not in sheet.text


async def test_another_versions_style_sheet_is_ours_and_not_kept(browser: Browser) -> None:
    """While replicas are renewed one by one, no page is left without a style."""
    ours = await browser.client.get((await browser.get("/account")).all("link")[0].attributes["href"] or "")

    theirs = await browser.client.get("/login/style-0123456789abcdef.css")

    assert theirs.content == ours.content
    assert theirs.headers["cache-control"] == "no-store"


async def test_a_browser_gets_its_form_cookie_once(browser: Browser) -> None:
    """It stays the same while the browser is open, so that several tabs can be filled in."""
    first = await browser.client.get("/account")
    second = await browser.client.get("/account/data")

    assert "HttpOnly" in first.headers["set-cookie"]
    assert FORM.name not in second.headers.get("set-cookie", "")


async def test_cookies_are_bound_to_the_host_where_callers_come_by_https(office: Office) -> None:
    """No neighbour under the same domain can set them, and they never travel in the clear."""
    settings = AuthSettings(secret=SECRET, issuer="https://gateway.example.cn")
    pages = Pages(settings, office.authority.vault, office.authority.sessions, TITLES)

    async def fails(_request: Request) -> Response:
        raise PageError(Trouble.FORM_ENDED)

    transport = httpx.ASGITransport(Starlette(routes=[Route("/", pages.guarded(fails))]))
    async with httpx.AsyncClient(transport=transport, base_url="https://gateway.example.cn") as client:
        cookies = (await client.get("/?lang=en")).headers.get_list("set-cookie")

    assert len(cookies) == 2
    assert all(cookie.startswith("__Host-") and "; Secure" in cookie for cookie in cookies)


@pytest.mark.parametrize("trouble", [Trouble.BUSY, Trouble.FORM_ENDED])
async def test_a_trouble_leads_somewhere(faulty: httpx.AsyncClient, trouble: Trouble) -> None:
    """Nobody is left on a page without a way on, whatever they came with."""
    page = Page(await faulty.post(f"/{trouble.name}"))

    assert "/account" in [link.attributes["href"] for link in page.all("a")]
