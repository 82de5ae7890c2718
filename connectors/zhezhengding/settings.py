"""What can be set about 浙政钉 (wire-formats section D); the prefix of its variables is ``zzd``."""

from collections.abc import Mapping
from typing import Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr

from connectors.platform import PlatformSettings
from connectors.sandbox.world import TENANT_ID

NAME = "zhezhengding"

KeyOrder = Literal["ci", "codepoint"]
Algorithm = Literal["sha256", "md5"]
TimestampFormat = Literal["milliseconds", "seconds", "utc"]

_ADDRESS = r"^https?://[^\s?#]+$"  # a path is allowed: a proxy may stand before the platform
_VISIBLE = r"^[\x21-\x7e]*$"  # what may stand in a header


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class SignSettings(_Part):
    """How requests are signed; the sources disagree on some of it (wire-formats A2)."""

    key_order: KeyOrder = Field(
        "ci",
        description="how parameters are sorted in the signature: ci ignores case as the official SDK does, codepoint "
        "does not; the sandbox insists on the same",
    )
    timestamp_format: TimestampFormat = Field(
        "milliseconds",
        description="how the signing time is written: milliseconds or seconds with the offset +08:00, or utc with "
        "milliseconds and Z",
    )
    send_ip_mac: bool = Field(
        default=True, description="whether the caller's ip and mac are sent along, where they are set"
    )
    ip: str = Field("", pattern=_VISIBLE, description="the gateway's address as registered with the platform")
    mac: str = Field("", pattern=_VISIBLE, description="the gateway's hardware address as registered with the platform")
    algorithm: Algorithm = Field(
        "sha256", description="what signs: sha256 is HMAC-SHA256 in Base64, md5 the variant of the official SDK"
    )


class GetTokenSettings(_Part):
    """How the application's token is asked for (wire-formats A4.1)."""

    method: Literal["GET", "POST"] = Field(
        "GET", description="GET as documented; POST keeps the secret out of addresses when send_params is on"
    )
    send_params: bool = Field(
        default=True,
        description="whether appkey and appsecret are sent as parameters too; the signed headers alone suffice",
    )


class BatchSettings(_Part):
    """How much one call may carry; the published maxima. The sandbox refuses or caps what is above."""

    codes: int = Field(100, ge=1, le=100, description="most employee or organisation codes one call may carry")
    mobiles: int = Field(50, ge=1, le=50, description="most mobile numbers one call may carry")
    page_size: int = Field(100, ge=1, le=100, description="most rows of one page")


class SandboxSettings(_Part):
    """Where nobody knows what the real platform does, its sandbox goes by these (wire-formats E and F)."""

    max_clock_skew_s: int = Field(
        900, ge=1, description="largest difference between the signing time and the sandbox's clock, in seconds"
    )
    token_seconds: int = Field(7200, ge=1, description="how long the sandbox's application tokens hold, in seconds")
    refusal_status: Literal[200, 403] = Field(
        200, description="HTTP status with which the sandbox refuses a request that is signed wrongly"
    )


class ZhezhengdingSettings(PlatformSettings):
    """One application on one tenant. Without appkey, appsecret and tenant_id the platform is not connected."""

    sandbox_port: ClassVar[int] = 8102

    base_url: str = Field(
        "https://openplatform-pro.ding.zj.gov.cn",
        pattern=_ADDRESS,
        description="where the platform's interface is: scheme, host and port; other tenants have their own",
    )
    login_url: str = Field(
        "https://login-pro.ding.zj.gov.cn",
        pattern=_ADDRESS,
        description="where people sign in with a QR code: scheme, host and port",
    )
    appkey: str = Field("", pattern=_VISIBLE, description="the application's key (AK), given at registration")
    appsecret: SecretStr = Field(SecretStr(""), description="the application's secret (SK), given at registration")
    tenant_id: int = Field(0, ge=0, description="the tenant the application belongs to (租户 id)")
    sign: SignSettings = Field(default_factory=SignSettings, description="how requests are signed")
    gettoken: GetTokenSettings = Field(
        default_factory=GetTokenSettings, description="how the application's token is asked for"
    )
    batch: BatchSettings = Field(default_factory=BatchSettings, description="how much one call may carry")
    sandbox: SandboxSettings = Field(default_factory=SandboxSettings, description="what the sandbox goes by")

    @classmethod
    def for_sandbox(cls, address: str) -> Mapping[str, Any]:
        """The invented application that the sandbox knows."""
        return {
            "base_url": address,
            "login_url": address,
            "appkey": "demo_gateway-1a2b3c4d5e6f",
            "appsecret": "DemoSecretDoNotUse0123456789abcdefghijkl",
            "tenant_id": TENANT_ID,
        }

    @property
    def connected(self) -> bool:
        """Whether there is all that a call needs."""
        return bool(self.appkey and self.appsecret.get_secret_value() and self.tenant_id)
