"""What the address book adds to a search over all platforms."""

from typing import TYPE_CHECKING, Any

import pytest

from connectors.errors import BadCursorError, UnreachableError
from connectors.records.official import OfficialListing
from connectors.records.page import Page, PageArgs
from connectors.records.search import SearchHit, SearchKind, SearchQuery
from connectors.sandbox.faults import Fault, FaultKind
from connectors.zhezhengding.directory.listing import ZhezhengdingDirectory
from connectors.zhezhengding.directory.searching import OfficialSearchHits

if TYPE_CHECKING:
    from tests.connectors.zhezhengding.conftest import Bench

EVERYTHING = tuple(SearchKind)
FAMILY = "王"


def search(bench: "Bench") -> OfficialSearchHits:
    """The source with an empty cache."""
    calls = bench.calls()
    return OfficialSearchHits(ZhezhengdingDirectory(bench.settings, calls, bench.reader()), calls, bench.reader())


async def found(source: OfficialSearchHits, bench: "Bench", first: int = 100, after: str | None = None) -> Any:
    """What a family's name finds."""
    [page] = await source.list_search_hits(
        [SearchQuery(text=FAMILY, kinds=EVERYTHING)], PageArgs(first=first, after=after), bench.ask()
    )
    return page


async def walked(source: OfficialSearchHits, bench: "Bench", first: int) -> list[SearchHit]:
    """Every hit, page by page."""
    hits: list[SearchHit] = []
    after, more = None, True
    while more:
        page = await found(source, bench, first, after)
        assert isinstance(page, Page)
        hits += page.nodes
        after, more = page.end, page.has_next and bool(page.edges)
    return hits


async def test_people_are_found_by_name(bench: "Bench") -> None:
    """In all the application may read, which is asked once; then a call a page."""
    source = search(bench)

    hits = await walked(source, bench, 7)

    assert len(hits) == len({hit.node.key for hit in hits if isinstance(hit.node, OfficialListing)}) > 7
    assert {hit.kind for hit in hits} == {SearchKind.OFFICIAL}
    assert all(isinstance(hit.node, OfficialListing) and FAMILY in hit.node.name for hit in hits)
    assert bench.sandbox.calls["scopesV2"] == 1


async def test_several_organisations_follow_one_another(bench: "Bench") -> None:
    """Where the application is let into two, both are looked through, the second behind the first."""
    parts: list[list[Any]] = []
    for units in (("GO_rg331002",), ("GO_rg331003",), ("GO_rg331002", "GO_rg331003")):
        bench.set_up(sandbox={"range": units})
        parts.append([hit.node for hit in await walked(search(bench), bench, 3)])

    first, second, both = parts
    assert both == first + second
    assert first
    assert second


async def test_who_does_not_look_for_officials_costs_no_call(bench: "Bench") -> None:
    """Not even for what the application may read."""
    others = [SearchQuery(text=FAMILY, kinds=(SearchKind.STUDIO, SearchKind.MEMBER))]

    told = await search(bench).list_search_hits(others, PageArgs(first=5), bench.ask())

    assert told == [Page(edges=(), has_next=False)]
    assert bench.sandbox.calls == {}


@pytest.mark.parametrize("after", ["x", "0", "a.b", "-1.b", "0.!"])
async def test_a_cursor_that_is_none_is_told(bench: "Bench", after: str) -> None:
    """Whichever part of it is wrong."""
    assert isinstance(await found(search(bench), bench, after=after), BadCursorError)


@pytest.mark.parametrize("operation", ["scopesV2", "pageSearchEmployee"])
async def test_a_failure_stands_in_its_place(bench: "Bench", operation: str) -> None:
    """Of what the application may read, and of the search itself."""
    bench.sandbox.faults.put(Fault(FaultKind.REFUSE, operation))

    assert isinstance(await found(search(bench), bench), UnreachableError)


async def test_an_application_that_may_read_no_organisation_finds_nobody(bench: "Bench") -> None:
    """It was let see single people only."""
    bench.set_up(sandbox={"range": ("GE_somebody",)})

    assert await found(search(bench), bench) == Page(edges=(), has_next=False)
