"""Where a selection stands, as the planner goes down."""

from typing import NamedTuple

from gateway.execution.collect import NotPlannedError
from schema.declarations import Declaration, Read, Value

Path = tuple[str, ...]
BY_HAND = "code by hand below what is declared"


class Below(NamedTuple):
    """Where a selection stands: its response keys; how many reads come before; whether it is asked of many objects.

    ``placed``: whether each object's place is known when it runs, for code by hand that asks; below what is declared
    it is not.
    """

    path: Path = ()
    reads: int = 0
    many: bool = False
    placed: bool = True

    def at(self, key: str) -> "Below":
        """The same, at a field."""
        return self._replace(path=(*self.path, key))

    def inside(self, declaration: Declaration | None) -> "Below":
        """The same, inside a field, None for one with a resolver by hand. Raises ``NotPlannedError``."""
        if declaration is not None:
            return self._replace(reads=self.reads + reads_source(declaration.read), placed=False)
        if not self.placed:
            raise NotPlannedError(BY_HAND)
        return self


def reads_source(read: Read) -> bool:
    """Whether what stands below such a field waits for a read."""
    return not isinstance(read, Value) or read.source is not None
