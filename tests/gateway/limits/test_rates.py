"""Who is limited by what."""

from typing import Any

import pytest
from structlog.testing import capture_logs

from connectors.viewer import Viewer
from gateway.limits.over_time import OverTimeSettings
from gateway.limits.rates import Rates, TooOftenError
from tests.gateway.limits.clocks import Clock

PERSON = Viewer(person_id="p1", client_id="c1")
OTHER = Viewer(person_id="p2", client_id="c1")
SYSTEM = Viewer(client_id="c2")


def rates_of(clock: Clock | None = None, **given: Any) -> Rates:
    """Rates with some settings, the others wide."""
    return Rates(OverTimeSettings(**given), clock or Clock())


def met(rates: Rates, viewer: Viewer) -> str | None:
    """The policy a request meets; None where it may pass."""
    try:
        rates.request(viewer)
    except TooOftenError as error:
        return str(error.facts["by"])
    return None


def test_persons_of_one_client_are_told_apart() -> None:
    """One who asks too often costs neither the other nor the client anything."""
    rates = rates_of(person_per_minute=3)

    assert [met(rates, PERSON) for _ in range(4)] == [None, None, None, "person"]
    assert met(rates, OTHER) is None
    assert met(rates, SYSTEM) is None


def test_a_client_is_limited_over_all_its_persons() -> None:
    """However many it has."""
    rates = rates_of(client_per_minute=3)

    assert [met(rates, one) for one in (PERSON, OTHER, PERSON, OTHER, SYSTEM)] == [None, None, None, "client", None]


def test_without_a_token_the_address_counts() -> None:
    """This machine itself has none, and is not limited."""
    rates = rates_of(address_per_minute=1)

    rates.anonymous("192.0.2.7")
    rates.anonymous("192.0.2.8")
    for _ in range(10):
        rates.anonymous("")

    with pytest.raises(TooOftenError) as refused:
        rates.anonymous("192.0.2.7")
    assert refused.value.seconds == 60
    assert refused.value.told == ('"address";q=1;w=60', '"address";r=0;t=60')


def test_an_office_behind_one_address_is_let_in() -> None:
    """By default five hundred people who open a page of twelve requests in the same minute."""
    rates = rates_of()

    for _ in range(500 * 12):
        rates.anonymous("192.0.2.7")


def test_points_are_taken_by_the_estimate_and_settled_by_what_it_came_to() -> None:
    """Refused is what may cost more than is left; what was reckoned too high comes back."""
    rates = rates_of(points_per_hour=1000)

    first = rates.reserve(PERSON, 900)
    with pytest.raises(TooOftenError, match="POINTS_SPENT") as refused:
        rates.reserve(OTHER, 200)
    assert first is not None
    first.settle(100)
    second = rates.reserve(OTHER, 900)

    assert refused.value.seconds == 360
    assert second is not None
    assert rates.reserve(SYSTEM, 1000) is not None
    assert rates.reserve(Viewer(), 10**9) is None


def test_a_client_may_have_points_of_its_own() -> None:
    """More, fewer or without a limit."""
    rates = rates_of(points_per_hour=1000, client_points_per_hour={"c1": 10, "c2": 0})

    with pytest.raises(TooOftenError):
        [rates.reserve(PERSON, 10) for _ in range(2)]
    assert rates.reserve(SYSTEM, 10**9) is None


def test_callers_are_told_what_is_left() -> None:
    """Every limit that holds for them, policies and figures in the same order; nothing without a client."""
    rates = rates_of(client_per_minute=100, person_per_minute=10, points_per_hour=1000)
    rates.request(PERSON)
    rates.reserve(PERSON, 10)

    assert rates.told(PERSON) == (
        '"client";q=100;w=60, "person";q=10;w=60, "points";q=1000;w=3600;qu="points"',
        '"client";r=99;t=1, "person";r=9;t=6, "points";r=990;t=36',
    )
    assert rates.told(Viewer()) is None


def test_zero_takes_a_limit_away() -> None:
    """Nothing is counted then, and nothing told."""
    rates = rates_of(client_per_minute=0, person_per_minute=0, points_per_hour=0, address_per_minute=0)

    for _ in range(100):
        rates.request(PERSON)
        rates.anonymous("192.0.2.7")

    assert rates.reserve(PERSON, 10**9) is None
    assert rates.told(PERSON) is None


def test_the_log_is_told_once_a_minute_and_of_nobody() -> None:
    """Each refusal is counted; a flood is a line a minute, without persons and addresses."""
    clock = Clock()
    rates = rates_of(clock, address_per_minute=1)
    rates.anonymous("192.0.2.7")

    with capture_logs() as lines:
        for _ in range(3):
            clock.now += 15
            for _ in range(10):
                with pytest.raises(TooOftenError):
                    rates.anonymous("192.0.2.7")

    assert rates.limited == {("request", "address"): 30}
    assert len(lines) == 1
    assert "192.0.2.7" not in str(lines)
