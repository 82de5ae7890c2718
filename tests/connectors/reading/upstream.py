"""What the tests of reading read from, and for whom."""

import asyncio
from collections.abc import Mapping

from connectors.deadline import Deadline
from connectors.errors import UnexpectedAnswerError
from connectors.provenance import Provenance
from connectors.reading import ReadRule
from connectors.viewer import ANYONE, Ask, Viewer

NEVER = ReadRule("things", batch=3, fresh_for=0.0)
RULE = ReadRule("things", batch=3, fresh_for=60.0)


class Upstream:
    """Knows every key but those that begin with ``no``; fails for a chunk with ``bad`` in it."""

    def __init__(self) -> None:
        self.chunks: list[list[str]] = []
        self.remaining: list[float] = []
        self.go = asyncio.Event()
        self.go.set()

    async def fetch(self, keys: list[str], deadline: Deadline) -> Mapping[str, str]:
        """One call."""
        self.chunks.append(keys)
        self.remaining.append(deadline.remaining())
        await self.go.wait()
        if "bad" in keys:
            raise UnexpectedAnswerError("here", "things")
        return {key: key.upper() for key in keys if not key.startswith("no")} | {"unasked": "!"}


def ask(seconds: float = 30.0, viewer: Viewer = ANYONE, told: list[Provenance] | None = None) -> Ask:
    """Nobody in particular, unless said."""
    return Ask(viewer, Deadline.after(seconds), told=told)
