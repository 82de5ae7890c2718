"""How a request to 浙政钉 proves itself: the string to sign and its signature (wire-formats A2.1). No I/O.

Used by the client to sign and by the sandbox to verify; the published vectors hold both to the documentation.
"""

import hashlib
import random
import time
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta, timezone

from connectors.mac import mac_text
from connectors.zhezhengding.settings import Algorithm, KeyOrder, TimestampFormat

CHINA = timezone(timedelta(hours=8))

Value = str | int | bool | Sequence[str] | None
Params = Mapping[str, Value]
Pairs = Sequence[tuple[str, str]]


def pairs_from(params: Params) -> list[tuple[str, str]]:
    """Write parameters as they travel: a list as a repeated key, booleans in lower case, blank values not at all."""
    pairs = []
    for key, value in params.items():
        values = (value,) if isinstance(value, str) or not isinstance(value, Sequence) else value
        pairs += [(key, text) for one in values if (text := _text(one)).strip()]
    return pairs


def _text(value: str | int | bool | None) -> str:  # noqa: FBT001 - a value, no switch
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def canonical(pairs: Pairs, order: KeyOrder) -> str:
    """Sort and join parameters for the signature.

    Values are raw: neither percent-encoded nor trimmed; blank ones are left out. The values of a repeated key are
    sorted too.
    """
    kept = [pair for pair in pairs if pair[1].strip()]
    # two keys that differ only in their case keep the order of code points among themselves
    kept.sort(key=(lambda pair: (pair[0].lower(), *pair)) if order == "ci" else None)
    return "&".join(f"{key}={value}" for key, value in kept)


def string_to_sign(method: str, timestamp: str, nonce: str, path: str, pairs: Pairs, *, order: KeyOrder) -> str:
    """Lines joined by LF; without parameters the last line is missing together with its LF."""
    lines = [method.upper(), timestamp, nonce, path]
    parameters = canonical(pairs, order)
    return "\n".join([*lines, parameters] if parameters else lines)


def signature(text: str, secret: str, algorithm: Algorithm = "sha256") -> str:
    """Sign: HMAC-SHA256 or HMAC-SM3 in Base64, or the SDK's ``md5`` variant in lower-case hex."""
    if algorithm == "md5":
        # the platform's own scheme, not ours to strengthen
        return hashlib.md5(f"{text}\n{secret}".encode(), usedforsecurity=False).hexdigest()
    return mac_text(secret, text, algorithm)


def timestamp_text(moment: datetime, form: TimestampFormat) -> str:
    """Write the signing time: ``2025-03-04T10:03:04.567+08:00``, or one of the variants seen in working clients."""
    if form == "utc":
        utc = moment.astimezone(timezone(timedelta(0))).isoformat(timespec="milliseconds")
        return utc.removesuffix("+00:00") + "Z"
    return moment.astimezone(CHINA).isoformat(timespec=form)


def new_nonce() -> str:
    """A number no other request carries: nanoseconds and four random digits, as the SDK makes it.

    The documentation's 13-digit milliseconds with four random digits would meet itself under load: of twenty
    requests within one millisecond, two share such a nonce once in fifty times.
    """
    return f"{time.time_ns()}{random.randrange(10_000):04d}"  # noqa: S311 - it must be new, not secret
