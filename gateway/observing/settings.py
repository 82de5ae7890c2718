"""Traces, as settings."""

import re
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, SecretStr, StringConstraints, field_validator

_HEADER = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+=[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?", re.ASCII)
_Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_.]{0,63}$")]
_Value = Annotated[str, StringConstraints(min_length=1, max_length=200)]


class TraceSettings(BaseModel):
    """Where traces go, and of how many requests."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    endpoint: str = Field(
        "",
        pattern=r"^(https?://[^\s/?#]+(/[^\s?#]*)?)?$",
        description="where traces are sent by OTLP over HTTP, the whole address (`http://127.0.0.1:4318/v1/traces`); "
        "nothing: none are made",
    )
    headers: SecretStr = Field(
        SecretStr(""), description="headers for the collector, `name=value`, several by commas; a secret"
    )
    share: float = Field(0.02, ge=0, le=1, description="the share of requests that is traced")
    callers_a_minute: int = Field(
        30,
        ge=0,
        le=100_000,
        description="how many requests a minute are traced beyond that, because the caller's `traceparent` says that "
        "it is sampled; 0: callers decide nothing",
    )
    to_platforms: bool = Field(
        default=False, description="hand `traceparent` and the caller's `tracestate` on to the platforms"
    )
    service_name: str = Field("tongxin", pattern=r"^[\x21-\x7e]{1,64}$", description="`service.name` of the traces")
    resource: dict[_Name, _Value] = Field(
        default_factory=dict,
        description='more resource attributes, as JSON: `{"deployment.environment.name": "county"}`',
    )
    queue: int = Field(
        4096,
        ge=64,
        le=1_000_000,
        description="spans that wait for the collector at most; more are dropped, and counted",
    )

    @field_validator("headers")
    @classmethod
    def _are_headers(cls, value: SecretStr) -> SecretStr:
        headers_in(value)
        return value


def headers_in(text: SecretStr) -> dict[str, str]:
    """The headers of ``TraceSettings.headers``. Raises ``ValueError``."""
    parts = [part.strip() for part in text.get_secret_value().split(",") if part.strip()]
    if not all(_HEADER.fullmatch(part) for part in parts):
        raise ValueError("must be name=value, several by commas")
    return dict(part.split("=", 1) for part in parts)
