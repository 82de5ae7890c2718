"""Who listens through a balancer and comes back after a break: by events, by WebSocket."""

import asyncio
import json
from contextlib import suppress
from typing import Any

import httpx
from websockets.exceptions import ConnectionClosed

from tests.wires import events_of, socket_to

_AGAIN_S = 0.2
LISTENS = "subscription ($studioId: ID!) { questionAsked(studioId: $studioId) { title } }"


class Ears:
    """One who listens to a studio by server-sent events, and resumes behind what was heard last."""

    def __init__(self, port: int, studio: str, token: str) -> None:
        self.port, self.studio, self.token = port, {"studioId": studio}, token
        self.heard: list[str] = []
        self.opened = 0
        self.told: list[Any] = []
        """What was no event."""
        self._last = ""

    async def listen(self) -> None:
        """Until cancelled."""
        while True:
            try:
                await self._once()
            except httpx.TransportError as error:
                self.told.append(repr(error))
            await asyncio.sleep(_AGAIN_S)

    async def _once(self) -> None:
        resumed = {"last-event-id": self._last} if self._last else {}
        async with events_of(self.port, LISTENS, self.studio, self.token, **resumed) as events:
            if events.response.status_code != httpx.codes.OK:
                self.told.append(events.response.status_code)
                return
            self.opened += 1
            while fields := await events.hear():
                if fields.get("event") == "next":
                    self._take(fields)

    def _take(self, fields: dict[str, str]) -> None:
        body = json.loads(fields["data"])
        if body.get("errors"):
            self.told.append(body["errors"])
            return
        self._last = fields["id"]
        self.heard.append(body["data"]["questionAsked"]["title"])


class Socketed(Ears):
    """The same by WebSocket, which is not told what it missed; ``told`` has what it was closed with."""

    async def _once(self) -> None:
        async with socket_to(self.port) as socket:
            await socket.ready(authorization=f"Bearer {self.token}")
            await socket.subscribe("live", LISTENS, self.studio)
            self.opened += 1
            with suppress(ConnectionClosed):
                async for text in socket.connection:
                    message = json.loads(text)
                    if message["type"] == "next":
                        self.heard.append(message["payload"]["data"]["questionAsked"]["title"])
            self.told.append((socket.connection.close_code, socket.connection.close_reason))
