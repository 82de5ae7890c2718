"""Leads the sandbox: begins faults and ends them, whatever happens; refuses what is no sandbox of this machine."""

from collections.abc import Sequence
from types import TracebackType
from typing import Self

import httpx

from connectors.platform import Platform
from connectors.sandbox.faults import FaultKind
from gateway.sandbox_clients import is_loopback, sandbox_port
from gateway.settings import Settings


class NoSandboxError(Exception):
    """There is nothing here that may be led; the text says why."""


class Led:
    """The platforms' control paths; as a context it ends every fault on the way out."""

    def __init__(self, settings: Settings, platforms: Sequence[Platform]) -> None:
        self._addresses = {one.name: str(settings.platform(one).base_url) for one in platforms}
        self._http = httpx.Client(timeout=5, trust_env=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self.end()
        finally:
            self._http.close()

    def check(self) -> None:
        """Raises ``NoSandboxError`` where one of them cannot be led."""
        for name, address in self._addresses.items():
            try:
                answer = self._http.get(f"{address}/sandbox/calls")
                led = answer.is_success and "byOperation" in answer.json()
            except (httpx.TransportError, ValueError) as error:
                raise NoSandboxError(
                    f"{name}: no sandbox answers ({type(error).__name__}): is `serve --sandbox` running?"
                ) from error
            if not led:
                raise NoSandboxError(
                    f"{name}: what answers there is no sandbox that can be led, or it is not this one's"
                )

    def begin(self, platform: str, fault: FaultKind, ms: int) -> None:
        """Let a platform show a fault in all its operations."""
        self._http.put(
            f"{self._addresses[platform]}/sandbox/faults", json={"fault": fault, "ms": ms}
        ).raise_for_status()

    def end(self, platform: str | None = None) -> None:
        """End the faults of one platform, or of all that still answer."""
        for name, address in self._addresses.items():
            if platform in {None, name}:
                try:
                    self._http.delete(f"{address}/sandbox/faults")
                except httpx.TransportError:
                    continue  # a sandbox that is gone has no faults

    def calls(self) -> dict[str, int]:
        """How often each was called since it started, probes left out."""
        return {
            name: int(self._http.get(f"{at}/sandbox/calls").json()["total"]) for name, at in self._addresses.items()
        }


def refuse_the_real(settings: Settings, platforms: Sequence[Platform], gateway: str) -> None:
    """Raises ``NoSandboxError`` unless all of it is on this machine alone."""
    if not is_loopback(httpx.URL(gateway).host):
        raise NoSandboxError(f"{gateway} is not this machine: drills are for the sandbox only")
    for platform in platforms:
        if sandbox_port(platform, settings) is None:
            raise NoSandboxError(f"{platform.title_en} is not its sandbox: drills are for the sandbox only")
