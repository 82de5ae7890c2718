"""The counting of topics, as settings."""

from pydantic import BaseModel, ConfigDict, Field


class CockpitSettings(BaseModel):
    """How what published questions are about is kept up."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    topics_interval_s: int = Field(
        60,
        ge=0,
        le=3600,
        description="how often changed questions are read for the cockpit's topics, in seconds; 0 for never. Above 30, "
        "or the cache answers what it was told before; one replica at a time does it",
    )
