"""How many uploads are taken in at the same time, of all and of one person: each may wait for a slow sender."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from connectors.refusals import RefusedError
from gateway.uploads.settings import UploadSettings


class Slots:
    """One per process."""

    def __init__(self, settings: UploadSettings) -> None:
        self._settings = settings
        self._taken: Counter[str] = Counter()

    @contextmanager
    def taken(self, by: str) -> Iterator[None]:
        """Hold a slot for as long as the block runs. Raises ``RefusedError`` (UPLOADS_BUSY) where none is free."""
        full = self._taken.total() >= self._settings.at_once
        if full or self._taken[by] >= self._settings.at_once_of_one:
            raise RefusedError("UPLOADS_BUSY")
        self._taken[by] += 1
        try:
            yield
        finally:
            self._taken[by] -= 1
            if not self._taken[by]:
                del self._taken[by]
