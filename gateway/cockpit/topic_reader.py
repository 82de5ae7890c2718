"""Reads changed questions again and again and has them counted: beside the requests, by one replica at a time.

It asks as somebody without a token, who is shown published questions only. What was published and is no more is no
change that such an asker hears of: counted questions are therefore looked at again, a few each round.
"""

import asyncio
import random
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, nullcontext
from datetime import UTC, date, datetime, timedelta, timezone

import structlog

from auth.store.moments import now
from connectors.background import beside
from connectors.deadline import Deadline
from connectors.errors import NotConfiguredError, PlatformError
from connectors.ports import QuestionSource
from connectors.records.page import Page, PageArgs
from connectors.records.question import Moderation, Question, QuestionOrder, QuestionQuery, Visibility
from connectors.viewer import ANYONE, Ask
from gateway.cockpit.keywords import Tell, Words
from gateway.cockpit.topic_store import LeaseLostError, TopicStore
from gateway.cockpit.topic_tally import CountedQuestion
from schema.loaders import Sources

_LONGEST = timedelta(days=2 * 366)
"""The longest period, and the one before it."""
_OVERLAP = timedelta(seconds=60)
"""A change may be told this long after the moment it bears."""
_ROWS = 100
_PATIENCE_SECONDS = 30.0
_PAUSE_SECONDS = 0.1
_SOON_SECONDS = 5.0
_JITTER = 0.2
_HANGZHOU = timezone(timedelta(hours=8))

_log = structlog.get_logger(__name__)


class TopicReader:
    """Lives as long as the process. ``interval`` is in seconds, 0 for never; ``pseudonym`` makes an asker unknown."""

    def __init__(
        self,
        store: TopicStore,
        sources: Sources,
        words: Words,
        pseudonym: Callable[[str], str],
        interval: float,
    ) -> None:
        self._store = store
        self._sources = sources
        self._words = words
        self._pseudonym = pseudonym
        self._interval = interval
        self._released = asyncio.Event()
        self._released.set()

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Read while the block runs."""
        possible = self._interval and QuestionSource.list_questions in self._sources
        async with beside(self._run) if possible else nullcontext():
            yield

    def hold(self) -> None:
        """Read nothing until ``release``: the platforms are only being started."""
        self._released.clear()

    def release(self) -> None:
        """Begin, if that was held."""
        self._released.set()

    async def _run(self) -> None:
        await self._released.wait()
        while True:
            pause = self._interval
            try:
                await self.round()
            except (LeaseLostError, NotConfiguredError):
                pass  # another replica's turn, or nobody's
            except Exception as error:  # noqa: BLE001 - a gateway must not end because of it
                _log.warning("topics cannot be kept up just now", fault=error)
                pause = min(pause, _SOON_SECONDS)
            spread = random.uniform(1 - _JITTER, 1 + _JITTER)  # noqa: S311 - nothing secret
            await asyncio.sleep(pause * spread)

    async def round(self) -> None:
        """Count what changed, look at some of what was counted, and let another have the next turn.

        Raises ``LeaseLostError`` where another replica is at it, ``PlatformError``, ``StoreUnavailableError``.
        """
        read_to = await self._store.take()
        since = (read_to - _OVERLAP) if read_to is not None else now() - _LONGEST
        async with self._words() as tell:
            await self._count(since, tell)
        await self._look_again()
        await self._store.release()

    async def _count(self, since: datetime, tell: Tell) -> None:
        """Page by page; each is kept before the next is asked for, so that a restart goes on where this ended."""
        query = QuestionQuery(moderation=Moderation.PUBLISHED, changed_since=since, order=QuestionOrder.CHANGED_AT_ASC)
        after: str | None = None
        while True:
            page = await self._page(query, after)
            found = [question for question in page.nodes if _is_whole(question)]
            questions = await self._counted(found, tell)
            await self._store.keep(questions, max((one.changed_at for one in questions), default=since))
            if not page.has_next or page.end is None:
                return
            after = page.end
            await asyncio.sleep(_PAUSE_SECONDS)

    async def _page(self, query: QuestionQuery, after: str | None) -> Page[Question]:
        listed = self._sources[QuestionSource.list_questions]
        [page] = await listed([query], PageArgs(first=_ROWS, after=after), _asking())
        if isinstance(page, PlatformError):
            raise page
        found: Page[Question] = page
        return found

    async def _counted(self, questions: list[Question], tell: Tell) -> list[CountedQuestion]:
        told = await tell([f"{question.title}\n{question.body}" for question in questions])
        return [
            CountedQuestion(
                key=question.key,
                region_key=question.region_key,
                day=_day_of(question.asked_at),
                asker=self._pseudonym(question.asker_id),
                changed_at=question.changed_at.astimezone(UTC),
                words=words,
            )
            for question, words in zip(questions, told, strict=True)
        ]

    async def _look_again(self) -> None:
        keys = await self._store.to_check(_day_of(now() - _LONGEST), _ROWS)
        if not keys:
            return
        found = await self._sources[QuestionSource.load_questions](keys, _asking())
        entries = list(zip(keys, found, strict=True))
        gone = [key for key, question in entries if question is None or _is_hidden(question)]
        if not all(isinstance(question, PlatformError) for question in found):
            await self._store.checked(keys, gone)


def _asking() -> Ask:
    return Ask(ANYONE, Deadline.after(_PATIENCE_SECONDS))


def _day_of(moment: datetime) -> date:
    return moment.astimezone(_HANGZHOU).date()


def _is_hidden(question: object) -> bool:
    return isinstance(question, Question) and question.visibility is Visibility.PRIVATE


def _is_whole(question: object) -> bool:
    """Whether it is published and nothing of it that is counted is broken."""
    if not isinstance(question, Question) or question.visibility is not Visibility.PUBLIC:
        return False
    texts = (question.title, question.body, question.asker_id, question.region_key)
    moments = (question.asked_at, question.changed_at)
    return all(isinstance(text, str) for text in texts) and all(isinstance(moment, datetime) for moment in moments)
