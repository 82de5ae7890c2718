"""Asks every platform that can search, all at once, and makes one page of what they find."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass

import structlog

from connectors.errors import BadCursorError, PlatformError
from connectors.ports import SearchEverywhere, SearchSource
from connectors.provenance import CacheState, Provenance
from connectors.records.page import Page, PageArgs
from connectors.records.search import FoundPage, SearchHit, SearchKind, SearchQuery, UnavailablePlatform
from connectors.refusals import RefusedError
from connectors.viewer import Ask, Scope, Viewer
from gateway.searching.merging import Merging, Stretch
from gateway.searching.place import Stand, digest_of, place_from

_NEEDED = {SearchKind.OFFICIAL: Scope.DIRECTORY_READ}
"""What takes a scope to be searched; all else everybody may see."""


@dataclass(frozen=True, slots=True)
class Searched:
    """A list of a platform that can be searched: its scores compare with one another only."""

    platform: str
    source: SearchSource


class Everywhere(SearchEverywhere):
    """One per process. A platform that cannot answer is named in the page; what the others found is whole.

    Its place is kept in the cursors, so that it is asked again for the pages that follow.
    """

    def __init__(self, lists: Sequence[Searched]) -> None:
        self._lists = tuple(lists)
        self._names = [searched.platform for searched in self._lists]

    async def list_found_everywhere(
        self, queries: Sequence[SearchQuery], page: PageArgs, ask: Ask
    ) -> Sequence[FoundPage | RefusedError]:
        """Find one page per query, a call for each list that has any of its kinds."""
        return await asyncio.gather(*(self._page(query, page, ask) for query in queries))

    async def _page(self, query: SearchQuery, page: PageArgs, ask: Ask) -> FoundPage | RefusedError:
        try:
            query = SearchQuery(text=query.text, kinds=_kinds_for(query.kinds, ask.viewer))
            digest = digest_of(query, self._names)
            place = place_from(page.after, digest, len(self._lists))
        except RefusedError as error:
            return error
        asked = (
            _asked(searched, query, stand, page, ask) for searched, stand in zip(self._lists, place.stands, strict=True)
        )
        found = await asyncio.gather(*asked)
        failed = [one for one in found if isinstance(one, PlatformError)]
        if any(isinstance(error, BadCursorError) for error in failed):
            return RefusedError("BAD_CURSOR")
        if failed:
            _tell(failed, ask)
        stretches = [
            Stretch(searched.platform, stand, None if isinstance(one, PlatformError) else one)
            for searched, stand, one in zip(self._lists, place.stands, found, strict=True)
        ]
        merging = Merging(stretches, place, digest)
        rows = merging.rows(page.first)
        return FoundPage(edges=rows, has_next=merging.has_next(), unavailable=_named(failed))


def _kinds_for(kinds: Sequence[SearchKind], viewer: Viewer) -> tuple[SearchKind, ...]:
    """The kinds to look among; where none are named, all the asker may. Raises ``RefusedError`` (FORBIDDEN)."""
    if not kinds:
        return tuple([kind for kind in SearchKind if kind not in _NEEDED or viewer.holds(_NEEDED[kind])])
    for kind in kinds:
        if kind in _NEEDED and not viewer.holds(_NEEDED[kind]):
            raise RefusedError("FORBIDDEN", scope=_NEEDED[kind].value)
    return tuple(kinds)


async def _asked(
    searched: Searched, query: SearchQuery, stand: Stand | None, page: PageArgs, ask: Ask
) -> Page[SearchHit] | PlatformError | None:
    """What one list has behind its stand; as many as the page may need, should the others have nothing."""
    if stand is None:
        return None
    [answer] = await searched.source.list_search_hits([query], PageArgs(first=page.first, after=stand.after), ask)
    return answer


def _tell(failed: Sequence[PlatformError], ask: Ask) -> None:
    """Note that a page is not whole: for the log, and so that nobody keeps it."""
    for error in failed:
        facts = {"platform": error.platform, "operation": error.operation, "detail": error.detail}
        structlog.get_logger().warning("platform left out of a search", error=type(error).__name__, **facts)
    if ask.told is not None:
        told = Provenance("gateway", "search", CacheState.FETCHED, time.time(), fresh_until=0.0, private=True)
        ask.told.append(told)


def _named(failed: Sequence[PlatformError]) -> tuple[UnavailablePlatform, ...]:
    """Each platform once, by the first of what it failed with."""
    reasons = {error.platform: error.code for error in reversed(failed)}
    return tuple(UnavailablePlatform(platform=name, reason=code) for name, code in sorted(reasons.items()))
