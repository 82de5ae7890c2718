"""Reads that are made once more."""

import asyncio
from collections.abc import Mapping

from connectors.deadline import Deadline
from connectors.errors import PlatformError, TooSlowError, UnexpectedAnswerError, UnreachableError
from connectors.guarding.guard import Guard
from connectors.guarding.repeating import fetched
from connectors.metering import Meter

ILL = UnreachableError("duty", "studios")


class Upstream:
    """Answers each call as the test says: an error, or the keys after so many seconds."""

    def __init__(self, *ends: PlatformError | float) -> None:
        self.ends = list(ends)
        self.calls = 0
        self.cancelled = 0

    async def __call__(self, keys: list[str], _: Deadline) -> Mapping[str, str]:
        """One call."""
        self.calls += 1
        number, end = self.calls, self.ends[min(self.calls, len(self.ends)) - 1]
        if isinstance(end, PlatformError):
            raise end
        try:
            await asyncio.sleep(end)
        except asyncio.CancelledError:
            self.cancelled += 1
            raise
        return {key: f"{key}{number}" for key in keys}


def guard(saved: int = 10) -> Guard:
    """One that may make so many calls once more."""
    made = Guard(Meter("duty"))
    for _ in range(saved * 14 + 1):
        made.budget.earn()
    return made


async def read(over: Guard, upstream: Upstream, hedge_after: float = 0.0) -> Mapping[str, object]:
    """Read one key."""
    return await fetched(over, "studios", upstream, ["a"], Deadline.after(5), hedge_after)


async def test_a_failure_that_may_pass_is_tried_once_more() -> None:
    """No connection, or an answer nobody planned for."""
    for error in (ILL, UnexpectedAnswerError("duty", "studios", "HTTP 502")):
        upstream, over = Upstream(error, 0.0), guard()

        assert await read(over, upstream) == {"a": "a2"}
        assert over.counts["retried"] == over.meter.totals["studios"].retries == 1


async def test_one_that_fails_twice_has_failed() -> None:
    """The error stands in the place of the key."""
    upstream = Upstream(ILL)

    assert await read(guard(), upstream) == {"a": ILL}
    assert upstream.calls == 2


async def test_a_late_answer_is_not_asked_for_again() -> None:
    """It would only add to what makes it late."""
    late = TooSlowError("duty", "studios")
    upstream = Upstream(late)

    assert await read(guard(), upstream) == {"a": late}
    assert upstream.calls == 1


async def test_without_budget_nothing_is_made_once_more() -> None:
    """Less than a tenth of the calls: a thousand reads of an ill platform cost less than eleven hundred calls."""
    over, upstream = guard(saved=0), Upstream(ILL)

    for _ in range(1000):
        over.budget.earn()
        await read(over, upstream)

    assert 1070 <= upstream.calls <= 1085
    assert over.counts["unpaid"] == 2000 - upstream.calls


async def test_a_hedged_read_is_answered_by_the_quicker_call() -> None:
    """The other is given up."""
    upstream, over = Upstream(30.0, 0.0), guard()

    assert await read(over, upstream, hedge_after=0.01) == {"a": "a2"}
    await asyncio.sleep(0)
    assert (upstream.calls, upstream.cancelled) == (2, 1)
    assert (over.counts["hedged"], over.counts["hedge_won"]) == (1, 1)


async def test_a_read_that_answers_in_time_is_not_hedged() -> None:
    """One call."""
    upstream, over = Upstream(0.0), guard()

    assert await read(over, upstream, hedge_after=1.0) == {"a": "a1"}
    assert (upstream.calls, over.counts["hedged"]) == (1, 0)


async def test_the_first_may_still_answer_where_the_hedge_fails() -> None:
    """Only when both failed has the read failed."""
    upstream = Upstream(0.1, ILL)

    assert await read(guard(), upstream, hedge_after=0.01) == {"a": "a1"}
