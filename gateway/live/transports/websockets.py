"""All WebSockets of this process."""

import asyncio
from typing import Any

from uvicorn.config import Config
from uvicorn.server import ServerState

from gateway.live.transports.service import Service
from gateway.live.transports.websocket import WebSocket


class WebSockets:
    """One per process; its ``protocol`` is what uvicorn takes as ``ws``.

    One timer looks after all connections: one for each would take a tenth of their memory.
    """

    def __init__(self, service: Service) -> None:
        self.service = service
        self._open: set[WebSocket] = set()
        self._timer: asyncio.TimerHandle | None = None

    def __len__(self) -> int:
        """How many are open."""
        return len(self._open)

    def protocol(self, config: Config, server_state: ServerState, app_state: dict[str, Any]) -> WebSocket:  # noqa: ARG002 - uvicorn's form
        """One more connection that asks to be a WebSocket."""
        return WebSocket(self.service, server_state, self._noticed)

    def _noticed(self, websocket: WebSocket) -> None:
        if not websocket.is_open:
            self._open.discard(websocket)
            return
        self._open.add(websocket)
        if self._timer is None:
            self._later()

    def _later(self) -> None:
        settings = self.service.settings
        seconds = min(settings.heartbeat_s, settings.stalled_s) / 2
        self._timer = asyncio.get_running_loop().call_later(seconds, self._look)

    def _look(self) -> None:
        now = asyncio.get_running_loop().time()
        for websocket in list(self._open):
            websocket.look(now)
        self._timer = None
        if self._open:
            self._later()
