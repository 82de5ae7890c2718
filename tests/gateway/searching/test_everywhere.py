"""All platforms are asked at once; one that cannot answer is named."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import pytest

from connectors.deadline import Deadline
from connectors.errors import BadCursorError, CircuitOpenError, NotConfiguredError, PlatformError, UnreachableError
from connectors.provenance import Provenance
from connectors.records.page import Page, PageArgs, Row
from connectors.records.search import FoundPage, SearchHit, SearchKind, SearchQuery, UnavailablePlatform
from connectors.records.studio import StudioRef
from connectors.refusals import RefusedError
from connectors.viewer import ANYONE, Ask, Scope, Viewer
from gateway.searching.everywhere import Everywhere, Searched

QUERY = SearchQuery(text="法律", kinds=(SearchKind.STUDIO,))
HIT = SearchHit(kind=SearchKind.STUDIO, score=4.0, node=StudioRef(key="S1"))
Answering = Callable[[PageArgs], Awaitable[Page[SearchHit] | PlatformError]]


class Platform:
    """A platform that answers as it is told, and notes what it was asked for."""

    def __init__(self, answering: Answering) -> None:
        self.asked: list[PageArgs] = []
        self.kinds: list[tuple[SearchKind, ...]] = []
        self._answering = answering

    async def list_search_hits(
        self, queries: Sequence[SearchQuery], page: PageArgs, ask: Ask
    ) -> Sequence[Page[SearchHit] | PlatformError]:
        """See ``SearchSource``."""
        assert ask.deadline.remaining() > 0
        self.asked.append(page)
        self.kinds += [query.kinds for query in queries]
        return [await self._answering(page) for _ in queries]


def finding(count: int) -> Platform:
    """A platform with so many hits."""

    async def answer(page: PageArgs) -> Page[SearchHit]:
        begin = int(page.after or 0)
        rows = [Row(cursor=str(at + 1), node=HIT) for at in range(begin, min(begin + page.first, count))]
        return Page(edges=tuple(rows), has_next=begin + page.first < count)

    return Platform(answer)


def failing(error: PlatformError) -> Platform:
    """A platform that cannot answer."""

    async def answer(_: PageArgs) -> PlatformError:
        return error

    return Platform(answer)


async def searched(told: list[Provenance], first: int, after: str | None, **platforms: Platform) -> object:
    """What a page of a search comes to."""
    everywhere = Everywhere([Searched(name.partition("_")[0], platform) for name, platform in platforms.items()])
    ask = Ask(ANYONE, Deadline.after(5), told=told)
    [found] = await everywhere.list_found_everywhere([QUERY], PageArgs(first=first, after=after), ask)
    return found


async def page_of(first: int = 3, after: str | None = None, **platforms: Platform) -> FoundPage:
    """A page that must be one."""
    found = await searched([], first, after, **platforms)
    assert isinstance(found, FoundPage)
    return found


async def test_all_are_asked_at_once() -> None:
    """None waits for another: here each answers only when all were asked."""
    meeting = asyncio.Barrier(3)

    async def answer(_: PageArgs) -> Page[SearchHit]:
        await meeting.wait()
        return Page(edges=(Row(cursor="1", node=HIT),), has_next=False)

    async with asyncio.timeout(5):
        page = await page_of(a=Platform(answer), b=Platform(answer), c=Platform(answer))

    assert len(page.edges) == 3
    assert page.unavailable == ()


async def test_who_cannot_answer_is_named_once_with_the_reason() -> None:
    """The others' hits are there; two lists of one platform that fail are one platform."""
    platforms: dict[str, Any] = {
        "work": failing(NotConfiguredError("work", "search")),
        "duty_1": failing(CircuitOpenError("duty", "search")),
        "duty_2": failing(UnreachableError("duty", "articles")),
        "citizen": finding(2),
    }

    page = await page_of(**platforms)

    assert [row.node.key for row in page.edges] == ["S1", "S1"]
    assert not page.has_next
    assert page.unavailable == (
        UnavailablePlatform(platform="duty", reason="PLATFORM_UNAVAILABLE"),
        UnavailablePlatform(platform="work", reason="PLATFORM_NOT_CONFIGURED"),
    )


async def test_a_page_that_is_not_whole_is_nobodys_to_keep() -> None:
    """It says of itself that it may not be kept; a whole one leaves that to what its platforms said."""
    broken: list[Provenance] = []
    whole: list[Provenance] = []

    await searched(broken, 3, None, duty=failing(UnreachableError("duty", "search")), citizen=finding(1))
    await searched(whole, 3, None, citizen=finding(1))

    assert [(one.private, one.fresh_until) for one in broken] == [(True, 0.0)]
    assert whole == []


async def test_who_has_no_more_is_not_asked_again() -> None:
    """And who stood in the middle goes on there; who failed is asked from where it stood."""
    short, long, well = finding(1), finding(9), finding(2)
    sick = failing(UnreachableError("sick", "search"))

    first = await page_of(4, short=short, long=long, sick=sick)
    second = await page_of(4, first.end, short=short, long=long, sick=well)

    assert [len(short.asked), len(long.asked)] == [1, 2]
    assert long.asked[1].after == "3"
    assert well.asked == [PageArgs(first=4)]
    assert first.has_next
    assert len(second.edges) == 4
    assert second.unavailable == ()


@pytest.mark.parametrize("after", ["nobody made this", "e30"])
async def test_a_cursor_that_is_none_is_refused(after: str) -> None:
    """Before any platform is asked."""
    platform = finding(1)

    found = await searched([], 3, after, duty=platform)

    assert isinstance(found, RefusedError)
    assert found.code == "BAD_CURSOR"
    assert platform.asked == []


async def test_what_takes_a_scope_is_looked_for_with_it_only() -> None:
    """Named without it, it is refused and nobody is asked; not named, it is left out."""
    platform = finding(0)
    everywhere = Everywhere([Searched("work", platform)])
    with_scope = Viewer(scopes=frozenset({Scope.DIRECTORY_READ}))
    named, unnamed = SearchQuery(text="王", kinds=(SearchKind.OFFICIAL,)), SearchQuery(text="王", kinds=())

    for viewer in (ANYONE, with_scope):
        ask = Ask(viewer, Deadline.after(5))
        told = await everywhere.list_found_everywhere([named, unnamed], PageArgs(first=1), ask)
        assert isinstance(told[0], RefusedError) is (viewer is ANYONE)
        assert isinstance(told[1], FoundPage)

    everything = tuple(SearchKind)
    assert platform.kinds == [everything[:-1], (SearchKind.OFFICIAL,), everything]


async def test_a_cursor_a_platform_does_not_know_is_refused() -> None:
    """It is no reason to call the platform ill."""
    found = await searched([], 3, None, duty=failing(BadCursorError("duty", "search")), citizen=finding(1))

    assert isinstance(found, RefusedError)
    assert found.code == "BAD_CURSOR"
