import base64
import hashlib
import json
import re
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin

import httpx
import pytest
from graphql import build_schema, parse, validate

from gateway.execution.operation import Language
from gateway.ide.example import examples_in
from schema.languages import sdl

BROWSER = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


class Page(HTMLParser):
    """What a page loads, from where, and which script stands in it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.base = ""
        self.loads: list[str] = []
        self.script = ""
        self._inside = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note addresses."""
        given = dict(attrs)
        if tag == "base":
            self.base = given["href"] or ""
        else:
            self.loads += [given[name] or "" for name in ("src", "href") if name in given]
        self._inside = tag == "script" and "src" not in given

    def handle_data(self, data: str) -> None:
        """Keep the script that stands in the page."""
        if self._inside:
            self.script += data
            self._inside = False


def options_of(page: Page) -> dict[str, Any]:
    """What the IDE is started with."""
    found = re.search(r"const options = (.*);\n", page.script)
    assert found
    options: dict[str, Any] = json.loads(found[1])
    return options


async def test_a_browser_gets_the_page(client: httpx.AsyncClient) -> None:
    """Opened without a query, the endpoint is the IDE, and nobody may keep the page or put it into another."""
    response = await client.get("/graphql", headers=BROWSER)

    assert response.headers["content-type"] == "text/html; charset=utf-8"
    assert "<title>Tongxin Gateway</title>" in response.text
    assert response.headers["cache-control"] == "no-store"
    assert response.headers["vary"] == "Accept, Accept-Language"
    assert "frame-ancestors 'none'" in response.headers["content-security-policy"]


async def test_the_page_loads_only_what_is_served_here(client: httpx.AsyncClient) -> None:
    """Every address on the page lies under the files' own path, and each of them answers."""
    response = await client.get("/graphql", headers=BROWSER)

    page = Page(response.text)
    assert page.base == "/graphql/ide/1.2.3/"
    assert len(page.loads) == 4
    for address in (urljoin(page.base, path) for path in page.loads):
        assert address.startswith("/graphql/ide/1.2.3/")
        assert (await client.get(address)).status_code == 200
    assert "://" not in response.text.replace("http://127.0.0.1:8000/graphql", "where one comes back to")


async def test_the_policy_names_no_other_host_and_no_eval(client: httpx.AsyncClient) -> None:
    """Scripts come from here or are the one that starts the IDE, told by its hash."""
    response = await client.get("/graphql", headers=BROWSER)

    policy = dict(part.split(" ", 1) for part in response.headers["content-security-policy"].split("; "))
    digest = base64.b64encode(hashlib.sha256(Page(response.text).script.encode()).digest()).decode()
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == f"'self' 'sha256-{digest}'"
    assert policy["connect-src"] == "'self'"
    assert "://" not in response.headers["content-security-policy"]
    assert "eval" not in response.headers["content-security-policy"]


@pytest.mark.parametrize(("spoken", "lang", "word"), [("zh-CN,en;q=0.5", "zh-CN", "工作室"), ("en", "en-US", "studio")])
async def test_the_page_speaks_the_browsers_language(
    client: httpx.AsyncClient, spoken: str, lang: str, word: str
) -> None:
    """Our words and the IDE's own follow Accept-Language."""
    response = await client.get("/graphql", headers={**BROWSER, "accept-language": spoken})

    options = options_of(Page(response.text))
    assert f'<html lang="{lang}">' in response.text
    assert options["initialSettings"]["language"] == lang
    assert word in options["initialWindows"][-1]["initialQuery"]


async def test_a_field_for_the_token_is_ready(client: httpx.AsyncClient) -> None:
    """The editor of headers opens with Authorization, still empty."""
    response = await client.get("/graphql", headers=BROWSER)

    windows = options_of(Page(response.text))["initialWindows"]
    assert [window["initialHeaders"] for window in windows] == [{"Authorization": ""}] * 3


@pytest.mark.parametrize("language", list(Language))
def test_the_examples_fit_the_schema(language: Language) -> None:
    """The queries that lie ready are valid, and no line of them ends a script."""
    schema = build_schema(sdl(language.value))

    for _, example in examples_in(language):
        assert validate(schema, parse(example)) == []
        assert "<" not in example


async def test_the_page_knows_how_to_sign_in(client: httpx.AsyncClient) -> None:
    """By our own server, coming back to this page; the button is in the reader's language."""
    for language, words in (("en", {"in": "Sign in", "out": "Sign out"}), ("zh", {"in": "登录", "out": "退出登录"})):
        page = Page((await client.get("/graphql", headers=BROWSER | {"accept-language": language})).text)

        told = re.search(r"const signIn = (.*);\n", page.script)
        assert told
        sign_in = json.loads(told[1])
        assert sign_in["words"] == words
        assert (sign_in["clientId"], sign_in["redirectUri"]) == ("ide", "http://127.0.0.1:8000/graphql")


async def test_coming_back_signed_in_is_the_page_again(client: httpx.AsyncClient) -> None:
    """A code in the address is no query."""
    response = await client.get("/graphql", params={"code": "c", "state": "s", "iss": "i"}, headers=BROWSER)

    assert "<title>Tongxin Gateway</title>" in response.text


async def test_what_is_listened_to_comes_over_the_protocol_that_is_spoken_here(client: httpx.AsyncClient) -> None:
    """The IDE's own choice would be an older one."""
    script = Page((await client.get("/graphql", headers=BROWSER)).text).script

    assert '"graphql-ws"' in script
    assert 'subscriptionsEndpoint: location.origin.replace(/^http/, "ws") + "/graphql"' in script
