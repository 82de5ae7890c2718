"""How each platform was on each of the last ninety days, by the incidents: what ``/status`` draws."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from gateway.health.watch import CHINA
from gateway.ops.incidents.episode import ALL, DATABASE_SCOPE
from gateway.ops.public_shapes import DayTold

DAYS = 90
_MINUTE = timedelta(minutes=1)


def days_of(incidents: Iterable[Mapping[str, Any]], platforms: Sequence[str], at: datetime) -> list[DayTold]:
    """The days on which something was not well; days not told were. Days are the calendar's in China."""
    spans: dict[tuple[str, str], list[tuple[datetime, datetime]]] = {}
    levels: dict[tuple[str, str], str] = {}
    for one in incidents:
        if one["scope"] == DATABASE_SCOPE:
            continue
        hit = platforms if one["scope"] == ALL else [one["platform"]]
        for begin, end in _by_day(one["began_at"], one["ended_at"] or at, at):
            for name in hit:
                key = begin.date().isoformat(), name
                spans.setdefault(key, []).append((begin, end))
                levels[key] = "ill" if "ill" in {one["level"], levels.get(key)} else one["level"]
    return [DayTold(*key, levels[key], _minutes(spans[key])) for key in sorted(spans) if key[1] in platforms]


def _by_day(began: datetime, ended: datetime, at: datetime) -> Iterable[tuple[datetime, datetime]]:
    first = (at.astimezone(CHINA) - timedelta(days=DAYS - 1)).replace(hour=0, minute=0, second=0, microsecond=0)
    begin, end = max(began.astimezone(CHINA), first), ended.astimezone(CHINA)
    while begin < end:
        midnight = (begin + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
        yield begin, min(midnight, end)
        begin = midnight


def _minutes(spans: list[tuple[datetime, datetime]]) -> int:
    """Together, what overlaps once; at least one."""
    total, reached = timedelta(), None
    for begin, end in sorted(spans):
        start = begin if reached is None else max(begin, reached)
        total += max(end - start, timedelta())
        reached = end if reached is None else max(reached, end)
    return max(round(total / _MINUTE), 1)
