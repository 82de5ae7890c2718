"""What operators see, as settings."""

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator

from gateway.observing.settings import TraceSettings

MIN_TOKEN_LENGTH = 16


class OpsSettings(BaseModel):
    """Probes and metrics."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    probe_interval_s: int = Field(
        15, ge=0, le=3600, description="how often each platform is asked a harmless question, in seconds; 0 for never"
    )
    keep_incidents_days: int = Field(
        365, ge=90, le=3650, description="for how many days incidents are kept after their end"
    )
    drain_s: float = Field(
        0.0,
        ge=0,
        le=300,
        description="how long a gateway that is told to stop goes on answering while /health/ready says no, in "
        "seconds: as long as the balancer takes to notice",
    )
    metrics: bool = Field(default=True, description="whether /metrics is served")
    metrics_token: SecretStr = Field(
        SecretStr(""),
        description="what /metrics asks for (`Authorization: Bearer`); empty: it is for callers on this machine only",
    )
    metrics_port: int | None = Field(
        None, ge=1, le=65535, description="a port for /metrics alone; nothing: it is on the main port"
    )
    metrics_host: str = Field("127.0.0.1", description="address to listen on where /metrics has a port of its own")
    slow_ms: int = Field(
        1000, ge=0, le=600_000, description="operations that take longer are told to the log, in milliseconds; 0: none"
    )
    traces: TraceSettings = Field(default_factory=TraceSettings, description="traces")

    @field_validator("metrics_token")
    @classmethod
    def _can_be_sent(cls, value: SecretStr) -> SecretStr:
        token = value.get_secret_value()
        if token and (len(token) < MIN_TOKEN_LENGTH or not all("!" <= sign <= "~" for sign in token)):
            raise ValueError(f"must be nothing, or at least {MIN_TOKEN_LENGTH} visible ASCII characters without blanks")
        return value
