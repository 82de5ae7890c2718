"""How questions go in regions over a period, counted by their marks."""

from bisect import bisect_left
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from typing import Any

from connectors.records.studio import StudioCategory
from connectors.regions import REGIONS, lies_in
from connectors.sandbox.paging import Order
from connectors.sandbox.world import StudioSeed
from connectors.zheliban.sandbox.parameters import Parameters
from connectors.zheliban.sandbox.studios.bits import Mark, below, bytes_of, count_between, lowest_first
from connectors.zheliban.sandbox.studios.ledger import CHINA_SECONDS, DAY, Ledger
from connectors.zheliban.sandbox.studios.rows import studio_row
from connectors.zheliban.sandbox.studios.store import StudioStore

_EPOCH = date(1970, 1, 1)


class Window:
    """A stretch of the row of questions: only what was asked in it counts. Lives for one request."""

    def __init__(self, ledger: Ledger, first: date, last: date, *, staff: bool) -> None:
        self._ledger = ledger
        self.first = (first - _EPOCH).days
        self.last = (last - _EPOCH).days
        self.start, self.end = ledger.between(self.first, self.last)
        self._all = below(self.end - self.start)
        self.marked = cache(lambda mark: self._cut(ledger.bits.of(mark)))
        self._shown = self._cut(ledger.everything if staff else ledger.public)

    def _cut(self, found: int) -> int:
        return (found >> self.start) & self._all

    def in_region(self, region: str) -> int:
        """What may be counted of a region and what lies in it."""
        found = 0
        for code in REGIONS:
            if lies_in(code, region):
                found |= self.marked(code)
        return found & self._shown

    def waits(self, found: int) -> list[float]:
        """How long the askers of these waited for the first reply, in seconds."""
        row = self._ledger.row
        questions = (row[place] for place in lowest_first(found, self.start))
        return [question.replies[0].at - question.asked for question in questions]

    def median_minutes(self, found: int) -> int | None:
        """From question to first reply."""
        waits = self._ledger.waits
        wait = waits.median(
            lambda mark: (found & self.marked(mark)).bit_count(), lambda mark: self.waits(found & self.marked(mark))
        )
        return None if wait is None else int(wait // 60)

    def per_day(self) -> list[tuple[str, int, int]]:
        """Each day's name, and where its questions begin and end in the stretch."""
        days = range(self.first, self.last + 2)
        times, bounds = self._ledger.times, (float(day * DAY - CHINA_SECONDS) for day in days)
        at = [bisect_left(times, bound, self.start, self.end) - self.start for bound in bounds]
        names = ((_EPOCH + timedelta(days=day)).isoformat() for day in days)
        return list(zip(names, at, at[1:], strict=False))


class Cockpit:
    """One method per operation: parameters in, the envelope's data out."""

    def __init__(self, store: StudioStore) -> None:
        self._store = store

    def regions(self, sent: Parameters) -> Any:
        """``GET /regions/questions``."""
        first, last = sent.days()
        window = Window(self._store.ledger, first, last, staff=sent.flag("viewerStaff") or False)
        days = window.per_day()
        return {"items": [_region_row(window, days, key) for key in sent.keys("ids") if key in REGIONS]}

    def ranking(self, sent: Parameters) -> Any:
        """``GET /studios/ranking``: by the replies given in the period."""
        region, (first, last) = sent.required_region("regionCode"), sent.days()
        begin = ((first - _EPOCH).days) * DAY - CHINA_SECONDS
        end = ((last - _EPOCH).days + 1) * DAY - CHINA_SECONDS
        values = {
            key: self._store.replies_between(key, begin, end)
            for key, studio in self._store.studios.items()
            if lies_in(studio.committee.region_code, region)
        }
        order: Order[StudioSeed] = Order("ACTIVITY_DESC", lambda studio: (-values[studio.key], studio.key))
        wanted = sent.page(order)
        ranked = sorted((self._store.studios[key] for key in values), key=order.place)
        better = sorted(-value for value in values.values())

        def row(studio: StudioSeed) -> dict[str, Any]:
            value = values[studio.key]
            return studio_row(studio) | {"rank": bisect_left(better, -value) + 1, "value": value}

        return order.page(ranked, wanted, row)


def _region_row(window: Window, days: list[tuple[str, int, int]], region: str) -> dict[str, Any]:
    found = window.in_region(region)
    answered, rated = found & window.marked("answered"), found & window.marked("rated")
    counts = _by_category(window, found, answered)
    asked_on, answered_on = map(bytes_of, (found, answered))
    return {
        "id": region,
        "asked": found.bit_count(),
        "answered": answered.bit_count(),
        "medianReplyMinutes": window.median_minutes(found),
        "satisfaction": round((rated & window.marked("content")).bit_count() / rated.bit_count(), 4) if rated else None,
        "byCategory": [{"category": name, "asked": a, "answered": b} for name, (a, b) in counts.items() if a],
        "daily": [
            {
                "date": day,
                "asked": count_between(asked_on, start, end),
                "answered": count_between(answered_on, start, end),
            }
            for day, start, end in days
        ],
    }


def _by_category(window: Window, found: int, answered: int) -> Mapping[str, tuple[int, int]]:
    marks: dict[str, Mark] = {category.value: category.value for category in StudioCategory}
    return {
        name: ((found & window.marked(mark)).bit_count(), (answered & window.marked(mark)).bit_count())
        for name, mark in marks.items()
    }
