"""What is at hand while one request is answered."""

from dataclasses import dataclass, field
from typing import Any, Protocol

from connectors.viewer import Ask, Viewer
from schema.loaders import Loaders


class Links(Protocol):
    """Makes links to files."""

    def plain(self, identifier: str) -> str:
        """The link to a file that everyone may see."""

    def sealed(self, identifier: str, person: str) -> str:
        """The link by which one person may open a file, for some minutes."""


@dataclass(frozen=True, slots=True)
class Context:
    """One per request. ``disclosed``: others' personal data that were shown whole (``personal.py``)."""

    ask: Ask
    loaders: Loaders
    links: Links
    disclosed: list[tuple[Any, list[Any], list[Any]]] = field(default_factory=list)

    @property
    def viewer(self) -> Viewer:
        """Who asks."""
        return self.ask.viewer
