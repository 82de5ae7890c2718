"""Regions in numbers, against counts made the long way."""

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from statistics import median_low
from types import SimpleNamespace

import pytest

from connectors.errors import RangeTooWideError, RejectedInputError
from connectors.records.page import PageArgs
from connectors.records.question_statistics import Days, RankingQuery
from connectors.regions import lies_in
from connectors.sandbox.world import World
from connectors.viewer import Ask, Role
from connectors.zheliban.sandbox.studios.asked import AskedQuestion

Asking = Callable[..., Ask]
PERIODS = [
    Days(start=date(2026, 10, 1), end=date(2026, 10, 31)),
    Days(start=date(2025, 11, 23), end=date(2026, 11, 22)),
]


@pytest.mark.parametrize("days", PERIODS)
@pytest.mark.parametrize("region", ["331000", "331002", "330000", "330100"])
@pytest.mark.parametrize("who", ["staff", "anyone"])
async def test_a_region_is_counted(
    platform: SimpleNamespace, asked: list[AskedQuestion], asking: Asking, days: Days, region: str, who: str
) -> None:
    """Operation 08: asked, answered, median, satisfaction, categories and days; private questions for staff only."""
    staff = who == "staff"
    mine = [
        q
        for q in asked
        if lies_in(q.studio.committee.region_code, region)
        and days.start <= q.asked_at.date() <= days.end
        and (staff or q.public)
    ]
    scores = [q.rating.score for q in mine if q.rating]
    waits = [q.replies[0].at - q.asked for q in mine if q.replies]
    ask = asking(roles=frozenset({Role.STAFF})) if staff else asking()

    (found,) = await platform.question_statistics.load_region_questions([region], days, ask)

    assert (found.asked, found.answered) == (len(mine), sum(q.answered for q in mine))
    assert found.median_reply_minutes == (int(median_low(waits) // 60) if waits else None)
    assert found.satisfaction == (round(sum(s >= 4 for s in scores) / len(scores), 4) if scores else None)
    assert {row.category.value: row.asked for row in found.by_category} == Counter(q.category for q in mine)
    assert sum(row.answered for row in found.by_category) == found.answered
    daily = Counter(q.asked_at.date() for q in mine)
    assert [row.date for row in found.daily] == [
        days.start + timedelta(days=n) for n in range((days.end - days.start).days + 1)
    ]
    assert all(row.asked == daily[row.date] for row in found.daily)
    assert sum(row.answered for row in found.daily) == found.answered


async def test_studios_are_ranked_by_their_replies(
    platform: SimpleNamespace, world: World, asked: list[AskedQuestion], asking: Asking
) -> None:
    """The most active first; equal values have equal ranks, and pages go on where the last ended."""
    days = PERIODS[0]
    query = RankingQuery(region_key="331000", days=days)
    replies = Counter(q.studio.key for q in asked for r in q.replies if days.start <= r.replied_at.date() <= days.end)

    (whole,) = await platform.question_statistics.list_ranked_studios(
        [query], PageArgs(first=100, with_total=True), asking()
    )
    (first,) = await platform.question_statistics.list_ranked_studios([query], PageArgs(first=7), asking())
    (second,) = await platform.question_statistics.list_ranked_studios(
        [query], PageArgs(first=7, after=first.end), asking()
    )

    assert {row.key: row.value for row in whole.nodes} == {studio.key: replies[studio.key] for studio in world.studios}
    assert whole.total == len(world.studios)
    assert [row.key for row in (*first.nodes, *second.nodes)] == [row.key for row in whole.nodes[:14]]
    values = [row.value for row in whole.nodes]
    assert values == sorted(values, reverse=True)
    assert all(row.rank == 1 + sum(value > row.value for value in values) for row in whole.nodes)
    assert whole.nodes[0].studio.name


@pytest.mark.parametrize(
    ("days", "error"),
    [
        (Days(start=date(2025, 1, 1), end=date(2026, 1, 2)), RangeTooWideError),
        (Days(start=date(2026, 1, 2), end=date(2026, 1, 1)), RejectedInputError),
    ],
)
async def test_a_period_has_its_limits(
    platform: SimpleNamespace, asking: Asking, days: Days, error: type[Exception]
) -> None:
    """At most 366 days, in their order."""
    (counted,) = await platform.question_statistics.load_region_questions(["331000"], days, asking())
    (ranked,) = await platform.question_statistics.list_ranked_studios(
        [RankingQuery(region_key="331000", days=days)], PageArgs(first=1), asking()
    )

    assert {type(counted), type(ranked)} == {error}
