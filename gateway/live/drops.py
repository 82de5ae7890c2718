"""What a write made stale is forgotten by every gateway on the bus, not only by the one that wrote."""

from collections.abc import Collection

from connectors.cache import Cache
from gateway.live.bus import Bus
from gateway.live.log import Event

TOPIC = "cache"


class Drops:
    """One per process: called with the tags to forget."""

    def __init__(self, cache: Cache, bus: Bus) -> None:
        self._cache, self._bus = cache, bus
        bus.on_event.append(self._heard)

    def __call__(self, tags: Collection[str]) -> None:
        """Forget what carries one of them, here at once."""
        self._cache.drop(tags)
        for tag in tags:
            self._bus.publish(TOPIC, tag)

    def _heard(self, event: Event) -> None:
        if event.topic == TOPIC:
            self._cache.drop((event.key,))
