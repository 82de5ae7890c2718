"""Ninety days as bars."""

from datetime import timedelta

from gateway.ops.pages.days import DAYS, WIDTH, bars_of
from gateway.ops.pages.levels import Level
from gateway.ops.public_shapes import DayTold
from tests.gateway.ops.pages.invented import public_named

PICTURE = public_named("hanging")


def test_each_day_is_a_bar() -> None:
    """In order, today at the end; spoiled days are told in words, too."""
    bars = bars_of(PICTURE.days, "duty", PICTURE.at)

    assert len(bars.bars) == DAYS
    assert bars.bars[-1] == ((DAYS - 1) * WIDTH, Level.ILL)
    assert [day.minutes for day in bars.spoiled] == [25, 25, 3]
    assert bars.en == "Last 90 days: well 99.95% of the time, trouble on 3 days."


def test_a_day_that_is_not_told_was_well() -> None:
    """A picture may name only the days with trouble; what is older than the bars counts no more."""
    well = DayTold("2026-03-01", "duty", "ok", 0)

    assert bars_of([*PICTURE.days, well], "duty", PICTURE.at) == bars_of(PICTURE.days, "duty", PICTURE.at)
    assert [day.minutes for day in bars_of(PICTURE.days, "duty", PICTURE.at + timedelta(days=85)).spoiled] == [3]
    assert bars_of([], "command", PICTURE.at).zh == "最近 90 天：100% 的时间正常，0 天有异常。"
