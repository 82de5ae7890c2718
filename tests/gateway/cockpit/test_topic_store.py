"""Keywords of published questions, counted as they change; on both databases."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from auth.store.database import Database
from auth.store.tables import TopicCountRow, TopicQuestionRow, TopicWordRow
from auth.store.upgrading import upgrade
from connectors.deadline import Deadline
from connectors.records.cockpit import OpinionTopic, RegionDays
from connectors.records.question_statistics import Days
from connectors.viewer import ANYONE, Ask
from gateway.cockpit.topic_answers import OpinionTopics
from gateway.cockpit.topic_store import LeaseLostError, TopicStore
from gateway.cockpit.topic_tally import CountedQuestion

OCTOBER = Days(start=date(2026, 10, 1), end=date(2026, 10, 31))
NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """An empty database with our tables."""
    opened = Database(database_url)
    await upgrade(opened)
    yield opened
    await opened.aclose()


@pytest.fixture
async def store(database: Database) -> TopicStore:
    """A store that holds the lease."""
    made = TopicStore(database, "one", "s1")
    await made.take()
    return made


def asked(number: int, *words: str, asker: str | None = None, **more: Any) -> CountedQuestion:
    """A question of its own number, asked in October in Jiaojiang by somebody of that number."""
    facts: dict[str, Any] = {"region_key": "331002", "day": date(2026, 10, 10), "changed_at": NOON} | more
    return CountedQuestion(key=f"Q{number}", asker=asker or f"p{number}", words=frozenset(words), **facts)


async def topics(
    database: Database, region: str = "331000", days: Days = OCTOBER, most: int = 10
) -> dict[str, OpinionTopic]:
    """What is told of a region."""
    ask = Ask(ANYONE, Deadline.after(10))
    [found] = await OpinionTopics(database, 0).list_opinion_topics(
        [RegionDays(region_key=region, days=days)], most, ask
    )
    return {topic.key: topic for topic in found}


async def rows(database: Database) -> list[int]:
    """How many rows there are of questions, words and counts."""
    tables = (TopicQuestionRow, TopicWordRow, TopicCountRow)

    async def counted(session: Any) -> list[int]:
        return [int(await session.scalar(select(func.count()).select_from(table))) for table in tables]

    return await database.read(counted)


async def test_a_keyword_takes_five_people(database: Database, store: TopicStore) -> None:
    """Five of five people are told; many of four are not, nor does it help to ask from another county."""
    five = [asked(number, "医保") for number in range(5)]
    four = [asked(10 + number, "学区", asker=f"p{number % 4}") for number in range(20)]
    apart = [asked(40 + number, "充电", region_key="331002" if number < 4 else "331003") for number in range(5)]
    await store.keep([*five, *four, *apart], NOON)

    assert {key: topic.question_count for key, topic in (await topics(database)).items()} == {"医保": 5, "充电": 5}
    assert set(await topics(database, "331002")) == {"医保"}
    assert set(await topics(database, "331003")) == set()
    assert set(await topics(database, "330000")) == {"医保", "充电"}
    assert await topics(database, "330100") == {}


async def test_five_people_are_needed_within_the_period(database: Database, store: TopicStore) -> None:
    """Whoever asked before or after the period does not count for it."""
    days = [date(2026, 9, 30), *[date(2026, 10, 1)] * 4, date(2026, 11, 1)]
    await store.keep([asked(number, "医保", day=day) for number, day in enumerate(days)], NOON)

    assert await topics(database) == {}
    assert set(await topics(database, days=Days(start=date(2026, 9, 30), end=OCTOBER.end))) == {"医保"}


@pytest.mark.parametrize(
    "days",
    [
        (date(2026, 1, 1), date(2026, 12, 31)),
        (date(2026, 1, 2), date(2026, 12, 30)),
        (date(2026, 2, 1), date(2026, 2, 28)),
        (date(2026, 2, 28), date(2026, 3, 31)),
        (date(2026, 2, 1), date(2026, 3, 1)),
        (date(2026, 2, 10), date(2026, 3, 10)),
        (date(2026, 2, 3), date(2026, 2, 27)),
        (date(2026, 1, 31), date(2026, 3, 1)),
        (date(2025, 12, 31), date(2026, 1, 31)),
        (date(2025, 11, 30), date(2026, 12, 1)),
    ],
)
async def test_months_and_days_add_up(days: tuple[date, date], database: Database, store: TopicStore) -> None:
    """Wherever a period begins and ends, each of its questions is counted once."""
    year = [date(2025, 11, 1) + timedelta(days=n) for n in range(430)]
    await store.keep([asked(n, "医保", day=day) for n, day in enumerate(year)], NOON)

    found = await topics(database, days=Days(start=days[0], end=days[1]))

    assert found["医保"].question_count == (days[1] - days[0]).days + 1


async def test_change_is_against_the_period_before(database: Database, store: TopicStore) -> None:
    """As a ratio to it, whoever asked then; none where nobody did."""
    before = [asked(100 + n, "医保", asker="p1", day=date(2026, 9, 1)) for n in range(4)]
    too_early = [asked(200 + n, "医保", day=date(2026, 8, 30)) for n in range(9)]
    now = [asked(n, "医保", "学区") for n in range(6)]
    await store.keep([*before, *too_early, *now], NOON)

    found = await topics(database)

    assert found["医保"].change == 0.5
    assert found["学区"].change is None


async def test_most_asked_first_and_no_more_than_wanted(database: Database, store: TopicStore) -> None:
    """By count, then by the word; the samples are the newest."""
    days = [date(2026, 10, 1) + timedelta(days=n) for n in range(12)]
    await store.keep([asked(n, *("甲乙", "丙丁")[: 1 + (n < 6)], "戊己", day=days[n]) for n in range(12)], NOON)

    found = await topics(database, most=2)

    assert [(key, topic.question_count) for key, topic in found.items()] == [("戊己", 12), ("甲乙", 12)]
    assert found["戊己"].sample_keys[:3] == ("Q11", "Q10", "Q9")


async def test_counting_again_changes_nothing(database: Database, store: TopicStore) -> None:
    """The same page twice, as after a restart midway, is counted once."""
    page = [asked(n, "医保", "学区") for n in range(5)]
    await store.keep(page, NOON)
    once = await rows(database)

    await store.keep(page, NOON)
    await store.keep([asked(n, "医保", "学区", changed_at=NOON + timedelta(hours=1)) for n in range(5)], NOON)

    assert await rows(database) == once == [5, 10, 12]
    assert {topic.question_count for topic in (await topics(database)).values()} == {5}


async def test_a_changed_question_counts_as_it_is_now(database: Database, store: TopicStore) -> None:
    """Other words, another place: nothing is left of what it was."""
    await store.keep([asked(n, "医保") for n in range(6)], NOON)

    moved: dict[str, Any] = {"region_key": "330102", "changed_at": NOON + timedelta(hours=1)}
    await store.keep([asked(n, "学区", **moved) for n in range(6)], NOON)

    assert await topics(database) == {}
    assert set(await topics(database, "330102")) == set(await topics(database, "330000")) == {"学区"}
    assert await rows(database) == [6, 6, 6]


async def test_what_is_published_no_more_is_let_go_of(database: Database, store: TopicStore) -> None:
    """The one that was looked at longest ago comes first; below five people the keyword is gone."""
    await store.keep([asked(n, "医保") for n in range(5)], NOON)

    keys = await store.to_check(date(2026, 1, 1), 3)
    await store.checked(keys, keys[:1])
    rest = await store.to_check(date(2026, 1, 1), 100)

    assert len(keys) == 3
    assert rest == [key for key in rest if key not in keys] + keys[1:]
    assert await topics(database) == {}
    assert await rows(database) == [4, 4, 6]


async def test_what_is_too_old_to_be_asked_for_goes(database: Database, store: TopicStore) -> None:
    """Questions asked before a day are counted no more."""
    await store.keep([asked(1, "医保", day=date(2024, 1, 1)), asked(2, "医保")], NOON)

    assert await store.to_check(date(2024, 6, 1), 100) == ["Q2"]
    assert await rows(database) == [1, 1, 6]


async def test_only_one_replica_counts_at_a_time(database: Database, store: TopicStore) -> None:
    """Another waits for the lease, goes on where the first was, and the first can write no more."""
    other = TopicStore(database, "two", "s1")
    await store.keep([asked(1, "医保")], NOON)

    with pytest.raises(LeaseLostError):
        await other.take()
    await store.release()
    assert await other.take() == NOON

    with pytest.raises(LeaseLostError):
        await store.keep([asked(2, "医保")], NOON)
    with pytest.raises(LeaseLostError):
        await store.take()
    assert await rows(database) == [1, 1, 6]


async def test_how_far_changes_were_read_outlives_the_process(database: Database, store: TopicStore) -> None:
    """It is kept with what was counted, and never goes back."""
    await store.keep([asked(1, "医保")], NOON)
    await store.keep([], NOON - timedelta(days=1))
    await store.release()

    assert await TopicStore(database, "after the restart", "s1").take() == NOON


async def test_with_another_secret_everything_is_counted_anew(database: Database, store: TopicStore) -> None:
    """Else five pseudonyms could be three people."""
    await store.keep([asked(n, "医保") for n in range(3)], NOON)
    await store.release()
    other = TopicStore(database, "one", "s2")

    assert await other.take() is None

    await other.keep([asked(n, "医保", asker=f"s2-{n}") for n in range(3)], NOON)
    assert await topics(database) == {}
    assert await rows(database) == [3, 3, 6]


async def test_an_answer_is_kept_for_a_while(database: Database, store: TopicStore) -> None:
    """As long as the next reading is away; another region or period is another answer."""
    moments = iter([0.0, 0.0, 30.0, 61.0, 61.0])
    answers = OpinionTopics(database, 60, lambda: next(moments))
    key, ask = RegionDays(region_key="331000", days=OCTOBER), Ask(ANYONE, Deadline.after(10))
    before = await answers.list_opinion_topics([key], 10, ask)
    await store.keep([asked(n, "医保") for n in range(5)], NOON)

    meanwhile = await answers.list_opinion_topics([key], 10, ask)
    [later] = await answers.list_opinion_topics([key], 10, ask)

    assert before == meanwhile == [()]
    assert [topic.key for topic in later] == ["医保"]


async def test_keywords_of_few_people_do_not_hide_others(database: Database, store: TopicStore) -> None:
    """However often somebody asks of many things, what many ask of is found behind them."""
    busy = [asked(100 + n, *(f"词{m}" for m in range(40)), asker="p1") for n in range(9)]
    await store.keep([*busy, *(asked(n, "医保") for n in range(5))], NOON)

    assert set(await topics(database, most=1)) == {"医保"}
