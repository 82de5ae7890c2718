"""浙政钉's interface: one method per endpoint, each request signed (wire-formats A2, A4, A5).

Owns how a request proves itself and the application's token. Leaves chunks and caching to ``sources.py``, the
meaning of fields to ``mapping.py``.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import TypeVar
from urllib.parse import urlencode

import httpx
from msgspec.json import Decoder

from connectors.app_token import AppToken, IssuedToken
from connectors.clock import by_its_clock
from connectors.deadline import Deadline
from connectors.errors import NotConfiguredError
from connectors.transport import Transport
from connectors.zhezhengding.envelope import AppTokenEndedError, unwrapped
from connectors.zhezhengding.payloads import (
    AppTokenPayload,
    AppUserPayload,
    EmployeePayload,
    OrganizationPayload,
    PositionPayload,
)
from connectors.zhezhengding.settings import ZhezhengdingSettings
from connectors.zhezhengding.signing import (
    CHINA,
    Params,
    new_nonce,
    pairs_from,
    signature,
    string_to_sign,
    timestamp_text,
)

T = TypeVar("T")

_FORM = "application/x-www-form-urlencoded; charset=UTF-8"
# a list that found nothing may be missing or null
_APP_TOKEN = Decoder(AppTokenPayload, strict=False)
_APP_USER = Decoder(AppUserPayload, strict=False)
_EMPLOYEES = Decoder(list[EmployeePayload] | None, strict=False)
_POSITIONS = Decoder(list[PositionPayload] | None, strict=False)
_ORGANIZATIONS = Decoder(list[OrganizationPayload] | None, strict=False)


class ZhezhengdingClient:
    """Calls for one application; lives as long as the connection. ``clock`` tells the signing time.

    Every method raises ``PlatformError``: what ``Transport.send`` and ``envelope.unwrapped`` raise, and
    ``NotConfiguredError`` without any call when no credentials are set.
    """

    def __init__(
        self,
        settings: ZhezhengdingSettings,
        transport: Transport,
        clock: Callable[[], datetime] = lambda: datetime.now(CHINA),
    ) -> None:
        self._settings = settings
        self._transport = transport
        self._clock = clock
        self._base = settings.base_url.rstrip("/")
        self._secret = settings.appsecret.get_secret_value()
        self._token = AppToken(transport.platform, self._fetch_token, timeout=settings.timeout)

    async def fetch_app_user(self, auth_code: str, deadline: Deadline) -> AppUserPayload:
        """Hand in the code of the in-app bridge (A4.2); raises ``SignInNeededError`` when it is used or unknown."""
        path = "/rpc/oauth2/dingtalk_app_user.json"
        token = await self._token.current(deadline)
        try:
            return await self._post(path, {"access_token": token, "auth_code": auth_code}, _APP_USER, deadline)
        except AppTokenEndedError:  # the code is still good: the platform looks at the token first
            self._token.refuse(token)
        token = await self._token.current(deadline)
        return await self._post(path, {"access_token": token, "auth_code": auth_code}, _APP_USER, deadline)

    async def probe(self, deadline: Deadline) -> None:
        """Ask for an organisation that does not exist: a signed read that tells nothing and changes nothing."""
        await self.fetch_organizations(["GO_probe"], deadline)

    async def fetch_employees(self, codes: Sequence[str], deadline: Deadline) -> list[EmployeePayload]:
        """Read people, at most 100; unknown codes are missing from the answer, posts always are."""
        params: Params = {"employeeCodes": codes, "tenantId": self._settings.tenant_id}
        return await self._post("/mozi/employee/listEmployeesByCodes", params, _EMPLOYEES, deadline) or []

    async def fetch_positions(self, employee_code: str, deadline: Deadline) -> list[PositionPayload]:
        """Read all present posts of one person; the platform has no such call for several."""
        params: Params = {
            "employeeCode": employee_code,
            "employeePositionStatus": "A",
            "tenantId": self._settings.tenant_id,
        }
        path = "/mozi/employee/listEmployeePositionsByEmployeeCode"
        return await self._post(path, params, _POSITIONS, deadline) or []

    async def fetch_directory_positions(
        self, organization_code: str, employee_codes: Sequence[str], deadline: Deadline
    ) -> list[PositionPayload]:
        """Read the posts that people, at most 100, hold in one organisation."""
        params: Params = {
            "organizationCode": organization_code,
            "employeeCodes": employee_codes,
            "tenantId": self._settings.tenant_id,
        }
        return await self._post("/mozi/employee/listOrgEmployeePositionsByCodes", params, _POSITIONS, deadline) or []

    async def fetch_organizations(self, codes: Sequence[str], deadline: Deadline) -> list[OrganizationPayload]:
        """Read organisations, at most 100; unknown codes are missing from the answer."""
        params: Params = {"organizationCodes": codes, "tenantId": self._settings.tenant_id}
        return await self._post("/mozi/organization/listOrganizationsByCodes", params, _ORGANIZATIONS, deadline) or []

    async def _fetch_token(self, deadline: Deadline) -> IssuedToken:
        """Read the application's token (A4.1); the same one while it holds."""
        how = self._settings.gettoken
        params: Params = {"appkey": self._settings.appkey, "appsecret": self._secret} if how.send_params else {}
        payload = await self._call(how.method, "/gettoken.json", params, _APP_TOKEN, deadline)
        return IssuedToken(payload.accessToken, payload.expiresIn)

    async def _post(self, path: str, params: Params, shape: Decoder[T], deadline: Deadline) -> T:
        return await self._call("POST", path, params, shape, deadline)

    async def _call(self, method: str, path: str, params: Params, shape: Decoder[T], deadline: Deadline) -> T:
        operation = path.rpartition("/")[2].removesuffix(".json")
        if not self._settings.connected:
            raise NotConfiguredError(self._transport.platform, operation)

        async def send() -> T:
            return unwrapped(
                await self._transport.send(operation, self._request(method, path, params), deadline), shape
            )

        with self._transport.meter.call(operation):
            return await by_its_clock(self._transport.clock, send)

    def _request(self, method: str, path: str, params: Params) -> httpx.Request:
        """Sign the raw parameters and send them encoded.

        The path is signed as documented, whatever ``base_url`` puts in front of it.
        """
        pairs = pairs_from(params)
        encoded = urlencode(pairs)
        headers = self._signed_headers(method, path, pairs)
        if method == "GET":
            return httpx.Request(method, f"{self._base}{path}{'?' if encoded else ''}{encoded}", headers=headers)
        headers["Content-Type"] = _FORM
        return httpx.Request(method, self._base + path, headers=headers, content=encoded.encode())

    def _now(self) -> datetime:
        """The signing time, by the platform's clock."""
        return self._clock() + timedelta(seconds=self._transport.clock.difference)

    def _signed_headers(self, method: str, path: str, pairs: Sequence[tuple[str, str]]) -> dict[str, str]:
        sign = self._settings.sign
        timestamp, nonce = timestamp_text(self._now(), sign.timestamp_format), new_nonce()
        text = string_to_sign(method, timestamp, nonce, path, pairs, order=sign.key_order)
        headers = {
            "apiKey": self._settings.appkey,
            "X-Hmac-Auth-Timestamp": timestamp,
            "X-Hmac-Auth-Version": "1.0",
            "X-Hmac-Auth-Nonce": nonce,
            "X-Hmac-Auth-Signature": signature(text, self._secret, sign.algorithm),
        }
        if sign.algorithm == "md5":
            headers["X-Hmac-Auth-Algorithm"] = "md5"
        if sign.send_ip_mac:  # documented as required, in practice optional; what is not set is not sent
            headers |= {"X-Hmac-Auth-IP": sign.ip} if sign.ip else {}
            headers |= {"X-Hmac-Auth-MAC": sign.mac} if sign.mac else {}
        return headers
