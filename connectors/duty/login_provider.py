"""The calls to the duty platform's login: its metadata, its keys, its token endpoint (OpenID Connect).

Keeps metadata and keys for an hour, in memory. Leaves what an id_token says to ``id_token.py``.
"""

import base64
import time
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any
from urllib.parse import quote_plus

import httpx
import msgspec
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from connectors.deadline import Deadline
from connectors.duty.settings import DutySettings
from connectors.errors import RefusedSignatureError, SignInNeededError, UnexpectedAnswerError
from connectors.records.sign_in_leg import Binding
from connectors.transport import Answer, Transport

_KEPT_SECONDS = 3600.0
_PATIENCE_SECONDS = 10.0  # ids of keys that nobody knows cost at most one look in that time
_WELL_KNOWN = "/.well-known/openid-configuration"
METADATA, KEYS, TOKEN = "login.configuration", "login.keys", "login.token"


class Metadata(msgspec.Struct, frozen=True):
    """What is needed of the metadata (OpenID Connect Discovery section 3, RFC 9207 section 3)."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    authorization_response_iss_parameter_supported: bool = False


class _Tokens(msgspec.Struct, frozen=True):
    id_token: str


class _Refusal(msgspec.Struct, frozen=True):
    error: str


class LoginProvider:
    """Lives as long as the connection. Methods raise ``PlatformError``."""

    def __init__(
        self, settings: DutySettings, transport: Transport, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.platform = transport.platform
        self._settings = settings
        self._signin = settings.signin
        self._transport = transport
        self._clock = clock
        self._metadata: Metadata | None = _configured(settings)
        self._metadata_ends = float("inf") if self._metadata else 0.0
        self._keys: KeySet | None = None
        self._keys_read_at = 0.0

    def now(self) -> float:
        """Seconds since 1970 as the platform has it."""
        return self._transport.clock.now()

    async def metadata(self, deadline: Deadline) -> Metadata:
        """Read where everything is, or what the settings say of it."""
        if self._metadata is None or self._clock() >= self._metadata_ends:
            issuer = self._settings.login_issuer
            answer = await self._asked(METADATA, httpx.Request("GET", issuer.rstrip("/") + _WELL_KNOWN), deadline)
            metadata: Metadata = answer.decoded(Metadata)
            if metadata.issuer != issuer or not _is_safe(metadata):
                raise UnexpectedAnswerError(self.platform, METADATA, "metadata of another issuer, or without TLS")
            self._metadata, self._metadata_ends = metadata, self._clock() + _KEPT_SECONDS
        return self._metadata

    async def keys(self, deadline: Deadline, *, newer: bool = False) -> KeySet:
        """Read the keys of id_tokens; ``newer``: the ones we have lack one."""
        age = self._clock() - self._keys_read_at
        if self._keys is None or age > (_PATIENCE_SECONDS if newer else _KEPT_SECONDS):
            address = (await self.metadata(deadline)).jwks_uri
            answer = await self._asked(KEYS, httpx.Request("GET", address), deadline)
            self._keys, self._keys_read_at = _keys_in(answer), self._clock()
        return self._keys

    async def id_token(self, code: str, binding: Binding, deadline: Deadline) -> str:
        """Hand a code in (RFC 6749 section 4.1.3, RFC 7636 section 4.5) and answer the id_token, not yet verified.

        Raises ``SignInNeededError`` for a code that is used, ended or not ours.
        """
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self._signin.callback_url,
            "code_verifier": binding.code_verifier,
        }
        headers, secret = {}, self._signin.client_secret.get_secret_value()
        if secret:  # RFC 6749 section 2.3.1
            pair = f"{quote_plus(self._signin.client_id)}:{quote_plus(secret)}"
            headers["Authorization"] = f"Basic {base64.b64encode(pair.encode()).decode()}"
        else:
            form["client_id"] = self._signin.client_id
        address = (await self.metadata(deadline)).token_endpoint
        answer = await self._asked(TOKEN, httpx.Request("POST", address, data=form, headers=headers), deadline)
        tokens: _Tokens = answer.decoded(_Tokens)
        return tokens.id_token

    async def _asked(self, operation: str, request: httpx.Request, deadline: Deadline) -> Answer:
        request.headers["Accept"] = "application/json"
        with self._transport.guard.call(operation):
            answer = await self._transport.send(operation, request, deadline.sooner(self._settings.timeout))
            if answer.status != HTTPStatus.OK:
                raise self._refusal(answer)
            return answer

    def _refusal(self, answer: Answer) -> Exception:
        """RFC 6749 section 5.2: ``invalid_grant`` is about the code, everything else about us or the platform."""
        try:
            error = msgspec.json.decode(answer.body, type=_Refusal).error
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            error = ""
        if answer.operation == TOKEN and error == "invalid_grant":
            return SignInNeededError(self.platform, TOKEN, error)
        ours = answer.status in {HTTPStatus.BAD_REQUEST, HTTPStatus.UNAUTHORIZED} and answer.operation == TOKEN
        kind = RefusedSignatureError if ours else UnexpectedAnswerError
        return kind(self.platform, answer.operation, f"HTTP {answer.status}")


def _configured(settings: DutySettings) -> Metadata | None:
    """The metadata where the settings name all of it."""
    signin = settings.signin
    named = (signin.authorization_endpoint, signin.token_endpoint, signin.jwks_uri)
    return Metadata(settings.login_issuer, *named, signin.sends_issuer) if all(named) else None


def _is_safe(metadata: Metadata) -> bool:
    """Whether nothing leads out of TLS where the issuer has it."""
    scheme = "https://" if metadata.issuer.startswith("https://") else ("https://", "http://")
    return all(
        address.startswith(scheme)
        for address in (metadata.authorization_endpoint, metadata.token_endpoint, metadata.jwks_uri)
    )


def _keys_in(answer: Answer) -> KeySet:
    """Read a JWK Set (RFC 7517 section 5); only public keys are of use."""
    found: Mapping[str, Any] = answer.decoded(dict[str, Any])
    try:
        return KeySet.import_key_set({"keys": [key for key in found["keys"] if key["kty"] != "oct"]})
    except (JoseError, ValueError, TypeError, KeyError) as error:
        raise UnexpectedAnswerError(answer.platform, answer.operation, "not a set of keys") from error
