"""Where a value stands, for resolvers by hand, which may ask for it; what is declared never does."""

from typing import Any, NamedTuple

from graphql import GraphQLResolveInfo
from graphql.pyutils import Path


class Spot(NamedTuple):
    """A place in the answer; ``info`` is of the field that gave the value, None where nobody will ask for it."""

    path: Path | None
    info: GraphQLResolveInfo[Any] | None

    def item(self, index: int) -> "Spot":
        """The place of a list's item."""
        return Spot(Path(self.path, index, None), self.info)


TOP = Spot(None, None)
