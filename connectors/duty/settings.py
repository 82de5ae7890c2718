"""What has to be known to reach the duty platform."""

from collections.abc import Mapping
from typing import Any, ClassVar, Literal

import httpx
from pydantic import Field, SecretStr, field_validator

from connectors.platform import PlatformSettings


class DutySettings(PlatformSettings):
    """Settings of the duty platform. No public instance exists, so nothing has a public default."""

    sandbox_port: ClassVar[int] = 8103

    base_url: str = Field(
        "", description="where the platform's interface is: scheme, host and port; empty: not connected"
    )
    auth: Literal["oauth"] = Field("oauth", description="how the gateway proves itself: oauth (client credentials)")
    client_id: str = Field("", description="the gateway's client id at the platform's token endpoint")
    client_secret: SecretStr = Field(SecretStr(""), description="the secret that belongs to the client id")
    scope: str = Field("duty.read duty.lookup", description="scopes to ask for, with a blank between")
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
        if not value:
            return value
        try:
            url = httpx.URL(value)
        except httpx.InvalidURL:
            url = httpx.URL("")
        if url.scheme not in {"http", "https"} or not url.host or url.query or url.fragment or url.userinfo:
            raise ValueError("allowed is an address such as https://host:port, or nothing")
        return value.rstrip("/")

    @classmethod
    def for_sandbox(cls, address: str) -> Mapping[str, Any]:
        """Credentials the sandbox invents: they open nothing else."""
        return {
            "base_url": address,
            "client_id": "tongxin-gateway",
            "client_secret": "sandbox-duty-client-secret",
            "id_digest_key": "sandbox-duty-id-digest-key",
        }

    @property
    def connected(self) -> bool:
        """Whether there is a platform to ask; without one every read fails in its own place."""
        return bool(self.base_url and self.client_id and self.client_secret.get_secret_value())
