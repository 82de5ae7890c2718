"""Which platform a port's method is on, and who there knows which writes were done."""

from collections.abc import Iterable, Mapping
from typing import Any

from connectors.ports import WriteLog
from gateway.writes.tries import Tries
from schema.loaders import Sources, source_in


class Homes:
    """One per process.

    Args:
        sources: who answers which port.
        offered: each platform's sources, by its name.

    ``tries`` counts how what is tried there ends.
    """

    def __init__(self, sources: Sources, offered: Mapping[str, Iterable[object]]) -> None:
        self._sources = sources
        self.tries = Tries()
        self._platforms = {id(source): name for name, some in offered.items() for source in some}
        self.logs = {name: source for name, some in offered.items() for source in some if isinstance(source, WriteLog)}

    def method(self, source: Any) -> Any:
        """The bound method. Raises ``RefusedError`` (PLATFORM_NOT_CONFIGURED) where no platform offers it."""
        return source_in(self._sources, source)

    def platform(self, source: Any) -> str:
        """The platform's name. Raises as ``method``."""
        return self._platforms[id(self.method(source).__self__)]
