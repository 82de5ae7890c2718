"""How much is risked on a platform, as settings."""

from collections.abc import Mapping

from pydantic import BaseModel, ConfigDict, Field


class OperationGuard(BaseModel):
    """What is another way for one operation; what is not set is the platform's."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    timeout_ms: int | None = Field(None, ge=10, le=60_000, description="longest time for one read of it")
    most_calls: int | None = Field(None, ge=1, le=1000, description="most calls of it at once")
    hedge_ms: int | None = Field(
        None, ge=0, le=60_000, description="when a late read of it is made once more; 0: never"
    )


class GuardSettings(BaseModel):
    """When calls are held back, made once more, or not made at all."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    most_calls: int = Field(
        48, ge=1, le=1000, description="most calls of one operation at once, below `most_connections`; others wait"
    )
    most_waiting: int = Field(
        500, ge=0, le=100_000, description="most calls of one operation that wait; others are refused at once"
    )
    retry_share: float = Field(
        0.08, ge=0, le=1, description="reads that failed are made once more, at most so many for each call; 0: never"
    )
    hedge_ms: int = Field(
        0,
        ge=0,
        le=60_000,
        description="a read of what is the same for everybody that has no answer after so many milliseconds is made "
        "once more beside the first, within `retry_share`; 0: never",
    )
    breaker: bool = Field(default=True, description="whether calls are refused by ourselves while a platform fails")
    open_share: float = Field(0.5, gt=0, le=1, description="share of failed calls from which they are refused")
    open_after: int = Field(6, ge=1, le=10_000, description="fewest calls in `window_s` for that to be judged")
    open_in_a_row: int = Field(
        12, ge=1, le=10_000, description="so many failed calls on end are enough, whatever was before them"
    )
    window_s: float = Field(10, ge=1, le=300, description="seconds of calls that are judged")
    open_for_s: float = Field(5, ge=0.1, le=600, description="seconds of refusing before a few calls are tried again")
    slow_ms: int | None = Field(
        None,
        ge=1,
        le=60_000,
        description="an answer this late counts as failed, in milliseconds; nothing: nine tenths of `timeout_ms`",
    )
    operations: Mapping[str, OperationGuard] = Field(
        default_factory=dict, description="what differs for an operation, by its name in health and metrics"
    )
