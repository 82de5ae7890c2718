"""A request signed by hand, from wire-formats A2 alone: nothing of the connector's own signing is used."""

import hashlib
import hmac
import secrets
import time
from base64 import b64encode
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta, timezone
from typing import Any
from urllib.parse import urlencode

import httpx

APPKEY = "demo_gateway-1a2b3c4d5e6f"
SECRET = b"DemoSecretDoNotUse0123456789abcdefghijkl"
TENANT = "100001"
Given = Mapping[str, str | Sequence[str]]


def headers_for(method: str, path: str, params: Given) -> dict[str, str]:
    """The signed headers, as the reference code of A2.4 makes them."""
    moment = datetime.now(timezone(timedelta(hours=8))).isoformat(timespec="milliseconds")
    nonce = f"{int(time.time() * 1000)}{secrets.randbelow(10**8):08d}"
    pairs = []
    for key in sorted(params, key=str.lower):
        held = params[key]
        values = [held] if isinstance(held, str) else list(held)
        pairs += [f"{key}={value}" for value in sorted(one for one in values if one.strip())]
    text = "\n".join((method, moment, nonce, path, *(["&".join(pairs)] if pairs else [])))
    return {
        "apiKey": APPKEY,
        "X-Hmac-Auth-Timestamp": moment,
        "X-Hmac-Auth-Version": "1.0",
        "X-Hmac-Auth-Nonce": nonce,
        "X-Hmac-Auth-Signature": b64encode(hmac.new(SECRET, text.encode(), hashlib.sha256).digest()).decode(),
    }


async def posted(http: httpx.AsyncClient, path: str, params: Given) -> dict[str, Any]:
    """POST a form, every value as written, and answer the whole envelope."""
    pairs = [(key, one) for key, held in params.items() for one in ([held] if isinstance(held, str) else held)]
    headers = headers_for("POST", path, params)
    headers["Content-Type"] = "application/x-www-form-urlencoded; charset=UTF-8"
    answer = await http.post(f"http://zzd{path}", content=urlencode(pairs).encode(), headers=headers)
    assert answer.status_code == 200
    return dict(answer.json())


def failure_of(envelope: Mapping[str, Any]) -> str:
    """The code of an E1 failure."""
    assert envelope["success"] is True
    assert envelope["content"]["success"] is False
    assert "data" not in envelope["content"]
    assert envelope["content"]["bizErrorCode"] == envelope["content"]["responseCode"] == envelope["bizErrorCode"]
    return str(envelope["bizErrorCode"])


def data_of(envelope: Mapping[str, Any]) -> Any:
    """What a successful E1 holds."""
    assert envelope["success"] is True
    assert envelope["content"]["success"] is True
    return envelope["content"]["data"]
