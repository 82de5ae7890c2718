"""What is at hand while one request is answered."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from connectors.viewer import Ask, Viewer
from schema.acts import Act, Payload
from schema.loaders import Loaders


class Links(Protocol):
    """Makes links to files."""

    def plain(self, identifier: str) -> str:
        """The link to a file that everyone may see."""

    def sealed(self, identifier: str, person: str) -> str:
        """The link by which one person may open a file, for some minutes."""


class Writer(Protocol):
    """Carries out what one request asks to be written."""

    async def perform(self, act: Act, given: Mapping[str, Any], place: str) -> Payload:
        """Do one act, asked for at a response key.

        Raises ``RefusedError`` and ``PlatformError`` for what is no matter of the input.
        """


@dataclass(frozen=True, slots=True)
class Context:
    """One per request.

    ``writer``: what mutations are carried out by; None where none may be. ``disclosed``: others' personal data that
    were shown whole (``personal.py``).
    """

    ask: Ask
    loaders: Loaders
    links: Links
    writer: Writer | None = None
    disclosed: list[tuple[Any, list[Any], list[Any]]] = field(default_factory=list)

    @property
    def viewer(self) -> Viewer:
        """Who asks."""
        return self.ask.viewer
