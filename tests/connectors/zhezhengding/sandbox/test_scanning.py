"""The QR page (wire-formats A4.5)."""

import json
import re
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, quote, urlencode, urlsplit

import pytest

from connectors.records.identity import TicketForm
from connectors.zhezhengding.signin import ZhezhengdingSignIn

if TYPE_CHECKING:
    import httpx

    from tests.connectors.zhezhengding.conftest import Bench

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def address(bench: "Bench", state: str = "s-1") -> str:
    """Where the gateway sends a browser."""
    qr = bench.settings.qr
    query = {"client_id": qr.client_id, "redirect_uri": qr.callback_url, "state": state}
    fixed = "response_type=code&scope=get_user_info&authType=QRCODE"
    return f"{bench.settings.login_url}/oauth2/auth.htm?{fixed}&{urlencode(query)}"


async def chosen(bench: "Bench", page: str, person: str) -> "httpx.Response":
    """Choose somebody on the page."""
    return await bench.http.post(page, content=f"person={person}", headers=FORM)


async def test_a_browser_comes_back_with_a_code(bench: "Bench") -> None:
    """Choose somebody: 302 to the callback with ``code`` and ``state``; the code signs them in."""
    page = await bench.http.get(address(bench, "s&1"))
    back = await chosen(bench, address(bench, "s&1"), "official-0002")

    assert page.status_code == 200
    assert "official-0001" in page.text
    assert (back.status_code, back.headers["cache-control"]) == (302, "no-store")
    target = urlsplit(back.headers["location"])
    query = parse_qs(target.query)
    assert f"{target.scheme}://{target.netloc}{target.path}" == bench.settings.qr.callback_url
    assert query["state"] == ["s&1"]
    signin = ZhezhengdingSignIn(bench.settings, bench.client(), bench.scanning())
    identity = await signin.sign_in(TicketForm.ZHEZHENGDING_QR, query["code"][0], bench.ask())
    assert identity.name == bench.world.officials[1].name


async def test_the_form_keeps_what_was_asked(bench: "Bench") -> None:
    """Everything the address carried goes on through the search and the choice, as text, never as markup."""
    text = (await bench.http.get(address(bench, '"><script>alert(1)</script>') + "&q=official-0003")).text

    assert "<script>" not in text
    assert "&lt;script&gt;" in text
    assert "official-0003" in text
    assert "official-0004" not in text
    assert text.count('name="redirect_uri"') == 2


async def test_embedded_it_posts_a_window_message(bench: "Bench") -> None:
    """A4.5: with ``embedMode=true`` the parent window gets ``{code, state}``, and only a parent of the callback's origin."""
    back = await chosen(bench, address(bench, "</script><b>") + "&embedMode=true", "official-0001")

    found = re.search(r"postMessage\((\{.*\}),(\".*\")\)</script>", back.text)
    assert back.status_code == 200
    assert found is not None
    message = json.loads(found[1])
    assert set(message) == {"code", "state"}
    assert message["state"] == "</script><b>"
    assert "</script><b>" not in back.text
    assert json.loads(found[2]) == "http://127.0.0.1:8000"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("client_id", "another_dingoa"),
        ("response_type", "token"),
        ("redirect_uri", "https://evil.example.cn/callback"),
        ("redirect_uri", "http://127.0.0.1.evil.example.cn/"),
        ("redirect_uri", "javascript:alert(1)"),
        ("redirect_uri", "http://[::1"),
        ("redirect_uri", ""),
        ("person", "citizen-0001"),
    ],
)
async def test_what_is_not_registered_is_refused(bench: "Bench", name: str, value: str) -> None:
    """A4.5: the callback's domain must be the registered one; nobody is sent anywhere else, nobody unknown signs in."""
    parts = urlsplit(address(bench))
    fields = {key: values[0] for key, values in parse_qs(parts.query).items()} | {"person": "official-0001"}

    answer = await bench.http.post(address(bench).partition("?")[0], data=fields | {name: value})

    assert answer.status_code == 400
    assert "location" not in answer.headers


async def test_another_path_of_the_domain_is_taken(bench: "Bench") -> None:
    """Only the domain is registered."""
    parts = urlsplit(address(bench))
    fields = {key: values[0] for key, values in parse_qs(parts.query).items()} | {"person": "official-0001"}
    there = "https://127.0.0.1/elsewhere?a=1"

    answer = await bench.http.post(address(bench).partition("?")[0], data=fields | {"redirect_uri": there})

    assert answer.headers["location"].startswith(f"{there}&code=")


@pytest.mark.parametrize(
    ("asked", "path"),
    [("/back", "/back?code="), ("/back?x=1", "/back?x=1&code="), ("/back?x=1#top", "/back?x=1&code=")],
)
async def test_the_code_stands_in_the_query(asked: str, path: str, bench: "Bench") -> None:
    """A4.5: behind a query the address has, before a fragment, which a browser would not send."""
    there = f"&redirect_uri={quote(bench.settings.qr.callback_url.rpartition('/login')[0] + asked, safe='')}"

    back = (await chosen(bench, address(bench) + there, "official-0001")).headers["location"]

    assert back.partition("127.0.0.1:8000")[2].startswith(path)
    assert (urlsplit(back).fragment == "top") is asked.endswith("#top")
    assert parse_qs(urlsplit(back).query)["state"] == ["s-1"]
