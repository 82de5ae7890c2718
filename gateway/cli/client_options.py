"""The options of ``tongxin client create`` and ``update``: the parts of a registration."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from auth.client import AuthMethod, GrantType
from connectors.records.identity import TicketForm
from connectors.viewer import Scope

NONE = ""
"""As the value of an option, it takes away what was there."""

Grants = Annotated[list[GrantType], typer.Option("--grant", help="what it may trade for a token; more than once")]
Scopes = Annotated[list[Scope], typer.Option("--scope", help="what its tokens may be used for; more than once")]
TicketForms = Annotated[
    list[TicketForm] | None, typer.Option("--ticket-form", help="tickets it may hand in; more than once")
]
Origins = Annotated[
    list[str] | None, typer.Option("--origin", help="web origin of its pages, https://host; more than once")
]
RedirectUris = Annotated[
    list[str] | None, typer.Option("--redirect-uri", help="where a browser comes back to; more than once")
]
PostLogoutRedirectUris = Annotated[
    list[str] | None,
    typer.Option("--post-logout-redirect-uri", help="where a browser comes back to, signed out; more than once"),
]
BackchannelLogoutUri = Annotated[
    str | None, typer.Option("--backchannel-logout-uri", help="where it hears that somebody signed out")
]
Jwks = Annotated[Path | None, typer.Option("--jwks", help="file with its public keys, for private_key_jwt")]
Contact = Annotated[str | None, typer.Option("--contact", help="whom to write to about it")]
Lifetime = Annotated[
    int | None, typer.Option("--access-token-lifetime", help="of its access tokens, in seconds; 0 for the usual")
]
Method = Annotated[AuthMethod, typer.Option("--auth-method", help="how it proves itself")]
DpopBound = Annotated[bool, typer.Option("--dpop-bound/--no-dpop-bound", help="its tokens are bound to a key of its")]
RequirePar = Annotated[bool, typer.Option("--require-par/--no-require-par", help="it must push its requests first")]


def keys_in(path: Path | None) -> dict[str, Any] | None:
    """Read a file of public keys; raises ``ValueError`` for one that is none."""
    if path is None:
        return None
    try:
        keys = json.loads(path.read_text())
    except (OSError, ValueError) as error:
        raise ValueError(f"jwks: {path} is no file of JSON ({type(error).__name__})") from None
    if not isinstance(keys, dict):
        raise ValueError(f"jwks: {path} holds no JWK Set")  # noqa: TRY004 - what is told of any wrong option
    return keys


def listed(values: list[str] | None) -> frozenset[str] | None:
    """The values of an option that may come more than once; a single empty one takes all away."""
    return None if values is None else frozenset(values) - {NONE}


def grants_of(values: list[str] | None) -> frozenset[GrantType] | None:
    """Read grant types; raises ``ValueError``."""
    return None if values is None else frozenset(map(GrantType, listed(values) or ()))


def scopes_of(values: list[str] | None) -> frozenset[Scope] | None:
    """Read scopes; raises ``ValueError``."""
    return None if values is None else frozenset(map(Scope, listed(values) or ()))


def ticket_forms_of(values: list[str] | None) -> frozenset[TicketForm] | None:
    """Read ticket forms; raises ``ValueError``."""
    return None if values is None else frozenset(map(TicketForm, listed(values) or ()))
