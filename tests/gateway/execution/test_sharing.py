"""One run for many callers: who may join, who may leave, when it ends."""

import asyncio

import pytest

from connectors.deadline import Deadline
from gateway.execution.operation import GraphQLRequest, Outcome
from gateway.execution.sharing import Runs
from tests.gateway.execution.invented import QUERY, Engine, caller

KEY = (QUERY, None, b"")


def begun(runs: Runs, engine: Engine, seconds: float = 5.0) -> "asyncio.Task[Outcome]":
    """The first caller of a run, waiting."""
    run = runs.begin(KEY, Deadline.after(seconds), engine(GraphQLRequest(QUERY), caller()))
    return asyncio.create_task(run.outcome())


def joined(runs: Runs, seconds: float = 5.0) -> "asyncio.Task[Outcome]":
    """One who joins it."""
    run = runs.under_way(KEY, Deadline.after(seconds))
    assert run is not None
    return asyncio.create_task(run.outcome())


def closed() -> Engine:
    """An engine that waits."""
    engine = Engine()
    engine.gate.clear()
    return engine


async def test_the_first_caller_may_go_away() -> None:
    """The others get their answer, all the same."""
    runs, engine = Runs(), closed()
    first, second, third = begun(runs, engine), joined(runs), joined(runs)
    await asyncio.sleep(0)

    first.cancel()
    await asyncio.sleep(0)
    engine.gate.set()

    assert await second is await third
    assert first.cancelled()
    assert (engine.runs, engine.cancelled) == (1, 0)


async def test_a_run_nobody_waits_for_is_ended_and_joined_no_more() -> None:
    """When the last has gone; who comes then begins anew."""
    runs, engine = Runs(), closed()
    waiting = [begun(runs, engine), joined(runs)]
    await asyncio.sleep(0)

    for one in waiting:
        one.cancel()
    await asyncio.sleep(0)

    assert runs.under_way(KEY, Deadline.after(5)) is None
    await asyncio.gather(*waiting, return_exceptions=True)
    await asyncio.sleep(0)
    assert (engine.cancelled, engine.ended) == (1, 0)


async def test_an_ended_run_is_joined_no_more() -> None:
    """It answered; what comes later is the cache's business."""
    runs, engine = Runs(), Engine()

    await begun(runs, engine)

    assert runs.under_way(KEY, Deadline.after(5)) is None


async def test_what_a_run_raises_all_are_told() -> None:
    """Also when one of them has gone."""
    runs, engine = Runs(), Engine(raises=ZeroDivisionError())
    first, second, third = begun(runs, engine), joined(runs), joined(runs)
    third.cancel()

    told = await asyncio.gather(first, second, return_exceptions=True)

    assert [type(one) for one in told] == [ZeroDivisionError, ZeroDivisionError]


@pytest.mark.parametrize(("seconds", "may"), [(5.0, True), (9.0, True), (11.0, False), (4.5, False), (0.0, False)])
async def test_deadlines_decide_who_may_join(seconds: float, may: bool) -> None:  # noqa: FBT001 - the table's second column
    """A run of five seconds serves who would wait for five to ten; not who has to leave earlier."""
    runs, engine = Runs(), Engine()
    first = begun(runs, engine)

    assert (runs.under_way(KEY, Deadline.after(seconds)) is not None) is may
    await first


async def test_a_later_run_takes_the_place_of_one_that_is_nearly_over() -> None:
    """The earlier one answers its own callers, and does not close the later."""
    runs, early, late = Runs(), closed(), closed()
    first = begun(runs, early, seconds=1.0)
    second = begun(runs, late, seconds=5.0)
    await asyncio.sleep(0)

    early.gate.set()
    await first

    third = joined(runs)
    late.gate.set()
    assert await second is await third
    assert late.runs == 1
