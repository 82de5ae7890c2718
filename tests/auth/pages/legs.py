"""The way of a browser to a platform and back."""

from urllib.parse import parse_qs, urlsplit

import httpx

from connectors.records.identity import Identity
from tests.auth.pages.browsing import Browser, Page
from tests.auth.platforms import LIN_CITIZEN

CALLBACK = "/login/zheliban/callback"


TO = "/oauth/authorize?continue=sealed-0123"


async def begun(browser: Browser, to: str = TO, platform: str = "zheliban") -> str:
    """Begin a leg and answer its state."""
    answer = await browser.client.get(f"/login/{platform}", params={"to": to})
    assert answer.status_code == 303, answer.text
    return parse_qs(urlsplit(answer.headers["location"]).query)["state"][0]


async def came_back(
    browser: Browser, state: str, identity: Identity = LIN_CITIZEN, platform: str = "zheliban"
) -> httpx.Response:
    """Come back from a platform with a fresh ticket."""
    ticket = browser.office.ticket(identity)[1]
    return await browser.client.get(f"/login/{platform}/callback", params={"ticket": ticket, "state": state})


async def told(browser: Browser, answer: httpx.Response) -> Page:
    """Follow a failed callback to the page that says why."""
    assert answer.status_code == 303
    assert "ticket" not in answer.headers["location"]
    return await browser.get(answer.headers["location"])
