"""Documents that are asked for by name, as settings."""

from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field


class DocumentSettings(BaseModel):
    """Trusted documents are known before anybody asks; automatic ones are remembered as they come."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    folder: Path | None = Field(
        None,
        description="folder of the manifests of trusted documents, `*.json`; where none is set, `documents` in the "
        "data folder",
    )
    only_trusted: bool = Field(
        default=False, description="whether nothing but trusted documents is run, by their id or by their text"
    )
    automatic: bool = Field(
        default=True, description="whether texts are remembered by their SHA-256 for who sends it (APQ)"
    )
    automatic_mb: int = Field(
        8, ge=1, le=1024, description="most memory for remembered texts, in megabytes; the least used go first"
    )
