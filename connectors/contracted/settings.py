"""What has to be known of any platform that serves a contract of ours. No public one exists: nothing has a default."""

from abc import abstractmethod
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, SecretStr, StringConstraints, field_validator

from connectors.addresses import Address
from connectors.irs_signing import IrsAlgorithm
from connectors.platform import PlatformSettings


class ContractedSettings(PlatformSettings):
    """Where it is and how persons are named to it; how calls prove themselves is each platform's own."""

    base_url: Address = Field(
        "", description="where the platform's interface is: scheme, host and port; empty: not connected"
    )
    id_digest_key: SecretStr = Field(
        SecretStr(""),
        description="key for digests of ID numbers, shared with the platform; empty: nobody is looked up by one",
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

    @property
    @abstractmethod
    def connected(self) -> bool:
        """Whether there is a platform to ask; without one every read fails in its own place."""


class IrsAccess(BaseModel):
    """How a platform is reached that is published through IRS (wire-formats B3)."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    access_key: str = Field("", pattern=r"^[!-~]*$", description="IRS access key (AK) of the application")
    secret_key: SecretStr = Field(SecretStr(""), description="IRS secret key (SK) of the application")
    path: Annotated[str, StringConstraints(pattern=r"^(/[A-Za-z0-9._~-]+)*$")] = Field(
        "/restapi/prod", description="what stands before the component's code in every path"
    )
    component: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9]*$")] = Field(
        "", description="code of the component under which the platform is published"
    )
    algorithm: IrsAlgorithm = Field(
        "hmac-sha256",
        description="what signs calls: hmac-sha256 as published, or hmac-sm3 where a registration asks so",
    )
    max_skew_s: int = Field(90, ge=1, le=3600, description="how far a call's clock may be off, in seconds (sandbox)")

    @property
    def whole(self) -> bool:
        """Whether keys and component are there."""
        return bool(self.access_key and self.secret_key.get_secret_value() and self.component)
