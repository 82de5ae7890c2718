"""What the address book adds to a search over all platforms: people by their names."""

from collections.abc import Sequence
from typing import Any

from connectors.deadline import Deadline
from connectors.errors import BadCursorError, PlatformError
from connectors.freshness import DIRECTORY
from connectors.ports import OfficialFinder
from connectors.reading import Reader
from connectors.records.authorised_range import AuthorisedRange
from connectors.records.official import OfficialListing, OfficialSearch
from connectors.records.page import Page, PageArgs, Row
from connectors.records.search import SearchHit, SearchKind, SearchQuery
from connectors.viewer import Ask
from connectors.zhezhengding.directory.calls import DirectoryCalls

_RANGE = "scopesV2"
_SCORE = 1.0


class OfficialSearchHits:
    """``SearchSource`` for officials, in everything the application may read; the platform rates nobody higher.

    It searches below one organisation a call, and the application may be let into several: a page is of one of them,
    and the next follows when it has ended. A cursor tells which it is, and the place in it.
    """

    def __init__(self, finder: OfficialFinder, calls: DirectoryCalls, reader: Reader) -> None:
        self._finder = finder
        self._calls = calls
        self._reader = reader
        self._rule = DIRECTORY.rule(_RANGE, 1)

    async def list_search_hits(
        self, queries: Sequence[SearchQuery], page: PageArgs, ask: Ask
    ) -> Sequence[Page[SearchHit] | PlatformError]:
        """Find one page per query, a call each as a rule; none for one that does not look for officials."""
        texts = [" ".join(query.text.split()) if SearchKind.OFFICIAL in query.kinds else "" for query in queries]
        units = await self._units(ask) if any(texts) else ()
        if isinstance(units, PlatformError):
            return [units] * len(queries)
        return [await self._found(text, units if text else (), page, ask) for text in texts]

    async def _found(
        self, text: str, units: Sequence[str], page: PageArgs, ask: Ask
    ) -> Page[SearchHit] | PlatformError:
        number, dot, inner = (page.after or "0.").partition(".")
        if not dot or not number.isdecimal():
            return BadCursorError(self._calls.platform, "pageSearchEmployee", "no cursor of this list")
        after = inner or None
        for at in range(int(number), len(units)):
            query = OfficialSearch(text=text, unit_key=units[at])
            wanted = PageArgs(first=page.first, after=after)
            [found] = await self._finder.search_officials([query], wanted, ask)
            if isinstance(found, PlatformError):
                return found
            if found.edges:
                rows = tuple([_hit(row, at) for row in found.edges])
                return Page(edges=rows, has_next=found.has_next or at + 1 < len(units))
            after = None
        return Page(edges=(), has_next=False)

    async def _units(self, ask: Ask) -> Sequence[str] | PlatformError:
        """Below which organisations people are looked for: those the platform lets the application read."""

        async def fetch(names: list[str], deadline: Deadline) -> dict[str, AuthorisedRange]:
            told = await self._calls.scopes(deadline)
            units, people = tuple(told.deptVisibleScopes or ()), tuple(told.userVisibleScopes or ())
            return {names[0]: AuthorisedRange(unit_keys=units, employee_codes=people)}

        [found] = await self._reader.read(self._rule, [_RANGE], ask, fetch)
        if isinstance(found, PlatformError):
            return found
        return () if found is None else found.unit_keys


def _hit(row: Row[OfficialListing], unit: int) -> Row[Any]:
    """A row with its kind; an error in its place stays one."""
    cursor = f"{unit}.{row.cursor}" if row.cursor else ""
    if isinstance(row.node, PlatformError):
        return Row(cursor=cursor, node=row.node)
    return Row(cursor=cursor, node=SearchHit(kind=SearchKind.OFFICIAL, score=_SCORE, node=row.node))
