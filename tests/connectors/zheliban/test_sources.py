"""The directory, statistics, follows and likes."""

from collections.abc import Callable
from statistics import fmean, median
from types import SimpleNamespace
from typing import Any

import httpx
import pytest

from connectors.errors import (
    BadCursorError,
    NotConfiguredError,
    RejectedInputError,
    UnexpectedAnswerError,
)
from connectors.ports import MemberStatisticsSource, QuestionSource, SignIn, StudioDirectory, StudioMarkSource
from connectors.records.member import MemberStatistics
from connectors.records.page import PageArgs
from connectors.records.question import QuestionQuery
from connectors.records.studio import StudioCategory, StudioOrder, StudioQuery
from connectors.sandbox.app import SandboxApp
from connectors.sandbox.world import World
from connectors.viewer import Ask
from connectors.zheliban.sandbox.studios.asked import AskedQuestion

Asking = Callable[..., Ask]


def test_sources_offer_their_ports(platform: SimpleNamespace) -> None:
    """Each source is the port it says it is."""
    assert isinstance(platform.studios, StudioDirectory)
    assert isinstance(platform.marks, StudioMarkSource)
    assert isinstance(platform.members, MemberStatisticsSource)
    assert isinstance(platform.questions, QuestionSource)
    assert isinstance(platform.sign_in, SignIn)


@pytest.mark.parametrize("order", list(StudioOrder))
async def test_paging_walks_the_directory(
    platform: SimpleNamespace, world: World, asking: Asking, order: StudioOrder
) -> None:
    """Page by page, every studio comes once, in the order asked for."""
    found, after = [], None
    while True:
        (page,) = await platform.studios.list_studios(
            [StudioQuery(order=order)], PageArgs(first=7, after=after), asking()
        )
        found += page.nodes
        assert page.total is None
        if not page.has_next:
            break
        after = page.end

    values = {
        StudioOrder.FOLLOWERS_DESC: [row.statistics.followers for row in found],
        StudioOrder.LIKES_DESC: [row.statistics.likes for row in found],
        StudioOrder.RATING_DESC: [row.statistics.average_rating or 0 for row in found],
    }[order]
    assert sorted(row.key for row in found) == sorted(studio.key for studio in world.studios)
    assert values == sorted(values, reverse=True)


async def test_filters_take_category_and_what_lies_in_a_region(
    platform: SimpleNamespace, world: World, asking: Asking
) -> None:
    """A county's list has that county, the city's has all its counties; totals count what the filter takes."""
    queries = [
        StudioQuery(region_key="331002"),
        StudioQuery(region_key="331000", category=StudioCategory.LAW),
        StudioQuery(region_key="330100"),
    ]

    county, law, elsewhere = await platform.studios.list_studios(
        queries, PageArgs(first=100, with_total=True), asking()
    )

    assert {row.region_key for row in county.nodes} == {"331002"}
    assert law.total == len(law.nodes) == sum(s.category is StudioCategory.LAW for s in world.studios)
    assert (elsewhere.nodes, elsewhere.total, elsewhere.has_next) == ((), 0, False)


async def test_the_directory_is_read_once_for_all(platform: SimpleNamespace, asking: Asking) -> None:
    """What is public is kept for whoever asks next."""
    page = PageArgs(first=5)
    first = await platform.studios.list_studios([StudioQuery()], page, asking())

    again = await platform.studios.list_studios([StudioQuery()], page, asking("somebody"))

    assert again == first
    assert len(platform.requests) == 1


@pytest.mark.parametrize(
    ("query", "page"),
    [
        (StudioQuery(), PageArgs(first=0)),
        (StudioQuery(), PageArgs(first=101)),
        (StudioQuery(region_key="Taizhou"), PageArgs(first=5)),
    ],
)
async def test_bad_input_is_told_as_such(
    platform: SimpleNamespace, asking: Asking, query: StudioQuery, page: PageArgs
) -> None:
    """A cursor, size or region that is none is the caller's to mend."""
    (answer,) = await platform.studios.list_studios([query], page, asking())

    assert isinstance(answer, RejectedInputError)


@pytest.mark.parametrize("after", ["no-cursor", "a+b", "", "x" * 5000])
async def test_what_is_no_cursor_is_told_as_such(platform: SimpleNamespace, asking: Asking, after: str) -> None:
    """Whatever a caller hands in as a cursor, in each list it is a bad one, and no fault of the platform."""
    page = PageArgs(first=5, after=after)

    (studios,) = await platform.studios.list_studios([StudioQuery()], page, asking())
    (questions,) = await platform.questions.list_studio_questions(["S3310000001"], QuestionQuery(), page, asking())

    assert [type(studios), type(questions)] == [BadCursorError, BadCursorError]


async def test_a_cursor_of_another_order_is_refused(platform: SimpleNamespace, asking: Asking) -> None:
    """A place in one order is none in another."""
    (page,) = await platform.studios.list_studios([StudioQuery()], PageArgs(first=1), asking())

    (answer,) = await platform.studios.list_studios(
        [StudioQuery(order=StudioOrder.LIKES_DESC)], PageArgs(first=1, after=page.end), asking()
    )

    assert isinstance(answer, BadCursorError)
    assert answer.upstream_code == "STUDIO-CURSOR-INVALID"


async def test_forty_studios_are_one_call(platform: SimpleNamespace, world: World, asking: Asking) -> None:
    """Statistics, questions and marks of all studios take one call each; statistics are the directory's."""
    keys = [studio.key for studio in world.studios]
    assert len(keys) == 40
    ask = asking(world.citizens[0].user_id)

    statistics = await platform.studios.load_studio_statistics([*keys, "S-none", keys[0]], ask)
    await platform.questions.list_studio_questions(keys, QuestionQuery(), PageArgs(first=10), ask)
    await platform.marks.load_studio_marks(keys, ask)
    (page,) = await platform.studios.list_studios([StudioQuery()], PageArgs(first=100), ask)

    assert len(platform.requests) == 4
    assert [row.key for row in statistics[:40]] == keys
    assert statistics[40] is None
    assert statistics[41] == statistics[0]
    assert {row.key: row.statistics for row in page.nodes} == {row.key: row for row in statistics[:40]}


async def test_many_keys_go_in_chunks_of_a_hundred(platform: SimpleNamespace, world: World, asking: Asking) -> None:
    """The platform takes a hundred keys a call."""
    keys = [member.key for member in world.members[:250]]

    answers = await platform.members.load_member_statistics(keys, asking())

    assert [row.key for row in answers] == keys
    assert len(platform.requests) == 3


async def test_studio_statistics_are_made_of_public_questions(
    platform: SimpleNamespace, world: World, asked: list[AskedQuestion], asking: Asking
) -> None:
    """Counts and averages follow from what everybody may see."""
    studio = world.studios[3]
    public = [question for question in asked if question.studio is studio and question.public]
    waits = [(q.replies[0].replied_at - q.asked_at).total_seconds() for q in public if q.replies]

    (row,) = await platform.studios.load_studio_statistics([studio.key], asking())

    assert row.answered_questions == sum(question.answered for question in public)
    assert row.average_rating == round(fmean(q.rating.score for q in public if q.rating), 2)
    assert row.median_reply_minutes == int(median(waits) // 60)


async def test_member_statistics_count_answers(
    platform: SimpleNamespace, world: World, asked: list[AskedQuestion], asking: Asking
) -> None:
    """A member without an answer has 0 and no average; an unknown one is None."""
    authors = {reply.author.key for question in asked for reply in question.replies}
    idle = next(member.key for member in world.members if member.key not in authors)
    busy = world.studios[0].members[0].key

    none, some, unknown = await platform.members.load_member_statistics([idle, busy, "M-none"], asking())

    assert none == MemberStatistics(key=idle, answered_questions=0, average_rating=None)
    assert some.answered_questions == sum(
        question.public and question.answered and busy in {reply.author.key for reply in question.replies}
        for question in asked
    )
    assert unknown is None


@pytest.mark.parametrize("key", ["", "a,b", "S+1", "S%31", "S 1", "委员", "x" * 65])
async def test_what_cannot_be_a_key_is_not_asked_for(platform: SimpleNamespace, asking: Asking, key: str) -> None:
    """A stranger's id may hold anything: it is unknown, and cannot become two keys or break a signature."""
    assert await platform.studios.load_studio_statistics([key], asking()) == [None]
    assert platform.requests == []


async def test_without_credentials_nobody_is_called(
    misconfigured: Callable[..., SimpleNamespace], sandbox: SandboxApp, asking: Asking
) -> None:
    """A platform that is not configured is unreachable, in each key's place."""
    sources = misconfigured(access_key="")

    answers = await sources.studios.load_studio_statistics(["S1", "S2"], asking())

    assert [type(error) for error in answers] == [NotConfiguredError] * 2
    assert sandbox.calls.total() == 0


STATISTICS = {"followers": 1, "likes": 2, "averageRating": None, "answeredQuestions": 0, "medianReplyMinutes": None}


async def test_a_broken_field_fails_alone(answered: Callable[..., SimpleNamespace], asking: Asking) -> None:
    """A wrongly typed count costs itself: neither its row nor another's."""
    rows = [{"studioId": "S1"} | STATISTICS | {"likes": "many"}, {"studioId": "S2"} | STATISTICS]

    broken, whole = await answered(lambda _: {"items": rows}).studios.load_studio_statistics(["S1", "S2"], asking())

    assert isinstance(broken.likes, UnexpectedAnswerError)
    assert (broken.key, broken.followers) == ("S1", 1)
    assert (whole.key, whole.likes) == ("S2", 2)


async def test_a_row_without_its_key_costs_what_is_missing(
    answered: Callable[..., SimpleNamespace], asking: Asking
) -> None:
    """It may be the row of any key that nobody answered: none of these can be said to be unknown."""
    rows = [STATISTICS, {"studioId": "S2"} | STATISTICS]

    missing, whole = await answered(lambda _: {"items": rows}).studios.load_studio_statistics(["S1", "S2"], asking())

    assert isinstance(missing, UnexpectedAnswerError)
    assert whole.key == "S2"


async def test_a_broken_row_of_a_page_stands_in_its_place(
    answered: Callable[..., SimpleNamespace], asking: Asking
) -> None:
    """Missing and wrong values cost themselves, a row without a key costs itself; the page stands."""

    def data(_: httpx.Request) -> Any:
        good = {"cursor": "c", "id": "S1", "name": "s", "category": "LAW", "regionCode": "331002"}
        rows = [good | {"statistics": STATISTICS}, good | {"category": "SPORTS"}, {"name": "?"}, 7]
        return {"rows": rows, "hasNext": True, "total": "many"}

    (page,) = await answered(data).studios.list_studios([StudioQuery()], PageArgs(first=4), asking())

    whole, drifted, nameless, nothing = page.nodes
    assert (whole.statistics.likes, whole.name, page.has_next) == (2, "s", True)
    assert [type(each) for each in (drifted.category, drifted.statistics, nameless, nothing, page.total)] == [
        UnexpectedAnswerError
    ] * 5


@pytest.mark.parametrize("data", [{"rows": None, "hasNext": False}, {"items": []}, {"rows": []}, [], "rows", None])
async def test_a_broken_page_is_told(answered: Callable[..., SimpleNamespace], asking: Asking, data: Any) -> None:
    """A directory in another form is no directory."""
    (page,) = await answered(lambda _: data).studios.list_studios([StudioQuery()], PageArgs(first=1), asking())

    assert isinstance(page, UnexpectedAnswerError)


@pytest.mark.parametrize(
    ("items", "whole"),
    [
        ([{"ownerId": "S1", "rows": None, "hasNext": False}, {"ownerId": "S2", "rows": [], "hasNext": False}], True),
        ([{"rows": [], "hasNext": False}, {"ownerId": "S2", "rows": [], "hasNext": False}], True),
        ({"S2": []}, False),
    ],
)
async def test_a_broken_page_costs_its_owner(
    answered: Callable[..., SimpleNamespace], asking: Asking, items: Any, whole: Any
) -> None:
    """Each studio's page fails or stands by itself; what is no list of pages fails for all."""
    sources = answered(lambda _: {"items": items})

    one, two = await sources.questions.list_studio_questions(["S1", "S2"], QuestionQuery(), PageArgs(first=1), asking())

    assert isinstance(one, UnexpectedAnswerError)
    assert isinstance(two, UnexpectedAnswerError) is not whole
