"""Puts what several platforms found in one order. No I/O.

Scores of two platforms say nothing of one another, so each is measured by the best of its own list: that is 1. Still a
platform that finds much and rates it high would fill the page; so at most ``MOST_IN_A_ROW`` hits of one platform follow
one another while another has any left. The order does not depend on how large the pages are.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from connectors.errors import PlatformError
from connectors.records.found import FoundRow
from connectors.records.page import Page
from connectors.records.search import SearchHit
from gateway.searching.place import Place, Stand, cursor_of

MOST_IN_A_ROW = 2
_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Stretch:
    """What one list answered behind its stand; ``page`` is None where it failed or has ended before."""

    platform: str
    stand: Stand | None
    page: Page[SearchHit] | None

    @property
    def best(self) -> float:
        """What its scores are measured by: the best of its first page."""
        if self.stand is None or self.page is None:
            return 0.0
        return self.stand.best or max((_score_of(row.node) for row in self.page.edges), default=0.0)


class Merging:
    """One page in the making."""

    def __init__(self, stretches: Sequence[Stretch], place: Place, digest: str) -> None:
        self._stretches = stretches
        self._bests = [stretch.best for stretch in stretches]
        self._taken = [0] * len(stretches)
        self._stands = [_begun(stretch) for stretch in stretches]
        self._platform, self._run = place.platform, place.run
        self._digest = digest

    def rows(self, first: int) -> tuple[FoundRow[Any], ...]:
        """The next hits, at most so many."""
        rows: list[FoundRow[Any]] = []
        while len(rows) < first and (left := self._left()):
            rows.append(self._take(self._chosen(left)))
        return tuple(rows)

    def has_next(self) -> bool:
        """Whether any of the lists that answered goes on."""
        answered = zip(self._stretches, self._stands, strict=True)
        return any(stretch.page is not None and stand is not None for stretch, stand in answered)

    def _left(self) -> list[int]:
        """The lists that have a hit left, by their number."""
        pages = enumerate(stretch.page for stretch in self._stretches)
        return [at for at, page in pages if page is not None and self._taken[at] < len(page.edges)]

    def _chosen(self, left: Sequence[int]) -> int:
        """Whose hit is next: the best; of equals that of a platform not just shown, then in the lists' order."""
        others = [at for at in left if self._stretches[at].platform != self._platform]
        if self._run >= MOST_IN_A_ROW and others:
            left = others
        return max(left, key=lambda at: (self._share(at), self._stretches[at].platform != self._platform, -at))

    def _take(self, at: int) -> FoundRow[Any]:
        stretch, score = self._stretches[at], self._share(at)
        page: Any = stretch.page
        row = page.edges[self._taken[at]]
        self._taken[at] += 1
        ended = not row.cursor or (self._taken[at] == len(page.edges) and not page.has_next)
        self._stands[at] = None if ended else Stand(row.cursor, self._bests[at])
        self._run = self._run + 1 if stretch.platform == self._platform else 1
        self._platform = stretch.platform
        place = Place(tuple(self._stands), self._platform, min(self._run, MOST_IN_A_ROW))
        node = row.node if isinstance(row.node, PlatformError) else row.node.node
        return FoundRow(cursor=cursor_of(place, self._digest), node=node, score=score)

    def _share(self, at: int) -> float:
        """The score of a list's next hit, measured by the best of that list: 0 to 1."""
        page: Any = self._stretches[at].page
        best = self._bests[at]
        share = _score_of(page.edges[self._taken[at]].node) / best if best else 0.0
        return round(min(share, 1.0), _DIGITS)


def _begun(stretch: Stretch) -> Stand | None:
    """Where a list stands before anything of it is shown; one that answered nothing has ended."""
    if stretch.page is not None and not stretch.page.edges:
        return None
    return stretch.stand if stretch.stand is None else replace(stretch.stand, best=stretch.stand.best or stretch.best)


def _score_of(hit: object) -> float:
    """A hit's own score; 0 where the platform told none that can be read."""
    score = getattr(hit, "score", 0.0)
    told = isinstance(score, (int, float)) and math.isfinite(score)
    return max(float(score), 0.0) if told else 0.0
