"""Stretches of the platform's pages (wire-formats A5: pageNo from 1, pageSize at most 100)."""

from typing import TYPE_CHECKING, Any

import pytest
from msgspec import Struct

from connectors.errors import BadCursorError, UnexpectedAnswerError
from connectors.lenient import broken_in
from connectors.records.page import Page, PageArgs
from connectors.zhezhengding.directory.pages import Pages, Stretch
from connectors.zhezhengding.rows import Rows

if TYPE_CHECKING:
    from connectors.zhezhengding.directory.pages import Paging

BROKEN = broken_in("zhezhengding", "list")


class Payload(Struct):
    """A row of the tests."""

    number: int


class Platform:
    """A list of so many rows, given out by pages; remembers what was asked."""

    def __init__(self, count: int) -> None:
        self.rows = [Payload(number) for number in range(count)]
        self.asked: list[Paging] = []
        self.tells = True

    async def page(self, paging: "Paging") -> Rows[Payload]:
        """One page as the platform gives it."""
        self.asked.append(paging)
        number, size = paging["pageNo"], paging["pageSize"]
        assert isinstance(number, int)
        assert isinstance(size, int)
        total: Any = len(self.rows) if paging["returnTotalSize"] and self.tells else None
        return Rows(self.rows[(number - 1) * size : number * size], nameless=False, total=total, broken=BROKEN)


async def read(platform: Platform, wanted: PageArgs, largest: int = 100) -> Page[int]:
    """Read a page of ours."""
    kind: Pages[Payload, int] = Pages("zhezhengding", "list", largest, lambda row: row.number)
    return await kind.page(platform.page, wanted)


@pytest.mark.parametrize("largest", [100, 20, 7])
@pytest.mark.parametrize("first", [1, 3, 50, 99, 100])
@pytest.mark.parametrize("count", [0, 1, 99, 100, 101, 250])
async def test_every_row_comes_once(count: int, first: int, largest: int) -> None:
    """Whatever the size of our pages and of theirs, all rows come once, in order, and the end is told."""
    platform, seen, after, more = Platform(count), list[int](), None, True

    while more:
        page = await read(platform, PageArgs(first=first, after=after), largest)
        seen += page.nodes
        after, more = page.end, page.has_next

    assert seen == list(range(count))
    assert all(1 <= int(str(asked["pageSize"])) <= largest for asked in platform.asked)


@pytest.mark.parametrize("start", range(0, 400, 7))
@pytest.mark.parametrize("first", [1, 20, 64, 100])
def test_a_stretch_is_at_most_two_pages(start: int, first: int) -> None:
    """One page where any size allows it, else two neighbours; the rows wanted are in them."""
    stretch = Stretch.of(start, first, 100)

    begins = (stretch.numbers[0] - 1) * stretch.size
    assert len(stretch.numbers) <= 2
    assert begins + stretch.skip == start
    assert stretch.numbers[-1] * stretch.size >= start + first


async def test_going_on_behind_any_row() -> None:
    """A cursor of the middle of a page is as good as its last; ``first`` may change on the way."""
    platform = Platform(30)
    first = await read(platform, PageArgs(first=10))

    page = await read(platform, PageArgs(first=4, after=first.edges[2].cursor))

    assert page.nodes == (3, 4, 5, 6)


async def test_rows_are_counted_only_when_somebody_must_know() -> None:
    """A5: ``returnTotalSize`` is asked for with ``with_total``, or where nothing else tells whether more follow."""
    platform = Platform(120)

    first = await read(platform, PageArgs(first=50))
    counted = await read(platform, PageArgs(first=50, with_total=True))
    second = await read(platform, PageArgs(first=50, after=first.end))

    assert [asked["returnTotalSize"] for asked in platform.asked] == [False, True, True]
    assert (first.total, counted.total, second.total) == (None, 120, None)
    assert (first.has_next, counted.has_next, second.has_next) == (True, True, True)


async def test_a_platform_that_does_not_count_is_believed_to_go_on() -> None:
    """Where the total was asked for and not told, a full page has a next one."""
    platform = Platform(100)
    platform.tells = False

    first = await read(platform, PageArgs(first=50, with_total=True))
    last = await read(platform, PageArgs(first=50, after=first.end))
    beyond = await read(platform, PageArgs(first=50, after=last.end))

    assert first.total is None
    assert (last.has_next, beyond.nodes, beyond.has_next) == (True, (), False)


async def test_a_total_of_no_form_is_an_error_in_its_place() -> None:
    """The rows stay."""
    platform = Platform(3)

    async def fetch(paging: "Paging") -> Rows[Payload]:
        page = await platform.page(paging)
        return Rows(page.rows, nameless=False, total=BROKEN, broken=BROKEN)

    kind: Pages[Payload, int] = Pages("zhezhengding", "list", 100, lambda row: row.number)
    page = await kind.page(fetch, PageArgs(first=2, with_total=True))

    total: Any = page.total
    assert (page.nodes, page.has_next) == ((0, 1), True)
    assert isinstance(total, UnexpectedAnswerError)


@pytest.mark.parametrize("after", ["", "x", "enpkIDA", "enpkIC0x", "8J+YgA", "é", "enpkIDEyMzQ1Njc4OTA"])
async def test_what_is_no_cursor_is_refused(after: str) -> None:
    """Places from 1 to 999,999,999 in our own form, nothing else."""
    with pytest.raises(BadCursorError):
        await read(Platform(3), PageArgs(first=2, after=after))


async def test_rows_that_are_no_records_are_left_out() -> None:
    """The cursors of the others count them all the same."""
    platform = Platform(4)
    kind: Pages[Payload, int] = Pages("zhezhengding", "list", 100, lambda row: row.number if row.number % 2 else None)

    page = await kind.page(platform.page, PageArgs(first=3))
    rest = await kind.page(platform.page, PageArgs(first=3, after=page.end))

    assert (page.nodes, rest.nodes) == ((1,), (3,))
