"""The edge's limits as settings."""

import ipaddress
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from auth.origin import origin_from


class EdgeSettings(BaseModel):
    """What the edge lets in and for how long."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    max_body_bytes: int = Field(256 * 1024, ge=1024, le=16 * 1024 * 1024, description="largest request body, in bytes")
    max_address_bytes: int = Field(
        32 * 1024, ge=1024, le=64 * 1024, description="longest part of an address behind the question mark, in bytes"
    )
    body_timeout_ms: int = Field(
        10_000, ge=10, le=120_000, description="longest time for a request body to arrive, in milliseconds"
    )
    request_timeout_ms: int = Field(
        5_000, ge=10, le=120_000, description="how long a request may take once it has arrived, in milliseconds"
    )
    grace_ms: int = Field(
        500, ge=0, le=10_000, description="what an answer may be late before the edge gives up on it, in milliseconds"
    )
    max_json_depth: int = Field(64, ge=4, le=256, description="how deep variables and extensions may be nested")
    max_number_digits: int = Field(40, ge=20, le=1000, description="most digits of a whole number in variables")
    cors_origins: tuple[str, ...] = Field(
        (),
        description="origins, beside those of registered clients, whose pages may read answers made without a token",
    )
    csrf_prevention: Literal["pages", "everyone"] = Field(
        "pages",
        description="whose queries by GET need a header that makes browsers ask first: `pages` of other sites, or "
        "`everyone`, as Apollo Server has it",
    )
    trusted_proxies: tuple[str, ...] = Field(
        (),
        description="networks of our own proxies (CIDR), from which `X-Forwarded-For` is believed; without any a "
        "caller's address is the socket's",
    )
    head_timeout_ms: int = Field(
        10_000,
        ge=10,
        le=120_000,
        description="longest time from a connection's or a request's first byte until its headers are whole, in "
        "milliseconds",
    )
    keep_alive_s: float = Field(
        30.0, ge=0.05, le=3600, description="for how long a connection may be silent between two requests, in seconds"
    )
    connections_per_address: int = Field(
        2000,
        ge=0,
        le=1_000_000,
        description="most connections from one address, IPv6 by /64, our own proxies and this machine apart; 0 for no "
        "limit",
    )
    hsts_s: int = Field(
        31_536_000,
        ge=0,
        description="how long browsers are told to come by https only, in seconds, where `auth.issuer` is https; 0 for "
        "never",
    )
    suggestions: bool = Field(
        default=False, description="whether errors suggest names of the schema (“Did you mean”); not for production"
    )

    @field_validator("trusted_proxies")
    @classmethod
    def _are_networks(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for network in value:
            try:
                ipaddress.ip_network(network)
            except ValueError:
                raise ValueError(f"{network}: not a network such as 10.0.0.0/8, 192.0.2.7 or fd00::/8") from None
        return value

    @field_validator("cors_origins")
    @classmethod
    def _are_origins(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(map(origin_from, value))
