"""Answers what published questions of a region are about, from what was counted before anybody asked.

Privacy: a keyword is told only where at least five different people asked of it in the region and the period.
"""

import time
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from auth.store.database import Database
from auth.store.tables import TopicCountRow, TopicWordRow
from connectors.ports import OpinionTopicSource
from connectors.records.cockpit import OpinionTopic, RegionDays
from connectors.regions import PROVINCE
from connectors.viewer import Ask
from gateway.cockpit.topic_periods import Period, counted_in

_FEWEST_ASKERS = 5
_SAMPLES = 10
_MOST_KEPT = 256

Topics = tuple[OpinionTopic, ...]


class OpinionTopics(OpinionTopicSource):
    """Reads the store; an answer is kept for a while, as what it is read from changes no sooner."""

    def __init__(self, database: Database, kept_for: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._database = database
        self._kept_for = kept_for
        self._clock = clock
        self._kept: OrderedDict[tuple[RegionDays, int], tuple[float, Topics]] = OrderedDict()

    async def list_opinion_topics(
        self,
        keys: Sequence[RegionDays],
        most: int,
        ask: Ask,  # noqa: ARG002 - published questions are everybody's
    ) -> Sequence[Topics]:
        """Read the topics of each region and period. Raises ``StoreUnavailableError``."""
        return [await self._topics(key, most) for key in keys]

    async def _topics(self, key: RegionDays, most: int) -> Topics:
        until, kept = self._kept.get((key, most), (0.0, ()))
        if until > self._clock():
            return kept
        found = await self._database.read(partial(_topics, key=key, most=most))
        self._kept[key, most] = self._clock() + self._kept_for, found
        self._kept.move_to_end((key, most))
        if len(self._kept) > _MOST_KEPT:
            self._kept.popitem(last=False)
        return found


async def _topics(session: AsyncSession, key: RegionDays, most: int) -> Topics:
    region, first, last = key.region_key, key.days.start, key.days.end
    asked = await _most_asked(session, region, (first, last), most)
    before = first - (last - first) - timedelta(days=1)
    earlier = await _counted(session, region, [word for word, _ in asked], (before, first - timedelta(days=1)))
    return tuple(
        [
            OpinionTopic(
                key=word,
                question_count=count,
                change=_change(count, earlier.get(word, 0)),
                sample_keys=await _samples(session, word, region, first, last),
            )
            for word, count in asked
        ]
    )


async def _most_asked(session: AsyncSession, region: str, days: Period, most: int) -> list[tuple[str, int]]:
    """Keywords by their counts; where too few of the first ones have enough askers, more are looked at."""
    looked_at = most * 2 + _FEWEST_ASKERS
    while True:
        rows = (await session.execute(_candidates(region, days, looked_at))).all()
        found = [(word, int(count)) for word, count, askers in rows if askers >= _FEWEST_ASKERS]
        if len(found) >= most or len(rows) < looked_at:
            return found[:most]
        looked_at *= 4


def _candidates(region: str, days: Period, most: int) -> Select[Any]:
    """The keywords asked most, with the number of their askers: no more of these are looked for than are needed."""
    total = func.sum(TopicCountRow.questions)
    named = aliased(TopicWordRow)
    first = (
        select(TopicCountRow.word, total.label("asked"))
        .where(counted_in(region, days))
        .group_by(TopicCountRow.word)
        .having(total >= _FEWEST_ASKERS)
        .order_by(total.desc(), TopicCountRow.word)
        .limit(most)
        .subquery()
    )
    some = (
        select(named.asker)
        .where(named.word == first.c.word, _within(named, region), named.day.between(*days))
        .distinct()
        .limit(_FEWEST_ASKERS)
        .correlate(first)
        .subquery()
    )
    askers = select(func.count()).select_from(some).scalar_subquery()
    return select(first.c.word, first.c.asked, askers).order_by(first.c.asked.desc(), first.c.word)


async def _counted(session: AsyncSession, region: str, words: Sequence[str], days: Period) -> Mapping[str, int]:
    rows = await session.execute(
        select(TopicCountRow.word, func.sum(TopicCountRow.questions))
        .where(counted_in(region, days), TopicCountRow.word.in_(words))
        .group_by(TopicCountRow.word)
    )
    return {word: int(count) for word, count in rows.all()}


async def _samples(session: AsyncSession, word: str, region: str, first: date, last: date) -> tuple[str, ...]:
    newest = (
        select(TopicWordRow.question_key)
        .where(TopicWordRow.word == word, _within(TopicWordRow, region), TopicWordRow.day.between(first, last))
        .order_by(TopicWordRow.day.desc(), TopicWordRow.question_key.desc())
        .limit(_SAMPLES)
    )
    return tuple((await session.scalars(newest)).all())


def _within(row: Any, region: str) -> ColumnElement[bool]:
    """Whether a row's region is that one or lies in it: divisions nest by their digits."""
    digits = region[:2] if region == PROVINCE else region[:4] if region.endswith("00") else region
    found: ColumnElement[bool] = row.region_key.between(digits.ljust(6, "0"), digits.ljust(6, "9"))
    return found


def _change(count: int, earlier: int) -> float | None:
    return round(count / earlier - 1, 4) if earlier else None
