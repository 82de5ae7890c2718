"""The ticket with which pages inside the 浙政钉 app use its bridge (wire-formats A4.6)."""

import time
from collections.abc import Callable

from msgspec.json import Decoder

from connectors.app_token import AppToken, IssuedToken
from connectors.deadline import Deadline
from connectors.records.bridge_ticket import BridgeTicket
from connectors.viewer import Ask
from connectors.zhezhengding.client import ZhezhengdingClient
from connectors.zhezhengding.payloads import AppTokenPayload
from connectors.zhezhengding.settings import ZhezhengdingSettings

_TICKET = Decoder(AppTokenPayload, strict=False)


class ZhezhengdingBridge:
    """Keeps the ticket until its very end (port ``BridgeTicketSource``): asking again does not extend it."""

    def __init__(
        self, settings: ZhezhengdingSettings, client: ZhezhengdingClient, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._client = client
        self._name = settings.jsapi_param
        self._clock = clock
        self._ends_at = 0.0
        self._ticket = AppToken(client.platform, self._fetch, timeout=settings.timeout, early=0.0, clock=clock)

    async def bridge_ticket(self, ask: Ask) -> BridgeTicket:
        """The ticket that holds now, and for how many seconds still; raises ``PlatformError``."""
        value = await self._ticket.current(ask.deadline)
        return BridgeTicket(value, expires_in=max(0, int(self._ends_at - self._clock())))

    async def _fetch(self, deadline: Deadline) -> IssuedToken:
        asked_at = self._clock()  # what the call takes is taken off, rather than promised
        payload = await self._client.call("POST", "/get_jsapi_token.json", {}, _TICKET, deadline, token_in=self._name)
        self._ends_at = asked_at + payload.expiresIn
        return IssuedToken(payload.accessToken, max(0.0, self._ends_at - self._clock()))
