"""Settings of the command centre, below ``command``."""

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar

from pydantic import Field, SecretStr, StringConstraints

from connectors.addresses import Address
from connectors.irs_signing import IrsAlgorithm
from connectors.platform import PlatformSettings


class CommandSettings(PlatformSettings):
    """No public instance exists, so nothing has a public default; without these it is not connected."""

    sandbox_port: ClassVar[int] = 8104

    base_url: Address = Field(
        "", description="where the platform's interface is: scheme, host and port; empty: not connected"
    )
    access_key: str = Field("", pattern=r"^[!-~]*$", description="IRS access key (AK) of the application")
    secret_key: SecretStr = Field(SecretStr(""), description="IRS secret key (SK) of the application")
    path: Annotated[str, StringConstraints(pattern=r"^(/[A-Za-z0-9._~-]+)*$")] = Field(
        "/restapi/prod", description="what stands before the component's code in every path"
    )
    component: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9]*$")] = Field(
        "", description="code of the component under which the command centre is published"
    )
    algorithm: IrsAlgorithm = Field(
        "hmac-sha256",
        description="what signs calls: hmac-sha256 as published, or hmac-sm3 where a registration asks so",
    )
    max_skew_s: int = Field(90, ge=1, le=3600, description="how far a call's clock may be off, in seconds (sandbox)")
    person_lookup: bool = Field(
        default=False,
        description="whether persons may be looked up for a stated purpose (scope person:lookup); off unless said",
    )
    id_digest_key: SecretStr = Field(
        SecretStr(""), description="key for digests of ID numbers, shared with the platform; empty: nobody is looked up"
    )
    id_digest_version: str = Field(
        "v1", pattern="^[a-z0-9]{1,16}$", description="which key that is: it stands before every digest"
    )
    batch: int = Field(100, ge=1, le=100, description="most keys in one call")

    @classmethod
    def for_sandbox(cls, address: str) -> Mapping[str, Any]:
        """Credentials the sandbox invents: they open nothing else. Looking persons up stays off."""
        return {
            "base_url": address,
            "access_key": "DEMO_COMMAND_AK_0123456789",
            "secret_key": "DEMO_COMMAND_SK_9876543210",
            "component": "IC33000099990204000004",
            "id_digest_key": "sandbox-command-id-digest-key",
        }

    @property
    def connected(self) -> bool:
        """Whether there is a platform to ask; without one every read fails in its own place."""
        return bool(self.base_url and self.access_key and self.secret_key.get_secret_value() and self.component)

    @property
    def looks_up(self) -> bool:
        """Whether persons are looked up here."""
        return self.person_lookup and bool(self.id_digest_key.get_secret_value())
