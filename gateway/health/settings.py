"""What operators see, as settings."""

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator

MIN_TOKEN_LENGTH = 16


class OpsSettings(BaseModel):
    """Probes and metrics."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    probe_interval_s: int = Field(
        15, ge=0, le=3600, description="how often each platform is asked a harmless question, in seconds; 0 for never"
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

    @field_validator("metrics_token")
    @classmethod
    def _can_be_sent(cls, value: SecretStr) -> SecretStr:
        token = value.get_secret_value()
        if token and (len(token) < MIN_TOKEN_LENGTH or not all("!" <= sign <= "~" for sign in token)):
            raise ValueError(f"must be nothing, or at least {MIN_TOKEN_LENGTH} visible ASCII characters without blanks")
        return value
