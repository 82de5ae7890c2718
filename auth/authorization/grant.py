"""A grant, and the tokens that are given out for it at once."""

from dataclasses import dataclass, field

from auth.proof import Proof
from auth.tokens import Issued
from connectors.viewer import Scope


@dataclass(frozen=True, slots=True)
class Grant:
    """What a person lets a client do, at the moment tokens are made for it.

    ``sid`` is the browser session it came from, ``jkt`` the key its tokens are bound to, ``refresh_token`` what the
    client goes on with, ``nonce`` what it wants to find in the id_token.
    """

    id: str
    client_id: str
    person_id: str
    sid: str | None
    scopes: frozenset[Scope]
    proof: Proof
    audience: str
    jkt: str | None = None
    nonce: str | None = None
    refresh_token: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class TokenSet:
    """What one answer of the token endpoint gives."""

    access: Issued
    id_token: str | None = field(default=None, repr=False)
    refresh_token: str | None = field(default=None, repr=False)
