"""What a platform's folder shows of itself: its face, and what it is given to stand on."""

import ssl
from abc import abstractmethod
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Self

from pydantic import BaseModel, ConfigDict, Field, FilePath, field_validator

from connectors.cache import Cache
from connectors.checkup import Checkup
from connectors.deadline import Deadline
from connectors.guarding.guard import Guard
from connectors.guarding.settings import GuardSettings
from connectors.http1.layers import LayerLook
from connectors.metering import Meter
from connectors.records.identity import TicketForm
from connectors.transport import Bounds, Transport

if TYPE_CHECKING:
    from connectors.sandbox.app import SandboxApp
    from connectors.sandbox.world import World


class PlatformSettings(BaseModel):
    """Settings every platform has; each folder adds its own. Empty credentials mean: not connected."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    sandbox_port: ClassVar[int]

    base_url: str = Field(description="where the platform's interface is: scheme, host and port")
    timeout_ms: int = Field(2000, ge=10, le=60_000, description="longest time for one call, in milliseconds")
    connect_timeout_ms: int = Field(
        1000,
        ge=10,
        le=60_000,
        description="longest time for opening a connection (name, connection and TLS), in milliseconds",
    )
    most_connections: int = Field(
        64, ge=1, le=1000, description="most connections to one host of the platform; calls beyond wait for one"
    )
    ca_file: FilePath | None = Field(
        None, description="certificate authorities (PEM) to trust beside the public ones, for a host with its own"
    )

    credentials_end: date | None = Field(
        None, description="the day on which the secrets of this section end, as the platform told; warned of before"
    )
    guard: GuardSettings = Field(
        default_factory=GuardSettings, description="when calls are held back, made once more, or not made at all"
    )

    @field_validator("ca_file")
    @classmethod
    def _holds_authorities(cls, file: Path | None) -> Path | None:
        """Whether it can be read; else the first call would find out."""
        if file is not None:
            try:
                ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(file)
            except OSError as error:  # SSLError is one
                raise ValueError("holds no certificates in PEM form") from error
        return file

    @classmethod
    @abstractmethod
    def for_sandbox(cls, address: str) -> Mapping[str, Any]:
        """What to fill in where nothing is set, so that the platform is its sandbox at ``address``."""

    def with_sandbox(self, host: str = "127.0.0.1", port: int | None = None) -> Self:
        """These settings with everything that was not set, in the sections too, taken from the sandbox.

        The sandbox is one address for all of a platform's hosts: where ``base_url`` is set, they follow it. It speaks
        plain HTTP, so an ``https`` address is a real system, which is sent nothing invented.
        """
        own = self.base_url.rstrip("/") if "base_url" in self.model_fields_set else ""
        if own.startswith("https://"):
            return self
        filled = self.for_sandbox(own or f"http://{host}:{port or self.sandbox_port}")
        return self.model_validate(_merged(filled, self.model_dump(exclude_unset=True)))

    def with_callback(self, address: str) -> Self:  # noqa: ARG002 - for platforms with sign-in pages
        """These settings with ``address`` as the one that browsers come back to, where none was set."""
        return self

    @property
    def timeout(self) -> float:
        """Longest time for one call, in seconds."""
        return self.timeout_ms / 1000

    def transport(self, platform: str) -> Transport:
        """The way out to that platform, as these settings bound it."""
        bounds = Bounds(most_connections=self.most_connections, connect_timeout=self.connect_timeout_ms / 1000)
        ca_file = None if self.ca_file is None else str(self.ca_file)
        return Transport(platform, bounds=bounds, ca_file=ca_file, guard=self.guard, timeout=self.timeout)


def _merged(filled: Mapping[str, Any], chosen: Mapping[str, Any]) -> dict[str, Any]:
    """What was chosen, and beside it what was filled in; section by section."""
    both = {name: (filled[name], chosen[name]) for name in filled.keys() & chosen.keys()}
    sections = {name: _merged(*pair) for name, pair in both.items() if all(isinstance(part, Mapping) for part in pair)}
    return {**filled, **chosen, **sections}


async def _sees_nothing(_: Deadline) -> tuple[LayerLook, ...]:
    """For a platform that is reached in no way that has parts."""
    return ()


@dataclass(frozen=True, slots=True)
class Connection:
    """A platform in use: the ports it offers (each source implements one or more), and how to let go of it.

    ``guard`` decides about its calls, and its ``meter`` counts them; ``probe`` is one harmless signed read, which
    raises ``PlatformError`` where the platform is ill (``NotConfiguredError`` where nobody set it up); ``checkup``
    looks at it from end to end; ``look`` sees how far one gets on the way there, where a call failed.
    """

    sources: tuple[object, ...]
    aclose: Callable[[], Awaitable[None]]
    guard: Guard
    probe: Callable[[Deadline], Awaitable[None]]
    checkup: Checkup
    look: Callable[[Deadline], Awaitable[tuple[LayerLook, ...]]] = _sees_nothing

    @property
    def meter(self) -> Meter:
        """What counts its calls."""
        return self.guard.meter


@dataclass(frozen=True, slots=True)
class Platform:
    """The face of a platform's folder: all that ``gateway/platforms.py`` needs to know.

    ``name`` is the folder's name and what callers see as ``platform``; ``prefix`` the settings' prefix; ``tickets``
    the forms people sign in by here, and what its sandbox calls each (wire-formats F1).
    """

    name: str
    prefix: str
    title_zh: str
    title_en: str
    settings: type[PlatformSettings]
    connect: Callable[[Any, Cache], Connection]
    sandbox: "Callable[[Any, World], SandboxApp]"
    tickets: Mapping[TicketForm, str] = field(default_factory=dict, hash=False)
