"""Looking finds what is new, once, whoever looked before."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from connectors.deadline import Deadline
from connectors.errors import UnreachableError
from connectors.ports import StatementSource, WriteStatusSource
from connectors.records.effect import WriteStatus
from connectors.records.page import Page, PageArgs, Row
from connectors.records.statement import Statement, StatementState
from connectors.viewer import ANYONE, Ask
from gateway.live.looks import Look, look_at
from schema.subscription import STATEMENTS, WRITE

ASK = Ask(ANYONE, Deadline.after(60))
BEGUN = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
_ROWS = 2


class Platform:
    """Lists changes two at a time, as a source of the tests."""

    def __init__(self) -> None:
        self.statements: list[Statement] = []
        self.ill = False

    def said(self, key: str, seconds: float, *, withdrawn: bool = False) -> None:
        """A statement that changed so many seconds after somebody began to listen."""
        at = BEGUN + timedelta(seconds=seconds)
        self.statements.append(
            Statement(
                key=key,
                deliberation_key="D",
                body="",
                posted_at=at,
                likes=0,
                author=None,
                state=StatementState.PUBLISHED,
                changed_at=at,
                withdrawn_at=at if withdrawn else None,
            )
        )

    async def changes(self, _: Sequence[str], since: datetime, page: PageArgs, ask: Ask) -> Sequence[Any]:  # noqa: ARG002 - as the port is called
        """As ``StatementSource.list_statement_changes``."""
        if self.ill:
            return [UnreachableError("duty", "changes")]
        after = int(page.after or 0)
        rows = [(at + 1, one) for at, one in enumerate(self.statements) if one.changed_at >= since and at >= after]
        edges = tuple(Row(cursor=str(at), node=one) for at, one in rows[:_ROWS])
        return [Page(edges=edges, has_next=len(rows) > _ROWS)]

    def look(self) -> Look:
        """Begin to look."""
        sources = {StatementSource.list_statement_changes: self.changes}
        look = look_at(STATEMENTS, "D", sources, lambda _: None, BEGUN)
        assert look is not None
        return look


@pytest.fixture
def platform() -> Platform:
    """Without statements."""
    return Platform()


async def test_what_was_there_before_is_no_news(platform: Platform) -> None:
    """The first look tells it from what came since; the next ones find what came behind it, over all pages."""
    look = platform.look()
    for number in range(5):
        platform.said(f"old{number}", number - 30)
    platform.said("new", 0.1)

    first = await look.keys(ASK)
    for number in range(5):
        platform.said(f"{number}", 1)
    then = await look.keys(ASK)

    assert first == ["new"]
    assert then == ["0", "1", "2", "3", "4"]
    assert await look.keys(ASK) == []


async def test_a_slow_clock_of_the_platform_costs_nothing_later(platform: Platform) -> None:
    """What it says was before somebody listened is news all the same, once it was seen not to be there."""
    look = platform.look()
    await look.keys(ASK)

    platform.said("late", -20)

    assert await look.keys(ASK) == ["late"]


async def test_what_was_withdrawn_is_not_told(platform: Platform) -> None:
    """Nor again when the same statement changes once more."""
    look = platform.look()
    platform.said("gone", 1, withdrawn=True)
    platform.said("there", 2)

    first = await look.keys(ASK)
    platform.said("there", 3)

    assert first == ["there"]
    assert await look.keys(ASK) == []


async def test_an_illness_loses_nothing(platform: Platform) -> None:
    """The look fails, and the next one finds what came meanwhile."""
    look = platform.look()
    await look.keys(ASK)
    platform.ill = True
    platform.said("meanwhile", 1)

    with pytest.raises(UnreachableError):
        await look.keys(ASK)
    platform.ill = False

    assert await look.keys(ASK) == ["meanwhile"]


async def test_whoever_takes_over_looks_back_to_the_last_round(platform: Platform) -> None:
    """What the other replica may not have told any more is told; what is older is not."""
    look = platform.look()
    platform.said("told by the other", 1)
    platform.said("perhaps not told", 9)

    look.elsewhere(BEGUN + timedelta(seconds=5))

    assert await look.keys(ASK) == ["perhaps not told"]


async def test_a_thing_is_told_when_it_is_another_than_before() -> None:
    """At first in any case, as it may have changed since somebody was told of it."""
    begun = WriteStatus(key="w", begun_at=BEGUN, effects=())
    states = [begun, WriteStatus(key="w", begun_at=BEGUN, effects=()), None]

    async def load(_: Sequence[str], __: Ask) -> Sequence[Any]:
        return [states.pop(0)]

    look = look_at(WRITE, "w", {WriteStatusSource.load_write_statuses: load}, lambda _: None, BEGUN)
    assert look is not None

    assert [await look.keys(ASK) for _ in range(3)] == [["w"], [], ["w"]]
