"""The probes' rhythm: all platforms by one task that nothing ends."""

import asyncio

import pytest

from connectors.deadline import Deadline
from connectors.errors import UnreachableError
from gateway.health.prober import SOON_SECONDS, Prober
from tests.gateway.health.invented import Invented


class Clock:
    """A clock that the test moves."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        """The time it shows."""
        return self.now


async def test_the_well_are_asked_by_the_interval_and_the_ill_soon() -> None:
    """Up to a fifth sooner or later, so that several gateways do not ask in step."""
    well, ill, clock = Invented("duty"), Invented("zheliban"), Clock()
    ill.error = lambda: UnreachableError("zheliban", "studios")
    prober = Prober([well.watch, ill.watch], [2, 2], 15, clock)

    await prober.round()
    assert (well.probes, ill.probes) == (1, 1)
    clock.now = SOON_SECONDS * 1.21
    await prober.round()
    assert (well.probes, ill.probes) == (1, 2)
    clock.now = 15 * 1.21
    await prober.round()
    assert (well.probes, ill.probes) == (2, 3)


async def test_what_is_not_set_up_is_never_asked() -> None:
    """Nor does it make the others' rhythm faster."""
    absent = Invented()
    absent.set_up = False
    prober = Prober([absent.watch], [2], 15)

    async with prober.running():
        await asyncio.sleep(0)

    assert absent.probes == 0
    assert not absent.watch.configured


async def test_no_interval_means_no_probes() -> None:
    """With 0 nothing is asked, but what is not set up is still known."""
    platform, absent = Invented(), Invented("zheliban")
    absent.set_up = False

    async with Prober([platform.watch, absent.watch], [2, 2], 0).running():
        await asyncio.sleep(0.01)

    assert platform.probes == 0
    assert not absent.watch.configured


async def test_the_first_probe_comes_at_once_and_the_task_ends_with_the_block() -> None:
    """Nothing is left behind."""
    platform = Invented()
    before = asyncio.all_tasks()

    async with Prober([platform.watch], [2], 3600).running():
        while not platform.probes:  # noqa: ASYNC110 - an invented platform has no event
            await asyncio.sleep(0.001)

    assert asyncio.all_tasks() == before


async def test_probes_can_be_held_until_the_platforms_are_there() -> None:
    """A sandbox that is started beside the gateway is not told to be down meanwhile."""
    platform = Invented()
    prober = Prober([platform.watch], [2], 3600)
    prober.hold()

    async with prober.running():
        await asyncio.sleep(0.01)
        assert platform.probes == 0
        prober.release()
        while not platform.probes:  # noqa: ASYNC110 - an invented platform has no event
            await asyncio.sleep(0.001)


async def test_a_probe_that_never_ends_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """Even one that forgets its deadline; the platform is told to be too slow."""
    platform = Invented()

    async def forgetful(_: Deadline) -> None:
        await asyncio.Event().wait()

    monkeypatch.setattr("gateway.health.watch._GRACE_SECONDS", 0.01)
    platform.watch._ask = forgetful
    await Prober([platform.watch], [0.01], 15).round()

    assert platform.meter.endings == {("probe", "too_slow"): 1}
