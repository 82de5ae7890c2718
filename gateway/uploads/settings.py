"""Settings of uploads."""

from pydantic import BaseModel, ConfigDict, Field

_MIB = 1024 * 1024


class UploadSettings(BaseModel):
    """How much is taken in, and for how long it is waited."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    max_files: int = Field(9, ge=1, le=100, description="most files of one upload; a question takes nine")
    max_file_bytes: int = Field(
        5 * _MIB, ge=1024, le=50 * _MIB, description="largest file, in bytes; the studio service takes 5 MiB"
    )
    max_bytes: int = Field(20 * _MIB, ge=1024, le=200 * _MIB, description="largest upload as a whole, in bytes")
    max_pixels: int = Field(
        25_000_000,
        ge=10_000,
        le=80_000_000,
        description="most pixels of a picture, all frames together; four bytes each",
    )
    spool_bytes: int = Field(
        256 * 1024, ge=1024, le=_MIB, description="what is held of a file in memory; larger ones lie on disk meanwhile"
    )
    read_timeout_ms: int = Field(
        60_000, ge=10, le=600_000, description="longest time for an upload to arrive, in milliseconds"
    )
    request_timeout_ms: int = Field(
        20_000, ge=10, le=120_000, description="how long an upload may take once it has arrived, in milliseconds"
    )
    at_once: int = Field(32, ge=1, le=1000, description="uploads taken in at the same time")
    at_once_of_one: int = Field(4, ge=1, le=100, description="of these, from one person")
