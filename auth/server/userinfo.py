"""Who the person behind an access token is (OpenID Connect Core section 5.3)."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from auth.authority import Authority
from auth.dpop.proofs import BadProofError, NonceNeededError
from auth.foreign import ALGORITHMS
from auth.own_data.identities import OwnPerson
from auth.refusals import OAuthError, Refusal
from auth.scopes import WITHOUT_CONSENT
from auth.server.answers import private_answer, refused
from auth.tokens import BoundTokenError, InvalidTokenError, Verified
from connectors.masking import masked_name
from connectors.viewer import Scope

_ALGORITHMS = f'algs="{" ".join(ALGORITHMS)}"'


class _Shown(NamedTuple):
    """The scheme in lower case, and the token; both empty where nothing is shown."""

    scheme: str
    token: str


class UserinfoEndpoint:
    """``GET`` and ``POST /oauth/userinfo``; the token comes in the header Authorization only, as Bearer or DPoP."""

    def __init__(self, authority: Authority) -> None:
        self._authority = authority

    async def answer(self, request: Request) -> Response:
        """Answer the claims, or a challenge (RFC 6750 section 3.1, RFC 9449 section 7.1)."""
        shown = _shown(request)
        try:
            verified = await self._verified(request, shown)
            person = await self._person(verified)
        except OAuthError as error:
            return _challenged(error.refusal, shown.scheme)
        return private_answer(_claims(person, verified))

    async def _verified(self, request: Request, shown: _Shown) -> Verified:
        try:
            if shown.scheme == "dpop":
                return await self._bound(request, shown.token)
            verified = await self._authority.tokens.verified(shown.token)
            if verified.claims.jkt is not None:
                raise BoundTokenError("bound to a key that was not shown")
        except NonceNeededError as error:
            raise OAuthError(Refusal.NONCE_NEEDED) from error
        except BadProofError as error:
            raise OAuthError(Refusal.BAD_PROOF) from error
        except InvalidTokenError as error:
            raise OAuthError(Refusal.BAD_ACCESS_TOKEN) from error
        return verified

    async def _bound(self, request: Request, token: str) -> Verified:
        texts, path = request.headers.getlist("dpop"), request.scope["path"]
        proof = self._authority.proofs.checked(texts, request.method, path, token=token)
        verified = await self._authority.tokens.verified(token)
        if verified.claims.jkt != proof.jkt:
            raise InvalidTokenError("bound to another key, or to none")
        if not await self._authority.once.first("dpop", proof.jkt, proof.jti, proof.until):
            raise BadProofError("came before")
        return verified

    async def _person(self, verified: Verified) -> OwnPerson:
        viewer = verified.viewer
        if viewer.person_id is None or Scope.OPENID not in viewer.scopes:
            raise OAuthError(Refusal.OPENID_NEEDED)
        person = await self._authority.selves.read(viewer.person_id)
        if person is None:
            raise OAuthError(Refusal.BAD_ACCESS_TOKEN)
        return person


def _claims(person: OwnPerson, verified: Verified) -> Mapping[str, Any]:
    """The name is masked as everywhere (wire-formats B9) unless the person let the client see their profile.

    Who gave ``openid`` alone was asked nothing, and is not described. We keep no mobile number, so that ``phone`` adds
    nothing.
    """
    if verified.viewer.scopes <= WITHOUT_CONSENT:
        return {"sub": person.person_id}
    named = person.name if Scope.PROFILE in verified.viewer.scopes else masked_name(person.name)
    told: dict[str, Any] = {
        "sub": person.person_id,
        "name": named,
        "roles": sorted(role.value for role in person.roles),
        "updated_at": int(max(one.signed_in_at for one in person.identities).timestamp()),
    }
    return told if verified.claims.acr is None else told | {"acr": verified.claims.acr}


def _shown(request: Request) -> _Shown:
    values = request.headers.getlist("authorization")
    if len(values) != 1:
        return _Shown("", "")
    scheme, _, token = values[0].partition(" ")
    known = scheme.lower() in {"bearer", "dpop"}
    return _Shown(scheme.lower(), token.strip()) if known else _Shown("", "")


def _challenged(refusal: Refusal, scheme: str) -> JSONResponse:
    answer = refused(refusal)
    answer.status_code = 403 if refusal is Refusal.OPENID_NEEDED else 401
    if scheme == "dpop":
        challenge = f'DPoP error="{refusal.code}", {_ALGORITHMS}'
    elif scheme == "bearer":
        challenge = f'Bearer error="{refusal.code}"'
    else:
        challenge = f"Bearer, DPoP {_ALGORITHMS}"
    answer.headers["WWW-Authenticate"] = challenge + (', scope="openid"' if refusal is Refusal.OPENID_NEEDED else "")
    return answer
