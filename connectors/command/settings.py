"""Settings of the command centre, below ``command``."""

from collections.abc import Mapping
from typing import Any, ClassVar

from pydantic import Field

from connectors.contracted.settings import ContractedSettings, IrsAccess


class CommandSettings(IrsAccess, ContractedSettings):
    """Settings of the command centre, which is reached through IRS only; without these it is not connected."""

    sandbox_port: ClassVar[int] = 8104

    person_lookup: bool = Field(
        default=False,
        description="whether persons may be looked up for a stated purpose (scope person:lookup); off unless said",
    )

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
        return bool(self.base_url) and self.whole

    @property
    def looks_up(self) -> bool:
        """Whether persons are looked up here."""
        return self.person_lookup and bool(self.id_digest_key.get_secret_value())
