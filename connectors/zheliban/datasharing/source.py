"""Asks interfaces of the data-sharing gateway (port ``DataSharing``)."""

import re
from collections.abc import Mapping

import httpx

from connectors.deadline import Deadline
from connectors.errors import RejectedInputError
from connectors.records.shared_data import SharedData
from connectors.transport import Transport
from connectors.viewer import Ask
from connectors.zheliban.datasharing.answers import SecretEndedError, shared_from
from connectors.zheliban.datasharing.secrets import SharingSecrets
from connectors.zheliban.exchange import Exchange
from connectors.zheliban.settings import ZhelibanSettings
from connectors.zheliban.signing import share_proof

OPERATION = "dataSharing"
_INTERFACE = re.compile(r"[A-Za-z0-9_-]{1,64}")
_RESERVED = frozenset({"appKey", "requestTime", "sign"})


class ZhelibanDataSharing:
    """One application's interfaces; lives as long as the connection. Nothing is kept but the secrets."""

    def __init__(
        self, settings: ZhelibanSettings, transport: Transport, exchange: Exchange, secrets: SharingSecrets
    ) -> None:
        self._settings = settings.datashare
        self._timeout = settings.timeout
        self._transport = transport
        self._exchange = exchange
        self._secrets = secrets

    async def share(self, interface: str, params: Mapping[str, str], ask: Ask) -> SharedData:
        """Ask one interface; a request secret that somebody else's renewal ended is renewed and tried once more.

        Raises:
            RejectedInputError: an interface or a parameter of that name there cannot be; no call is made.
            SlowDownError: over quota.
            RefusedSignatureError: the application's key or secret is wrong, or its request secret ends at once.
            PlatformError: else.
        """
        if not _INTERFACE.fullmatch(interface) or _RESERVED & params.keys():
            raise RejectedInputError(self._exchange.platform, OPERATION, "no such interface or parameter")
        deadline = ask.deadline.sooner(self._timeout)
        secret = await self._secrets.current(deadline)
        try:
            return await self._asked(interface, params, secret, deadline)
        except SecretEndedError:
            self._secrets.refuse(secret)
        self._transport.meter.retried(OPERATION)
        return await self._asked(interface, params, await self._secrets.current(deadline), deadline)

    async def _asked(self, interface: str, params: Mapping[str, str], secret: str, deadline: Deadline) -> SharedData:
        chosen = self._settings
        url = f"{chosen.url.rstrip('/')}{chosen.data_path}/{interface}.htm"

        def make(moment: float) -> httpx.Request:
            proof = share_proof(chosen.app_key, secret, moment)
            headers, query = (proof, {}) if chosen.credentials_in == "headers" else ({}, proof)
            if chosen.method == "POST":
                return httpx.Request("POST", url, params=query, headers=headers, data=dict(params))
            return httpx.Request("GET", url, params={**query, **params}, headers=headers)

        return await self._exchange(OPERATION, make, shared_from, deadline)
