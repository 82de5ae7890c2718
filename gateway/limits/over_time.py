"""The limits over time as settings."""

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator

from gateway.caching import checked_redis_url

_MOST = 10**12


class OverTimeSettings(BaseModel):
    """How much one caller may ask for over time; 0 takes a limit away.

    An office of five hundred shares one address, and a front end's users one client: so those are wide, and people are
    told apart where they have a token.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    points_per_hour: int = Field(
        100_000_000, ge=0, le=_MOST, description="points a client's operations may cost in an hour; 0 for no limit"
    )
    client_points_per_hour: dict[str, int] = Field(
        {},
        description='the same for single clients: {"c_0123456789abcdef": 500000000}; 0 for no limit',
    )
    client_per_minute: int = Field(
        60_000, ge=0, le=_MOST, description="requests a minute with one client's tokens; 0 for no limit"
    )
    person_per_minute: int = Field(
        1200, ge=0, le=_MOST, description="requests a minute with one person's tokens; 0 for no limit"
    )
    address_per_minute: int = Field(
        6000,
        ge=0,
        le=_MOST,
        description="requests a minute without a good token from one address, IPv6 by /64; 0 for no limit. Behind a "
        "proxy set `edge.trusted_proxies`, or all come from the proxy's address",
    )
    burst_s: int = Field(
        60, ge=1, le=600, description="for how many seconds' worth of requests may come at once, by any of these"
    )
    uploads_per_minute: int = Field(60, ge=0, le=_MOST, description="uploads a minute of one person; 0 for no limit")
    sign_on_per_minute: int = Field(
        3000,
        ge=0,
        le=_MOST,
        description="requests a minute to the addresses of sign-on (/oauth, /login, /device, /account) from one "
        "address; 0 for no limit",
    )
    sign_on_failures_per_minute: int = Field(
        60,
        ge=0,
        le=_MOST,
        description="wrong secrets, codes and tickets a minute from one address, behind which it has to wait; 0 for "
        "no limit",
    )
    registrations_per_minute: int = Field(
        20, ge=0, le=_MOST, description="requests a minute to /oauth/register from one address; 0 for no limit"
    )
    redis_url: SecretStr = Field(
        SecretStr(""),
        description="a Redis by which several gateways share what was used up, redis:// or rediss://, with its "
        "password and number. Without one each gateway counts for itself",
    )
    share_ms: int = Field(
        500, ge=10, le=60_000, description="how often gateways tell one another what was used up, in milliseconds"
    )
    redis_timeout_ms: int = Field(
        1000, ge=1, le=10_000, description="how long Redis is waited for before each counts for itself, in milliseconds"
    )

    @field_validator("redis_url")
    @classmethod
    def _is_redis(cls, url: SecretStr) -> SecretStr:
        return checked_redis_url(url)

    @field_validator("client_points_per_hour")
    @classmethod
    def _are_amounts(cls, value: dict[str, int]) -> dict[str, int]:
        if any(not 0 <= points <= _MOST for points in value.values()):
            raise ValueError(f"points are from 0 to {_MOST}")
        return value
