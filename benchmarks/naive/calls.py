"""Calls to the three platforms as most teams write them: one ``httpx.AsyncClient``, ``response.json()``, dictionaries.

How requests are signed is the platforms' business and cannot be done more simply, so that is taken from
``connectors``; everything around it is httpx's.
"""

import asyncio
import base64
import time
from datetime import datetime
from typing import Any

import httpx

from connectors.irs_signing import IrsKeys, canonical_query, http_date, irs_headers
from connectors.zhezhengding.signing import (
    CHINA,
    new_nonce,
    pairs_from,
    signature,
    string_to_sign,
    timestamp_text,
)
from gateway.platforms import PLATFORMS
from gateway.settings import load_settings

Row = dict[str, Any]


class Calls:
    """One per process. The settings are the gateway's, with the sandbox's values filled in."""

    def __init__(self) -> None:
        settings = load_settings(PLATFORMS, sandbox=True)
        sections = {platform.name: settings.platform(platform) for platform in PLATFORMS}
        self._citizen, self._work, self._duty = (sections[name] for name in ("zheliban", "zhezhengding", "duty"))
        self._http = httpx.AsyncClient(timeout=10, limits=httpx.Limits(max_connections=256), trust_env=False)
        self._token, self._token_ends, self._renewing = "", 0.0, asyncio.Lock()
        self.tenant: int = self._work.tenant_id
        self.appkey: str = self._work.appkey

    async def citizen(self, path: str, params: dict[str, str]) -> Any:
        """The studio service of the citizen app, signed for IRS."""
        settings = self._citizen
        whole = f"{settings.component_path(settings.irs.components.studio)}/studio/v1{path}"
        query = canonical_query(params.items())
        keys = IrsKeys(settings.access_key, settings.secret_key.get_secret_value())
        headers = irs_headers(keys, "GET", whole, query, http_date(time.time()))
        response = await self._http.get(f"{settings.irs_url}{whole}?{query}", headers=headers)
        response.raise_for_status()
        return response.json()["data"]

    async def work(self, path: str, params: dict[str, Any]) -> Any:
        """The work app, signed by HMAC."""
        settings, pairs = self._work, pairs_from(params)
        timestamp, nonce = timestamp_text(datetime.now(CHINA), settings.sign.timestamp_format), new_nonce()
        text = string_to_sign("POST", timestamp, nonce, path, pairs, order=settings.sign.key_order)
        headers = {
            "apiKey": settings.appkey,
            "X-Hmac-Auth-Timestamp": timestamp,
            "X-Hmac-Auth-Version": "1.0",
            "X-Hmac-Auth-Nonce": nonce,
            "X-Hmac-Auth-Signature": signature(text, settings.appsecret.get_secret_value()),
        }
        form: dict[str, Any] = {}
        for name, value in pairs:
            form.setdefault(name, []).append(value)
        response = await self._http.post(settings.base_url.rstrip("/") + path, data=form, headers=headers)
        response.raise_for_status()
        return response.json()["content"]

    async def duty(self, path: str, params: dict[str, str]) -> Any:
        """The duty platform, with a bearer token."""
        headers = {"Authorization": f"Bearer {await self._bearer()}"}
        response = await self._http.get(f"{self._duty.base_url}/api/v1{path}", params=params, headers=headers)
        response.raise_for_status()
        return response.json()

    async def _bearer(self) -> str:
        async with self._renewing:
            if time.time() > self._token_ends:
                settings = self._duty
                pair = f"{settings.client_id}:{settings.client_secret.get_secret_value()}"
                response = await self._http.post(
                    f"{settings.base_url}/oauth/token",
                    data={"grant_type": "client_credentials", "scope": settings.scope},
                    headers={"Authorization": f"Basic {base64.b64encode(pair.encode()).decode()}"},
                )
                response.raise_for_status()
                body = response.json()
                self._token, self._token_ends = body["access_token"], time.time() + body["expires_in"] - 60
        return self._token
