"""The duty platform's port for search."""

from collections.abc import Sequence

from connectors.contracted.pages import empty_page
from connectors.contracted.reads import Endpoint
from connectors.contracted.rows import Shape
from connectors.duty.reads import DutyReads
from connectors.duty.search.mapping import hit_from
from connectors.duty.search.payloads import HitPayload
from connectors.errors import PlatformError
from connectors.freshness import PUBLISHED
from connectors.records.page import Page, PageArgs
from connectors.records.search import SearchHit, SearchKind, SearchQuery
from connectors.viewer import Ask

_SEARCH = Endpoint("search", "/search", PUBLISHED)
_HIT = Shape(HitPayload, hit_from)
KINDS = (SearchKind.MEMBER, SearchKind.STUDIO, SearchKind.DELIBERATION)
"""What this platform finds."""


class DutySearch:
    """``SearchSource`` for members (public as office-holders), studios and deliberations."""

    def __init__(self, reads: DutyReads) -> None:
        self._reads = reads

    async def list_search_hits(
        self, queries: Sequence[SearchQuery], page: PageArgs, ask: Ask
    ) -> Sequence[Page[SearchHit] | PlatformError]:
        """Find one page per query, a call each; none for one that looks for nothing this platform has."""
        asked = [_params_of(query) for query in queries]
        wanted = [params for params in asked if params]
        pages = iter(await self._reads.listed(_SEARCH, _HIT, wanted, page, ask))
        return [next(pages) if params else empty_page(page) for params in asked]


def _params_of(query: SearchQuery) -> dict[str, str]:
    """The query as parameters, kinds in one order so that equal questions share an answer; empty if it asks nothing."""
    kinds = [kind.value for kind in KINDS if kind in query.kinds]
    text = " ".join(query.text.split())
    return {"text": text, "kinds": ",".join(kinds)} if kinds and text else {}
