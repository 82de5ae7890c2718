"""A browser without scripts, and a page as it reads it."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser

import httpx

from auth.pages.cookies import SESSION
from auth.proof import Proof
from connectors.deadline import Deadline
from connectors.records.identity import Identity
from connectors.viewer import ANYONE, Ask
from tests.auth.conftest import Office
from tests.auth.platforms import LIN_CITIZEN

ISSUER = "http://127.0.0.1:8000"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
_EMPTY = frozenset({"input", "meta", "link", "br", "img"})


@dataclass
class Form:
    """A form as it would be sent: ``fields`` that are filled in, ``buttons`` by what they say."""

    method: str
    action: str
    fields: list[tuple[str, str]] = field(default_factory=list)
    buttons: dict[str, tuple[str, str]] = field(default_factory=dict)


@dataclass
class Element:
    """An element with its attributes and all text in it."""

    name: str
    attributes: Mapping[str, str | None]
    text: str = ""


class Page(HTMLParser):
    """A page, read."""

    def __init__(self, answer: httpx.Response) -> None:
        super().__init__()
        self.answer = answer
        self.elements: list[Element] = []
        self.forms: list[Form] = []
        self._open: list[Element] = []
        self.feed(answer.text)
        self.close()

    @property
    def status(self) -> int:
        """The answer's status."""
        return self.answer.status_code

    @property
    def text(self) -> str:
        """All words of the body, one space between."""
        return next(element.text for element in self.elements if element.name == "body")

    def all(self, *names: str) -> list[Element]:
        """The elements of these names, in order."""
        return [element for element in self.elements if element.name in names]

    def form(self, button: str) -> Form:
        """The form with the button that says this."""
        return next(form for form in self.forms if button in form.buttons)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element, and what it does for its form."""
        element = Element(tag, dict(attrs))
        self.elements.append(element)
        if tag == "form":
            self.forms.append(Form(str(element.attributes["method"]), str(element.attributes.get("action", ""))))
        elif tag == "input" and self.forms:
            self._fill(element.attributes)
        if tag not in _EMPTY:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Elements of a drawing end at once."""
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close it, which must be the one opened last."""
        element = self._open.pop()
        assert element.name == tag, f"<{element.name}> is closed by </{tag}>"
        element.text = " ".join(element.text.split())
        if tag == "button" and self.forms:
            named = element.attributes.get("name"), element.attributes.get("value")
            self.forms[-1].buttons[element.text] = (named[0] or "", named[1] or "")

    def handle_data(self, data: str) -> None:
        """Text belongs to every element it is in."""
        for element in self._open:
            element.text += data

    def _fill(self, attributes: Mapping[str, str | None]) -> None:
        unticked = attributes.get("type") == "checkbox" and "checked" not in attributes
        if "name" in attributes and "disabled" not in attributes and not unticked:
            self.forms[-1].fields.append((str(attributes["name"]), attributes.get("value") or ""))


class Browser:
    """One browser with its own cookies, in front of an office."""

    def __init__(self, office: Office, agent: str = FIREFOX) -> None:
        self.office = office
        self.agent = agent
        transport = office.client._transport
        self.client = httpx.AsyncClient(transport=transport, base_url=ISSUER, headers={"User-Agent": agent})

    async def sign_in(self, identity: Identity = LIN_CITIZEN, *, ago: int = 0) -> str:
        """Sign somebody in, as after a leg to the platform, and answer who they are; ``ago`` in seconds."""
        authority = self.office.authority
        person = await authority.persons.signed_in(identity, Ask(ANYONE, Deadline.after(30)))
        proof = Proof(at=int(time.time()), level=identity.level, methods=("invented",))
        secret = await authority.sessions.open(person.person_id, identity.platform, proof, self.agent)
        if ago:
            await self._age(secret, ago)
        self.client.cookies.set(SESSION.name, secret, domain="127.0.0.1", path="/")
        return person.person_id

    async def get(self, address: str, **headers: str) -> Page:
        """Open a page."""
        return Page(await self.client.get(address, headers=headers))

    async def press(self, page: Page, button: str, **typed: str) -> httpx.Response:
        """Press a button, having typed something; nothing is followed."""
        form = page.form(button)
        fields = [(name, value) for name, value in form.fields if name not in typed]
        return await self.send(form.action, [*fields, *typed.items(), form.buttons[button]])

    async def untick(self, page: Page, button: str, *values: str) -> httpx.Response:
        """Press a button with some boxes left out."""
        form = page.form(button)
        fields = [(name, value) for name, value in form.fields if value not in values]
        return await self.send(form.action, [*fields, form.buttons[button]])

    async def send(self, address: str, fields: list[tuple[str, str]], **headers: str) -> httpx.Response:
        """Send a form as browsers do."""
        sent = {"Origin": ISSUER, "Sec-Fetch-Site": "same-origin"} | headers
        data: dict[str, list[str]] = {}
        for name, value in fields:
            data.setdefault(name, []).append(value)
        return await self.client.post(address, data=data, headers=sent)

    async def _age(self, secret: str, seconds: int) -> None:
        session = await self.office.authority.sessions.of(secret)
        assert session is not None
        await self.office.prove_earlier(session.sid, seconds)
