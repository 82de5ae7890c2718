"""The graph as part of a larger one."""

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from connectors.records.subgraph import Subgraph
from connectors.refusals import RefusedError
from connectors.viewer import Ask


@runtime_checkable
class SubgraphSource(Protocol):
    """Tells the schema to who composes a supergraph: the gateway itself offers this, no platform does."""

    async def load_subgraph(self, keys: Sequence[str], ask: Ask) -> Sequence[Subgraph | RefusedError]:
        """Answer what the asker is told of the schema, for each key; the key is nobody's."""
