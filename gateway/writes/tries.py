"""How tries of effects ended, counted since the start: what metrics tell."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from gateway.writes.outcomes import status_after


class Tries:
    """One per process; ``counts`` by platform and how far the effect was then (an ``EffectStatus`` in lower case)."""

    def __init__(self) -> None:
        self.counts: Counter[tuple[str, str]] = Counter()

    @contextmanager
    def one(self, platform: str) -> Iterator[None]:
        """Count a try by how it ends; one that is cut off is counted by who tries again."""
        outcome = "done"
        try:
            yield
        except Exception as error:
            outcome = status_after(error).value.lower()
            raise
        except BaseException:
            outcome = ""
            raise
        finally:
            if outcome:
                self.counts[platform, outcome] += 1
