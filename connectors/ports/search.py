"""Search over what a platform knows."""

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from connectors.errors import PlatformError
from connectors.records.page import Page, PageArgs
from connectors.records.search import FoundPage, SearchHit, SearchQuery
from connectors.refusals import RefusedError
from connectors.viewer import Ask


@runtime_checkable
class SearchSource(Protocol):
    """Finds things by words; only what everybody may see, unless it says otherwise."""

    async def list_search_hits(
        self, queries: Sequence[SearchQuery], page: PageArgs, ask: Ask
    ) -> Sequence[Page[SearchHit] | PlatformError]:
        """Find one page per query, best first, in one call; a query of no kind of its own finds nothing, uncalled."""


@runtime_checkable
class SearchEverywhere(Protocol):
    """Finds things by words on all platforms at once; the gateway's own, over every ``SearchSource``."""

    async def list_found_everywhere(
        self, queries: Sequence[SearchQuery], page: PageArgs, ask: Ask
    ) -> Sequence[FoundPage | RefusedError]:
        """Find one page per query, best first; a platform that fails is named in it, its hits are not there."""
