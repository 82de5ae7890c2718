"""The section of the settings for the duty platform's own login (OpenID Connect)."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr

from connectors.addresses import Address

Algorithm = Literal["ES256", "ES384", "PS256", "RS256"]
"""Signatures only the platform can make; one with a secret that both know proves less."""


class DutySignInSettings(BaseModel):
    """The gateway as the login's client. Without a client id nobody signs in that way."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    issuer: Address = Field(
        "",
        pattern=r"^[^?#]*$",
        description="issuer of the platform's login, as it stands in id_tokens; empty: base_url",
    )
    client_id: str = Field("", description="the gateway's client id at the login; empty: nobody signs in by it")
    client_secret: SecretStr = Field(
        SecretStr(""), description="the secret that belongs to it, sent by HTTP Basic; empty: a public client"
    )
    callback_url: Address = Field(
        "http://127.0.0.1:8000/login/duty/callback",
        min_length=1,
        description="registered redirect URI; where nothing is set, /login/duty/callback below auth.issuer",
    )
    scope: str = Field("openid profile", pattern=r"(^| )openid( |$)", description="scopes to ask for")
    authorization_endpoint: Address = Field(
        "", description="where browsers are sent; empty, like the two below: as the issuer's metadata says"
    )
    token_endpoint: Address = Field("", description="where a code is handed in")
    jwks_uri: Address = Field("", description="where the keys of id_tokens are")
    sends_issuer: bool = Field(
        default=True,
        description="whether `iss` must come back beside the code (RFC 9207) where no metadata says so",
    )
    algorithms: tuple[Algorithm, ...] = Field(
        ("ES256", "PS256", "RS256"), min_length=1, description="algorithms an id_token may be signed with"
    )
    member_claim: str = Field(
        "member_id", min_length=1, description="claim of the id_token that names the member the account belongs to"
    )
