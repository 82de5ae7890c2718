"""``EventSource`` and ``EventRegistrar``: who may tell us of changes, and that the platform does (wire-formats A9)."""

import hmac
from collections.abc import Mapping
from ipaddress import ip_address, ip_network
from typing import Any

from msgspec import Struct
from msgspec.json import Decoder

from connectors.deadline import Deadline
from connectors.errors import NotConfiguredError
from connectors.records.event import Hint
from connectors.viewer import Ask
from connectors.zhezhengding.client import ZhezhengdingClient
from connectors.zhezhengding.events.hints import hints_from
from connectors.zhezhengding.events.tags import TAGS
from connectors.zhezhengding.rows import RowShape
from connectors.zhezhengding.settings import NAME, ZhezhengdingSettings
from connectors.zhezhengding.signing import Params

REPLY = '{"success":true,"errcode":"0","errmsg":"成功"}'.encode()
_ANYTHING = Decoder(Any)


class CallbackPayload(Struct):
    """One registration."""

    eventCallbackId: str  # noqa: N815 - upstream's spelling
    eventTag: str = ""  # noqa: N815 - upstream's spelling
    callbackUrl: str = ""  # noqa: N815 - upstream's spelling


_CALLBACKS = RowShape(CallbackPayload, "eventCallbackId")


class ZhezhengdingEvents:
    """What to believe of a call: the secret in its address, where it comes from, and then no more than a hint."""

    platform = NAME
    reply = REPLY

    def __init__(self, settings: ZhezhengdingSettings) -> None:
        self._secret = settings.callback.secret_path.get_secret_value().encode()
        self._networks = tuple(ip_network(one, strict=False) for one in settings.callback.allow_ips)

    def accepts(self, secret: str) -> bool:
        """Whether it is the secret, in constant time; nothing is where none is set."""
        same = hmac.compare_digest(secret.encode("utf-8", "surrogatepass"), self._secret)
        return same and bool(self._secret)

    def from_here(self, address: str) -> bool:
        """Whether the address is allowed; none is where none is set."""
        try:
            caller = ip_address(address)
        except ValueError:
            return False
        caller = getattr(caller, "ipv4_mapped", None) or caller
        return any(caller in network for network in self._networks)

    def hints(self, form: Mapping[str, str]) -> tuple[Hint, ...]:
        """What to read again."""
        return hints_from(form)


class ZhezhengdingRegistrar:
    """Registers the gateway for every tag it understands. The address holds the secret: it stands in no log."""

    def __init__(self, settings: ZhezhengdingSettings, client: ZhezhengdingClient) -> None:
        self._settings = settings
        self._client = client

    async def ensure_events(self, address: str, ask: Ask) -> tuple[str, ...]:
        """Register what is missing and move what stands elsewhere; answers these tags."""
        secret = self._settings.callback.secret_path.get_secret_value()
        if not secret:
            raise NotConfiguredError(NAME, "register_event_callback", "callback.secret_path is not set")
        url = f"{address.rstrip('/')}/events/{NAME}/{secret}"
        known = await self._known(ask.deadline.sooner(self._settings.timeout))
        changed = []
        for tag in TAGS:
            held = known.get(tag)
            if held is None:
                await self._write("register_event_callback", {"eventTag": tag, "callbackUrl": url}, ask)
            elif held.callbackUrl != url:
                moved: Params = {"eventCallbackId": held.eventCallbackId, "callbackUrl": url}
                await self._write("update_event_callback_define", moved, ask)
            else:
                continue
            changed.append(tag)
        return tuple(changed)

    async def _known(self, deadline: Deadline) -> dict[str, CallbackPayload]:
        path = f"{self._settings.callback.register_path}/query_callback_define"
        rows = await self._client.read(path, {}, _CALLBACKS.read, deadline)
        return {row.eventTag: row for row in rows.rows}

    async def _write(self, call: str, params: Params, ask: Ask) -> None:
        deadline = ask.deadline.sooner(self._settings.timeout)
        await self._client.write(f"{self._settings.callback.register_path}/{call}", params, _ANYTHING, deadline)
