"""Names of hosts that can be lost: what the transports of a test resolve by."""

from collections.abc import Sequence
from urllib.parse import urlsplit

import pytest

from connectors.platform import PlatformSettings
from connectors.transport import Bounds, Transport


class Names:
    """Finds every host at 127.0.0.1, until a platform's names are lost."""

    def __init__(self) -> None:
        self._transports: dict[str, list[Transport]] = {}
        self._lost: set[str] = set()

    def transport(self, settings: PlatformSettings, platform: str) -> Transport:
        """As ``PlatformSettings.transport``, but for how names are found."""

        async def resolve(_: str) -> Sequence[str]:
            if platform in self._lost:
                raise OSError("no such host")
            return ("127.0.0.1",)

        bounds = Bounds(most_connections=settings.most_connections)
        made = Transport(platform, bounds=bounds, resolver=resolve, guard=settings.guard, timeout=settings.timeout)
        self._transports.setdefault(platform, []).append(made)
        return made

    async def lose(self, platform: str) -> None:
        """From now on nobody knows its hosts, and no connection to them is left."""
        self._lost.add(platform)
        for transport in self._transports[platform]:
            for pool, _ in transport._wire._pools.values():
                for connection in tuple(pool._open):
                    connection.close()

    def find(self) -> None:
        """All are known again."""
        self._lost.clear()
        self._transports.clear()


def named(address: str) -> str:
    """An address by the host's name, which has to be found."""
    return f"http://localhost:{urlsplit(address).port}"


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> Names:
    """What the transports made in this test resolve by."""
    made = Names()
    way_out = lambda settings, platform: made.transport(settings, platform)  # noqa: E731, PLW0108 - a function is bound to the settings
    monkeypatch.setattr(PlatformSettings, "transport", way_out)
    return made
