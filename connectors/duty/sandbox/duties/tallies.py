"""How much of each category every member did in a year, without making a single record.

What a member does in a year is drawn once from the seed: a number of things a category, spread over the year. So the
same day's record is there whatever day the world is made on, and a total costs microseconds.
"""

import hashlib
from bisect import bisect_left, insort
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from connectors.duty.sandbox.duties.categories import CATEGORIES
from connectors.sandbox.building import CHINA
from connectors.sandbox.world import MemberSeed, World

YEARS_BACK = 1
_MONTHS = 12
Counts = list[int]
Place = tuple[float, str]


@dataclass(frozen=True, slots=True)
class Drawn:
    """What one member does in one year: per category how often, and how early the first time (0 to 1)."""

    times: tuple[int, ...]
    phases: tuple[float, ...]

    def counts(self, elapsed: float) -> Counts:
        """How often each was done once that share of the year is over."""
        return [
            min(n, max(0, int(elapsed * n - phase) + (elapsed * n >= phase)))
            for n, phase in zip(self.times, self.phases, strict=True)
        ]


def drawn(seed: int, member: str, year: int) -> Drawn:
    """Draw a member's year; the same for the same seed."""
    bits = hashlib.sha256(f"{seed}:duty-year:{member}:{year}".encode()).digest()
    times = tuple(c.least + (bits[at] * (c.top - c.least + 1) >> 8) for at, c in enumerate(CATEGORIES))
    return Drawn(times, tuple(bits[16 + at] / 256 for at in range(len(CATEGORIES))))


def points_of(counts: Sequence[int]) -> list[int]:
    """What each category brings, its limit kept."""
    pairs = zip(counts, CATEGORIES, strict=True)
    return [n * c.points if c.most is None else min(n * c.points, c.most) for n, c in pairs]


class Tallies:
    """Every member's counts and totals of this year and the one before; what is written since is added."""

    def __init__(self, world: World, now: datetime) -> None:
        self._world = world
        self._now = now
        self.years = tuple(range(now.year - YEARS_BACK, now.year + 1))
        self._added: dict[tuple[str, int], Counts] = {}
        self._members = {member.key: member for member in world.members}

    @cached_property
    def _totals(self) -> dict[int, dict[str, int]]:
        return {year: {key: sum(points_of(self.counts(key, year))) for key in self._members} for year in self.years}

    @cached_property
    def _sorted(self) -> dict[tuple[int, str], list[Place]]:
        found: dict[tuple[int, str], list[Place]] = {}
        for year, totals in self._totals.items():
            for key, total in totals.items():
                for code in self._boards(key):
                    found.setdefault((year, code), []).append((-float(total), key))
        for places in found.values():
            places.sort()
        return found

    def elapsed(self, year: int) -> float:
        """The share of a year that is over."""
        start, end = datetime(year, 1, 1, tzinfo=CHINA), datetime(year + 1, 1, 1, tzinfo=CHINA)
        return min(1.0, max(0.0, (self._now - start) / (end - start)))

    def counts(self, member: str, year: int) -> Counts:
        """How often a member did each category by now."""
        counts = drawn(self._world.seed, member, year).counts(self.elapsed(year))
        added = self._added.get((member, year))
        return counts if added is None else [a + b for a, b in zip(counts, added, strict=True)]

    def trend(self, member: str, year: int) -> list[int]:
        """Totals at the ends of the months that have begun; what was written since counts from the first month."""
        over, of_year = self.elapsed(year), drawn(self._world.seed, member, year)
        added = self._added.get((member, year), [0] * len(CATEGORIES))
        shares = [min(over, month / _MONTHS) for month in range(1, _MONTHS + 1) if (month - 1) / _MONTHS < over]
        counts = (of_year.counts(share) for share in shares)
        return [sum(points_of([a + b for a, b in zip(count, added, strict=True)])) for count in counts]

    def total(self, member: str, year: int) -> int:
        """A member's total."""
        return self._totals[year][member]

    def rank(self, member: MemberSeed, year: int) -> int:
        """The place among the committee's members; equal totals share the best."""
        return self.place_of(self.ranked(year, member.committee.code), self.total(member.key, year))

    @staticmethod
    def place_of(ranked: Sequence[Place], total: float) -> int:
        """The place a total has among others."""
        return bisect_left(ranked, (-float(total), "")) + 1

    def ranked(self, year: int, board: str = "") -> Sequence[Place]:
        """Members by total, best first: (minus the total, key); of one committee or region, or (``""``) of all."""
        return self._sorted.get((year, board), ())

    def _boards(self, member: str) -> set[str]:
        """Where a member stands: the committee's board, the regions' it lies in, everybody's."""
        committee = self._members[member].committee
        region = committee.region_code
        return {committee.code, region, f"{region[:4]}00", f"{region[:2]}0000", ""}

    def add(self, member: str, year: int, category: int) -> None:
        """Count one thing more; one of a year that is not kept counts nowhere."""
        if year not in self.years:
            return
        before = self.total(member, year)
        ranked = self._sorted  # as it was before
        self._added.setdefault((member, year), [0] * len(CATEGORIES))[category] += 1
        now = sum(points_of(self.counts(member, year)))
        self._totals[year][member] = now
        for code in self._boards(member):
            places = ranked[year, code]
            places.pop(bisect_left(places, (-float(before), member)))
            insort(places, (-float(now), member))

    def moment(self, member: str, year: int, category: int, at: int) -> datetime | None:
        """When one thing was done; None for one that was not, or not yet."""
        of_year = drawn(self._world.seed, member, year)
        if at >= of_year.counts(self.elapsed(year))[category]:
            return None
        return self._day(year, (at + of_year.phases[category]) / of_year.times[category])

    def moments(self, member: str, year: int) -> Iterator[tuple[int, int, datetime]]:
        """When each thing of a year was done, up to now: category, number, time."""
        of_year, elapsed = drawn(self._world.seed, member, year), self.elapsed(year)
        for category, count in enumerate(of_year.counts(elapsed)):
            for at in range(count):
                yield category, at, self._day(year, (at + of_year.phases[category]) / of_year.times[category])

    def _day(self, year: int, share: float) -> datetime:
        """Nine in the morning of the day at that share of the year, and not in the future."""
        return min(datetime(year, 1, 1, 9, tzinfo=CHINA) + timedelta(days=int(share * 364)), self._now)
