"""How much of something is left to whom."""

import pytest

from gateway.limits.buckets import Buckets, Policy
from tests.gateway.limits.clocks import Clock

PER_MINUTE = Policy("client", quota=60, window=60, burst=10)
PER_HOUR = Policy("points", quota=3600, window=3600, burst=3600, unit="points")


def test_a_burst_goes_and_then_one_at_a_time() -> None:
    """Ten at once, the eleventh a second later, and no credit for time in which nobody asked."""
    clock = Clock()
    buckets = Buckets(PER_MINUTE, clock)

    at_once = [buckets.take("a") for _ in range(11)]
    clock.now += 1
    then = [buckets.take("a"), buckets.take("a")]
    clock.now += 3600
    later = [buckets.take("a") for _ in range(11)]

    assert at_once[:10] == [0] * 10
    assert at_once[10] == pytest.approx(1)
    assert then[0] == 0
    assert then[1] == pytest.approx(1)
    assert [wait > 0 for wait in later] == [False] * 10 + [True]


def test_keys_do_not_share() -> None:
    """What one uses up another still has."""
    buckets = Buckets(PER_MINUTE, Clock())

    assert [buckets.take("a") for _ in range(10)] == [0] * 10
    assert buckets.take("b") == 0


def test_what_was_taken_too_much_comes_back() -> None:
    """An operation reckoned at a thousand points that came to ten costs ten; one that came to more costs more."""
    clock = Clock()
    buckets = Buckets(PER_HOUR, clock)

    buckets.take("a", 1000)
    buckets.spend("a", 10 - 1000)
    cheap = buckets.told("a")
    buckets.spend("a", 4000)
    spent = buckets.told("a")
    wait = buckets.take("a", 1)
    clock.now += 411
    again = buckets.take("a", 1)

    assert cheap == '"points";r=3590;t=10'
    assert spent == '"points";r=0;t=4010'
    assert wait == pytest.approx(411)
    assert again == 0


def test_more_than_a_bucket_holds_is_given_out_of_a_full_one() -> None:
    """Else an operation above the hour's points could never run; it has to be paid off before the next."""
    clock = Clock()
    buckets = Buckets(PER_HOUR, clock)

    first, second = buckets.take("a", 7200), buckets.take("a", 7200)
    clock.now += 7200

    assert first == 0
    assert second == pytest.approx(7200)
    assert buckets.take("a", 7200) == 0


def test_to_look_takes_nothing() -> None:
    """``wait`` tells what ``take`` would, and leaves it there."""
    buckets = Buckets(PER_MINUTE, Clock())

    looks = {buckets.wait("a") for _ in range(50)}
    taken = [buckets.take("a") for _ in range(11)]

    assert looks == {0}
    assert buckets.wait("a") == taken[-1] > 0


def test_memory_is_bounded() -> None:
    """Full buckets are forgotten first; where none is full the oldest are, and never the one just used."""
    clock = Clock()
    buckets = Buckets(PER_MINUTE, clock, most=100)

    for number in range(100):
        buckets.take(f"old {number}")
    clock.now += 60
    for number in range(1000):
        for _ in range(10):
            buckets.take(f"new {number}")

    assert len(buckets) <= 100
    assert buckets.take("new 999") > 0
    assert buckets.take("new 0") == 0


def test_what_a_policy_says_of_itself() -> None:
    """As draft-ietf-httpapi-ratelimit-headers has it; requests are counted where no unit is named."""
    assert PER_MINUTE.told == '"client";q=60;w=60'
    assert PER_HOUR.told == '"points";q=3600;w=3600;qu="points"'
