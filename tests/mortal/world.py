"""A mortal gateway with what signs in at it: clients, browsers, and a way into its store from outside."""

import asyncio
import base64
import hashlib
import os
import secrets
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import parse_qs, urlsplit

import httpx
from sqlalchemy import Select, select

from auth.authority import Authority
from auth.client import AuthMethod, GrantType
from auth.settings import AuthSettings
from auth.store import Database, upgrade
from auth.store.tables import IdentityRow
from connectors.records.identity import TicketForm
from connectors.sandbox.world import PersonSeed
from connectors.viewer import Role, Scope
from gateway.platforms import PLATFORMS
from tests.mortal.browser import ISSUER, Browser, client_at
from tests.mortal.lives import Lives
from tests.servers import free_port
from tests.stack import Sandbox

SECRET = "invented-secret-of-the-tests-0123456789"
CALLBACK = "http://127.0.0.1:9/callback"
SCOPES = "openid graph:read offline_access"
T = TypeVar("T")


@dataclass(frozen=True)
class Code:
    """A code and what trades it."""

    code: str
    verifier: str


@dataclass
class World:
    """Everything around one mortal gateway."""

    lives: Lives
    sandbox: Sandbox
    settings: AuthSettings
    web: tuple[str, str] = ("", "")
    device: str = ""
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def inside(self, act: Callable[[Authority], Awaitable[T]]) -> T:
        """Do something in the store, as a command does beside the gateway."""

        async def run() -> T:
            database = Database(self.settings.database_url)
            try:
                await upgrade(database)
                authority = Authority(self.settings, database, signins=[], lookup=None, officials=None, committees=None)
                done = await act(authority)
                await authority.audit.flush()
                return done
            finally:
                await database.aclose()

        return asyncio.run(run())

    def register(self, **changes: Any) -> tuple[str, str]:
        """Register a client that may do all that persons let one do."""
        grants = [GrantType.AUTHORIZATION_CODE, GrantType.REFRESH_TOKEN, GrantType.TOKEN_EXCHANGE]
        may: dict[str, Any] = {
            "grants": grants,
            "scopes": [scope.value for scope in Scope],
            "ticket_forms": list(TicketForm),
            "redirect_uris": [CALLBACK],
        }
        return self.inside(lambda authority: authority.clients.create("tests", **(may | changes)))

    def newcomer(self) -> str:
        """A citizen who was never here."""
        known = [one.id for one in self.sandbox.world.citizens if one.user_id and not one.work]
        return known[next(self.numbers) % len(known)]

    def browser(self, person: str | None = None, form: str = "zheliban-unified") -> Browser:
        """A browser, with somebody signed in."""
        browser = Browser(self.lives.port)
        if person is not None:
            browser.sign_in(form, person)
        return browser

    def tokens(self, headers: dict[str, str] | None = None, **form: str) -> httpx.Response:
        """Ask the token endpoint, as the web client unless another is named."""
        login = None if "client_id" in form else self.web
        with client_at(self.lives.port) as http:
            return http.post("/oauth/token", data=form, headers=headers, auth=login)

    def ticket(self, person: str) -> str:
        """A fresh ticket of a citizen."""
        asked = {"person": person, "form": "uc"}
        address = f"{self.sandbox.addresses['zheliban']}/sandbox/ticket"
        return str(httpx.get(address, params=asked, trust_env=False).json()["ticket"])

    def person_of(self, person: str) -> str | None:
        """The id that a citizen has here."""
        user = next(one.user_id for one in self.sandbox.world.citizens if one.id == person)
        return self._found(select(IdentityRow.person_id).where(IdentityRow.subject == user))

    def person_of_work(self, person: PersonSeed) -> str | None:
        """The id that an official has here."""
        assert person.work is not None
        code = person.work.employee_code
        return self._found(select(IdentityRow.person_id).where(IdentityRow.employee_code == code))

    def _found(self, query: Select[tuple[str]]) -> str | None:
        return self.inside(lambda authority: authority.database.read(lambda session: session.scalar(query)))

    def challenge(self, scope: str = SCOPES) -> tuple[str, dict[str, str]]:
        """A verifier and the request it belongs to."""
        verifier = secrets.token_urlsafe(32)
        digest = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
        asked = {"response_type": "code", "client_id": self.web[0], "redirect_uri": CALLBACK, "scope": scope}
        return verifier, asked | {"code_challenge": digest, "code_challenge_method": "S256"}

    def pushed(self) -> tuple[str, dict[str, str]]:
        """Push a request; the verifier, and what the browser brings."""
        verifier, asked = self.challenge()
        with client_at(self.lives.port) as http:
            answer = http.post("/oauth/par", data=asked, auth=self.web)
        return verifier, {"client_id": self.web[0], "request_uri": answer.json()["request_uri"]}

    def agreed(self, browser: Browser, scope: str = SCOPES) -> Code:
        """Walk a request to its code, agreeing on the way."""
        verifier, asked = self.challenge(scope)
        answer = browser.http.get(f"{ISSUER}/oauth/authorize", params=asked)
        while not (code := code_in(answer)):
            if answer.is_redirect:
                answer = browser.http.get(answer.url.join(answer.headers["location"]))
            else:
                assert answer.url.path == "/consent", answer.text
                answer = browser.send(answer, "to", act="yes")
        return Code(code, verifier)

    def trade(self, code: Code, headers: dict[str, str] | None = None) -> httpx.Response:
        """Trade a code."""
        return self.tokens(
            headers, grant_type="authorization_code", code=code.code, code_verifier=code.verifier, redirect_uri=CALLBACK
        )

    def refresh(self, token: str, headers: dict[str, str] | None = None) -> httpx.Response:
        """Send a refresh token."""
        return self.tokens(headers, grant_type="refresh_token", refresh_token=token)

    def works(self, access_token: str) -> bool:
        """Whether an access token is good at the graph."""
        with client_at(self.lives.port) as http:
            asked = {"query": "{ viewer { displayName } }"}
            answer = http.post("/graphql", json=asked, headers={"Authorization": f"Bearer {access_token}"})
        return answer.status_code == httpx.codes.OK and "errors" not in answer.json()


def code_in(answer: httpx.Response) -> str | None:
    """The code in a redirect to the client."""
    location = answer.headers.get("location", "")
    return parse_qs(urlsplit(location).query).get("code", [None])[0] if location.startswith(CALLBACK) else None


def environment_of(sandbox: Sandbox, database_url: str, folder: Path, **more: str) -> dict[str, str]:
    """The surroundings of a gateway in front of a sandbox."""
    own = {
        "TONGXIN_PORT": str(free_port()),
        "TONGXIN_DATA_DIR": str(folder),
        "TONGXIN_LOG_LEVEL": "ERROR",
        "TONGXIN_AUTH__ISSUER": ISSUER,
        "TONGXIN_AUTH__SECRET": SECRET,
        "TONGXIN_AUTH__DATABASE_URL": database_url,
        "TONGXIN_OPS__PROBE_INTERVAL_S": "0",
    }
    platforms = {f"TONGXIN_{one.prefix.upper()}__BASE_URL": sandbox.addresses[one.name] for one in PLATFORMS}
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TONGXIN")}
    return kept | own | platforms | more


@contextmanager
def living(
    sandbox: Sandbox, database_url: str, folder: Path, partner: str = "http://127.0.0.1:9/", **more: str
) -> Iterator[World]:
    """A gateway that serves, with its clients."""
    with Lives(environment_of(sandbox, database_url, folder, **more), folder / "gateway.log") as lives:
        world = World(lives, sandbox, AuthSettings(secret=SECRET, issuer=ISSUER, database_url=database_url))
        world.web = world.register(backchannel_logout_uri=partner)
        device = [GrantType.DEVICE_CODE, GrantType.REFRESH_TOKEN]
        world.device, _ = world.register(grants=device, redirect_uris=[], ticket_forms=[], auth_method=AuthMethod.NONE)
        for official in sandbox.world.officials:
            if "ops" in official.roles and official.work:
                code = official.work.employee_code
                world.inside(lambda authority, code=code: authority.grants.grant(Role.OPS, "zhezhengding", code))
        yield world
