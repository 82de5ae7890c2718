"""What another authority shares through a data-sharing gateway."""

from typing import Any

from connectors.records.record import Record


class SharedData(Record, frozen=True):
    """One answer: ``data`` is JSON as that interface's own description says, ``count`` how many rows it tells of."""

    data: Any
    count: int | None = None

    def __repr__(self) -> str:
        """Without the data, which may be about people."""
        return f"SharedData(count={self.count})"
