"""An authorization request: what a client asks a person for (RFC 6749 section 4.1.1, OpenID Connect Core 3.1.2.1).

Read in this order: the client; its redirect URI; from then on what is wrong goes back to the client; the table of
checks below, from the first to the last; the values.
"""

import enum
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from auth.authorization.parameters import Parameters
from auth.authorization.redirects import is_registered
from auth.authorization.sealing import Continued, packed
from auth.client import Client
from auth.refusals import OAuthError, Refusal
from auth.resources import audience_of
from auth.scopes import DEFAULT, asked_scopes, within_client
from auth.settings import AuthSettings
from connectors.viewer import Scope

_SHA256 = re.compile(r"[A-Za-z0-9_-]{43}", re.ASCII)
"""Of 32 bytes in base64url: a challenge (RFC 7636 section 4.2), a key's thumbprint (RFC 7638)."""
_SECONDS = re.compile(r"[0-9]{1,9}", re.ASCII)
_LENGTHS = {"state": 1024, "nonce": 512, "redirect_uri": 2000, "ui_locales": 200}
_USUAL_LENGTH = 1000
HINTED = "hinted"
"""In the place of an ``id_token_hint``: whose it is. It can come from nobody but us (``Authorizations.meant``)."""
NOBODY = "-"
"""Whose a hint is that cannot be verified, or is another client's."""
_LONGEST_IN_ALL = 1650
"""Sealed twice, a request still fits into the cookie of a leg to a platform."""


class Prompt(enum.StrEnum):
    """What a client wants the person to see, or not to (OpenID Connect Core section 3.1.2.1)."""

    NONE = "none"
    LOGIN = "login"
    CONSENT = "consent"
    SELECT_ACCOUNT = "select_account"


@dataclass(frozen=True, slots=True)
class AuthorizationRequest:
    """A request that may be answered; lives from its arrival until the code is given, at most ten minutes.

    ``scopes`` are within the client's registration, not yet within the person's roles; ``level`` is the least one asked
    for by ``acr_values``; ``jkt`` the key the tokens are to be bound to; ``hinted`` the person the client means, or
    ``NOBODY``; ``pushed`` the digest of the pushed request it came by.
    """

    parameters: Parameters
    client: Client
    redirect_uri: str
    scopes: frozenset[Scope]
    audience: str
    state: str | None
    nonce: str | None
    challenge: str
    prompts: frozenset[Prompt]
    max_age: int | None
    level: int | None
    jkt: str | None
    hinted: str | None
    ui_locales: str | None
    begun_at: datetime
    pushed: str | None = None


def redirect_uri_of(parameters: Parameters, client: Client) -> str | None:
    """Where the client may be answered; None when that is not to be trusted."""
    redirect_uri = parameters.get("redirect_uri")
    known = redirect_uri is not None and is_registered(redirect_uri, client.redirect_uris)
    return redirect_uri if known and len(redirect_uri or "") <= _LENGTHS["redirect_uri"] else None


def state_of(parameters: Parameters) -> str | None:
    """The state to send back with whatever is answered; None for one that RFC 6749 appendix A.5 does not allow."""
    state = parameters.get("state")
    return state if state is not None and _is_readable("state", state) else None


def _sent_once(parameters: Parameters, _client: Client) -> None:
    if parameters.repeated:
        raise OAuthError(Refusal.REPEATED)


def _readable(parameters: Parameters, _client: Client) -> None:
    readable = all(_is_readable(name, value) for name, value in parameters.values.items())
    if not readable or len(json.dumps(packed(parameters))) > _LONGEST_IN_ALL:
        raise OAuthError(Refusal.UNREADABLE_PARAMETER)


def _no_request_object(parameters: Parameters, _client: Client) -> None:
    """A pushed request was read before and is not named any more."""
    if parameters.get("request"):
        raise OAuthError(Refusal.NO_REQUEST_OBJECTS)
    if parameters.get("request_uri"):
        raise OAuthError(Refusal.NO_REQUEST_URIS)
    if parameters.get("registration"):
        raise OAuthError(Refusal.NO_REGISTRATION)


def _asks_for_a_code(parameters: Parameters, _client: Client) -> None:
    if parameters.get("response_type") is None:
        raise OAuthError(Refusal.INCOMPLETE)
    if parameters.get("response_type") != "code":
        raise OAuthError(Refusal.BAD_RESPONSE_TYPE)
    if parameters.get("response_mode") not in {None, "query"}:
        raise OAuthError(Refusal.BAD_RESPONSE_MODE)


def _has_challenge(parameters: Parameters, _client: Client) -> None:
    """PKCE, always: where no method is named, RFC 7636 means ``plain``."""
    if parameters.get("code_challenge") is None:
        raise OAuthError(Refusal.NO_CHALLENGE)
    if parameters.get("code_challenge_method") != "S256":
        raise OAuthError(Refusal.PLAIN_CHALLENGE)
    if not _SHA256.fullmatch(parameters.get("code_challenge") or ""):
        raise OAuthError(Refusal.BAD_CHALLENGE)


def _names_a_key(parameters: Parameters, _client: Client) -> None:
    if not _SHA256.fullmatch(parameters.get("dpop_jkt") or "x" * 43):
        raise OAuthError(Refusal.BAD_THUMBPRINT)


CHECKS: tuple[Callable[[Parameters, Client], None], ...] = (
    _sent_once,
    _readable,
    _no_request_object,
    _asks_for_a_code,
    _has_challenge,
    _names_a_key,
)
"""What may be wrong although client and redirect URI are right; each raises ``OAuthError``, the first counts."""


def request_from(
    settings: AuthSettings, continued: Continued, client: Client, redirect_uri: str
) -> AuthorizationRequest:
    """Hold a request against the checks and read its values; raises ``OAuthError``."""
    parameters = continued.parameters
    if client.require_par and continued.pushed is None:
        raise OAuthError(Refusal.MUST_BE_PUSHED)
    for check in CHECKS:
        check(parameters, client)
    return AuthorizationRequest(
        parameters=parameters,
        client=client,
        redirect_uri=redirect_uri,
        scopes=within_client(asked_scopes(parameters.get("scope")), client.scopes, DEFAULT),
        audience=_audience(settings, parameters.resources),
        state=parameters.get("state"),
        nonce=parameters.get("nonce"),
        challenge=parameters.values["code_challenge"],
        prompts=_prompts(parameters.get("prompt")),
        max_age=_max_age(parameters.get("max_age")),
        level=_level(parameters.get("acr_values")),
        jkt=parameters.get("dpop_jkt"),
        hinted=parameters.get(HINTED),
        ui_locales=parameters.get("ui_locales"),
        begun_at=continued.begun_at,
        pushed=continued.pushed,
    )


def _is_readable(name: str, value: str) -> bool:
    return value.isascii() and value.isprintable() and len(value) <= _LENGTHS.get(name, _USUAL_LENGTH)


def _audience(settings: AuthSettings, resources: tuple[str, ...]) -> str:
    """A token for the usual audience is good at all of them."""
    audiences = [audience_of(settings, resource) for resource in resources]
    return audiences[0] if len(set(audiences)) == 1 else settings.audience


def _prompts(text: str | None) -> frozenset[Prompt]:
    try:
        prompts = frozenset(map(Prompt, (text or "").split()))
    except ValueError as error:
        raise OAuthError(Refusal.BAD_PROMPT) from error
    if Prompt.NONE in prompts and len(prompts) > 1:
        raise OAuthError(Refusal.BAD_PROMPT)
    return prompts


def _max_age(text: str | None) -> int | None:
    if text is not None and not _SECONDS.fullmatch(text):
        raise OAuthError(Refusal.BAD_MAX_AGE)
    return None if text is None else int(text)


def _level(text: str | None) -> int | None:
    """The lowest level named is good enough; values that are none of ours are passed over, as they are only wishes."""
    levels = [int(word) for word in (text or "").split() if _SECONDS.fullmatch(word)]
    return min(levels, default=None)
