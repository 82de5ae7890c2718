"""What a gateway has to do while it is restarted: pages, writes with keys, a browser, tokens that are renewed."""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import httpx

from schema.identifiers import global_id
from tests.mortal.browser import ISSUER, Browser
from tests.mortal.world import World
from tests.mortal.writing import ASK, Writer
from tests.stack import operation

_PAUSE_S = 0.03
_BETWEEN_WRITES_S = 0.4
_PATIENCE_S = 30.0


@dataclass
class Load:
    """Callers at a balancer. ``failed`` has a line for each request that was not answered as it should be."""

    world: World
    done: dict[str, int] = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)
    asked: dict[str, str] = field(default_factory=dict)
    """Questions by their titles."""

    @property
    def base(self) -> str:
        """Where the balancer is."""
        return f"http://127.0.0.1:{self.world.lives.port}"

    def fault(self, caller: str, told: object) -> None:
        """Note that a request failed."""
        self.failed.append(f"{time.strftime('%X')} {caller}: {told}")

    @asynccontextmanager
    async def running(self, *callers: Callable[[], Awaitable[None]]) -> AsyncIterator[None]:
        """Let each call again and again while the block runs; every call is ended, none is cut off."""
        ended = asyncio.Event()

        async def again(caller: Callable[[], Awaitable[None]]) -> None:
            while not ended.is_set():
                await caller()

        async with asyncio.TaskGroup() as tasks:
            for caller in callers:
                tasks.create_task(again(caller))
            try:
                yield
            finally:
                ended.set()

    def reader(self, client: httpx.AsyncClient, name: str, body: dict[str, Any], token: str | None = None) -> Any:
        """Asks a page, on a connection that is kept."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}

        async def read() -> None:
            await asyncio.sleep(_PAUSE_S)
            await self.query(client, name, body, headers)

        return read

    def stranger(self, name: str, body: dict[str, Any]) -> Any:
        """Asks a page, each time on a connection of its own."""

        async def read() -> None:
            await asyncio.sleep(_PAUSE_S)
            async with httpx.AsyncClient(base_url=self.base, timeout=_PATIENCE_S, trust_env=False) as client:
                await self.query(client, name, body, {})

        return read

    def writer(self, client: httpx.AsyncClient, citizen: Writer, studio: str) -> Any:
        """Asks a question, and sends it once more as somebody does who got no answer: it is the same one."""

        async def write() -> None:
            await asyncio.sleep(_BETWEEN_WRITES_S)
            title = f"不停机时的问题 {uuid4().hex}"
            asked = {"studioId": studio, "category": "LAW", "kind": "CONSULTATION", "title": title, "body": "请问？"}
            body = {"query": ASK, "variables": {"input": asked | {"idempotencyKey": title[-32:]}}}
            headers = {"Authorization": f"Bearer {citizen.token}"}
            for _ in range(2):
                told = await self.query(client, "write", body, headers)
                if told is not None:
                    self._wrote(title, told["askQuestion"])

        return write

    def _wrote(self, title: str, told: dict[str, Any]) -> None:
        if told["userErrors"] or self.asked.setdefault(title, told["question"]["id"]) != told["question"]["id"]:
            self.fault("write", told)

    def session(self, browser: Browser) -> Any:
        """Looks at the account's page, as a browser that signed in once."""

        def look() -> None:
            try:
                page = browser.http.get(f"{ISSUER}/account")
            except httpx.TransportError as error:
                self.fault("session", repr(error))
                return
            self.note("session", good=page.status_code == httpx.codes.OK, told=page.status_code)

        async def looked() -> None:
            await asyncio.sleep(_PAUSE_S)
            await asyncio.to_thread(look)

        return looked

    def renewer(self, tokens: dict[str, Any]) -> Any:
        """Renews its token again and again; each one works."""

        def renew() -> None:
            try:
                answer = self.world.refresh(tokens["refresh_token"])
                if answer.status_code == httpx.codes.OK:
                    tokens.update(answer.json())
                works = self.world.works(tokens["access_token"])
            except httpx.TransportError as error:
                self.fault("token", repr(error))
                return
            self.note("token", good=works and answer.status_code == httpx.codes.OK, told=answer.text)

        async def renewed() -> None:
            await asyncio.sleep(_BETWEEN_WRITES_S)
            await asyncio.to_thread(renew)

        return renewed

    async def query(
        self, client: httpx.AsyncClient, name: str, body: dict[str, Any], headers: dict[str, str]
    ) -> dict[str, Any] | None:
        """Ask once; the data, or None where it failed, which is noted."""
        try:
            answer = await client.post("/graphql", json=body, headers=headers)
            told = answer.json() if answer.status_code == httpx.codes.OK else {"errors": answer.text}
        except (httpx.TransportError, json.JSONDecodeError) as error:
            self.fault(name, repr(error))
            return None
        self.note(name, good="errors" not in told, told=told.get("errors"))
        data: dict[str, Any] | None = told.get("data")
        return None if "errors" in told else data

    def note(self, name: str, *, good: bool, told: object) -> None:
        """Count what was answered."""
        self.done[name] = self.done.get(name, 0) + good
        if not good:
            self.fault(name, told)


def pages(world: World) -> dict[str, dict[str, Any]]:
    """What anybody asks for: pages of one platform and across them."""
    studio = next(one for one in world.sandbox.world.studios if one.members[0].person.work)
    name = "query($id: ID!) { studio(id: $id) { name members(first: 3) { nodes { name official { title } } } } }"
    return {
        "studios": {"query": operation("01"), "variables": {"first": 10}},
        "studio": {"query": name, "variables": {"id": global_id("Studio", studio.key)}},
    }
