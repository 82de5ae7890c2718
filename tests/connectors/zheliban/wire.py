"""Requests signed by hand, as a reader of wire-formats would, for tests that use none of our own client."""

import base64
import hashlib
import hmac
import json
import time
from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from urllib.parse import quote, urlencode

import httpx

AK, SK = "DEMO_AK_0123456789abcdef", "DEMO_SK_fedcba9876543210"
TOKEN_PATH = "/restapi/prod/IC33000020220329000007/uc/sso/access_token"
USER_PATH = "/restapi/prod/IC33000020220329000008/uc/sso/getUserInfo"
NOW = 1_795_320_000.0


def irs_headers(method: str, path: str, query: str = "", *, at: float | None = None, **changed: str) -> dict[str, str]:
    """The four headers of B3; ``query`` is canonical. ``changed`` replaces parts: end, signed_path, key, secret, date."""
    moment = datetime.fromtimestamp(time.time() if at is None else at, UTC)
    date = changed.get("date", moment.strftime("%a, %d %b %Y %H:%M:%S GMT"))
    key = changed.get("key", AK)
    text = f"{method}\n{changed.get('signed_path', path)}\n{query}\n{key}\n{date}{changed.get('end', chr(10))}"
    digest = hmac.new(changed.get("secret", SK).encode(), text.encode(), hashlib.sha256).digest()
    return {
        "X-BG-HMAC-ACCESS-KEY": key,
        "X-BG-HMAC-ALGORITHM": "hmac-sha256",
        "X-BG-DATE-TIME": date,
        "X-BG-HMAC-SIGNATURE": base64.b64encode(digest).decode(),
    }


def beijing(at: float) -> str:
    """The classic time, in Beijing."""
    return datetime.fromtimestamp(at, timezone(timedelta(hours=8))).strftime("%Y%m%d%H%M%S")


def classic_form(method: str, *, at: float, code: str = "demosvc", password: str = "", **more: str) -> bytes:
    """A form of B2, signed; ``more`` replaces or adds fields. The password is the sandbox's unless told."""
    moment, password = beijing(at), password or "DemoPwd123"
    sign = hashlib.md5(f"{code}{password}{moment}".encode(), usedforsecurity=False).hexdigest()
    fields = {"method": method, "servicecode": code, "time": moment, "sign": sign, "datatype": "json"}
    return urlencode(fields | more).encode()


def esso_headers(body: bytes, *, project: str = "demo-project", secret: str = "") -> dict[str, str]:
    """The two headers of B6; the secret is the sandbox's unless told."""
    signed = hmac.new((secret or "demo-project-secret").encode(), body, hashlib.sha256).hexdigest()
    return {"x-esso-project-id": project, "x-esso-signature": signed, "Content-Type": "application/json"}


def share_query(secret: str, *, at: float = NOW, key: str = "demoAppKey0001", **more: str) -> str:
    """The parameters of B7, signed."""
    moment = str(int(at * 1000))
    sign = hashlib.md5(f"{key}{secret}{moment}".encode(), usedforsecurity=False).hexdigest()
    return urlencode({"appKey": key, "requestTime": moment, "sign": sign} | more, quote_via=quote)


def over(app: Any) -> httpx.AsyncClient:
    """A caller of a sandbox in this process, on this machine."""
    way = httpx.ASGITransport(app=app, client=("127.0.0.1", 1))
    return httpx.AsyncClient(transport=way, base_url="http://127.0.0.1:8101")


async def ticket_of(client: httpx.AsyncClient, person: str, form: str = "uc") -> str:
    """A ticket by the control path."""
    answer = await client.get("/sandbox/ticket", params={"person": person, "form": form})
    return str(answer.json()["ticket"])


async def post_json(client: httpx.AsyncClient, path: str, body: Any, **signing: Any) -> httpx.Response:
    """A JSON call through IRS."""
    content = json.dumps(body).encode()
    headers = irs_headers("POST", path, **signing) | {"Content-Type": "application/json"}
    return await client.post(path, content=content, headers=headers)


DIRECT = "/sso/servlet/simpleauth"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


async def classic_asked(client: httpx.AsyncClient, method: str, path: str = DIRECT, **fields: Any) -> dict[str, Any]:
    """The fields of a JSON answer to a form; through IRS it is signed for IRS as well."""
    at = fields.pop("at", NOW)
    headers = FORM | (irs_headers("POST", path, at=at) if path != DIRECT else {})
    answer = await client.post(path, content=classic_form(method, at=at, **fields), headers=headers)
    assert answer.status_code == 200
    body: dict[str, Any] = answer.json()
    return body
