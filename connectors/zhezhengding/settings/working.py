"""Work notifications, to-dos, files and events of 浙政钉 (wire-formats A6, A7, A9)."""

import re
from ipaddress import ip_network
from typing import Literal

from pydantic import Field, SecretStr, field_validator

from connectors.zhezhengding.settings.part import Part

ParamsIn = Literal["both", "query", "parts"]
_SECRET = re.compile(r"([A-Za-z0-9_-]{24,128})?")


class NotifySettings(Part):
    """Sending work notifications; the published limits changed over time."""

    max_receivers: int = Field(
        100, ge=1, le=1000, description="most persons and organisations of one call: 100 in older documentation"
    )
    min_interval_s: int = Field(
        600, ge=0, description="least time from one call to the next, in seconds; who sends keeps to it"
    )


class TodoSettings(Part):
    """To-dos."""

    path: str = Field(
        "/tc/v2/openapi/task/create.json",
        pattern=r"^/[A-Za-z0-9_./-]+$",
        description="where to-dos are made: the path carries a version",
    )


class MediaSettings(Part):
    """Files; how they travel is known from the official SDK only."""

    params_in: ParamsIn = Field(
        "both", description="where the text parameters of an upload stand: in the address, as parts, or both"
    )
    download_method: Literal["POST", "GET"] = Field(
        "POST", description="how files are fetched; POST keeps the token out of addresses"
    )
    max_bytes: int = Field(5_000_000, ge=1, le=7_500_000, description="largest file that is uploaded, in bytes")


class CallbackSettings(Part):
    """Events: the platform calls the gateway at /events/zhezhengding/<secret_path>, unsigned."""

    secret_path: SecretStr = Field(
        SecretStr(""),
        description="last part of the address the platform calls, 24 to 128 letters, digits, - and _; without it no "
        "event is taken and none can be registered",
    )
    allow_ips: tuple[str, ...] = Field(
        (), description="addresses or networks the platform calls from; without any no event is taken"
    )
    register_path: str = Field(
        "/openplatform/message",
        pattern=r"^/[A-Za-z0-9_./-]+$",
        description="where callbacks are registered; a form with /v2 at the end exists",
    )

    @field_validator("secret_path")
    @classmethod
    def _is_secret(cls, value: SecretStr) -> SecretStr:
        if not _SECRET.fullmatch(value.get_secret_value()):
            raise ValueError("24 to 128 letters, digits, - and _")
        return value

    @field_validator("allow_ips")
    @classmethod
    def _are_networks(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for one in value:
            ip_network(one, strict=False)
        return value


class NotifySandboxSettings(Part):
    """What the sandbox makes of the limits of work notifications; 0 is no limit."""

    answer: Literal["object", "string"] = Field(
        "object", description="the shape of the answer: an object with msgId, or the message id alone"
    )
    min_interval_s: int = Field(0, ge=0, description="least time from one call to the next, in seconds")
    parallel: bool = Field(
        default=True, description="whether a call is taken while another is under way, which then takes 50 ms"
    )
    daily: int = Field(0, ge=0, description="most notifications a day, a receiver each")
    daily_per_person: int = Field(0, ge=0, description="most notifications a day to one person")
    once_a_day: bool = Field(default=False, description="whether the same content reaches the same person once a day")
