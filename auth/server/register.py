"""Clients that register themselves (RFC 7591) and look after their registration (RFC 7592)."""

from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from auth.authority import Authority
from auth.refusals import OAuthError, Refusal
from auth.registration.faults import RegistrationError
from auth.registration.invitations import NotInvitedError
from auth.registration.metadata import Metadata, StatementError, metadata_from
from auth.server.answers import NOT_KEPT, private_answer, refused
from auth.server.form import body_of

_MAX_TOKEN = 200
_TYPE = "application/json"
_CREATED = 201
_NO_CONTENT = 204
_BAD_REQUEST = 400


class RegisterEndpoint:
    """``POST /oauth/register``, and ``GET``, ``PUT``, ``DELETE /oauth/register/{client_id}``."""

    def __init__(self, authority: Authority) -> None:
        self._registrations = authority.registrations

    async def register(self, request: Request) -> Response:
        """Register a client."""

        async def registered() -> Response:
            answer = await self._registrations.register(_token_of(request), await _metadata_of(request))
            return private_answer(answer, _CREATED)

        return await _answered(registered)

    async def manage(self, request: Request) -> Response:
        """Read, replace or end a registration."""
        acts = {"PUT": self._replace, "DELETE": self._remove}
        act = acts.get(request.method, self._read)
        return await _answered(lambda: act(request))

    async def _read(self, request: Request) -> Response:
        return private_answer(await self._registrations.read(_client_of(request), _token_of(request)))

    async def _replace(self, request: Request) -> Response:
        token, metadata = _token_of(request), await _metadata_of(request)
        return private_answer(await self._registrations.replace(_client_of(request), token, metadata))

    async def _remove(self, request: Request) -> Response:
        await self._registrations.remove(_client_of(request), _token_of(request))
        return Response(status_code=_NO_CONTENT, headers=NOT_KEPT)


async def _answered(act: Callable[[], Awaitable[Response]]) -> Response:
    try:
        return await act()
    except NotInvitedError:
        answer = refused(Refusal.NOT_INVITED)
        answer.headers["WWW-Authenticate"] = 'Bearer realm="tongxin", error="invalid_token"'  # RFC 6750 section 3
        return answer
    except StatementError:
        return refused(Refusal.NO_STATEMENTS)
    except RegistrationError as error:
        return JSONResponse(_told_of(error), _BAD_REQUEST, NOT_KEPT)


def _told_of(error: RegistrationError) -> dict[str, Any]:
    """RFC 7591 section 3.2.2: one code for redirect URIs, one for the rest; the words name the member."""
    code = "invalid_redirect_uri" if error.member == "redirect_uris" else "invalid_client_metadata"
    words = {"error_description": f"{error.member}: {error.fault.en}."}
    return {"error": code, **words, "error_description_zh": f"{error.member}：{error.fault.zh}。"}


def _token_of(request: Request) -> str:
    """The one bearer token of the header (RFC 6750 section 2.1); raises ``NotInvitedError``."""
    sent = request.headers.getlist("authorization")
    scheme, _, token = sent[0].partition(" ") if len(sent) == 1 else ("", "", "")
    if scheme.lower() != "bearer" or not 0 < len(token) <= _MAX_TOKEN or not token.isascii():
        raise NotInvitedError
    return token


def _client_of(request: Request) -> str:
    return str(request.path_params["client_id"])


async def _metadata_of(request: Request) -> Metadata:
    body = await body_of(request, _TYPE, Refusal.NOT_JSON)
    if not body:
        raise OAuthError(Refusal.NOT_JSON)
    return metadata_from(body)
