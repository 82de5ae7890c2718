"""Five minutes of one platform as drawings: the paths of an SVG, and the same in words and in a table. No I/O."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from gateway.ops.pages.telling import told_ms
from gateway.ops.shapes import HistoryTold

STEP_WIDTH = 5
"""Of a step on the drawing, which is stretched to its place."""


@dataclass(frozen=True, slots=True)
class Series:
    """One drawing; ``peak`` is what its top stands for."""

    path: str
    peak: str


@dataclass(frozen=True, slots=True)
class Row:
    """One minute in numbers."""

    began: datetime
    requests: int
    errors: int
    p95: str
    stale: int


@dataclass(frozen=True, slots=True)
class Chart:
    """Drawings of one width; ``errors`` has the scale of ``requests`` and lies over it."""

    width: int
    requests: Series
    errors: Series
    p95: Series
    stale: Series
    rows: Sequence[Row]
    zh: str
    en: str


def chart_of(history: HistoryTold, tall: int = 40) -> Chart:
    """Draw it, ``tall`` high."""
    most = max([*history.requests, *history.errors, 1])
    known = [value for value in history.p95_ms if value is not None]
    slowest, oldest = max(known, default=0.0), max([*history.stale, 0])
    calls, errors, stale = sum(history.requests), sum(history.errors), sum(history.stale)
    slow = told_ms(max(known, default=None))
    return Chart(
        width=STEP_WIDTH * len(history.requests),
        requests=Series(_bars(history.requests, most, tall), str(max(history.requests, default=0))),
        errors=Series(_bars(history.errors, most, tall), str(max(history.errors, default=0))),
        p95=Series(_line(history.p95_ms, slowest or 1, tall), slow),
        stale=Series(_bars(history.stale, oldest or 1, tall), str(oldest)),
        rows=_minutes(history),
        zh=f"最近五分钟：调用 {calls} 次，其中失败 {errors} 次；p95 最高 {slow}；使用旧数据 {stale} 次。",
        en=f"Last five minutes: {calls} calls, {errors} of them failed; p95 up to {slow}; old data used {stale} times.",
    )


def _bars(values: Sequence[int], most: float, tall: int) -> str:
    """One bar a step; what is not nothing is seen, be it ever so small."""
    heights = [(place, max(1, round(value / most * tall))) for place, value in enumerate(values) if value > 0]
    return "".join(f"M{place * STEP_WIDTH} {tall}v-{height}h{STEP_WIDTH - 1}v{height}z" for place, height in heights)


def _line(values: Sequence[float | None], most: float, tall: int) -> str:
    """A line that breaks off where nothing was measured; a single measurement is a dash."""
    parts = []
    for measured, run in groupby(enumerate(values), key=lambda step: step[1] is not None):
        points = [(place * STEP_WIDTH, round(tall - (value or 0) / most * (tall - 2)) - 1) for place, value in run]
        if measured:
            parts.append("M" + "L".join(f"{x} {y}" for x, y in points) + f"h{STEP_WIDTH - 1}")
    return "".join(parts)


def _minutes(history: HistoryTold) -> list[Row]:
    steps = max(1, 60 // history.step)
    rows = []
    for first in range(0, len(history.requests), steps):
        part = slice(first, first + steps)
        rows.append(
            Row(
                history.began + timedelta(seconds=first * history.step),
                sum(history.requests[part]),
                sum(history.errors[part]),
                told_ms(max((value for value in history.p95_ms[part] if value is not None), default=None)),
                sum(history.stale[part]),
            )
        )
    return rows
