"""Verifies who calls and that nothing was changed on the way (wire-formats A2; E 1; F 3 and 4)."""

import heapq
import hmac
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote, quote_plus

from connectors.zhezhengding.proof import Application
from connectors.zhezhengding.sandbox.envelopes import Refusal
from connectors.zhezhengding.settings import Algorithm, KeyOrder, ZhezhengdingSettings
from connectors.zhezhengding.signing import CHINA, Pairs, signature, string_to_sign

# only the signature's code is published; the others are assumed, one each
HEADER_MISSING = "OPF-B001-05-16-0001"
UNKNOWN_KEY = "OPF-B001-05-16-0002"
WRONG_CLOCK = "OPF-B001-05-16-0003"
NONCE_USED = "OPF-B001-05-16-0004"
WRONG_SECRET = "OPF-B001-05-16-0005"  # noqa: S105 - a code
WRONG_VERSION = "OPF-B001-05-16-0006"
WRONG_SIGNATURE = "OPF-B001-05-16-0009"
SYSTEM_FAILED = "OPF-B001-99-99-0001"

_VERSION = "1.0"
_ALGORITHMS: Mapping[str, Algorithm] = {"md5": "md5", "sm3": "sm3"}
_SIGNED_HEADERS = ("apiKey", "X-Hmac-Auth-Timestamp", "X-Hmac-Auth-Nonce", "X-Hmac-Auth-Version")
_ORDERS: tuple[KeyOrder, ...] = ("ci", "codepoint")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a signature is about; ``path`` as documented, ``pairs`` as they came, decoded."""

    method: str
    path: str
    headers: Mapping[str, str]
    pairs: Pairs


class Verifier:
    """Knows an application's two key pairs and the nonces they used lately; lives as long as the sandbox.

    Looks at the key, the clock, the nonce, the other headers and then the signature. Only a request that passes
    uses its nonce up: a stranger's guess must not block the real one.
    """

    def __init__(self, settings: ZhezhengdingSettings) -> None:
        pairs = (Application.main(settings), Application.scanning(settings))
        self._secrets = {pair.appkey: pair.secret for pair in reversed(pairs) if pair.appkey}
        self._skew = settings.sandbox.max_clock_skew_s
        self._order = settings.sign.key_order
        self._lenient = settings.sandbox.mode == "lenient"
        self._used: set[str] = set()
        self._ends: list[tuple[float, str]] = []

    def refusal(self, asked: Asked, now: float) -> Refusal | None:
        """Why the request is refused at that time, or None when it is good; then its nonce is used up."""
        self._forget(now)
        moment = self._moment(asked.headers.get("X-Hmac-Auth-Timestamp", ""))
        nonce = f"{asked.headers.get('apiKey')} {asked.headers.get('X-Hmac-Auth-Nonce', '')}"
        refusal = self._refusal_of_headers(asked.headers, moment, nonce, now)
        if refusal is None and not self._signed_well(asked):
            refusal = Refusal(WRONG_SIGNATURE, "SignatureDoesNotMatch")
        if refusal is None and moment is not None:
            self._used.add(nonce)
            heapq.heappush(self._ends, (moment + self._skew, nonce))
        return refusal

    def _refusal_of_headers(
        self, headers: Mapping[str, str], moment: float | None, nonce: str, now: float
    ) -> Refusal | None:
        if headers.get("apiKey") and headers["apiKey"] not in self._secrets:
            return Refusal(UNKNOWN_KEY, "InvalidApiKey")
        if headers.get("X-Hmac-Auth-Timestamp") and (moment is None or abs(now - moment) > self._skew):
            return Refusal(WRONG_CLOCK, "InvalidTimestamp")
        if nonce in self._used:
            return Refusal(NONCE_USED, "SignatureNonceUsed")
        if any(not headers.get(name) for name in (*_SIGNED_HEADERS, "X-Hmac-Auth-Signature")):
            return Refusal(HEADER_MISSING, "MissingHeader")
        if headers["X-Hmac-Auth-Version"] != _VERSION:
            return Refusal(WRONG_VERSION, "InvalidVersion")
        return None

    def _signed_well(self, asked: Asked) -> bool:
        secret = self._secrets[asked.headers["apiKey"]]
        algorithm = _ALGORITHMS.get(asked.headers.get("X-Hmac-Auth-Algorithm", ""), "sha256")
        given = asked.headers["X-Hmac-Auth-Signature"].encode()
        rights = (signature(text, secret, algorithm).encode() for text in self._texts(asked))
        return any(hmac.compare_digest(right, given) for right in rights)

    def _texts(self, asked: Asked) -> Iterator[str]:
        """What may have been signed: one string, or in lenient mode also what other clients make of it."""
        timestamp, nonce = asked.headers["X-Hmac-Auth-Timestamp"], asked.headers["X-Hmac-Auth-Nonce"]

        def text(pairs: Pairs, order: KeyOrder) -> str:
            return string_to_sign(asked.method, timestamp, nonce, asked.path, pairs, order=order)

        yield text(asked.pairs, self._order)
        if self._lenient:
            forms = [asked.pairs, *([(k, encode(v)) for k, v in asked.pairs] for encode in (quote_plus, _quoted))]
            yield from (text(pairs, order) for pairs in forms for order in _ORDERS)
            yield text(asked.pairs, self._order) + "\n"

    def _moment(self, text: str) -> float | None:
        """Read a signing time: any fraction of a second, any offset; None when it is none, or without a zone.

        In lenient mode one without a zone is Hangzhou's.
        """
        try:
            moment = datetime.fromisoformat(text)
            if moment.tzinfo is None and self._lenient:
                moment = moment.replace(tzinfo=CHINA)
            return moment.timestamp() if moment.tzinfo else None
        except (ValueError, OverflowError):
            return None

    def _forget(self, now: float) -> None:
        """Drop nonces whose timestamp alone would refuse them by now."""
        while self._ends and self._ends[0][0] < now:
            self._used.discard(heapq.heappop(self._ends)[1])


def _quoted(value: str) -> str:
    return quote(value, safe="")
