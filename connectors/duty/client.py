"""One method per endpoint of ``contract/registry.yaml``, and how a call proves itself (OAuth 2.0 client credentials).

Owns the token and what the platform's refusals mean; leaves bodies to ``rows.py`` and ``mapping.py``. Every method
raises ``PlatformError``: ``NotConfiguredError`` without a call where the platform is not configured.
"""

import base64
import re
from collections.abc import Sequence
from http import HTTPStatus
from typing import Any
from urllib.parse import quote_plus

import httpx

from connectors.app_token import AppToken, IssuedToken
from connectors.deadline import Deadline
from connectors.duty.payloads import TokenPayload
from connectors.duty.problems import error_from, token_error_from
from connectors.duty.settings import DutySettings
from connectors.errors import NotConfiguredError, UnexpectedAnswerError
from connectors.records.page import PageArgs
from connectors.records.shift import Span
from connectors.transport import Answer, Transport

_TOKEN = re.compile(r"[\x21-\x7e]+")  # RFC 6749 appendix A.12, without the blank


class DutyClient:
    """Calls to the duty platform; lives as long as its connection."""

    def __init__(self, settings: DutySettings, transport: Transport) -> None:
        self._settings = settings
        self._transport = transport
        self._token = AppToken(transport.platform, self._issued, timeout=settings.timeout)

    async def fetch_studios(self, ids: Sequence[str], deadline: Deadline) -> Answer:
        """``GET /studios``."""
        return await self._get("studios", "/studios", deadline, ids=",".join(ids))

    async def fetch_studio_members(self, studio_ids: Sequence[str], page: PageArgs, deadline: Deadline) -> Answer:
        """``GET /studios/members``."""
        wanted: dict[str, str] = {"first": str(page.first)}
        if page.after is not None:
            wanted["after"] = page.after
        if page.with_total:
            wanted["withTotal"] = "true"
        ids = ",".join(studio_ids)
        return await self._get("studios.members", "/studios/members", deadline, studioIds=ids, **wanted)

    async def fetch_members(self, ids: Sequence[str], deadline: Deadline) -> Answer:
        """``GET /members``."""
        return await self._get("members", "/members", deadline, ids=",".join(ids))

    async def fetch_lookup(
        self, digests: Sequence[str], employees: Sequence[tuple[int, str]], deadline: Deadline
    ) -> Answer:
        """``POST /members/lookup``: a read, so it may be sent again."""
        rows = [{"tenantId": tenant, "employeeCode": code} for tenant, code in employees]
        asked = {"idDigests": list(digests), "employees": rows}
        return await self._call("members.lookup", "POST", "/members/lookup", deadline, json=asked)

    async def fetch_organizations(self, codes: Sequence[str], deadline: Deadline) -> Answer:
        """``GET /organizations``."""
        return await self._get("organizations", "/organizations", deadline, codes=",".join(codes))

    async def fetch_shifts(self, ids: Sequence[str], deadline: Deadline) -> Answer:
        """``GET /shifts``."""
        return await self._get("shifts", "/shifts", deadline, ids=",".join(ids))

    async def fetch_studio_shifts(self, studio_ids: Sequence[str], span: Span, deadline: Deadline) -> Answer:
        """``GET /studios/shifts``."""
        ids = ",".join(studio_ids)
        return await self._get("studios.shifts", "/studios/shifts", deadline, studioIds=ids, **_moments(span))

    async def fetch_region_shifts(self, region_codes: Sequence[str], span: Span, deadline: Deadline) -> Answer:
        """``GET /regions/shifts``."""
        codes = ",".join(region_codes)
        return await self._get("regions.shifts", "/regions/shifts", deadline, regionCodes=codes, **_moments(span))

    async def probe(self, deadline: Deadline) -> None:
        """Ask for a studio that does not exist: a signed read that tells nothing and changes nothing."""
        await self.fetch_studios(["probe"], deadline)

    async def fetch_portrait(self, member_id: str, deadline: Deadline) -> Answer:
        """``GET /members/{id}/portrait``."""
        return await self._get("members.portrait", f"/members/{member_id}/portrait", deadline)

    async def _get(self, operation: str, path: str, deadline: Deadline, **query: str) -> Answer:
        return await self._call(operation, "GET", path, deadline, params=query)

    async def _call(self, operation: str, method: str, path: str, deadline: Deadline, **parts: Any) -> Answer:
        """Send with a token; when it is not taken (RFC 6750 section 3.1), once more with a new one."""
        if not self._settings.connected:
            raise NotConfiguredError(self._transport.platform, operation)
        with self._transport.meter.call(operation):
            answer = await self._sent(operation, method, path, deadline, parts)
            if answer.status == HTTPStatus.UNAUTHORIZED:
                self._transport.meter.retried(operation)
                answer = await self._sent(operation, method, path, deadline, parts)
            if answer.status != HTTPStatus.OK:
                raise error_from(answer)
            return answer

    async def _sent(self, operation: str, method: str, path: str, deadline: Deadline, parts: dict[str, Any]) -> Answer:
        token = await self._token.current(deadline)
        url = f"{self._settings.base_url}/api/v1{path}"
        request = httpx.Request(method, url, headers={"Authorization": f"Bearer {token}"}, **parts)
        answer = await self._transport.send(operation, request, deadline)
        if answer.status == HTTPStatus.UNAUTHORIZED:
            self._token.refuse(token)
        return answer

    async def _issued(self, deadline: Deadline) -> IssuedToken:
        """``POST /oauth/token`` (RFC 6749 section 4.4)."""
        settings = self._settings
        pair = f"{quote_plus(settings.client_id)}:{quote_plus(settings.client_secret.get_secret_value())}"
        headers = {"Authorization": f"Basic {base64.b64encode(pair.encode()).decode()}"}
        form = {"grant_type": "client_credentials", "scope": settings.scope}
        request = httpx.Request("POST", f"{settings.base_url}/oauth/token", data=form, headers=headers)
        answer = await self._transport.send("token", request, deadline)
        if answer.status != HTTPStatus.OK:
            raise token_error_from(answer)
        token = answer.decoded(TokenPayload)
        if token.token_type.lower() != "bearer" or not _TOKEN.fullmatch(token.access_token):
            raise UnexpectedAnswerError(answer.platform, answer.operation, "no bearer token")
        return IssuedToken(token.access_token, token.expires_in)


def _moments(span: Span) -> dict[str, str]:
    return {"from": span.start.isoformat(), "to": span.end.isoformat()}
