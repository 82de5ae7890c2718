"""An examination: steps in order, bounded, the rest skipped after a failure."""

import asyncio
from dataclasses import replace

import pytest

from connectors.checkup import Check, Checkup, Step
from connectors.deadline import Deadline
from connectors.errors import RefusedSignatureError
from connectors.guarding.guard import Guard
from connectors.metering import Meter, outcome_of
from connectors.platform import Connection
from gateway.health.examining import Ending, examine


async def fine(_: Deadline) -> str:
    """A step that goes well."""
    return "fine"


async def refused(_: Deadline) -> str:
    """A step the platform refuses."""
    raise RefusedSignatureError("duty", "studios", "HTTP 401")


async def broken(_: Deadline) -> str:
    """A step of ours that is wrong."""
    raise ZeroDivisionError


async def endless(_: Deadline) -> str:
    """A step that forgets its deadline."""
    await asyncio.Event().wait()
    return ""


async def nothing(*_: object) -> None:
    """Neither probes nor closes anything."""


def connection(checkup: Checkup, ahead: float = 0.0) -> Connection:
    """A platform with that checkup, its clock so many seconds ahead."""
    return Connection((), nothing, Guard(Meter("duty", ahead=lambda: ahead)), nothing, checkup)


async def test_all_well() -> None:
    """Each step with what it found and how long it took."""
    examined = await examine(connection((Check(Step.REACH, fine), Check(Step.READ, fine))), 1)

    assert examined.well
    assert [(one.step, one.ending, one.found) for one in examined.findings] == [
        (Step.REACH, Ending.OK, "fine"),
        (Step.READ, Ending.OK, "fine"),
    ]
    assert all(one.seconds is not None for one in examined.findings)


async def test_after_a_failure_the_rest_is_skipped() -> None:
    """Each step needs the ones before."""
    checkup = (Check(Step.REACH, fine), Check(Step.SIGNATURE, refused), Check(Step.READ, fine))

    examined = await examine(connection(checkup), 1)

    assert not examined.well
    assert [one.ending for one in examined.findings] == [Ending.OK, Ending.FAILED, Ending.SKIPPED]
    assert isinstance(examined.findings[1].error, RefusedSignatureError)
    assert examined.findings[2].seconds is None


async def test_a_step_that_never_ends_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """And told to be too slow."""
    monkeypatch.setattr("gateway.health.examining._GRACE_SECONDS", 0.01)

    examined = await examine(connection((Check(Step.REACH, endless),)), 0.01)

    assert outcome_of(examined.findings[0].error) == "too_slow"


async def test_a_step_that_breaks_is_a_finding_too() -> None:
    """The other platforms' findings must not be lost over it."""
    examined = await examine(connection((Check(Step.REACH, broken),)), 1)

    assert outcome_of(examined.findings[0].error) == "unexpected_answer"


@pytest.mark.parametrize(("ahead", "well"), [(0.0, True), (-29.0, True), (31.0, False), (-3600.0, False)])
async def test_a_clock_that_is_far_off_is_something_to_mend(ahead: float, *, well: bool) -> None:
    """Though every step went well."""
    examined = await examine(replace(connection((Check(Step.READ, fine),), ahead)), 1)

    assert examined.well is well
