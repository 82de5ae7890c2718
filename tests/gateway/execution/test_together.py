"""Branches run at once without tasks: whoever needs not wait does not, and nobody is left behind."""

import asyncio
import inspect
from collections.abc import Coroutine
from typing import Any

import pytest

from gateway.execution.together import resumed, together


class Ended:
    """Branches that say when they end, and how."""

    def __init__(self) -> None:
        self.log: list[str] = []

    async def after(self, name: str, *waited: Any) -> str:
        """Wait for these, one after the other."""
        try:
            for one in waited:
                await one
        except GeneratorExit:
            self.log.append(f"{name} closed")
            raise
        self.log.append(f"{name} done")
        return name


@pytest.fixture
def ended() -> Ended:
    """A fresh log."""
    return Ended()


async def run(*branches: Coroutine[Any, Any, Any], **more: Any) -> list[Any]:
    """Run them, as a coroutine."""
    return await together(*branches, **more)


def later() -> "asyncio.Future[None]":
    """Something to wait for."""
    return asyncio.get_running_loop().create_future()


def test_without_waiting_no_loop_is_needed(ended: Ended) -> None:
    """A plan over what is at hand gives its answer at once."""
    assert resumed(run(ended.after("a"), ended.after("b"))) == ["a", "b"]
    assert resumed(run()) == []


async def test_results_stand_in_the_order_of_branches(ended: Ended) -> None:
    """Whoever ends first."""
    first, second = later(), later()
    asyncio.get_running_loop().call_soon(second.set_result, None)
    asyncio.get_running_loop().call_later(0.001, first.set_result, None)

    assert await run(ended.after("a", first), ended.after("b"), ended.after("c", second)) == ["a", "b", "c"]
    assert ended.log == ["b done", "c done", "a done"]


async def test_one_that_waits_waits_alone(ended: Ended) -> None:
    """It may wait several times, for futures or for a turn."""
    assert await run(ended.after("a", asyncio.sleep(0), asyncio.sleep(0.001)), ended.after("b")) == ["a", "b"]


async def test_several_wait_side_by_side(ended: Ended) -> None:
    """A branch goes on as soon as what it waits for is there, not when all are."""
    gates = [later() for _ in range(4)]

    async def opened() -> None:
        for gate in (gates[2], gates[0], gates[3], gates[1]):
            await asyncio.sleep(0)
            gate.set_result(None)

    opening = asyncio.create_task(opened())
    done = await run(ended.after("a", gates[0], gates[1]), ended.after("b", gates[2], gates[3]))
    await opening

    assert done == ["a", "b"]
    assert ended.log == ["b done", "a done"]


async def test_branches_may_hold_branches(ended: Ended) -> None:
    """A level below waits by the same means."""

    async def below(name: str) -> list[Any]:
        await asyncio.sleep(0)
        return await run(ended.after(f"{name}1", asyncio.sleep(0)), ended.after(f"{name}2", asyncio.sleep(0)))

    assert await run(below("a"), below("b")) == [["a1", "a2"], ["b1", "b2"]]


async def test_what_a_future_raises_reaches_the_branch() -> None:
    """The branch may deal with it."""
    gates = [later(), later()]
    for gate in gates:
        gate.set_exception(ValueError("broken"))

    async def careful(gate: "asyncio.Future[None]") -> str:
        try:
            await gate
        except ValueError as error:
            return str(error)
        return "nothing"

    assert await run(*(careful(gate) for gate in gates)) == ["broken", "broken"]


@pytest.mark.parametrize("at_once", [True, False])
async def test_an_error_closes_the_others(ended: Ended, *, at_once: bool) -> None:
    """The first error is raised, and nobody goes on: neither who waits, nor who did not begin."""

    async def failing() -> None:
        if not at_once:
            await asyncio.sleep(0)
        raise LookupError("first")

    last = ended.after("c", later())
    with pytest.raises(LookupError, match="first"):
        await run(ended.after("a", later()), ended.after("b", later()), failing(), last)

    assert ended.log[:2] == ["a closed", "b closed"]
    assert inspect.getcoroutinestate(last) == inspect.CORO_CLOSED


async def test_who_is_cancelled_closes_all(ended: Ended) -> None:
    """A caller that went away leaves no branch that is stepped later."""
    faults: list[Any] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, fault: faults.append(fault))
    gates = [later(), later()]
    running = asyncio.create_task(run(ended.after("a", gates[0]), ended.after("b", gates[1])))
    await asyncio.sleep(0)

    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    for gate in gates:
        gate.set_result(None)
    await asyncio.sleep(0)

    assert ended.log == ["a closed", "b closed"]
    assert faults == []


async def test_two_errors_of_one_turn_are_one(ended: Ended) -> None:
    """The first is raised; the other branch is closed, as if it had not come so far."""
    faults: list[Any] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, fault: faults.append(fault))
    gates = [later() for _ in range(3)]

    async def failing(at: int) -> None:
        await gates[at]
        raise LookupError(f"branch {at}")

    for gate in gates:
        asyncio.get_running_loop().call_soon(gate.set_result, None)
    with pytest.raises(LookupError, match="branch 0"):
        await run(failing(0), failing(1), ended.after("c", gates[2]))
    await asyncio.sleep(0)

    assert (ended.log, faults) == (["c closed"], [])


async def test_a_branch_whose_future_is_cancelled_ends_the_run(ended: Ended) -> None:
    """The waiting caller was not cancelled itself, so it is told an error, and is not hung up."""
    gate = later()
    asyncio.get_running_loop().call_later(0.001, gate.cancel)

    with pytest.raises(RuntimeError, match="cancelled"):
        await asyncio.wait_for(run(ended.after("a", gate), ended.after("b", later())), 5)

    assert ended.log == ["b closed"]


@pytest.mark.parametrize("waits", [True, False])
async def test_what_makes_the_others_pointless_ends_them(ended: Ended, *, waits: bool) -> None:
    """Whoever still waits is closed, and None stands for it; who was done keeps its result."""
    waited = [asyncio.sleep(0)] if waits else []
    gate = later()

    told = await run(
        ended.after("a", gate),
        ended.after("b"),
        ended.after("c", *waited),
        ended.after("d", later()),
        moot=lambda at, value: at == 2 and value == "c",
    )

    assert told == [None, "b", "c", None]
    assert "a closed" in ended.log
    assert "d done" not in ended.log


async def test_what_has_begun_can_be_awaited(ended: Ended) -> None:
    """``resumed`` runs up to the first wait, and gives the rest to await."""
    gate = later()
    begun = resumed(ended.after("a", asyncio.sleep(0), gate))
    gate.set_result(None)

    assert ended.log == []
    assert await begun == "a"
