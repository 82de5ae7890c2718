"""How the citizen app is reached: addresses, the application's credentials, the IRS gateway's components."""

import enum
from collections.abc import Mapping
from typing import Annotated, Any, ClassVar

from pydantic import BaseModel, ConfigDict, Field, SecretStr, StringConstraints, field_validator

from connectors.platform import PlatformSettings

Origin = Annotated[str, StringConstraints(pattern=r"^https?://[^\s/?#]+/?$")]
"""Scheme, host and port; httpx raises errors of its own for anything else, so it is refused at the start."""

Component = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9]+$")]


class SignInMode(enum.StrEnum):
    """The forms of sign-in a registration can have (wire-formats B1)."""

    UC = "uc"  # unified sign-on, B5
    IRS_SIMPLE = "irs_simple"  # classic through IRS, B4
    SIMPLE = "simple"  # classic, B2
    ESSO = "esso"  # companies, B6


class Components(BaseModel):
    """Codes of the IRS components the gateway calls; each registration may have its own."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    token: Component = Field("IC33000020220329000007", description="component that turns a ticketId into a token")
    user_info: Component = Field("IC33000020220329000008", description="component that answers whose a token is")
    studio: Component = Field("IC33000099990201000001", description="component of the studio service")


class IrsSettings(BaseModel):
    """The IRS API gateway in front of every component (wire-formats B3)."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    path: Annotated[str, StringConstraints(pattern=r"^(/[A-Za-z0-9._~-]+)*$")] = Field(
        "/restapi/prod", description="what stands before the component's code in every path"
    )
    max_skew_s: int = Field(90, ge=1, le=3600, description="how far a call's clock may be off, in seconds (sandbox)")
    components: Components = Field(Components(), description="codes of the components")


class ZhelibanSettings(PlatformSettings):
    """Settings of the citizen app, prefix ``zlb``; what may differ per registration is here (wire-formats D)."""

    sandbox_port: ClassVar[int] = 8101

    base_url: Origin = Field(
        "https://ibcdsg.zj.gov.cn:8443", description="IRS gateway: scheme, host and port (internet host by default)"
    )
    portal_url: Origin = Field(
        "https://portal.zjzwfw.gov.cn", description="host of the sign-in pages for browsers (/uc/sso/login)"
    )
    mode: SignInMode = Field(SignInMode.UC, description="form of sign-in the registration has; so far only uc")
    access_key: str = Field(
        "", pattern=r"^[!-~]*$", description="IRS access key (AK) of the application; empty: not connected"
    )
    secret_key: SecretStr = Field(SecretStr(""), description="IRS secret key (SK) of the application")
    app_id: str = Field("", description="application id under which sign-in tickets are issued")
    irs: IrsSettings = Field(IrsSettings(), description="the IRS gateway")
    callback_url: str = Field(
        "http://127.0.0.1:8000/login/zheliban/callback",
        pattern=r"^https?://[^\s/?#]+[^\s#]*$",
        description="the application's registered callback, to which the sign-in page sends people back",
    )

    @field_validator("mode")
    @classmethod
    def _offered(cls, mode: SignInMode) -> SignInMode:
        if mode is not SignInMode.UC:
            raise ValueError("this version signs people in by uc only")
        return mode

    @classmethod
    def for_sandbox(cls, address: str) -> Mapping[str, Any]:
        """Invented credentials and the sandbox's address."""
        return {
            "base_url": address,
            "portal_url": address,
            "access_key": "DEMO_AK_0123456789abcdef",
            "secret_key": SecretStr("DEMO_SK_fedcba9876543210"),
            "app_id": "2000000001",
        }

    @property
    def configured(self) -> bool:
        """Whether there are credentials to call with."""
        return bool(self.access_key and self.secret_key.get_secret_value())

    def component_path(self, component: str) -> str:
        """The path below which a component answers."""
        return f"{self.irs.path}/{component}"
