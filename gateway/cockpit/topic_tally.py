"""Counts keywords of published questions, question by question.

A question is taken out as it was counted and put in as it is now, in one transaction, so that counting it again changes
nothing. Counts are kept by day and by month for a region and for all it lies in, so that no answer adds up places, and
that of a year is a dozen sums.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib import import_module
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from auth.store.moments import now
from auth.store.tables import Span, TopicCountRow, TopicQuestionRow, TopicWordRow
from connectors.regions import REGIONS

Place = tuple[str, Span, date, str]
"""Where it is counted: region, day or month, its first day, keyword."""
Differences = Counter[Place]


@dataclass(frozen=True, slots=True)
class CountedQuestion:
    """A published question as it is counted; ``asker`` is a pseudonym."""

    key: str
    region_key: str
    day: date
    asker: str
    changed_at: datetime
    words: frozenset[str]


@cache
def _adding(dialect: str) -> Any:
    """The statement as SQLite or PostgreSQL wants it; the other's dialect is not read for it."""
    row = import_module(f"sqlalchemy.dialects.{dialect}").insert(TopicCountRow)
    together = TopicCountRow.questions + row.excluded.questions
    return row.on_conflict_do_update(index_elements=["region_key", "span", "day", "word"], set_={"questions": together})


async def recount(session: AsyncSession, questions: Sequence[CountedQuestion]) -> None:
    """Count these questions as they are now, whatever they were counted as."""
    differences = await _taken_out(session, [question.key for question in questions])
    await _put_in(session, questions, differences)
    await _add_up(session, differences)


async def let_go(session: AsyncSession, keys: Collection[str]) -> None:
    """Count these questions no more."""
    if keys:
        await _add_up(session, await _taken_out(session, keys))


async def _taken_out(session: AsyncSession, keys: Collection[str]) -> Differences:
    """Delete what was counted of these questions; answers what that takes from the counts."""
    counted = select(TopicWordRow.region_key, TopicWordRow.day, TopicWordRow.word)
    rows = await session.execute(counted.where(TopicWordRow.question_key.in_(keys)))
    differences: Differences = Counter()
    for region, day, word in rows.all():
        differences.subtract(_places(region, day, word))
    await session.execute(delete(TopicWordRow).where(TopicWordRow.question_key.in_(keys)))
    await session.execute(delete(TopicQuestionRow).where(TopicQuestionRow.key.in_(keys)))
    return differences


async def _put_in(session: AsyncSession, questions: Sequence[CountedQuestion], differences: Differences) -> None:
    """Write these questions down, and add to the differences what they count."""
    moment = now()
    rows = [{"key": q.key, "day": q.day, "changed_at": q.changed_at, "checked_at": moment} for q in questions]
    await session.execute(insert(TopicQuestionRow), rows)
    words = [
        {"question_key": q.key, "word": word, "region_key": q.region_key, "day": q.day, "asker": q.asker}
        for q in questions
        for word in q.words
    ]
    if words:
        await session.execute(insert(TopicWordRow), words)
    for q in questions:
        differences.update(place for word in q.words for place in _places(q.region_key, q.day, word))


async def _add_up(session: AsyncSession, differences: Differences) -> None:
    changes = sorted((*key, number) for key, number in differences.items() if number)
    if not changes:
        return
    names = ("region_key", "span", "day", "word", "questions")
    rows = [dict(zip(names, change, strict=True)) for change in changes]
    await session.execute(_adding(session.get_bind().dialect.name), rows)
    fewer = [(region, day) for region, _, day, _, number in changes if number < 0]
    if fewer:
        regions, days = (set(each) for each in zip(*fewer, strict=True))
        row = TopicCountRow
        about = row.region_key.in_(regions), row.span.in_(list(Span)), row.day.in_(days)  # as the key begins
        await session.execute(delete(row).where(*about, row.questions <= 0))


def _places(region: str, day: date, word: str) -> Iterator[Place]:
    """Everywhere a question's keyword is counted."""
    for code in _up_from(region):
        yield code, Span.DAY, day, word
        yield code, Span.MONTH, day.replace(day=1), word


def _up_from(code: str) -> Sequence[str]:
    """A region and all it lies in."""
    places: list[str] = []
    at: str | None = code
    while at is not None and at in REGIONS:
        places.append(at)
        at = REGIONS[at].parent_key
    return places
