"""One whole answer, as it came but decompressed."""

from dataclasses import dataclass, field


@dataclass(slots=True)
class Reply:
    """``fields`` are the head's lines in order, names in lower case."""

    status: int
    fields: list[tuple[bytes, bytes]] = field(repr=False)
    body: bytes = field(repr=False)

    def first(self, name: bytes) -> bytes | None:
        """The value of the first line of that name."""
        for one, value in self.fields:
            if one == name:
                return value
        return None
