"""Settings of live answers."""

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator

from gateway.caching import checked_redis_url


class LiveSettings(BaseModel):
    """Subscriptions: how much may wait, how long events are remembered, how often is looked."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    redis_url: SecretStr = Field(
        SecretStr(""),
        description="a Redis by which several gateways tell one another what happened, redis:// or rediss://, with its "
        "password and number. Without one each gateway tells of its own writes, and finds the others' by looking",
    )
    queue: int = Field(
        100, ge=1, le=10_000, description="most messages that wait for one reader; who is slower is ended"
    )
    remember_events: int = Field(
        1000,
        ge=10,
        le=100_000,
        description="events of one topic that are remembered, for who comes back (Last-Event-ID)",
    )
    remember_s: float = Field(300.0, ge=1, le=86_400, description="for how long, in seconds")
    runs: int = Field(32, ge=1, le=1000, description="most events that are read at the same time")
    deadline_ms: int = Field(5000, ge=10, le=60_000, description="longest time for one event's answer, in milliseconds")
    poll_s: float = Field(
        2.0,
        ge=0,
        le=600,
        description="seconds between two looks at what changed on a platform, while somebody listens; 0 for no looks",
    )
    recheck_s: float = Field(
        5.0, ge=0.01, le=300, description="seconds between two looks at the tokens of those who listen"
    )
    max_streams: int = Field(20_000, ge=1, le=1_000_000, description="most subscriptions open in one process")
    max_streams_per_person: int = Field(500, ge=1, le=1_000_000, description="most of them for one person")
    max_operations: int = Field(
        100, ge=1, le=10_000, description="most operations open at the same time on one WebSocket"
    )
    max_connections: int = Field(
        10_000, ge=1, le=1_000_000, description="most connections open in one process, WebSocket and SSE together"
    )
    max_connections_per_client: int = Field(
        5000, ge=1, le=1_000_000, description="most of them for one client's tokens"
    )
    max_connections_per_person: int = Field(50, ge=1, le=1_000_000, description="most of them for one person")
    max_connections_per_address: int = Field(
        200,
        ge=1,
        le=1_000_000,
        description="most of them from one address without a token, IPv6 by /64; behind a proxy set "
        "`edge.trusted_proxies`, or all come from the proxy's address",
    )
    max_message_bytes: int = Field(
        128 * 1024, ge=1024, le=16 * 1024 * 1024, description="largest message over WebSocket, in bytes"
    )
    gather_ms: int = Field(
        50,
        ge=0,
        le=1000,
        description="how far apart messages are written to one reader, in milliseconds: what comes in between goes "
        "out together, a message that comes alone at once",
    )
    connection_init_ms: int = Field(
        3000, ge=10, le=60_000, description="how long a WebSocket may take to send `connection_init`, in milliseconds"
    )
    heartbeat_s: float = Field(
        15.0,
        ge=0.05,
        le=300,
        description="after how many silent seconds a WebSocket is pinged, and SSE gets a comment; a WebSocket that "
        "does not answer for as long again is closed",
    )
    stalled_s: float = Field(
        30.0, ge=0.05, le=600, description="for how many seconds a reader may take nothing of what was sent"
    )

    @field_validator("redis_url")
    @classmethod
    def _is_redis(cls, url: SecretStr) -> SecretStr:
        return checked_redis_url(url)
