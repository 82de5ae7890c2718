"""Times, spans and shares as they are read at a glance."""

from datetime import UTC, datetime, timedelta

import pytest

from auth.pages.view import Language, View
from gateway.ops.pages.telling import Telling, short, told_bytes, told_ms, told_share

NIGHT = datetime(2026, 3, 13, 19, 7, 42, tzinfo=UTC)
"""Seven minutes past three in the morning, in Hangzhou."""
ZH, EN = Telling(View(Language.ZH), NIGHT), Telling(View(Language.EN), NIGHT)


@pytest.mark.parametrize(
    ("seconds", "zh", "en"),
    [
        (-3, "0 秒", "0 s"),
        (59, "59 秒", "59 s"),
        (61, "1 分钟", "1 min"),
        (3 * 3600 + 125, "3 小时 2 分钟", "3 h 2 min"),
        (49 * 3600, "2 天 1 小时", "2 d 1 h"),
        (None, "–", "–"),
    ],
)
def test_spans_have_two_units_at_most(seconds: float | None, zh: str, en: str) -> None:
    """Seconds, minutes, hours and minutes, days and hours."""
    assert (ZH.span(seconds), EN.span(seconds)) == (zh, en)


def test_clock_is_beijing_s() -> None:
    """To the second on the picture's own day there, with the date on any other."""
    assert ZH.clock(NIGHT) == "03:07:42"
    assert ZH.clock(NIGHT - timedelta(hours=4)) == "3月13日 23:07"
    assert EN.clock(NIGHT - timedelta(hours=4)) == "13 Mar, 23:07"
    assert EN.ago(NIGHT - timedelta(seconds=9)) == "9 s"


def test_numbers_are_short() -> None:
    """Two digits of what is small, seconds for what is slow, a dash for what is not known."""
    assert [told_share(value) for value in (None, 0.0, 0.0008, 0.031, 0.5, 1.0)] == [
        *("–", "0%", "0.08%", "3.1%", "50%", "100%")
    ]
    assert [told_ms(value) for value in (None, 84.2, 2000.0)] == ["–", "84 ms", "2.0 s"]
    assert told_bytes(311_427_072) == "311 MB"


def test_short_names_leave_out_what_explains() -> None:
    """The article and what stands in brackets."""
    assert [short(name) for name in ("the member-duty platform", "Zheliban (the citizens' app)", "浙里办")] == [
        *("Member-duty platform", "Zheliban", "浙里办")
    ]
