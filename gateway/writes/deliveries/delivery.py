"""What brings one effect about."""

from collections.abc import Collection
from typing import Protocol

from connectors.viewer import Ask
from gateway.writes.rows import Due


class Delivery(Protocol):
    """Of one kind of effect."""

    async def deliver(self, due: Due, ask: Ask) -> Collection[str]:
        """Bring it about, or find that it was; under ``due.effect_id``, so that to do it again is to do it once.

        Answers the tags of what was read before and is no longer so. Raises ``PlatformError``.
        """
