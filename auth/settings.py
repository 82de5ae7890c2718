"""Settings of sign-on: who we say we are, what we keep secret, where we keep it."""

import ipaddress
from typing import Any
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

MIN_SECRET_LENGTH = 32
_DRIVERS = ("sqlite+aiosqlite:", "postgresql+asyncpg:")


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
    access_token_lifetime: int = Field(600, ge=30, le=3600, description="how long an access token lives, in seconds")
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
