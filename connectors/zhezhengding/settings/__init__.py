"""What can be set about 浙政钉 (wire-formats section D); the prefix of its variables is ``zzd``.

A file a group of settings; here is the whole.
"""

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from pydantic import Field, SecretStr

from connectors.addresses import Address
from connectors.platform import PlatformSettings
from connectors.sandbox.world import TENANT_ID
from connectors.zhezhengding.settings.limits import BatchSettings
from connectors.zhezhengding.settings.part import ADDRESS, VISIBLE
from connectors.zhezhengding.settings.proof import (
    Algorithm,
    GetTokenSettings,
    KeyOrder,
    SignSettings,
    TimestampFormat,
    TokenParameter,
)
from connectors.zhezhengding.settings.sandbox import SandboxSettings
from connectors.zhezhengding.settings.scanning import QrSettings
from connectors.zhezhengding.settings.working import (
    CallbackSettings,
    MediaSettings,
    NotifySettings,
    ParamsIn,
    TodoSettings,
)

__all__ = [
    "NAME",
    "Algorithm",
    "BatchSettings",
    "GetTokenSettings",
    "KeyOrder",
    "ParamsIn",
    "QrSettings",
    "SandboxSettings",
    "SignSettings",
    "TimestampFormat",
    "TokenParameter",
    "ZhezhengdingSettings",
]

NAME = "zhezhengding"


class ZhezhengdingSettings(PlatformSettings):
    """One application on one tenant. Without appkey, appsecret and tenant_id the platform is not connected."""

    sandbox_port: ClassVar[int] = 8102

    base_url: Address = Field(
        "https://openplatform-pro.ding.zj.gov.cn",
        pattern=ADDRESS,
        description="where the platform's interface is: scheme, host and port; other tenants have their own",
    )
    login_url: Address = Field(
        "https://login-pro.ding.zj.gov.cn",
        pattern=ADDRESS,
        description="where people sign in with a QR code: scheme, host and port",
    )
    appkey: str = Field("", pattern=VISIBLE, description="the application's key (AK), given at registration")
    appsecret: SecretStr = Field(SecretStr(""), description="the application's secret (SK), given at registration")
    tenant_id: int = Field(0, ge=0, description="the tenant the application belongs to (租户 id)")
    sign: SignSettings = Field(default_factory=SignSettings, description="how requests are signed")
    gettoken: GetTokenSettings = Field(
        default_factory=GetTokenSettings, description="how the application's token is asked for"
    )
    jsapi_param: TokenParameter = Field(
        "accessToken", description="name under which the ticket of the in-app bridge is asked for with the token"
    )
    unit_count_field: str = Field(
        "employeeCount",
        min_length=1,
        description="name of the number in the rows of listOrganizationEmployeeCount, which is not published",
    )
    qr: QrSettings = Field(default_factory=QrSettings, description="signing in with a QR code")
    batch: BatchSettings = Field(default_factory=BatchSettings, description="how much one call may carry")
    notify: NotifySettings = Field(default_factory=NotifySettings, description="sending work notifications")
    todo: TodoSettings = Field(default_factory=TodoSettings, description="to-dos")
    media: MediaSettings = Field(default_factory=MediaSettings, description="files")
    callback: CallbackSettings = Field(
        default_factory=CallbackSettings, description="events the platform calls the gateway with"
    )
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
            "qr": {
                "appkey": "demo_gateway_dingoa-6f5e4d3c2b1a",
                "appsecret": "DemoQrSecretDoNotUse0123456789abcdefghij",
                "client_id": "demo_gateway_dingoa",
                "callback_url": "http://127.0.0.1:8000/login/zhezhengding/callback",
            },
            "callback": {"secret_path": "demo-callback-path-0123456789", "allow_ips": ("127.0.0.0/8", "::1")},
        }

    def with_callback(self, address: str) -> Self:
        """Browsers come back from the QR page to the gateway itself."""
        if "callback_url" in self.qr.model_fields_set:
            return self
        return self.model_copy(update={"qr": self.qr.model_copy(update={"callback_url": address})})

    @property
    def connected(self) -> bool:
        """Whether there is all that a call needs."""
        return bool(self.appkey and self.appsecret.get_secret_value() and self.tenant_id)
