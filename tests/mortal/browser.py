"""A person with a browser, before a gateway whose address is not its port's: replicas share one."""

import ssl
from collections.abc import Mapping
from typing import Any, Self
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx

from gateway.cli.page_forms import forms_of, links_of

ISSUER = "http://127.0.0.1:8000"
"""Where the sandbox's pages send browsers back to."""

_ONE_CALL = httpx.Limits(max_keepalive_connections=0)
_NO_TLS = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # httpx would read all certificates for each client


class ToReplica(httpx.HTTPTransport):
    """Takes what is for the issuer to one replica, on a connection of its own."""

    def __init__(self, port: int) -> None:
        super().__init__(verify=_NO_TLS, limits=_ONE_CALL, trust_env=False)
        self.port = port

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Only the way changes: the Host header stays."""
        request.url = request.url.copy_with(port=self.port)
        return super().handle_request(request)


def client_at(port: int) -> httpx.Client:
    """An HTTP client for which the issuer is that replica."""
    mounts = {ISSUER: ToReplica(port)}
    return httpx.Client(base_url=ISSUER, mounts=mounts, verify=_NO_TLS, limits=_ONE_CALL, timeout=30, trust_env=False)


class Browser:
    """Keeps cookies, follows redirects one by one."""

    def __init__(self, port: int) -> None:
        self.http = client_at(port)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.http.close()

    def sign_in(self, form: str, person: str) -> None:
        """Come by a platform's page; the browser is signed in then."""
        page = self.followed(self.http.get(self.way(form, person)))
        assert page.url.path == "/account", page.url

    def way(self, form: str, person: str, to: str = "/account") -> str:
        """From the chooser to where the platform sends the browser back: the callback, not yet called."""
        chooser = self.http.get(f"{ISSUER}/login?{urlencode({'to': to})}")
        ways = [link for link in links_of(chooser.text) if parse_qs(urlsplit(link).query).get("form") == [form]]
        return self.chosen(self.http.get(f"{ISSUER}{ways[0]}").headers["location"], person)

    def chosen(self, address: str, person: str) -> str:
        """Choose somebody on a platform's page; where its answer leads."""
        page = self.followed(self.http.get(address))
        form = next(one for one in forms_of(page.text) if "person" in one.asks)
        fields = dict(form.fields) | {"person": person}
        where = str(page.url.copy_with(query=None)) if not form.action else str(page.url.join(form.action))
        if form.method == "get":
            answer = self.http.get(where, params=fields)
        else:
            answer = self.http.post(str(page.url.join(form.action)), data=fields)
        while not answer.headers["location"].startswith(ISSUER):
            answer = self.http.get(answer.url.join(answer.headers["location"]))
        return str(answer.headers["location"])

    def followed(self, answer: httpx.Response) -> httpx.Response:
        """Follow redirects until there is a page."""
        while answer.is_redirect:
            answer = self.http.get(answer.url.join(answer.headers["location"]))
        return answer

    def send(
        self,
        page: httpx.Response,
        asking: str,
        headers: Mapping[str, str] | None = None,
        *,
        action: str | None = None,
        **filled: Any,
    ) -> httpx.Response:
        """Fill in the form of a page that has such a field, and send it; no redirect is followed.

        ``action``: to another address of ours, whose form has the same hidden fields.
        """
        form = next(one for one in forms_of(page.text) if asking in one.asks and one.method == "post")
        fields: dict[str, Any] = {}
        for name in {name for name, _ in form.fields}:
            fields[name] = [value for known, value in form.fields if known == name]
        sent = {"Origin": ISSUER, **(headers or {})}
        return self.http.post(page.url.join(action or form.action), data=fields | filled, headers=sent)
