"""How the platforms are."""

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from connectors.errors import PlatformError
from connectors.records.health import ConnectorHealth, ConnectorWindow
from connectors.viewer import Ask


@runtime_checkable
class ConnectorHealthSource(Protocol):
    """Knows how every platform is, without asking any: the gateway itself offers this, no platform does."""

    async def list_connectors(
        self, keys: Sequence[str], ask: Ask
    ) -> Sequence[tuple[ConnectorHealth, ...] | PlatformError]:
        """Answer all platforms for each key; the key is nobody's."""

    async def load_connectors(self, keys: Sequence[str], ask: Ask) -> Sequence[ConnectorHealth | PlatformError | None]:
        """Answer platforms by their folder's name."""

    async def load_connector_windows(
        self, keys: Sequence[str], seconds: int, ask: Ask
    ) -> Sequence[ConnectorWindow | PlatformError | None]:
        """Read the calls of each platform, by its folder's name, over the last seconds (10 to 300)."""
