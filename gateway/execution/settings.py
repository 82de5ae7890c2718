"""Sharing and keeping of whole answers, as settings."""

from pydantic import BaseModel, ConfigDict, Field


class AnswersSettings(BaseModel):
    """What is done with the answers to queries of callers without a token, which are the same for all of them."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    share_in_flight: bool = Field(
        default=True, description="whether identical public queries that are under way at once share one run"
    )
    keep_answers_s: float = Field(
        10.0,
        ge=0,
        le=3600,
        description="longest time the answer to a public query is kept, in seconds, as long as all it was read from is "
        "fresh; 0 for never",
    )
    keep_answers_mb: int = Field(
        32, ge=1, le=4096, description="most memory for kept answers, in megabytes; the least used go first"
    )
