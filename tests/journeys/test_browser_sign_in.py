"""Every way in, walked by a browser: our page, the platform's, back to us, signed in."""

from collections.abc import AsyncIterator
from html.parser import HTMLParser
from typing import Any
from urllib.parse import parse_qs, urlencode, urljoin, urlsplit

import httpx
import pytest

from auth.pages.cookies import LEG, SESSION
from connectors.viewer import Role, Viewer
from tests.stack import Gateway, Sandbox

ISSUER = "http://127.0.0.1:8000"
PERSONS = {
    "zheliban-unified": "citizen-0002",
    "zheliban-classic": "citizen-0002",
    "zheliban-esso": "company-0001",
    "zhezhengding-qr": "official-0002",
    "duty-oidc": "member-0001",
}


class Read(HTMLParser):
    """The links of a page, and its last form."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.method, self.action = "get", ""
        self.fields: dict[str, str] = {}
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note them; radio buttons are chosen by who reads."""
        named = {name: value or "" for name, value in attrs}
        if tag == "a":
            self.links.append(named.get("href", ""))
        if tag == "form":
            self.method, self.action, self.fields = named.get("method", "get"), named.get("action", ""), {}
        if tag == "input" and named.get("type") == "hidden":
            self.fields[named["name"]] = named.get("value", "")


class Browser:
    """Keeps cookies, follows redirects one by one, and remembers every address it was at."""

    def __init__(self, app: Any) -> None:
        ours = {ISSUER: httpx.ASGITransport(app)}
        self.client = httpx.AsyncClient(mounts=ours, timeout=20, trust_env=False)
        self.history: list[str] = []

    async def open(self, address: str, **sent: Any) -> httpx.Response:
        """Open an address; a form where ``data`` is given."""
        answer = await self.client.request("POST" if "data" in sent else "GET", address, **sent)
        while answer.is_redirect:
            self.history.append(str(answer.url))
            answer = await self.client.get(urljoin(str(answer.url), answer.headers["location"]))
        self.history.append(str(answer.url))
        return answer

    async def choose(self, page: httpx.Response, person: str) -> httpx.Response:
        """Choose somebody on a platform's page, by its form."""
        form = Read(page.text)
        address = str(page.url).partition("?")[0] if form.method == "get" else str(page.url)
        fields = form.fields | {"person": person}
        if form.method == "get":
            return await self.open(f"{address}?{urlencode(fields)}")
        return await self.open(address, data=fields)

    async def sign_in(self, form: str, person: str, to: str = "/account") -> httpx.Response:
        """Walk a way in from the chooser to where it leads on."""
        chooser = await self.open(f"{ISSUER}/login?{urlencode({'to': to})}")
        link = next(link for link in Read(chooser.text).links if parse_qs(urlsplit(link).query).get("form") == [form])
        return await self.walked(await self.open(urljoin(ISSUER, link)), person)

    async def walked(self, page: httpx.Response, person: str) -> httpx.Response:
        """From the platform's page on; the companies' login posts back by a form of its own."""
        answer = await self.choose(page, person)
        returning = Read(answer.text)
        if "ssotoken" in returning.fields:
            return await self.open(returning.action, data=returning.fields, headers={"Origin": "null"})
        return answer


@pytest.fixture
async def browser(gateway: Gateway) -> AsyncIterator[Browser]:
    """A browser in front of the gateway."""
    opened = Browser(gateway.client._transport.app)  # type: ignore[attr-defined]  # the transport in use
    yield opened
    await opened.client.aclose()


async def viewer_of(gateway: Gateway, browser: Browser) -> Viewer:
    """Who the browser's session is to the gateway."""
    authority = gateway.parts.authority
    session = await authority.sessions.of(browser.client.cookies[SESSION.name])
    assert session is not None
    viewer = await authority.viewers.of_person(session.person_id)
    assert viewer is not None
    return viewer


async def test_the_chooser_offers_every_way_in_the_registrations_order(browser: Browser) -> None:
    """浙里办 unified first, classic second, 浙政钉, the duty platform; companies apart."""
    chooser = await browser.open(f"{ISSUER}/login")

    forms = [parse_qs(urlsplit(link).query).get("form", [""])[0] for link in Read(chooser.text).links]
    assert [form for form in forms if form] == [
        "zheliban-unified",
        "zheliban-classic",
        "zhezhengding-qr",
        "duty-oidc",
        "zheliban-esso",
    ]


@pytest.mark.parametrize("form", PERSONS)
async def test_every_way_in_signs_in(gateway: Gateway, browser: Browser, form: str) -> None:
    """From the chooser through the platform's own page back to the account, which shows who one is."""
    account = await browser.sign_in(form, PERSONS[form])

    session = await gateway.parts.authority.sessions.of(browser.client.cookies[SESSION.name])
    assert str(account.url) == f"{ISSUER}/account"
    assert session is not None
    assert session.proof.methods == (form,)
    assert session.platform == form.partition("-")[0]
    assert browser.client.cookies.get(LEG.name) is None
    assert not any(mark in browser.history[-1] for mark in ("ticket", "code", "ssotoken", "state"))


async def test_ones_level_is_that_of_the_way_one_came(gateway: Gateway, browser: Browser) -> None:
    """Unified with an ID number 2, classic by its own level, a company by the reversed scale, QR and the login 1."""
    levels = {}
    for form, person in PERSONS.items():
        await browser.sign_in(form, person)
        session = await gateway.parts.authority.sessions.of(browser.client.cookies[SESSION.name])
        levels[form] = session.proof.level if session else None

    assert levels["zheliban-unified"] == 2
    assert levels["zheliban-classic"] == 3
    assert levels["zheliban-esso"] in {1, 2, 3}
    assert (levels["zhezhengding-qr"], levels["duty-oidc"]) == (1, 1)


async def test_a_member_is_one_viewer_by_all_three_platforms(
    gateway: Gateway, browser: Browser, sandbox: Sandbox
) -> None:
    """The registry joins them: by ID number, by employee code, by the login's claim."""
    member = next(one for one in sandbox.world.members if one.person.work and one.person.user_id)
    seen = []
    for form in ("zheliban-unified", "zhezhengding-qr", "duty-oidc"):
        await browser.sign_in(form, member.person.id)
        seen.append(await viewer_of(gateway, browser))

    assert len({viewer.person_id for viewer in seen}) == 1
    assert set(seen[-1].accounts) == {"zheliban", "zhezhengding", "duty"}
    assert seen[-1].member_key == member.key
    assert {Role.CITIZEN, Role.OFFICIAL, Role.MEMBER} <= seen[-1].roles


async def test_an_official_who_is_no_member_links_and_unlinks(
    gateway: Gateway, browser: Browser, sandbox: Sandbox
) -> None:
    """From the account page by signing in to the second platform; both accounts are one viewer until they part."""
    official = next(one for one in sandbox.world.officials if "staff" not in one.roles and one.work)
    citizen = next(one for one in sandbox.world.citizens if one.user_id)
    account = await browser.sign_in("zhezhengding-qr", official.id)
    csrf = Read(account.text).fields
    asked = csrf | {"platform": "zheliban", "form": "zheliban-unified"}

    there = await browser.open(f"{ISSUER}/account/link", data=asked, headers={"Origin": ISSUER})
    leading = next(link for link in Read(there.text).links if link.startswith(sandbox.addresses["zheliban"]))
    linked = await browser.walked(await browser.open(leading), citizen.id)
    together = await viewer_of(gateway, browser)
    await browser.sign_in("zheliban-unified", citizen.id)
    by_citizen_app = await viewer_of(gateway, browser)
    await browser.sign_in("zhezhengding-qr", official.id)
    unlink = csrf | {"act": "unlink", "platform": "zheliban", "subject": citizen.user_id or ""}
    parted = await browser.open(f"{ISSUER}/account", data=unlink, headers={"Origin": ISSUER})
    alone = await viewer_of(gateway, browser)

    assert str(linked.url) == f"{ISSUER}/account?done=linked"
    assert together.person_id == by_citizen_app.person_id == alone.person_id
    assert set(together.accounts) == {"zheliban", "zhezhengding"}
    assert together.roles >= {Role.CITIZEN, Role.OFFICIAL}
    assert str(parted.url) == f"{ISSUER}/account?done=unlinked"
    assert set(alone.accounts) == {"zhezhengding"}


async def test_who_declines_at_the_platform_is_led_back(gateway: Gateway, browser: Browser) -> None:
    """A page in words, with the chooser behind it; nobody is signed in."""
    page = await browser.open(f"{ISSUER}/login/duty")
    request = Read(page.text).fields | {"decline": "1"}

    told = await browser.open(f"{str(page.url).partition('?')[0]}?{urlencode(request)}")

    assert told.status_code == 403
    assert "sign_in_denied" in told.text
    assert any(link.startswith("/login?") for link in Read(told.text).links)
    assert gateway.settings.public_url == ISSUER
    assert browser.client.cookies.get(SESSION.name) is None


async def test_the_classic_form_in_the_app_goes_by_the_apps_page(browser: Browser, sandbox: Sandbox) -> None:
    """Inside 浙里办 the callback is named in the request, with the state in it; it works out the same."""
    browser.client.headers["User-Agent"] = "Mozilla/5.0 (Linux; Android 12) dtdreamweb"

    account = await browser.sign_in("zheliban-classic", "citizen-0002")

    assert any("/sso/mobile.do" in address for address in browser.history)
    assert sandbox.calls()["zheliban.login.mobile"] >= 1
    assert str(account.url) == f"{ISSUER}/account"
