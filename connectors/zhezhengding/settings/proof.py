"""How the gateway proves itself to 浙政钉: signing, and the application's token (wire-formats A2, A4.1)."""

from typing import Literal

from pydantic import Field

from connectors.zhezhengding.settings.part import VISIBLE, Part

KeyOrder = Literal["ci", "codepoint"]
Algorithm = Literal["sha256", "sm3", "md5"]
TimestampFormat = Literal["milliseconds", "microseconds", "seconds", "utc"]
TokenParameter = Literal["accessToken", "access_token"]


class SignSettings(Part):
    """How requests are signed; the sources disagree on some of it (wire-formats A2)."""

    key_order: KeyOrder = Field(
        "ci",
        description="how parameters are sorted in the signature: ci ignores case as the official SDK does, codepoint "
        "does not; a strict sandbox insists on the same",
    )
    timestamp_format: TimestampFormat = Field(
        "milliseconds",
        description="how the signing time is written: milliseconds, microseconds or seconds with the offset +08:00, or "
        "utc with milliseconds and Z",
    )
    send_ip_mac: bool = Field(
        default=True, description="whether the caller's ip and mac are sent along, where they are set"
    )
    ip: str = Field("", pattern=VISIBLE, description="the gateway's address as registered with the platform")
    mac: str = Field("", pattern=VISIBLE, description="the gateway's hardware address as registered with the platform")
    algorithm: Algorithm = Field(
        "sha256",
        description="what signs: sha256 is HMAC-SHA256 in Base64, sm3 is HMAC-SM3 where a tenant asks for national "
        "cryptography, md5 the variant of the official SDK",
    )


class GetTokenSettings(Part):
    """How the application's token is asked for (wire-formats A4.1)."""

    method: Literal["GET", "POST"] = Field(
        "GET", description="GET as documented; POST keeps the secret out of addresses when send_params is on"
    )
    send_params: bool = Field(
        default=True,
        description="whether appkey and appsecret are sent as parameters too; the signed headers alone suffice",
    )
