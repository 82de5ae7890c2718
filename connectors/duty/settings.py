"""What has to be known to reach the duty platform."""

from collections.abc import Mapping
from typing import Any, ClassVar, Literal, Self

from pydantic import Field, SecretStr

from connectors.contracted.settings import ContractedSettings, IrsAccess
from connectors.duty.settings_signin import DutySignInSettings


class DutySettings(ContractedSettings):
    """Settings of the duty platform, which is reached by OAuth or through IRS."""

    sandbox_port: ClassVar[int] = 8103

    auth: Literal["oauth", "irs"] = Field(
        "oauth", description="how the gateway proves itself: oauth (client credentials) or irs (IRS signing)"
    )
    client_id: str = Field("", description="the gateway's client id at the platform's token endpoint")
    client_secret: SecretStr = Field(SecretStr(""), description="the secret that belongs to the client id")
    scope: str = Field("duty.read duty.lookup duty.write", description="scopes to ask for, with a blank between")
    irs: IrsAccess = Field(IrsAccess(), description="IRS signing, where auth is irs")
    signin: DutySignInSettings = Field(DutySignInSettings(), description="the platform's own login")

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
        if self.auth == "irs":
            return bool(self.base_url) and self.irs.whole
        return bool(self.base_url and self.client_id and self.client_secret.get_secret_value())
