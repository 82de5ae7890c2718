"""The form of the answers."""

from collections.abc import Mapping
from typing import Any

from starlette.responses import JSONResponse

from auth.refusals import Refusal
from auth.tokens import Issued

_NOT_KEPT = {"Cache-Control": "no-store", "Pragma": "no-cache"}
_UNAUTHORIZED = 401
_UNAVAILABLE = 503


def issued_body(issued: Issued) -> Mapping[str, Any]:
    """The body of a successful token request (RFC 6749 section 5.1)."""
    return {
        "access_token": issued.token,
        "token_type": "Bearer",
        "expires_in": issued.expires_in,
        "scope": " ".join(sorted(issued.scopes)),
    }


def private_answer(body: Mapping[str, Any]) -> JSONResponse:
    """An answer for one client only."""
    return JSONResponse(body, headers=_NOT_KEPT)


def public_answer(body: Mapping[str, Any], seconds: int) -> JSONResponse:
    """An answer that anybody may keep, for so long, and any page may read."""
    headers = {"Cache-Control": f"public, max-age={seconds}", "Access-Control-Allow-Origin": "*"}
    return JSONResponse(body, headers=headers)


def refused(refusal: Refusal) -> JSONResponse:
    """An error (RFC 6749 section 5.2), its words in both languages."""
    headers = dict(_NOT_KEPT)
    if refusal.status == _UNAUTHORIZED:
        headers["WWW-Authenticate"] = 'Basic realm="tongxin", charset="UTF-8"'
    if refusal.status == _UNAVAILABLE:
        headers["Retry-After"] = "5"
    body = {"error": refusal.code, "error_description": refusal.en, "error_description_zh": refusal.zh}
    return JSONResponse(body, refusal.status, headers)
