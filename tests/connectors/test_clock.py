"""The platform's clock, learnt from its answers, and the one more try it is good for."""

import asyncio
from email.utils import formatdate

import pytest

from connectors.clock import PlatformClock, by_its_clock
from connectors.errors import RefusedSignatureError

NOW = 1_800_000_000.0


def clock() -> PlatformClock:
    """A clock at a fixed time."""
    return PlatformClock(now=lambda: NOW)


@pytest.mark.parametrize("seconds", [120, -120, 3600, 86_400])
def test_a_difference_is_corrected(seconds: int) -> None:
    """Signing times follow the platform's ``Date``, to about a second."""
    platform = clock()

    platform.observe(formatdate(NOW + seconds, usegmt=True), took=0.2)

    assert abs(platform.now() - NOW - seconds) <= 1


@pytest.mark.parametrize(("seconds", "took"), [(0, 0.1), (4, 0.1), (-4, 0.1), (-8, 12.0)])
def test_what_may_be_the_way_is_left_alone(seconds: int, took: float) -> None:
    """A few seconds, or less than the call took, tell nothing."""
    platform = clock()

    platform.observe(formatdate(NOW + seconds, usegmt=True), took)

    assert platform.now() == NOW


def test_a_clock_that_was_set_right_is_believed() -> None:
    """The correction ends with the difference."""
    platform = clock()
    platform.observe(formatdate(NOW + 500, usegmt=True), 0.1)

    platform.observe(formatdate(NOW, usegmt=True), 0.1)

    assert platform.difference == 0.0


@pytest.mark.parametrize(
    "date", [None, "", "yesterday", "Tue, 99 Foo 2026 00:00:00 GMT", "Tue, 04 Mar 99999 02:03:04 GMT"]
)
def test_a_date_that_is_none_tells_nothing(date: str | None) -> None:
    """Whatever stands there, nothing is raised."""
    platform = clock()

    platform.observe(date, 0.1)

    assert platform.difference == 0.0


async def test_a_refused_call_is_made_once_more_by_the_platforms_clock() -> None:
    """Only where its answer showed that the clocks differ."""
    platform, signed = clock(), []

    async def call() -> str:
        signed.append(platform.now())
        if abs(platform.now() - NOW - 300) > 90:
            platform.observe(formatdate(NOW + 300, usegmt=True), 0.1)
            raise RefusedSignatureError("here", "things")
        return "done"

    assert await by_its_clock(platform, call) == "done"
    assert len(signed) == 2


async def test_a_refusal_for_another_reason_stands() -> None:
    """With clocks alike a second try would be refused too."""
    platform, tries = clock(), []

    async def call() -> str:
        tries.append(1)
        await asyncio.sleep(0)
        raise RefusedSignatureError("here", "things")

    with pytest.raises(RefusedSignatureError):
        await by_its_clock(platform, call)
    assert len(tries) == 1
