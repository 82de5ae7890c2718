"""Settings of writes."""

from pydantic import BaseModel, ConfigDict, Field


class WriteSettings(BaseModel):
    """How long writes are tried, and how often officials are notified."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    first_retry_s: float = Field(
        1.0, gt=0, le=600, description="seconds until an effect that failed is tried again; twice as many each time"
    )
    longest_retry_s: float = Field(600.0, ge=1, le=86_400, description="most seconds between two tries")
    give_up_h: float = Field(72.0, gt=0, le=720, description="hours after which an effect is given up, visibly")
    keep_h: float = Field(
        24.0, ge=24, le=720, description="hours in which the same idempotency key answers what it answered before"
    )
    digest_interval_s: int | None = Field(
        None,
        ge=0,
        le=86_400,
        description="seconds between two work notifications; what the work app allows where nothing is set",
    )
    deadline_ms: int = Field(5000, ge=100, le=60_000, description="longest time for one try, in milliseconds")
    batch: int = Field(16, ge=1, le=200, description="effects tried at the same time")
