"""The endpoints of the login: metadata, keys, authorization, tokens."""

import base64
import binascii
import hashlib
import hmac
import secrets
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import parse_qsl, unquote_plus, urlsplit

import msgspec
from joserfc import jws
from joserfc.jwk import ECKey
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from connectors.duty.sandbox.oidc.accounts import LoginAccount, accounts_of
from connectors.duty.sandbox.oidc.codes import Code, CodeBook
from connectors.duty.sandbox.oidc.page import choice
from connectors.duty.sandbox.oidc.request import Asked
from connectors.duty.settings import DutySettings
from connectors.sandbox.app import Operation
from connectors.sandbox.faults import platform_time, tokens_ended
from connectors.sandbox.html import error_page
from connectors.sandbox.world import World

ALGORITHM = "ES256"
FORM = "oidc"
_TOKEN_SECONDS = 300
_NO_STORE = {"Cache-Control": "no-store", "Pragma": "no-cache"}
_PATHS = {
    "authorization_endpoint": "/login/authorize",
    "token_endpoint": "/login/token",
    "jwks_uri": "/login/keys",
}


class LoginSandbox:
    """Lives as long as the sandbox; its key with it. Only the client of ``signin`` in the settings is known."""

    def __init__(self, settings: DutySettings, world: World, clock: Callable[[], float]) -> None:
        self._settings = settings
        self._client = settings.signin
        self._clock = clock
        self._accounts = accounts_of(world)
        self._codes = CodeBook()
        self._key = ECKey.generate_key("P-256", {"use": "sig", "alg": ALGORITHM})
        self._key.ensure_kid()

    def operations(self) -> list[Operation]:
        """What it answers."""
        return [
            Operation("login.configuration", ("GET",), "/.well-known/openid-configuration", self._metadata),
            Operation("login.keys", ("GET",), _PATHS["jwks_uri"], self._keys),
            Operation("login.authorize", ("GET",), _PATHS["authorization_endpoint"], self._authorize),
            Operation("login.token", ("POST",), _PATHS["token_endpoint"], self._token),
        ]

    def issue_ticket(self, person: str, form: str | None) -> str | None:
        """A ticket by the control path: as ``ticket`` beside an authorization request it chooses that person.

        None for nobody; raises ``ValueError`` for another form.
        """
        if person not in self._accounts:
            return None
        if form not in {None, FORM}:
            raise ValueError(f"the form of ticket here is {FORM}")
        return self._codes.ticket(person, self._clock())

    def _issuer(self, request: Request) -> str:
        """The address the login is reached at, unless it was set."""
        here = request.url
        return self._client.issuer or f"{here.scheme}://{here.netloc}{urlsplit(self._settings.base_url).path}"

    async def _metadata(self, request: Request) -> Response:
        issuer = self._issuer(request)
        return JSONResponse(
            {
                "issuer": issuer,
                **{name: f"{issuer.rstrip('/')}{path}" for name, path in _PATHS.items()},
                "response_types_supported": ["code"],
                "subject_types_supported": ["public"],
                "id_token_signing_alg_values_supported": [ALGORITHM],
                "scopes_supported": ["openid", "profile"],
                "claims_supported": ["sub", "name", "member_id"],
                "code_challenge_methods_supported": ["S256"],
                "token_endpoint_auth_methods_supported": ["client_secret_basic"],
                "authorization_response_iss_parameter_supported": True,
            }
        )

    async def _keys(self, _: Request) -> Response:
        return JSONResponse({"keys": [self._key.as_dict(private=False)]})

    async def _authorize(self, request: Request) -> Response:
        asked = Asked.of(request, self._issuer(request))
        if not asked.is_ours(self._client):
            return error_page("应用未注册，请从应用入口重新进入。")
        error = asked.error()
        if error or asked.get("decline"):
            return asked.back(error=error or "access_denied")
        now = platform_time(request, self._clock)
        ticket = asked.get("ticket")
        person = (self._codes.whose(ticket, now) or "") if ticket else asked.get("person")
        if not person and not ticket:
            return choice(self._accounts, asked.carried, asked.get("q").strip())
        if person not in self._accounts:
            return error_page("没有这个人。")
        return asked.back(code=self._codes.issue(person, asked.get("code_challenge"), asked.values.get("nonce"), now))

    async def _token(self, request: Request) -> Response:
        """RFC 6749 section 4.1.3; a code is used up by whoever hands it in rightly or wrongly."""
        pairs = parse_qsl((await request.body()).decode("utf-8", "replace"), keep_blank_values=True)
        form = dict(pairs)
        if not self._is_the_client(request.headers.get("authorization", "")):
            return _refused("invalid_client", 401)
        if len(form) < len(pairs) or not form.get("code"):
            return _refused("invalid_request")
        if form.get("grant_type") != "authorization_code":
            return _refused("unsupported_grant_type")
        now = platform_time(request, self._clock)
        code = None if tokens_ended(request) else self._codes.use(form["code"], now)
        same = form.get("redirect_uri") == self._client.callback_url
        if code is None or not same or not code.is_proved_by(form.get("code_verifier", "")):
            return _refused("invalid_grant")
        return JSONResponse(self._tokens(self._issuer(request), code, now), headers=_NO_STORE)

    def _is_the_client(self, authorization: str) -> bool:
        kind, _, encoded = authorization.partition(" ")
        try:
            pair = base64.b64decode(encoded, validate=True).decode()
        except (binascii.Error, ValueError):
            return False
        client_id, _, secret = (unquote_plus(part) for part in pair.partition(":"))
        right = self._client.client_secret.get_secret_value()
        known = hmac.compare_digest(client_id.encode(), self._client.client_id.encode())
        return known and hmac.compare_digest(secret.encode(), right.encode()) and kind.lower() == "basic"

    def _tokens(self, issuer: str, code: Code, now: float) -> Mapping[str, Any]:
        access_token = secrets.token_urlsafe(32)
        half = hashlib.sha256(access_token.encode()).digest()[:16]
        claims = {
            "iss": issuer,
            "aud": self._client.client_id,
            "exp": int(now) + _TOKEN_SECONDS,
            "iat": int(now),
            "auth_time": int(code.signed_in_at),
            "at_hash": base64.urlsafe_b64encode(half).rstrip(b"=").decode(),
            **({} if code.nonce is None else {"nonce": code.nonce}),
            **_claims_of(self._accounts[code.person]),
        }
        header = {"alg": ALGORITHM, "kid": self._key.kid}
        id_token = jws.serialize_compact(header, msgspec.json.encode(claims), self._key, algorithms=[ALGORITHM])
        row = {"access_token": access_token, "token_type": "Bearer", "expires_in": _TOKEN_SECONDS, "scope": "openid"}
        return row | {"id_token": id_token}


def _claims_of(account: LoginAccount) -> dict[str, str]:
    member = {"member_id": account.member_key} if account.member_key else {}
    return {"sub": account.login, "name": account.person.name, **member}


def _refused(error: str, status: int = 400) -> Response:
    told = {"WWW-Authenticate": 'Basic realm="duty login"'} if status == 401 else {}  # noqa: PLR2004 - unauthorized
    return JSONResponse({"error": error}, status, {**_NO_STORE, **told})
