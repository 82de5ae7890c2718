"""The data-sharing gateway: secrets in two steps, and three interfaces with data (wire-formats B7, F10).

The secrets are one application's: a renewal, by whomever, makes the older request secret invalid at once.
"""

import hmac
import re
import secrets
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from connectors.sandbox.app import Operation
from connectors.sandbox.faults import platform_time, tokens_ended
from connectors.zheliban.sandbox.answers import as_json
from connectors.zheliban.sandbox.components import Scene
from connectors.zheliban.sandbox.fields import sent_by
from connectors.zheliban.sandbox.shared_data import AS_TEXT, MissingParameterError, SharedData
from connectors.zheliban.signing import share_sign

_BOTH = ("GET", "POST")
_REFRESH_SECONDS = 48 * 3600
_REMEMBERED = 20  # request secrets that can still be told from ones that never were
_CREDENTIALS = ("appKey", "requestTime", "sign")
_TIME = re.compile(r"[0-9]{13}")
_WORDS = {
    "00": "成功",
    "11": "请求密钥不在有效期内",
    "14": "签名错误",
    "18": "超出调用限额",
    "40": "缺少参数",
    "44": "接口不存在",
}
"""The first four are published; 40 and 44 are ours."""


def sharing_operations(scene: Scene) -> list[Operation]:
    """The three calls, beside the IRS gateway."""
    sharing, paths = SharingGateway(scene), scene.settings.datashare
    return [
        Operation("refreshTokenByKey", _BOTH, paths.key_path, sharing.by_key),
        Operation("refreshTokenBySec", _BOTH, paths.secret_path, sharing.by_secret),
        Operation("dataSharing", _BOTH, f"{paths.data_path}/{{interface}}.htm", sharing.data),
    ]


@dataclass(frozen=True, slots=True)
class _Secret:
    value: str = field(repr=False)
    ends_at: float


class SharingGateway:
    """One application's secrets, and what it may read with them."""

    def __init__(self, scene: Scene) -> None:
        self._settings = scene.settings.datashare
        self._lasts = scene.settings.sandbox.request_secret_seconds
        self._left = scene.settings.sandbox.share_quota or -1
        self._clock = scene.clock
        self._shared = SharedData(scene)
        self._refresh = self._request = _Secret("", 0)
        self._older: deque[str] = deque(maxlen=_REMEMBERED)

    async def by_key(self, request: Request) -> Response:
        """Give out both secrets to who signs with the application's secret."""
        if not self._signed(await _sent(request), self._settings.app_secret.get_secret_value()):
            return _answer("14")
        self._refresh = _Secret(secrets.token_hex(16), self._clock() + _REFRESH_SECONDS)
        return self._renewed(request)

    async def by_secret(self, request: Request) -> Response:
        """Give out a new request secret to who signs with the refresh secret, which stays until it ends."""
        if self._refresh.ends_at <= self._clock() or tokens_ended(request):
            return _answer("11")
        return self._renewed(request) if self._signed(await _sent(request), self._refresh.value) else _answer("14")

    async def data(self, request: Request) -> Response:
        """Answer an interface's data to who signs with the request secret."""
        sent = await _sent(request)
        refusal = self._refusal(sent, request)
        if refusal is not None:
            return _answer(refusal)
        self._left -= self._left > 0
        interface = request.path_params["interface"]
        try:
            rows = self._shared.interfaces[interface](sent)
        except MissingParameterError:
            return _answer("40")
        return _answer("00", msgspec.json.encode(rows).decode() if interface in AS_TEXT else rows, len(rows))

    def _refusal(self, sent: Mapping[str, str], request: Request) -> str | None:
        if not self._signed(sent, self._request.value):
            ended = not self._request.value or any(self._signed(sent, older) for older in self._older)
            return "11" if ended else "14"
        if self._request.ends_at <= self._clock() or tokens_ended(request):
            return "11"
        if request.path_params["interface"] not in self._shared.interfaces:
            return "44"
        return "18" if self._left == 0 else None

    def _renewed(self, request: Request) -> Response:
        now = self._clock()
        ahead = platform_time(request, self._clock) - now
        self._older.append(self._request.value)
        self._request = _Secret(secrets.token_hex(16), now + self._lasts)
        held = {"refreshSecret": self._refresh, "requestSecret": self._request}
        values: dict[str, Any] = {name: secret.value for name, secret in held.items()}
        ends = {f"{name}EndTime": int((secret.ends_at + ahead) * 1000) for name, secret in held.items()}
        return _answer("00", values | ends, 1)

    def _signed(self, sent: Mapping[str, str], secret: str) -> bool:
        """Whether our application signed that with this secret; the time is signed, but not compared with a clock."""
        known = self._settings.app_key and sent.get("appKey") == self._settings.app_key
        if not (known and secret and _TIME.fullmatch(sent.get("requestTime", ""))):
            return False
        right = share_sign(self._settings.app_key, secret, sent["requestTime"])
        return hmac.compare_digest(sent.get("sign", "").encode(), right.encode())


async def _sent(request: Request) -> dict[str, str]:
    """Parameters of the query and of a form; the three that prove who asks may stand in headers."""
    proof = {name: request.headers[name] for name in _CREDENTIALS if name in request.headers}
    return proof | await sent_by(request)


def _answer(code: str, datas: Any = None, count: int = 0) -> Response:
    envelope = {"code": code, "msg": _WORDS[code], "datas": datas, "dataCount": count}
    return as_json(envelope | {"requestId": f"r-{secrets.token_hex(8)}"})
