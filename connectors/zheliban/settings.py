"""How the citizen app is reached: addresses, the application's credentials, the IRS gateway's components."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Self

from pydantic import Field, SecretStr

from connectors.addresses import Address
from connectors.platform import PlatformSettings
from connectors.zheliban.settings_parts import (
    Components,
    DataShareSettings,
    EssoSettings,
    IrsSettings,
    Origin,
    SandboxSettings,
    SimpleSettings,
)

__all__ = ["Components", "SignInMode", "ZhelibanSettings"]


class SignInMode(enum.StrEnum):
    """The forms of sign-in a registration can have (wire-formats B1)."""

    UC = "uc"  # unified sign-on, B5
    IRS_SIMPLE = "irs_simple"  # classic through IRS, B4
    SIMPLE = "simple"  # classic, B2
    ESSO = "esso"  # companies, B6


class ZhelibanSettings(PlatformSettings):
    """Settings of the citizen app, prefix ``zlb``; what may differ per registration is here (wire-formats D)."""

    sandbox_port: ClassVar[int] = 8101

    base_url: Origin = Field(
        "https://ibcdsg.zj.gov.cn:8443", description="IRS gateway: scheme, host and port (internet host by default)"
    )
    portal_url: Origin = Field(
        "https://portal.zjzwfw.gov.cn", description="host of the unified sign-on's pages for browsers (/uc/sso/login)"
    )
    mode: SignInMode = Field(
        SignInMode.UC,
        description="form of sign-in the registration has, offered first: uc (unified), irs_simple (classic through "
        "IRS), simple (classic direct), esso (companies); others stand beside it where their credentials are set",
    )
    access_key: str = Field(
        "", pattern=r"^[!-~]*$", description="IRS access key (AK) of the application; empty: not connected"
    )
    secret_key: SecretStr = Field(SecretStr(""), description="IRS secret key (SK) of the application")
    app_id: str = Field("", description="application id under which sign-in tickets are issued")
    irs: IrsSettings = Field(IrsSettings(), description="the IRS gateway")
    simple: SimpleSettings = Field(SimpleSettings(), description="classic sign-on")
    esso: EssoSettings = Field(EssoSettings(), description="companies' sign-on")
    datashare: DataShareSettings = Field(DataShareSettings(), description="the data-sharing gateway")
    sandbox: SandboxSettings = Field(SandboxSettings(), description="how the sandbox behaves")
    callback_url: Address = Field(
        "http://127.0.0.1:8000/login/zheliban/callback",
        pattern=r"^https?://[^\s/?#]+[^\s#]*$",
        description="the application's registered callback, to which the sign-in page sends people back; where nothing "
        "is set, /login/zheliban/callback below auth.issuer",
    )

    @classmethod
    def for_sandbox(cls, address: str) -> Mapping[str, Any]:
        """Invented credentials and the sandbox's address, which serves every host of the platform."""
        return {
            "base_url": address,
            "portal_url": address,
            "access_key": "DEMO_AK_0123456789abcdef",
            "secret_key": SecretStr("DEMO_SK_fedcba9876543210"),
            "app_id": "2000000001",
            "simple": {
                "url": address,
                "login_url": address,
                "servicecode": "demosvc",
                "servicepwd": SecretStr("DemoPwd123"),
            },
            "esso": {
                "url": address,
                "login_url": address,
                "oauth_url": address,
                "project_id": "demo-project",
                "project_secret": SecretStr("demo-project-secret"),
            },
            "datashare": {
                "url": address,
                "app_key": "demoAppKey0001",
                "app_secret": SecretStr("demoAppSecret0001"),
            },
        }

    def with_callback(self, address: str) -> Self:
        """Browsers come back to the gateway itself."""
        return self if "callback_url" in self.model_fields_set else self.model_copy(update={"callback_url": address})

    @property
    def configured(self) -> bool:
        """Whether there are credentials to call through IRS with."""
        return bool(self.access_key and self.secret_key.get_secret_value())

    @property
    def irs_url(self) -> str:
        """Scheme, host and port of the IRS gateway."""
        return (self.irs.host or self.base_url).rstrip("/")

    @property
    def classic_through_irs(self) -> bool:
        """Whether the classic form goes through IRS: by the mode, else wherever there are keys for it (B1)."""
        if self.mode in {SignInMode.SIMPLE, SignInMode.IRS_SIMPLE}:
            return self.mode is SignInMode.IRS_SIMPLE
        return self.configured

    @property
    def classic_keys(self) -> "ClassicKeys":
        """What the classic form signs with: through IRS the pair that signs there too (wire-formats B4)."""
        if self.classic_through_irs:
            return ClassicKeys(self.access_key, self.secret_key.get_secret_value())
        return ClassicKeys(self.simple.servicecode, self.simple.servicepwd.get_secret_value())

    def component_path(self, component: str) -> str:
        """The path below which a component answers."""
        return f"{self.irs.path}/{component}"


@dataclass(frozen=True, slots=True)
class ClassicKeys:
    """Application code and password of the classic sign-on."""

    servicecode: str
    servicepwd: str = field(repr=False)
