"""What is at hand while one request is answered."""

from dataclasses import dataclass
from typing import Protocol

from connectors.viewer import Ask
from schema.loaders import Loaders


class Links(Protocol):
    """Makes links to files."""

    def plain(self, identifier: str) -> str:
        """The link to a file that everyone may see."""

    def sealed(self, identifier: str, person: str) -> str:
        """The link by which one person may open a file, for some minutes."""


@dataclass(frozen=True, slots=True)
class Context:
    """One per request."""

    ask: Ask
    loaders: Loaders
    links: Links
