"""A person with a browser, for examples that need one in between: follows every page as links and forms lead."""

from collections.abc import Mapping
from typing import Self
from urllib.parse import urlsplit

import httpx

from gateway.cli.page_forms import PageForm, forms_of, links_of

_MOST_PAGES = 30


class Browser:
    """Signs in as one sandbox person at 浙里办, agrees to what is asked; keeps its cookies between walks."""

    def __init__(self, gateway: str, person: str) -> None:
        self._http = httpx.Client(timeout=20, trust_env=False)
        self._gateway = gateway
        self._person = person

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()

    def walk(self, address: str) -> str:
        """Open an address and do what each page asks for; answers the address of the last one."""
        page = self._http.get(address)
        for _ in range(_MOST_PAGES):
            if page.is_redirect:
                onward = page.url.join(page.headers["location"])
                try:
                    page = self._http.get(onward)
                except httpx.ConnectError:  # a client that waits for nobody: the address is what counts
                    return str(onward)
                continue
            acted = self._acted(page)
            if acted is None:
                return str(page.url)
            page = acted
        raise AssertionError(f"no end at {page.url.path}")

    def _acted(self, page: httpx.Response) -> httpx.Response | None:
        """What a person does on this page; None where there is nothing to do."""
        if not str(page.url).startswith(f"{self._gateway}/"):
            return self._sent(page, "person", {"person": self._person})
        if page.url.path == "/login":
            begins = next(link for link in links_of(page.text) if urlsplit(link).path == "/login/zheliban")
            return self._http.get(page.url.join(begins))
        fills = {"/consent": ("to", {"act": "yes"}), "/device": ("scope", {"answer": "yes"})}
        return self._sent(page, *fills[page.url.path]) if page.url.path in fills else None

    def _sent(self, page: httpx.Response, asking: str, filled: Mapping[str, str]) -> httpx.Response | None:
        """Send the page's form that has such a field; None where it has none."""
        form = next((one for one in forms_of(page.text) if asking in one.asks and one.method == "post"), None)
        return None if form is None else self._http.post(page.url.join(form.action), data=_fields(form) | dict(filled))


def _fields(form: PageForm) -> dict[str, str | list[str]]:
    fields: dict[str, str | list[str]] = {}
    for name in {name for name, _ in form.fields}:
        fields[name] = [value for known, value in form.fields if known == name]
    return fields
