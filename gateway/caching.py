"""The cache of reads as settings, and how it is made from them."""

import re

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator

from connectors.cache import Cache
from connectors.memory import BoundedMemoryCache
from connectors.shared import SharedStore

_MB = 1024 * 1024
_REDIS = re.compile(r"(rediss?://[^\s/?#]+(/[0-9]{0,4})?)?")


def checked_redis_url(url: SecretStr) -> SecretStr:
    """The address of a Redis, or none. Raises ``ValueError`` for anything else."""
    if not _REDIS.fullmatch(url.get_secret_value()):
        raise ValueError("must be redis:// or rediss://, a host, and perhaps a port, a password, a number")
    return url


class CacheSettings(BaseModel):
    """What is kept of what was read of the platforms. For how long is said with each operation."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    keep: bool = Field(
        default=True,
        description="whether what was read is kept. Without, every read asks its platform, and Redis is not used; for "
        "measuring, and for finding out whether something kept is what one looks at",
    )
    entries: int = Field(100_000, ge=100, description="most entries kept in memory; the least used go first")
    max_mb: int = Field(256, ge=1, le=65_536, description="most memory for entries, in megabytes, reckoned")
    share_in_flight: bool = Field(
        default=True, description="whether reads that ask a platform for the same at the same time share one call"
    )
    refreshes: int = Field(
        8, ge=0, le=1000, description="most calls at once that fetch again what was answered a little stale meanwhile"
    )
    redis_url: SecretStr = Field(
        SecretStr(""),
        description="a Redis that several gateways share as second level, redis:// or rediss://, with its password and "
        "number; public entries only. Without one each gateway keeps its own",
    )
    redis_timeout_ms: int = Field(
        100, ge=1, le=10_000, description="how long Redis is waited for before reads go on without it, in milliseconds"
    )

    @field_validator("redis_url")
    @classmethod
    def _is_redis(cls, url: SecretStr) -> SecretStr:
        return checked_redis_url(url)


def opened_cache(settings: CacheSettings) -> Cache:
    """The cache of one process; nothing is connected before something is read."""
    memory = BoundedMemoryCache(settings.entries, settings.max_mb * _MB)
    shared = _shared(settings) if settings.keep and settings.redis_url.get_secret_value() else None
    return Cache(
        memory, shared=shared, share=settings.share_in_flight, keep=settings.keep, refreshes=settings.refreshes
    )


def _shared(settings: CacheSettings) -> SharedStore:
    from gateway.redis_store import redis_store  # noqa: PLC0415 - not loaded where none is used

    timeout = settings.redis_timeout_ms / 1000
    return SharedStore(redis_store(settings.redis_url.get_secret_value(), timeout), timeout)
