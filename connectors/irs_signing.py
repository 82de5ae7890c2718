"""How a call through the IRS API gateway proves itself (wire-formats B3). Pure, pinned by the vectors I1 and I2.

Ground, because what stands behind IRS differs: the citizen app always, the duty platform where it is published so.
"""

import base64
import hmac
from collections.abc import Iterable
from dataclasses import dataclass, field
from email.utils import formatdate
from urllib.parse import quote

ALGORITHM = "hmac-sha256"
ACCESS_KEY_HEADER = "X-BG-HMAC-ACCESS-KEY"
ALGORITHM_HEADER = "X-BG-HMAC-ALGORITHM"
DATE_HEADER = "X-BG-DATE-TIME"
SIGNATURE_HEADER = "X-BG-HMAC-SIGNATURE"
UNSAFE_IN_VALUES = frozenset("+%")
"""Clients and servers of the scheme disagree on how a value with one of these is signed: keep them out."""

_LEFT_ALONE = "-_.~!'()*"


@dataclass(frozen=True, slots=True)
class IrsKeys:
    """The pair an application signs with."""

    access_key: str
    secret_key: str = field(repr=False)


def canonical_query(pairs: Iterable[tuple[str, str]]) -> str:
    """Encode the pairs and sort them by code point as encoded (wire-formats B3, F8)."""
    return "&".join(sorted(f"{quote(k, safe=_LEFT_ALONE)}={quote(v, safe=_LEFT_ALONE)}" for k, v in pairs))


def string_to_sign(method: str, path: str, query: str, access_key: str, date: str) -> str:
    """Join what is signed; the final newline belongs to it, and an empty query keeps its line (wire-formats B3)."""
    return f"{method.upper()}\n{path}\n{query}\n{access_key}\n{date}\n"


def signature(secret_key: str, text: str) -> str:
    """Base64 of HMAC-SHA256."""
    return base64.b64encode(hmac.digest(secret_key.encode(), text.encode(), "sha256")).decode()


def http_date(moment: float) -> str:
    """Write a moment, in seconds since 1970, as RFC 1123 GMT."""
    return formatdate(moment, usegmt=True)


def irs_headers(keys: IrsKeys, method: str, path: str, query: str, date: str) -> dict[str, str]:
    """Make the four headers of a signed call; ``query`` is canonical."""
    return {
        ACCESS_KEY_HEADER: keys.access_key,
        ALGORITHM_HEADER: ALGORITHM,
        DATE_HEADER: date,
        SIGNATURE_HEADER: signature(keys.secret_key, string_to_sign(method, path, query, keys.access_key, date)),
    }
