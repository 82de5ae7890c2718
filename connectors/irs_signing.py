"""How a call through the IRS API gateway proves itself (wire-formats B3). Pure, pinned by the vectors I1 and I2.

Ground, because what stands behind IRS differs: the citizen app always, the duty platform where it is published so.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from email.utils import formatdate
from functools import lru_cache
from typing import Literal
from urllib.parse import quote

from connectors.mac import mac_text

IrsAlgorithm = Literal["hmac-sha256", "hmac-sm3"]
"""What signs; the second where the registration asks for national cryptography."""

ACCESS_KEY_HEADER = "X-BG-HMAC-ACCESS-KEY"
ALGORITHM_HEADER = "X-BG-HMAC-ALGORITHM"
DATE_HEADER = "X-BG-DATE-TIME"
SIGNATURE_HEADER = "X-BG-HMAC-SIGNATURE"

_LEFT_ALONE = "-_.~!'()*"
_USUAL = re.compile(r"[A-Za-z0-9_.~!'()*,:-]*").fullmatch
_LONGEST_QUERY = 16_000


@dataclass(frozen=True, slots=True)
class IrsKeys:
    """The pair an application signs with."""

    access_key: str
    secret_key: str = field(repr=False)
    algorithm: IrsAlgorithm = "hmac-sha256"


def canonical_query(pairs: Iterable[tuple[str, str]]) -> str:
    """Encode the pairs and sort them by code point as encoded (wire-formats B3, F8)."""
    return "&".join(sorted([f"{_encoded(key)}={_encoded(value)}" for key, value in pairs]))


def can_be_signed(query: str) -> bool:
    """Whether a canonical query may be sent.

    Clients and servers of the scheme disagree on how a ``+`` or a ``%`` in a value is signed, and addresses end.
    """
    return len(query) <= _LONGEST_QUERY and "%2B" not in query and "%25" not in query


def string_to_sign(method: str, path: str, query: str, access_key: str, date: str) -> str:
    """Join what is signed; the final newline belongs to it, and an empty query keeps its line (wire-formats B3)."""
    return f"{method.upper()}\n{path}\n{query}\n{access_key}\n{date}\n"


def http_date(moment: float) -> str:
    """Write a moment, in seconds since 1970, as RFC 1123 GMT."""
    return _date_of(int(moment))


def irs_headers(keys: IrsKeys, method: str, path: str, query: str, date: str) -> dict[str, str]:
    """Make the four headers of a signed call; ``query`` is canonical."""
    return {
        ACCESS_KEY_HEADER: keys.access_key,
        ALGORITHM_HEADER: keys.algorithm,
        DATE_HEADER: date,
        SIGNATURE_HEADER: irs_signature(keys, string_to_sign(method, path, query, keys.access_key, date)),
    }


def irs_signature(keys: IrsKeys, text: str) -> str:
    """Sign what ``string_to_sign`` joined: HMAC in Base64."""
    return mac_text(keys.secret_key, text, "sm3" if keys.algorithm == "hmac-sm3" else "sha256")


def _encoded(text: str) -> str:
    """What ``quote`` makes of a text, without its work where a text holds nothing but keys, commas and times."""
    return text.replace(",", "%2C").replace(":", "%3A") if _USUAL(text) else quote(text, safe=_LEFT_ALONE)


@lru_cache(maxsize=16)  # calls within a second carry the same
def _date_of(second: int) -> str:
    return formatdate(second, usegmt=True)
