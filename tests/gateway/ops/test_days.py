"""Ninety days of levels, by the calendar's days in China."""

from datetime import timedelta

from gateway.ops.days import days_of
from tests.gateway.health.invented import START

HOUR = timedelta(hours=1)


def test_an_incident_over_midnight_is_on_two_days() -> None:
    """Each with its own minutes; what goes on counts up to now."""
    began = START - 11 * HOUR  # 23:00 the day before
    facts = {"scope": "duty", "platform": "duty", "level": "ill", "began_at": began, "ended_at": None}

    days = days_of([facts], ["duty", "zheliban"], START)

    assert [(one.day, one.name, one.level, one.minutes) for one in days] == [
        ("2026-03-03", "duty", "ill", 60),
        ("2026-03-04", "duty", "ill", 600),
    ]


def test_what_hits_all_counts_for_each_and_overlaps_count_once() -> None:
    """The worst level of a day stands."""
    wide = {"scope": "*", "platform": None, "level": "warn", "began_at": START - 2 * HOUR, "ended_at": START - HOUR}
    own = wide | {"scope": "duty", "platform": "duty", "level": "ill", "ended_at": START}

    days = days_of([wide, own], ["duty", "zheliban"], START)

    assert [(one.name, one.level, one.minutes) for one in days] == [("duty", "ill", 120), ("zheliban", "warn", 60)]


def test_longer_ago_than_ninety_days_is_left_out() -> None:
    """Of what began before only the rest counts."""
    began = START - timedelta(days=120)
    facts = {"scope": "duty", "platform": "duty", "level": "warn", "began_at": began, "ended_at": None}

    days = days_of([facts], ["duty"], START)

    assert len(days) == 90
    assert days[0].minutes == 24 * 60
