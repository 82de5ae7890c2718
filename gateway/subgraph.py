"""Tells the schema to who composes a supergraph of it and others."""

from collections.abc import Sequence

from graphql import parse

from connectors.ports import SubgraphSource
from connectors.records.subgraph import Subgraph
from connectors.refusals import RefusedError
from connectors.viewer import Ask
from gateway.audiences import Audiences
from schema.subgraph_text import subgraph_text


class SubgraphTeller(SubgraphSource):
    """One per process. As much is told as by introspection, and nothing where that is off.

    Args:
        audiences: who is told of which part.
        off: whether introspection is.
    """

    def __init__(self, audiences: Audiences, *, off: bool) -> None:
        self._audiences = audiences
        self._off = off

    async def load_subgraph(self, keys: Sequence[str], ask: Ask) -> Sequence[Subgraph | RefusedError]:
        """Asked for once, when a supergraph is composed: made anew each time."""
        if self._off:
            return [RefusedError("INTROSPECTION_OFF") for _ in keys]
        told = Subgraph(sdl=subgraph_text(parse(self._audiences.text_for(ask.viewer, "en"))))
        return [told for _ in keys]
