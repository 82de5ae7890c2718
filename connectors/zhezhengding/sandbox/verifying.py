"""Verifies who calls and that nothing was changed on the way (wire-formats A2; F 3 and 4)."""

import heapq
import hmac
from collections.abc import Callable, Mapping
from datetime import datetime

from connectors.zhezhengding.sandbox.envelopes import Refusal
from connectors.zhezhengding.settings import Algorithm, ZhezhengdingSettings
from connectors.zhezhengding.signing import Pairs, signature, string_to_sign

# only the signature's code is published; the others are assumed, one each
HEADER_MISSING = "OPF-B001-05-16-0001"
UNKNOWN_KEY = "OPF-B001-05-16-0002"
WRONG_CLOCK = "OPF-B001-05-16-0003"
NONCE_USED = "OPF-B001-05-16-0004"
WRONG_SECRET = "OPF-B001-05-16-0005"  # noqa: S105 - a code
WRONG_SIGNATURE = "OPF-B001-05-16-0009"

_VERSION = "1.0"
_SIGNED_HEADERS = ("apiKey", "X-Hmac-Auth-Timestamp", "X-Hmac-Auth-Nonce", "X-Hmac-Auth-Version")


class Verifier:
    """Knows one application and the nonces it used lately; lives as long as the sandbox.

    Looks at the key, the clock, the nonce, the other headers and then the signature. Only a request that passes
    uses its nonce up: a stranger's guess must not block the real one.
    """

    def __init__(self, settings: ZhezhengdingSettings, clock: Callable[[], float]) -> None:
        self._settings = settings
        self._secret = settings.appsecret.get_secret_value()
        self._skew = settings.sandbox.max_clock_skew_s
        self._clock = clock
        self._used: set[str] = set()
        self._ends: list[tuple[float, str]] = []

    def refusal(self, method: str, path: str, headers: Mapping[str, str], pairs: Pairs) -> Refusal | None:
        """Why the request is refused, or None when it is good; then its nonce is used up."""
        moment = _moment(headers.get("X-Hmac-Auth-Timestamp", ""))
        nonce = headers.get("X-Hmac-Auth-Nonce", "")
        self._forget()
        refusal = self._refusal_of_headers(headers, moment, nonce)
        if refusal is None and not self._signed_well(method, path, headers, pairs):
            refusal = Refusal(WRONG_SIGNATURE, "SignatureDoesNotMatch")
        if refusal is None and moment is not None:
            self._used.add(nonce)
            heapq.heappush(self._ends, (moment + self._skew, nonce))
        return refusal

    def _refusal_of_headers(self, headers: Mapping[str, str], moment: float | None, nonce: str) -> Refusal | None:
        if headers.get("apiKey", self._settings.appkey) != self._settings.appkey:
            return Refusal(UNKNOWN_KEY, "InvalidApiKey")
        if "X-Hmac-Auth-Timestamp" in headers and (moment is None or abs(self._clock() - moment) > self._skew):
            return Refusal(WRONG_CLOCK, "InvalidTimestamp")
        if nonce in self._used:
            return Refusal(NONCE_USED, "SignatureNonceUsed")
        if any(not headers.get(name) for name in (*_SIGNED_HEADERS, "X-Hmac-Auth-Signature")):
            return Refusal(HEADER_MISSING, "MissingHeader")
        if headers["X-Hmac-Auth-Version"] != _VERSION:
            return Refusal(HEADER_MISSING, "UnknownVersion")
        return None

    def _signed_well(self, method: str, path: str, headers: Mapping[str, str], pairs: Pairs) -> bool:
        timestamp, nonce = headers["X-Hmac-Auth-Timestamp"], headers["X-Hmac-Auth-Nonce"]
        text = string_to_sign(method, timestamp, nonce, path, pairs, order=self._settings.sign.key_order)
        algorithm: Algorithm = "md5" if headers.get("X-Hmac-Auth-Algorithm") == "md5" else "sha256"
        right = signature(text, self._secret, algorithm)
        return hmac.compare_digest(right.encode(), headers["X-Hmac-Auth-Signature"].encode())

    def _forget(self) -> None:
        """Drop nonces whose timestamp alone would refuse them by now."""
        while self._ends and self._ends[0][0] < self._clock():
            self._used.discard(heapq.heappop(self._ends)[1])


def _moment(text: str) -> float | None:
    """Read a signing time, leniently: any fraction of a second, any offset; None without a zone or when it is none."""
    try:
        moment = datetime.fromisoformat(text)
        return moment.timestamp() if moment.tzinfo else None
    except (ValueError, OverflowError):
        return None
