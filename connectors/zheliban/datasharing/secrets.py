"""The secrets of the data-sharing gateway: two steps, renewed in this one place for all who wait (wire-formats B7).

The application's secret gives a refresh secret (about 48 h) and a request secret (about 15 min); the refresh secret
gives the next request secret. A renewal makes the older request secret invalid, so whoever renews besides us, another
replica too, ends ours: then the platform refuses it, and it is renewed once more.
"""

from dataclasses import dataclass, field
from typing import Any

import httpx

from connectors.app_token import AppToken, IssuedToken
from connectors.deadline import Deadline
from connectors.errors import NotConfiguredError, RefusedSignatureError, UnexpectedAnswerError
from connectors.zheliban.datasharing.answers import shared_from
from connectors.zheliban.exchange import Exchange
from connectors.zheliban.settings import ZhelibanSettings
from connectors.zheliban.signing import share_proof

BY_KEY, BY_SECRET = "refreshTokenByKey", "refreshTokenBySec"
_PUBLISHED_REFRESH, _PUBLISHED_REQUEST = 48 * 3600.0, 15 * 60.0
_USED_UP_TO = 0.8
"""Share of a request secret's life after which it is renewed, where that is sooner than the settings say."""
_MARGIN = 60.0
"""Seconds before its end from which the refresh secret is not used any more."""


@dataclass(frozen=True, slots=True)
class _Lasting:
    """A secret and when it ends, in seconds since 1970 as the platform has it."""

    value: str = field(repr=False)
    ends_at: float


class SharingSecrets:
    """One application's; lives as long as the connection."""

    def __init__(self, settings: ZhelibanSettings, exchange: Exchange) -> None:
        self._settings = settings.datashare
        self._exchange = exchange
        self._refresh: _Lasting | None = None
        self._request = AppToken(exchange.platform, self._renewed, timeout=settings.timeout, early=0)

    async def current(self, deadline: Deadline) -> str:
        """The request secret, renewed first when it is about to end; raises ``PlatformError``."""
        if not (self._settings.app_key and self._settings.app_secret.get_secret_value()):
            raise NotConfiguredError(self._exchange.platform, BY_KEY)
        return await self._request.current(deadline)

    def refuse(self, secret: str) -> None:
        """The platform did not take this one: the next who asks renews it, unless somebody has already."""
        self._request.refuse(secret)

    async def _renewed(self, deadline: Deadline) -> IssuedToken:
        """Renew by the refresh secret; by the application's where there is none, it ended, or it is refused."""
        request = await self._by_refresh_secret(deadline)
        if request is None:
            key = self._settings.app_secret.get_secret_value()
            request = await self._asked(BY_KEY, self._settings.key_path, key, deadline)
        left = max(0.0, request.ends_at - self._exchange.now())
        return IssuedToken(request.value, min(self._settings.renew_after_s, left * _USED_UP_TO))

    async def _by_refresh_secret(self, deadline: Deadline) -> _Lasting | None:
        if self._refresh is None or self._refresh.ends_at - _MARGIN <= self._exchange.now():
            return None
        try:
            return await self._asked(BY_SECRET, self._settings.secret_path, self._refresh.value, deadline)
        except RefusedSignatureError:
            self._refresh = None
            return None

    async def _asked(self, operation: str, path: str, secret: str, deadline: Deadline) -> _Lasting:
        """Ask for secrets; keeps the refresh secret, answers the request secret."""
        url, app_key = self._settings.url.rstrip("/") + path, self._settings.app_key

        def make(moment: float) -> httpx.Request:
            return httpx.Request("GET", url, params=share_proof(app_key, secret, moment))

        datas = (await self._exchange(operation, make, shared_from, deadline)).data
        now = self._exchange.now()
        self._refresh = self._lasting(operation, datas, "refreshSecret", now + _PUBLISHED_REFRESH)
        return self._lasting(operation, datas, "requestSecret", now + _PUBLISHED_REQUEST)

    def _lasting(self, operation: str, datas: Any, name: str, otherwise: float) -> _Lasting:
        """Read one secret; an end that is not told, in milliseconds, is taken as published."""
        value = datas.get(name) if isinstance(datas, dict) else None
        if not (isinstance(value, str) and value):
            raise UnexpectedAnswerError(self._exchange.platform, operation, f"no {name}")
        ends = datas.get(f"{name}EndTime")
        return _Lasting(value, ends / 1000 if isinstance(ends, int | float) else otherwise)
