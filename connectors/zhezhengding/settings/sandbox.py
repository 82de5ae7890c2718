"""What the sandbox goes by where nobody knows what the real platform does (wire-formats E and F)."""

from typing import Literal

from pydantic import Field, field_validator

from connectors.zhezhengding.settings.part import Part
from connectors.zhezhengding.settings.working import NotifySandboxSettings


class SandboxSettings(Part):
    """Its doubts, each a switch."""

    mode: Literal["strict", "lenient"] = Field(
        "strict",
        description="strict takes only what is signed exactly as documented; lenient also takes the other key order, "
        "encoded values, a line feed after the path and a signing time without zone",
    )
    max_clock_skew_s: int = Field(
        900, ge=1, description="largest difference between the signing time and the sandbox's clock, in seconds"
    )
    token_seconds: int = Field(7200, ge=1, description="how long the sandbox's application tokens hold, in seconds")
    refusal_status: Literal[200, 403] = Field(
        200, description="HTTP status with which the sandbox refuses a request that is signed wrongly"
    )
    data_as_string: bool = Field(
        default=False, description="whether the sandbox puts its data into a JSON string, as the official SDK expects"
    )
    older_answers: bool = Field(
        default=False, description="whether the sandbox leaves out what older versions of the platform did not send"
    )
    notify: NotifySandboxSettings = Field(
        default_factory=NotifySandboxSettings, description="limits of work notifications in the sandbox"
    )
    range: tuple[str, ...] = Field(
        (),
        description="what the sandbox's application may read (授权范围): organisation codes, which include what lies "
        "below, and employee codes; empty for the whole tenant",
    )

    @field_validator("refusal_status", mode="before")
    @classmethod
    def _as_number(cls, value: object) -> object:
        """Variables of the environment hold texts, which no literal number equals."""
        return int(value) if isinstance(value, str) and value.isdecimal() else value
