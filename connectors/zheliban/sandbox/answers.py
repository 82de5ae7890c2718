"""The platform's envelopes as it writes them: the services behind IRS here; each interface's own way to fail."""

from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from connectors.zheliban.sandbox.fields import sent_by

SYSTEM_ERROR = "SYSTEM-ERROR"
KEPT = frozenset(
    {
        *("success", "errorCode", "errorMsg", "data", "result", "errmsg", "errCode", "info"),  # envelopes
        *("code", "msg", "datas", "dataCount", "requestId"),
        *("id", "studioId", "memberId", "questionId", "ownerId", "userId", "userid", "corpId"),  # who, which
        *("accessToken", "token", "requestSecret", "refreshSecret"),
        *("userType", "personInfo", "legalPersonInfo", "rows", "items", "cursor", "hasNext"),  # what holds the rest
    }
)
"""Keys that schema drift leaves alone: without them an answer is none, and nothing could be told apart."""


def success(data: Any) -> Response:
    """Answer with data."""
    return as_json({"success": True, "errorCode": None, "errorMsg": None, "data": data})


def failure(code: str, message: str) -> Response:
    """Answer with a code; HTTP 200 all the same."""
    return as_json({"success": False, "errorCode": code, "errorMsg": message, "data": None})


def as_json(body: Any) -> Response:
    """A JSON answer."""
    return Response(msgspec.json.encode(body), media_type="application/json")


async def failed(request: Request) -> Response:
    """How the interface that was asked says that it failed (fault ``failure_envelope``)."""
    path = request.scope["path"]
    if path.endswith("/simpleauth"):
        return classic_failure(as_xml=(await sent_by(request)).get("datatype") != "json")
    if path.endswith("/user/query"):
        return as_json({"errCode": 9999, "msg": "系统异常"})
    if path.startswith("/gateway/"):
        return as_json({"code": "99", "msg": "系统异常", "datas": None, "dataCount": 0, "requestId": "r-failed"})
    if "text/html" in request.headers.get("accept", ""):
        return HTMLResponse("<h1>系统繁忙，请稍后再试</h1>", 503)
    return failure(SYSTEM_ERROR, "系统异常")


def classic_failure(*, as_xml: bool) -> Response:
    """The classic sign-on's way; its default form is XML (wire-formats B2)."""
    if not as_xml:
        return as_json({"result": "9999", "errmsg": "系统异常"})
    body = '<?xml version="1.0" encoding="UTF-8"?><root><result>9999</result><errmsg>系统异常</errmsg></root>'
    return Response(body, media_type="text/xml")
