"""The form of the answers."""

from collections.abc import Mapping
from typing import Any

from starlette.responses import JSONResponse

from auth.authorization.grant import TokenSet
from auth.refusals import Refusal
from auth.tokens import Issued

NOT_KEPT = {"Cache-Control": "no-store", "Pragma": "no-cache"}
_UNAUTHORIZED = 401
_LATER = (429, 503)


def issued_body(issued: Issued) -> Mapping[str, Any]:
    """The body of a successful token request (RFC 6749 section 5.1)."""
    return {
        "access_token": issued.token,
        "token_type": "DPoP" if issued.jkt else "Bearer",
        "expires_in": issued.expires_in,
        "scope": " ".join(sorted(issued.scopes)),
    }


def token_set_body(tokens: TokenSet) -> Mapping[str, Any]:
    """The same for all that a grant gives at once (OpenID Connect Core section 3.1.3.3)."""
    also = {"id_token": tokens.id_token, "refresh_token": tokens.refresh_token}
    return {**issued_body(tokens.access), **{name: value for name, value in also.items() if value is not None}}


def private_answer(body: Mapping[str, Any], status: int = 200) -> JSONResponse:
    """An answer for one client only."""
    return JSONResponse(body, status, headers=NOT_KEPT)


def public_answer(body: Mapping[str, Any], seconds: int) -> JSONResponse:
    """An answer that anybody may keep, for so long, and any page may read."""
    headers = {"Cache-Control": f"public, max-age={seconds}", "Access-Control-Allow-Origin": "*"}
    return JSONResponse(body, headers=headers)


def refused(refusal: Refusal, *, by_header: bool = False, seconds: int = 5) -> JSONResponse:
    """An error (RFC 6749 section 5.2), its words in both languages.

    ``by_header``: the client tried the header Authorization, and is asked for it again. Others would take the
    challenge for the answer and never look at the body. ``seconds``: when to come again, where that helps.
    """
    headers = dict(NOT_KEPT)
    if refusal.status == _UNAUTHORIZED and by_header:
        headers["WWW-Authenticate"] = 'Basic realm="tongxin", charset="UTF-8"'
    if refusal.status in _LATER:
        headers["Retry-After"] = str(seconds)
    body = {"error": refusal.code, "error_description": refusal.en, "error_description_zh": refusal.zh}
    return JSONResponse(body, refusal.status, headers)
