"""How the platform wraps what it says (wire-formats A3): E1 and E2 for business, E3 for what its gateway refuses."""

import itertools
import time
from dataclasses import dataclass
from typing import Any

import msgspec
from starlette.responses import Response

_LATER = frozenset({"requestId", "bizErrorCode", "tenantId", "tenantName", "avatar", "referId"})
_serial = itertools.count(1)


@dataclass(frozen=True, slots=True)
class Refusal:
    """What the gateway refuses before any business is looked at, with the code that tells why."""

    code: str
    message: str


class FailedError(Exception):
    """A business call that did not work: answered as an E1 failure."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


def succeeded(data: Any, **paging: int) -> Response:
    """E1 with ``data``; pages bring ``currentPage``, ``pageSize`` and perhaps ``totalSize``."""
    content = {"data": data, "success": True, "requestId": _request_id(), "responseMessage": "OK"}
    content |= {"responseCode": "0", "bizErrorCode": "0"} | paging
    return _json({"success": True, "content": content, "bizErrorCode": "0"})


def failed(error: FailedError) -> Response:
    """E1 whose inner part failed: the gateway handled the call, the business did not; ``data`` is absent."""
    content = {"success": False, "requestId": _request_id(), "responseMessage": error.message}
    content |= {"responseCode": error.code, "bizErrorCode": error.code}
    return _json({"success": True, "content": content, "bizErrorCode": error.code})


def direct(content: Any) -> Response:
    """E2, which wraps once."""
    return _json({"success": True, "content": content, "errorCode": "0", "errorMsg": "success", "errorLevel": None})


def as_older(response: Response) -> Response:
    """The same answer as older versions of the platform gave it: without what came later (A3, A4.2)."""
    body = msgspec.json.decode(response.body)
    content = body.get("content")
    if isinstance(content, dict):
        body.pop("bizErrorCode", None)
        body["content"] = {key: value for key, value in content.items() if key not in _LATER}
        if isinstance(content.get("data"), dict):
            body["content"]["data"] = {key: value for key, value in content["data"].items() if key not in _LATER}
    return _json(body, response.status_code)


def with_data_as_string(response: Response) -> Response:
    """The same answer, the data of an E1 as a string of JSON."""
    body = msgspec.json.decode(response.body)
    content = body.get("content")
    if isinstance(content, dict) and "data" in content:
        content["data"] = msgspec.json.encode(content["data"]).decode()
    return _json(body, response.status_code)


def refused(refusal: Refusal, status: int) -> Response:
    """E3, with its capitalised keys."""
    body = {
        "success": False,
        "Code": refusal.code,
        "Message": refusal.message,
        "HostId": "openplatform.example",
        "_RequestId": _request_id(),
        "bizErrorCode": refusal.code,
        "debug": "",
    }
    return _json(body, status)


def _json(body: dict[str, Any], status: int = 200) -> Response:
    return Response(msgspec.json.encode(body), status, media_type="application/json;charset=UTF-8")


def _request_id() -> str:
    return f"0a1b2c3d{time.time_ns() // 1_000_000}{next(_serial):04d}d0011"
