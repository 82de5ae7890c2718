"""All platforms' health: for the graph as a source, for the health page and the metrics as a list."""

from collections.abc import Sequence

from connectors.ports import ConnectorHealthSource
from connectors.records.health import ConnectorHealth, ConnectorWindow
from connectors.viewer import Ask
from gateway.health.watch import Watch


class Watches(ConnectorHealthSource):
    """One per process, over the watches of all platforms in their order. Asks no platform."""

    def __init__(self, watches: Sequence[Watch]) -> None:
        self.all = tuple(watches)

    async def list_connectors(self, keys: Sequence[str], ask: Ask) -> Sequence[tuple[ConnectorHealth, ...]]:  # noqa: ARG002 - who asks is the graph's business
        """All platforms, for each key."""
        healths = tuple(watch.health() for watch in self.all)
        return [healths for _ in keys]

    async def load_connectors(self, keys: Sequence[str], ask: Ask) -> Sequence[ConnectorHealth | None]:  # noqa: ARG002 - who asks is the graph's business
        """Platforms by their folder's name."""
        known = {watch.platform: watch for watch in self.all}
        return [known[key].health() if key in known else None for key in keys]

    async def load_connector_windows(
        self,
        keys: Sequence[str],
        seconds: int,
        ask: Ask,  # noqa: ARG002 - who asks is the graph's business
    ) -> Sequence[ConnectorWindow | None]:
        """The calls of each platform over the last seconds."""
        known = {watch.platform: watch for watch in self.all}
        return [known[key].window(seconds) if key in known else None for key in keys]
