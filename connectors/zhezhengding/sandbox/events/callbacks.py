"""Who is called at which event, and calling them: to addresses of this machine only."""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from itertools import count
from typing import Any
from urllib.parse import urlencode, urlsplit

import httpx
import msgspec

from connectors.zhezhengding.events.tags import TAGS
from connectors.zhezhengding.sandbox.envelopes import FailedError
from connectors.zhezhengding.sandbox.parameters import BAD_PARAMETER

UNKNOWN_CALLBACK = "MFH-B008-02-16-0001"
REGISTERED_BEFORE = "MFH-B008-02-16-0002"
NO_REPLY = "MFH-B008-02-16-0003"
_SECONDS = 3.0
_MOST_FAILED = 1000
_LONGEST_URL = 1000


@dataclass(slots=True)
class Callback:
    """One registration."""

    id: str
    tag: str
    url: str

    def row(self) -> dict[str, str]:
        """The wire's form."""
        return {"eventCallbackId": self.id, "eventTag": self.tag, "callbackUrl": self.url}


@dataclass(frozen=True, slots=True)
class Undelivered:
    """An event nobody took."""

    id: str
    tag: str
    content: str

    def row(self) -> dict[str, str]:
        """The wire's form."""
        return {"eventCallbackFailedId": self.id, "eventTag": self.tag, "content": self.content}


class Callbacks:
    """Lives as long as the sandbox; one registration a tag. ``transport`` may stand for the network."""

    def __init__(self, transport: httpx.AsyncBaseTransport | None = None) -> None:
        self._transport = transport
        self._serial = count(1)
        self.registered: dict[str, Callback] = {}
        self.failed: OrderedDict[str, Undelivered] = OrderedDict()

    async def register(self, tag: str, url: str) -> Callback:
        """Register after a probe; raises ``FailedError``."""
        if tag not in TAGS:
            raise FailedError(BAD_PARAMETER, "no such eventTag")
        if any(one.tag == tag for one in self.registered.values()):
            raise FailedError(REGISTERED_BEFORE, "eventTag is registered")
        await self._probe(tag, url)
        callback = Callback(f"ec-{next(self._serial):06d}", tag, url)
        self.registered[callback.id] = callback
        return callback

    async def move(self, key: str, url: str) -> Callback:
        """Move a registration after a probe; raises ``FailedError``."""
        callback = self.find(key)
        await self._probe(callback.tag, url)
        callback.url = url
        return callback

    def find(self, key: str) -> Callback:
        """The registration of that id; raises ``FailedError``."""
        if key not in self.registered:
            raise FailedError(UNKNOWN_CALLBACK, "no such callback")
        return self.registered[key]

    async def deliver(self, tag: str, content: Mapping[str, Any]) -> bool:
        """Tell an event to who registered for it, and keep it as failed where they do not take it.

        Answers whether it was taken; an event nobody registered for is forgotten.
        """
        event = Undelivered(f"ef-{next(self._serial):06d}", tag, msgspec.json.encode(content).decode())
        taken = await self._tell(event)
        if taken is False:
            self.failed[event.id] = event
            if len(self.failed) > _MOST_FAILED:
                self.failed.popitem(last=False)
        return taken is True

    async def retry(self, key: str) -> None:
        """Tell a failed one again; raises ``FailedError`` where it is still not taken."""
        if not await self._tell(self.undelivered(key)):
            raise FailedError(NO_REPLY, "callback did not reply as expected")
        self.failed.pop(key, None)

    def undelivered(self, key: str) -> Undelivered:
        """The failed event of that id; raises ``FailedError``."""
        if key not in self.failed:
            raise FailedError(UNKNOWN_CALLBACK, "no such failed callback")
        return self.failed[key]

    async def _tell(self, event: Undelivered) -> bool | None:
        """Whether it was taken; None where nobody is registered."""
        callback = next((one for one in self.registered.values() if one.tag == event.tag), None)
        if callback is None:
            return None
        return await self._post(callback.url, {"eventTag": event.tag, "content": event.content})

    async def _probe(self, tag: str, url: str) -> None:
        """The probe carries the tag only."""
        if not _of_this_machine(url):
            raise FailedError(BAD_PARAMETER, "callbackUrl: the sandbox calls this machine only")
        if not await self._post(url, {"eventTag": tag}):
            raise FailedError(NO_REPLY, "callback did not reply as expected")

    async def _post(self, url: str, form: Mapping[str, str]) -> bool:
        headers = {"Content-Type": "application/x-www-form-urlencoded; charset=UTF-8"}
        try:
            async with httpx.AsyncClient(transport=self._transport, timeout=_SECONDS, trust_env=False) as client:
                answer = await client.post(url, content=urlencode(form).encode(), headers=headers)
            reply = msgspec.json.decode(answer.content)
        except (httpx.HTTPError, httpx.InvalidURL, msgspec.MsgspecError, UnicodeError, RecursionError):
            return False
        taken = isinstance(reply, dict) and reply.get("success") is True and reply.get("errcode") == "0"
        return taken and answer.is_success


def _of_this_machine(url: str) -> bool:
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        here = host == "localhost" or ip_address(host).is_loopback
        here = here and parts.port != 0
    except ValueError:
        return False
    return here and parts.scheme == "http" and len(url) <= _LONGEST_URL
