"""Settings of sign-on: who we say we are, what we keep secret, where we keep it."""

import ipaddress
from typing import Any, Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator

MIN_SECRET_LENGTH = 32
MIN_ACCESS_TOKEN_LIFETIME_S = 30
MAX_ACCESS_TOKEN_LIFETIME_S = 3600
_DRIVERS = ("sqlite+aiosqlite:", "postgresql+asyncpg:")


class SessionSettings(BaseModel):
    """How long a browser stays signed in."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    idle_s: int = Field(1800, ge=60, le=86_400, description="a session nobody uses ends after so long, in seconds")
    lifetime_s: int = Field(43_200, ge=300, le=604_800, description="a session ends after so long, in seconds")


class GrantSettings(BaseModel):
    """How long what clients hold is good."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    code_s: int = Field(60, ge=10, le=600, description="an authorization code, in seconds")
    pushed_request_s: int = Field(90, ge=10, le=600, description="a pushed authorization request, in seconds")
    device_code_s: int = Field(600, ge=60, le=1800, description="a device code, in seconds")
    refresh_idle_s: int = Field(
        1_209_600, ge=600, le=31_536_000, description="a refresh token nobody uses ends after so long, in seconds"
    )
    refresh_lifetime_s: int = Field(
        7_776_000, ge=3600, le=31_536_000, description="refresh tokens of one grant end after so long, in seconds"
    )
    refresh_grace_s: int = Field(
        10,
        ge=0,
        le=60,
        description="how long a used refresh token may be sent again to get the same answer, should it have been lost",
    )


class FactorSettings(BaseModel):
    """Second factors and lock-out."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    failures: int = Field(5, ge=1, le=100, description="wrong codes in a row that lock")
    lock_s: int = Field(600, ge=10, le=86_400, description="how long that locks, in seconds")
    enrolment_code_s: int = Field(86_400, ge=60, le=604_800, description="an enrolment code is good for so long")
    fresh_s: int = Field(
        900, ge=30, le=43_200, description="an admin act asks for the factor again when it is older, in seconds"
    )


class AuditSettings(BaseModel):
    """What happened, kept so that nobody can change it unseen."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    keep_days: int = Field(200, ge=1, le=3660, description="entries are kept for so long, in days")
    group_ms: int = Field(20, ge=1, le=1000, description="entries wait at most so long to be written together")
    chain: str = Field(
        "", pattern="^[A-Za-z0-9._-]{0,40}$", description="this replica's chain; empty: the machine's name"
    )
    checkpoint_entries: int = Field(
        1000, ge=1, le=1_000_000, description="after so many entries it is signed where the chain stands"
    )
    checkpoint_s: int = Field(300, ge=1, le=86_400, description="the same after so long, in seconds")


class DpopSettings(BaseModel):
    """Proofs of possession (RFC 9449)."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    proof_s: int = Field(60, ge=5, le=600, description="how old a proof may be, in seconds")
    nonce_s: int = Field(
        120, ge=10, le=3600, description="a nonce we hand out is good for so long, and at most twice as long"
    )
    nonce_at_graphql: bool = Field(
        default=True,
        description="whether proofs at /graphql need a nonce, too, and not only those at the token endpoint; without, "
        "a stolen proof works at another replica while it is fresh",
    )


class AuthSettings(BaseModel):
    """Composed into the gateway's settings.

    ``secret`` is empty until somebody sets it; the authority cannot be made without one.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    issuer: str = Field(
        "http://127.0.0.1:8000",
        description="our own address as callers see it, without a path; https unless it is loopback. Stands in every "
        "token as `iss` and is never taken from a Host header; follows `port` where nothing is set",
    )
    audience: str = Field(
        default_factory=lambda data: data["issuer"] + "/graphql",
        description="whom access tokens are for (`aud`); the issuer followed by /graphql where nothing is set",
    )
    secret: SecretStr = Field(
        SecretStr(""),
        description="protects what is stored: encrypts keys and personal data, peppers client secrets; at least 32 "
        "characters",
    )
    previous_secrets: tuple[SecretStr, ...] = Field(
        (), description="earlier values of `secret`: they still open what was stored with them, nothing new uses them"
    )
    database_url: str = Field(
        "sqlite+aiosqlite:///var/tongxin.db",
        repr=False,  # may hold a password
        description="the database: sqlite+aiosqlite:///PATH or postgresql+asyncpg://USER:PASSWORD@HOST/NAME; where "
        "nothing is set, tongxin.db in the folder for data",
    )
    access_token_lifetime: int = Field(
        600,
        ge=MIN_ACCESS_TOKEN_LIFETIME_S,
        le=MAX_ACCESS_TOKEN_LIFETIME_S,
        description="how long an access token lives, in seconds",
    )
    remember_tokens_s: int = Field(
        60,
        ge=0,
        le=60,
        description="how long a verified token is taken as good without looking again, in seconds: a disabled client "
        "or a lost role may still work for that long",
    )
    sign_in_timeout_ms: int = Field(
        5000,
        ge=100,
        le=60_000,
        description="longest time for a sign-in with all it asks of the platforms, in milliseconds",
    )

    session: SessionSettings = Field(SessionSettings(), description="browser sessions")
    grant: GrantSettings = Field(GrantSettings(), description="codes and refresh tokens")
    dpop: DpopSettings = Field(DpopSettings(), description="proofs of possession")
    factor: FactorSettings = Field(FactorSettings(), description="second factors and lock-out")
    audit: AuditSettings = Field(AuditSettings(), description="the audit")
    cryptography: Literal["international", "national"] = Field(
        "international",
        description="which algorithms protect what is stored and the audit: international (AES-256-GCM, SHA-256, "
        "ES256) or national (SM4-GCM, SM3, SM2), where clients may prove themselves by SM2, too; what was stored with "
        "the other stays readable",
    )

    @field_validator("issuer")
    @classmethod
    def _origin(cls, value: str) -> str:
        """RFC 8414 section 2, and no path: the well-known addresses stand at the root."""
        parts = urlsplit(value)
        if parts.scheme not in {"http", "https"} or not parts.hostname or f"{parts.scheme}://{parts.netloc}" != value:
            raise ValueError("must be scheme://host[:port] and nothing behind it, such as https://gateway.example.cn")
        if "@" in parts.netloc or (parts.scheme == "http" and not is_loopback(parts.hostname)):
            raise ValueError("must be https, unless the host is loopback, and hold no user or password")
        return value

    @field_validator("secret", "previous_secrets")
    @classmethod
    def _long_enough(cls, value: Any) -> Any:
        several = isinstance(value, tuple)
        for secret in value if several else (value,):
            length = len(secret.get_secret_value())
            if (several or length > 0) and length < MIN_SECRET_LENGTH:
                raise ValueError(f"must have at least {MIN_SECRET_LENGTH} characters")
        return value

    @field_validator("database_url")
    @classmethod
    def _known_driver(cls, value: str) -> str:
        if not value.startswith(_DRIVERS):
            raise ValueError(f"must begin with one of {', '.join(_DRIVERS)}")
        # every command reads settings, few a database: only the address of one needs this large library
        from sqlalchemy import make_url  # noqa: PLC0415 - see above
        from sqlalchemy.exc import ArgumentError  # noqa: PLC0415 - see above

        try:
            url = make_url(value)
        except (ArgumentError, ValueError):
            url = None
        if url is None or (url.get_backend_name() == "sqlite" and url.host):
            raise ValueError("must be a database address, such as sqlite+aiosqlite:///var/tongxin.db")
        return value


def is_loopback(host: str) -> bool:
    """Whether the host is this machine to itself."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
