"""How each topic is looked at: what changed on a platform that sends nothing, told by key."""

from collections import OrderedDict
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple, Protocol

from msgspec import UNSET

from connectors.errors import PlatformError
from connectors.ports import (
    ConnectorHealthSource,
    QuestionSource,
    StatementSource,
    WorkOrderSource,
    WriteStatusSource,
)
from connectors.records.page import Page, PageArgs
from connectors.records.question import Question, QuestionOrder, QuestionQuery
from connectors.records.statement import Statement
from connectors.viewer import Ask
from schema.declarations import Source
from schema.loaders import Sources
from schema.subscription import CONNECTORS, QUESTIONS, STATEMENTS, WORK_ORDER, WRITE

_ROWS = 100
_CLOCKS_DIFFER = timedelta(seconds=60)
_MOST_KNOWN = 10_000


class Look(Protocol):
    """One asker's view of one topic; lives as long as somebody listens for them."""

    async def keys(self, ask: Ask) -> list[str]:
        """What is new since the last look. Raises ``PlatformError``."""

    def elsewhere(self, until: datetime) -> None:
        """Another replica looks for the moment, and has seen all up to then; told again is told once."""


class Listed(NamedTuple):
    """How a list of changes is read: from a moment on, a page of it; and since when one of its rows is news.

    ``kept``: what was read is kept for a while; then each look asks for another span, which nobody has asked for.
    """

    source: Source
    read: Callable[[Source, str, datetime, PageArgs, Ask], Awaitable[Any]]
    since: Callable[[Any], datetime | None]
    kept: bool = False


class Changes:
    """Goes on behind what it saw of a list of changes.

    The first look tells what was there already from what is new, by the moments the platform tells; later ones need no
    clock.
    """

    def __init__(self, listed: Listed, source: Source, about: str, now: datetime) -> None:
        self._listed, self._source, self._about = listed, source, about
        self._known: OrderedDict[str, None] = OrderedDict()
        self._after: str | None = None
        self._begin(now)

    def _begin(self, now: datetime) -> None:
        self._since = now - _CLOCKS_DIFFER
        self._oldest = self._since
        self._news_from = now
        self._first = True

    def elsewhere(self, until: datetime) -> None:
        """See ``Look``."""
        self._after = None
        self._begin(until)

    async def keys(self, ask: Ask) -> list[str]:
        """See ``Look``."""
        found: list[str] = []
        began, more = datetime.now(UTC), True
        while more:
            page = PageArgs(first=_ROWS, after=self._after)
            rows: Page[Any] | PlatformError = await self._listed.read(self._source, self._about, self._since, page, ask)
            if isinstance(rows, PlatformError):
                raise rows
            found += [row.key for row in rows.nodes if self._is_news(row)]
            self._after = rows.end or self._after
            more = rows.has_next and rows.end is not None
        self._first = False
        if self._listed.kept:
            self._since, self._after = began - _CLOCKS_DIFFER, None
        return found

    def _is_news(self, row: Any) -> bool:
        since = self._listed.since(row)
        if since is None or row.key in self._known:
            return False
        self._known[row.key] = None
        if len(self._known) > _MOST_KNOWN:
            self._known.popitem(last=False)
        return since >= (self._news_from if self._first else self._oldest)


class State:
    """Compares one thing with what it was; the first look is news, for who was told of it before that."""

    def __init__(self, source: Source, key: str, renew: Callable[[str], None]) -> None:
        self._source, self._key, self._renew = source, key, renew
        self._was: Any = UNSET

    def elsewhere(self, until: datetime) -> None:
        """See ``Look``."""

    async def keys(self, ask: Ask) -> list[str]:
        """See ``Look``."""
        self._renew(self._key)
        [found] = await self._source([self._key], ask)
        if isinstance(found, PlatformError):
            raise found
        was, self._was = self._was, found
        return [] if found == was else [self._key]


class Healths:
    """Sees which platform's status is another than before; asks no platform."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._was: dict[str, Any] | None = None

    def elsewhere(self, until: datetime) -> None:
        """See ``Look``."""

    async def keys(self, ask: Ask) -> list[str]:
        """See ``Look``."""
        [healths] = await self._source([""], ask)
        now = {one.key: (one.status, one.configured, one.breaker and one.breaker.state) for one in healths}
        was, self._was = self._was, now
        return [] if was is None else [key for key, health in now.items() if was.get(key) != health]


async def _statements(source: Source, about: str, since: datetime, page: PageArgs, ask: Ask) -> Any:
    [found] = await source([about], since, page, ask)
    return found


async def _questions(source: Source, about: str, since: datetime, page: PageArgs, ask: Ask) -> Any:
    query = QuestionQuery(changed_since=since, order=QuestionOrder.CHANGED_AT_ASC)
    [found] = await source([about], query, page, ask)
    return found


def _published(row: object) -> datetime | None:
    shown = isinstance(row, Statement) and row.withdrawn_at is None
    return _moment(row.changed_at) if shown and isinstance(row, Statement) else None


def _asked(row: object) -> datetime | None:
    return _moment(row.asked_at) if isinstance(row, Question) else None


def _moment(value: object) -> datetime | None:
    """None where the platform sent something else."""
    return value if isinstance(value, datetime) else None


_LISTED = {
    STATEMENTS: Listed(StatementSource.list_statement_changes, _statements, _published),
    QUESTIONS: Listed(QuestionSource.list_studio_questions, _questions, _asked, kept=True),
}
_STATES: dict[str, Source] = {
    WORK_ORDER: WorkOrderSource.load_work_orders,
    WRITE: WriteStatusSource.load_write_statuses,
}
SELDOM = {WORK_ORDER: 10}
"""Topics that are looked at so many times less often: a work order takes days, and each is one person's."""
LOCAL = frozenset({CONNECTORS})
"""Topics that every gateway sees for itself."""


def look_at(topic: str, about: str, sources: Sources, renew: Callable[[str], None], now: datetime) -> Look | None:
    """Begin to look at a topic; None where there is nothing to look at."""
    if topic in _LISTED:
        listed = _LISTED[topic]
        source = sources.get(listed.source)
        return None if source is None else Changes(listed, source, about, now)
    if topic in _STATES:
        source = sources.get(_STATES[topic])
        return None if source is None else State(source, about, renew)
    source = sources.get(ConnectorHealthSource.list_connectors) if topic == CONNECTORS else None
    return None if source is None else Healths(source)
