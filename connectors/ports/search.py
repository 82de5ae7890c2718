"""Search over what a platform knows."""

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from connectors.errors import PlatformError
from connectors.records.page import Page, PageArgs
from connectors.records.search import SearchHit, SearchQuery
from connectors.viewer import Ask


@runtime_checkable
class SearchSource(Protocol):
    """Finds things by words; only what everybody may see, unless it says otherwise."""

    async def list_search_hits(
        self, queries: Sequence[SearchQuery], page: PageArgs, ask: Ask
    ) -> Sequence[Page[SearchHit] | PlatformError]:
        """Find one page per query, best first, in one call; a query of no kind of its own finds nothing, uncalled."""
