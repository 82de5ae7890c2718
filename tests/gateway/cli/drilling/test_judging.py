"""What is made of a recording."""

from typing import Any

import pytest

from gateway.cli.drilling.judging import judged, kept_all
from gateway.cli.drilling.recording import FAILED, MISSING, STALE
from tests.gateway.cli.drilling.invented import WELL, look, recording, sample


def broken(**changed: Any) -> set[str]:
    """The promises a recording breaks."""
    return {promise.name for promise in judged(recording(**changed)) if promise.held is False}


def test_a_good_drill_keeps_every_promise() -> None:
    """None is broken, and none is left untold."""
    promises = judged(recording())

    assert [promise.name for promise in promises if not promise.held] == []
    assert kept_all(promises)


@pytest.mark.parametrize(
    ("found", "name"),
    [
        (sample(3, outcome=FAILED), "answered"),
        (sample(3, outcome=MISSING, blamed=(WELL,)), "others_whole"),
        (sample(3, holes=("viewer.member",)), "others_whole"),
        (sample(3, "knowledge", MISSING), "others_whole"),
        (sample(3, outcome=MISSING, codes=("INTERNAL_ERROR",)), "codes"),
        (sample(42, outcome=MISSING), "recovered"),
        (sample(3, "knowledge", ms=900.0), "others_fast"),
    ],
    ids=["failed", "another blamed", "a hole", "needs no ill platform", "strange code", "ill for long", "slow"],
)
def test_one_bad_answer_breaks_its_promise(found: Any, name: str) -> None:
    """Each kind breaks one promise, and only that."""
    assert broken(samples=[found]) == {name}


def test_a_mark_breaks_nothing() -> None:
    """Old data that is marked is an answer, also of a platform that is well."""
    assert broken(samples=[sample(3, "knowledge", STALE)]) == set()


def test_what_is_never_noticed_is_said() -> None:
    """No look showed it, so there is no cause either, though users missed something."""
    assert broken(looks=[look(float(at), ill=False) for at in range(-10, 26)]) == {"noticed", "cause"}


def test_a_late_notice_is_too_late() -> None:
    """One probe interval and five seconds are what it may take."""
    looks = [look(float(at), ill=32 <= at < 42) for at in range(60)]

    assert broken(looks=looks, seconds=40.0) >= {"noticed"}


def test_nothing_to_notice_is_not_judged() -> None:
    """Where nobody missed anything, what was not noticed breaks nothing."""
    told = recording(looks=[look(float(at), ill=False) for at in range(-10, 26)])
    untouched = [one for one in told.samples if one.outcome != MISSING]
    told.samples[:] = untouched

    held = {promise.name: promise.held for promise in judged(told)}

    assert (held["noticed"], held["cause"]) == (None, None)


def test_a_wrong_cause_is_wrong() -> None:
    """Whoever reads it would look in the wrong place."""
    looks = [look(float(at), ill=True, cause="tls") for at in range(20)] + [look(22.0, ill=False)]

    assert broken(looks=looks) == {"cause"}


def test_too_many_retries_are_extra_calls() -> None:
    """More than a tenth and what was saved up."""
    looks = [look(float(at), ill=True, retries=21) for at in range(20)] + [look(22.0, ill=False)]

    assert broken(looks=looks) == {"extra_calls"}


def test_a_clock_is_noticed_by_the_clock() -> None:
    """There is no cause to name, as nothing fails; the difference has to show."""
    good = [look(float(at), ill=False, ahead=120.0) for at in range(20)] + [look(22.0, ill=False)]
    plain = recording(scenario="clock-off")
    plain.samples[:] = [one for one in plain.samples if one.outcome != MISSING]

    plain.looks[:] = good
    assert {promise.name: promise.held for promise in judged(plain)}["noticed"]

    plain.looks[:] = [look(2.0, ill=True)]
    assert {promise.name: promise.held for promise in judged(plain)}["cause"] is False


def test_a_drill_broken_off_does_not_tell_of_recovery() -> None:
    """What was seen until then is judged."""
    promises = {promise.name: promise.held for promise in judged(recording(interrupted=True))}

    assert promises["recovered"] is None
    assert promises["answered"]
