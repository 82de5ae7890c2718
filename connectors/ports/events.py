"""Events: what a platform calls us with when something changed there."""

from collections.abc import Mapping
from typing import Protocol, runtime_checkable

from connectors.records.event import Hint
from connectors.viewer import Ask


@runtime_checkable
class EventSource(Protocol):
    """Says what of a platform's calls to believe; ``reply`` is the body of HTTP 200 it expects, right or wrong."""

    platform: str
    reply: bytes

    def accepts(self, secret: str) -> bool:
        """Whether the address was called with the secret the platform was given; in constant time."""

    def from_here(self, address: str) -> bool:
        """Whether the caller's address is one of the platform's."""

    def hints(self, form: Mapping[str, str]) -> tuple[Hint, ...]:
        """What to read again; nothing for what is unknown, and nothing for what is hostile. Never raises."""


@runtime_checkable
class EventRegistrar(Protocol):
    """Has a platform call us."""

    async def ensure_events(self, address: str, ask: Ask) -> tuple[str, ...]:
        """Register every tag we understand at the gateway's address (scheme and host, without the path).

        Answers the tags that were registered or moved; none where all stood right already. Raises ``PlatformError``,
        ``NotConfiguredError`` where no secret is set.
        """
