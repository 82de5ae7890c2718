"""Ninety days of one service as bars, and as words for who does not see them. No I/O."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import floor

from gateway.ops.pages.levels import Level, level_named
from gateway.ops.pages.telling import HERE
from gateway.ops.public_shapes import DayTold

DAYS = 90
WIDTH, BAR = 10, 8
_MINUTES_A_DAY = 1440


@dataclass(frozen=True, slots=True)
class Bars:
    """``bars``: place and level each, the oldest first; ``spoiled``: the days on which it was not well."""

    bars: Sequence[tuple[int, Level]]
    spoiled: Sequence[DayTold]
    first: str
    zh: str
    en: str


def bars_of(days: Sequence[DayTold], service: str, at: datetime) -> Bars:
    """One service's, up to the day of the picture; a day that is not told was well."""
    today = at.astimezone(HERE).date()
    every = [(today - timedelta(days=before)).isoformat() for before in reversed(range(DAYS))]
    told = {day.day: day for day in days if day.name == service and level_named(day.level) is not Level.OK}
    spoiled = [told[day] for day in every if day in told]
    well = 1 - sum(day.minutes for day in spoiled) / (_MINUTES_A_DAY * DAYS)
    return Bars(
        bars=[
            (place * WIDTH, level_named(told[day].level) if day in told else Level.OK)
            for place, day in enumerate(every)
        ],
        spoiled=spoiled,
        first=every[0],
        zh=f"最近 {DAYS} 天：{_share(well)} 的时间正常，{len(spoiled)} 天有异常。",
        en=f"Last {DAYS} days: well {_share(well)} of the time, trouble on {len(spoiled)} days.",
    )


def _share(well: float) -> str:
    """Rounded down: a day with trouble never reads as a hundred per cent."""
    return "100%" if well == 1 else f"{floor(well * 10_000) / 100:.2f}%"
