"""What has to be known to reach the duty platform."""

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, SecretStr, StringConstraints, field_validator

from connectors.addresses import Address
from connectors.duty.settings_signin import DutySignInSettings
from connectors.irs_signing import IrsAlgorithm
from connectors.platform import PlatformSettings


class DutyIrsSettings(BaseModel):
    """How the platform is reached where it is published through IRS (wire-formats B3); unused with ``oauth``."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    access_key: str = Field("", pattern=r"^[!-~]*$", description="IRS access key (AK) of the application")
    secret_key: SecretStr = Field(SecretStr(""), description="IRS secret key (SK) of the application")
    path: Annotated[str, StringConstraints(pattern=r"^(/[A-Za-z0-9._~-]+)*$")] = Field(
        "/restapi/prod", description="what stands before the component's code in every path"
    )
    component: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9]*$")] = Field(
        "", description="code of the component under which the duty platform is published"
    )
    algorithm: IrsAlgorithm = Field(
        "hmac-sha256",
        description="what signs calls: hmac-sha256 as published, or hmac-sm3 where a registration asks so",
    )
    max_skew_s: int = Field(90, ge=1, le=3600, description="how far a call's clock may be off, in seconds (sandbox)")


class DutySettings(PlatformSettings):
    """Settings of the duty platform. No public instance exists, so nothing has a public default."""

    sandbox_port: ClassVar[int] = 8103

    base_url: Address = Field(
        "", description="where the platform's interface is: scheme, host and port; empty: not connected"
    )
    auth: Literal["oauth", "irs"] = Field(
        "oauth", description="how the gateway proves itself: oauth (client credentials) or irs (IRS signing)"
    )
    client_id: str = Field("", description="the gateway's client id at the platform's token endpoint")
    client_secret: SecretStr = Field(SecretStr(""), description="the secret that belongs to the client id")
    scope: str = Field("duty.read duty.lookup duty.write", description="scopes to ask for, with a blank between")
    irs: DutyIrsSettings = Field(DutyIrsSettings(), description="IRS signing, where auth is irs")
    signin: DutySignInSettings = Field(DutySignInSettings(), description="the platform's own login")
    id_digest_key: SecretStr = Field(
        SecretStr(""), description="key for digests of ID numbers, shared with the platform; empty: no look-up by them"
    )
    id_digest_version: str = Field(
        "v1", pattern="^[a-z0-9]{1,16}$", description="which key that is: it stands before every digest"
    )
    batch: int = Field(100, ge=1, le=100, description="most keys in one call")

    @field_validator("base_url")
    @classmethod
    def _is_an_address(cls, value: str) -> str:
        if set(value) & set("?#"):
            raise ValueError("allowed is an address such as https://host:port, or nothing")
        return value.rstrip("/")

    @classmethod
    def for_sandbox(cls, address: str) -> Mapping[str, Any]:
        """Credentials the sandbox invents: they open nothing else."""
        return {
            "base_url": address,
            "client_id": "tongxin-gateway",
            "client_secret": "sandbox-duty-client-secret",
            "irs": {
                "access_key": "DEMO_DUTY_AK_0123456789",
                "secret_key": "DEMO_DUTY_SK_9876543210",
                "component": "IC33000099990204000001",
            },
            "signin": {"client_id": "tongxin-gateway-login", "client_secret": "sandbox-duty-login-secret"},
            "id_digest_key": "sandbox-duty-id-digest-key",
        }

    def with_callback(self, address: str) -> Self:
        """Browsers come back from the platform's login to the gateway itself."""
        if "callback_url" in self.signin.model_fields_set:
            return self
        return self.model_copy(update={"signin": self.signin.model_copy(update={"callback_url": address})})

    @property
    def login_issuer(self) -> str:
        """Who issues the login's id_tokens; empty where nobody can sign in that way."""
        return self.signin.issuer or self.base_url

    @property
    def connected(self) -> bool:
        """Whether there is a platform to ask; without one every read fails in its own place."""
        irs = self.irs
        if self.auth == "irs":
            return bool(self.base_url and irs.access_key and irs.secret_key.get_secret_value() and irs.component)
        return bool(self.base_url and self.client_id and self.client_secret.get_secret_value())
