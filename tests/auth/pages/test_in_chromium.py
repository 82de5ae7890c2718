"""The pages in a real browser: held against axe-core, a referee nobody here wrote, and pressed through to a client."""

import asyncio
import json
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from auth.authority import Authority
from auth.pages.cookies import SESSION
from auth.pages.page import Pages
from auth.pages.routes import page_routes
from auth.proof import Proof
from connectors.sandbox.server import serving
from connectors.viewer import Ask, Scope
from tests.auth.conftest import TITLES, Office
from tests.auth.pages.test_consent import Partner
from tests.auth.platforms import LIN_CITIZEN
from tests.servers import free_port

SCRIPT = Path(__file__).parent / "chromium"
PAGES = ["/login", "/account", "/account/data", "/account/factor", "/login/factor", "/device", "/logout", "/consent"]
"""The last without a request: a page that says what is wrong."""


@pytest.mark.verify
async def test_everybody_can_use_every_page(
    office: Office, ask: Ask, require: Callable[..., None], tmp_path: Path
) -> None:
    """No fault by WCAG 2.2 AA, in elder mode AAA's too, from 320 pixels on; and yes leads to the client."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    require(chromium, "Chromium is not here")
    require(shutil.which("npm"), "npm is not here")
    folder = Path(shutil.copytree(SCRIPT, tmp_path / "chromium"))
    await _output("npm", "ci", "--silent", "--no-fund", "--no-audit", cwd=folder)
    ours, theirs = free_port(), free_port()
    authority = _authority(office, f"http://127.0.0.1:{ours}")
    client = Client(f"http://127.0.0.1:{theirs}/callback")
    await client.register(authority)
    asked = client.address("openid profile question:write")
    facts = {
        "chromium": chromium,
        "base": authority.settings.issuer,
        "cookie": {"name": SESSION.name, "value": await _signed_in(authority, ask)},
        "pages": [*PAGES, asked],
        "asked": asked,
    }

    async with serving([(_pages(authority), ours), (client.app, theirs)]):
        printed = (await _output("node", "pages.mjs", json.dumps(facts), cwd=folder)).splitlines()

    told = [json.loads(line) for line in printed]
    looked, pressed = told[:-1], told[-1]
    assert len(looked) == 4 * len(facts["pages"])
    assert [one for one in looked if one["faults"] or one["passes"] < 10] == []
    assert "/consent?" in pressed["question"]
    assert pressed["ended"].startswith(f"{client.redirect}?code=")


class Client(Partner):
    """A client with a page of its own to come back to."""

    def __init__(self, redirect: str) -> None:
        super().__init__("")
        self.redirect = redirect
        self.app = Starlette(routes=[Route("/callback", self._came_back)])

    async def register(self, authority: Authority) -> None:
        """Be known."""
        self.client_id, _ = await authority.clients.create(
            "委员工作室", grants=["authorization_code"], scopes=list(Scope), redirect_uris=[self.redirect]
        )

    def address(self, scope: str, **changes: str) -> str:
        """The authorization request, to come back here."""
        return super().address(scope, redirect_uri=self.redirect, **changes)

    async def _came_back(self, _request: Request) -> PlainTextResponse:
        return PlainTextResponse("here")


def _authority(office: Office, issuer: str) -> Authority:
    settings = office.settings.model_copy(update={"issuer": issuer, "audience": f"{issuer}/graphql"})
    desks = {"lookup": office.registry, "officials": office.book, "committees": office.registry}
    return Authority(settings, office.database, signins=[], **desks)


def _pages(authority: Authority) -> Starlette:
    pages = Pages(authority.settings, authority.vault, authority.sessions, TITLES)
    return Starlette(routes=page_routes(authority, pages))


async def _signed_in(authority: Authority, ask: Ask) -> str:
    person = await authority.persons.signed_in(LIN_CITIZEN, ask)
    proof = Proof(at=int(time.time()), level=2, methods=("invented",))
    return await authority.sessions.open(person.person_id, "zheliban", proof, "Chrome")


async def _output(*command: str, cwd: Path) -> bytes:
    """What a program prints; it must succeed within three minutes."""
    process = await asyncio.create_subprocess_exec(*command, cwd=cwd, stdout=asyncio.subprocess.PIPE)
    printed, _ = await asyncio.wait_for(process.communicate(), 180)
    assert process.returncode == 0
    return printed
