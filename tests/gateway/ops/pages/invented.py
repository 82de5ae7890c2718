"""An invented gateway behind the pages: a picture out of a file, an operator who is let in, acts that are only noted."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import httpx
import msgspec
from pydantic import SecretStr
from starlette.applications import Starlette
from starlette.requests import Request

from auth.pages.page import Pages
from auth.proof import Proof
from auth.sessions import Sessions
from auth.settings import AuthSettings
from auth.store import Database
from auth.vault import Vault
from gateway.ops.acting import Wanted, Who
from gateway.ops.entrance import Operator
from gateway.ops.kept_shapes import IncidentTold
from gateway.ops.pages.drawing import TEMPLATES
from gateway.ops.pages.routes import ops_page_routes
from gateway.ops.public_shapes import PublicPicture
from gateway.ops.refusal import OpsRefusedError
from gateway.ops.shapes import Picture

FOLDER = Path(__file__).parent / "pictures"
NAMES = sorted(path.stem for path in FOLDER.glob("*.json") if not path.stem.startswith("public_"))
ISSUER = "http://127.0.0.1:8000"
SECRET = SecretStr("invented-secret-of-the-tests-0123456789")


def picture_named(name: str) -> Picture:
    """One of the pictures for operators."""
    return msgspec.json.decode((FOLDER / f"{name}.json").read_bytes(), type=Picture)


def public_named(name: str) -> PublicPicture:
    """One of those for everybody."""
    return msgspec.json.decode((FOLDER / f"public_{name}.json").read_bytes(), type=PublicPicture)


@dataclass
class Invented:
    """What the pages ask for; ``lacks`` is the code whoever comes is refused with, ``refuses`` the acts' own."""

    shown: Picture = field(default_factory=lambda: picture_named("well"))
    told: PublicPicture = field(default_factory=lambda: public_named("well"))
    lacks: str | None = None
    refuses: str | None = None
    done: list[tuple[Wanted, str]] = field(default_factory=list)

    def picture(self) -> Picture:
        """For operators."""
        return self.shown

    def look(self) -> None:
        """Nothing changes."""

    async def public(self) -> PublicPicture:
        """For everybody."""
        return self.told

    async def since(self, moment: datetime) -> Sequence[IncidentTold]:
        """The picture's own incidents."""
        assert moment.tzinfo is not None
        return self.shown.incidents

    async def operator(self, _: Request) -> Operator:
        """Who looks."""
        if self.lacks is not None:
            raise OpsRefusedError(self.lacks)
        return Operator("p-1", "op-1", Proof(0, 1, ("otp",)))

    async def acting(self, request: Request) -> Operator:
        """Who does something."""
        return await self.operator(request)

    async def act(self, wanted: Wanted, who: Who) -> None:
        """Note it."""
        if self.refuses is not None:
            raise OpsRefusedError(self.refuses, "minutes")
        self.done.append((wanted, who.name))

    @asynccontextmanager
    async def browser(self, language: str = "zh") -> AsyncIterator[httpx.AsyncClient]:
        """Somebody's browser in front of the pages."""
        settings, vault = AuthSettings(secret=SECRET, issuer=ISSUER), Vault(SECRET)
        sessions = Sessions(Database("sqlite+aiosqlite://"), vault, settings.session)
        pages = Pages(settings, vault, sessions, templates=TEMPLATES, scripts=True)
        app = Starlette(routes=ops_page_routes(pages, self, shows=self, acts=self, kept=self))
        headers = {"Accept-Language": language}
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url=ISSUER, headers=headers) as client:
            yield client
