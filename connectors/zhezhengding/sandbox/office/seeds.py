"""Makes what each organisation begins with: notices, schedule, progress, documents."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from connectors.sandbox.building import CHINA
from connectors.zhezhengding.sandbox.office.circles import Circles, Colleague
from connectors.zhezhengding.sandbox.office.shelves import Entry, entry_id
from connectors.zhezhengding.sandbox.office.texts import DOCUMENTS, MEETINGS, NOTICES, PLACES, WORKS

WEEKS = 26
"""How many weeks before and after today have a schedule."""
_WITHDRAWN_ONE_OF = 12
_WORKDAYS = 5
_WEEK_STEP = 10  # meetings a week can have ids for


class Seeds:
    """A maker a kind; each uses a generator of its own, so that one kind does not shift another."""

    def __init__(self, circles: Circles) -> None:
        self._circles = circles
        self._today = circles.world.today
        self._monday = self._today.date() - timedelta(days=self._today.weekday())

    def notices(self, unit: str) -> Iterator[Entry]:
        """Some ten, over the last months."""
        random = self._random("notices", unit)
        texts = random.sample(NOTICES, random.randint(6, len(NOTICES)))
        short = self._circles.units[unit].short_name
        for at, (title, body) in enumerate(texts):
            published = self._before(random, at * 6, 6)
            author = self._somebody(random, unit)
            row = {
                "title": title.format(short=short),
                "body": body,
                "publishedAt": published.isoformat(),
                **self._circles.named(unit),
                "author": author.row() if author else None,
                "files": [],
            }
            withdrawn = published + timedelta(hours=5) if self._unlucky(random, at) else None
            yield _entry(entry_id(self._circles, "N", unit, at), unit, published, row, withdrawn_at=withdrawn)

    def schedule(self, unit: str) -> Iterator[Entry]:
        """Two to four meetings a week; a directory has none."""
        if not self._works(unit):
            return
        for week in range(-WEEKS, WEEKS + 1):
            monday = self._monday + timedelta(weeks=week)
            random = self._random("schedule", f"{unit}:{monday}")
            for at, (title, hour, minutes) in enumerate(random.sample(MEETINGS, random.randint(2, 4))):
                starts = datetime.combine(_day(monday, random), time(hour), CHINA)
                people = self._circles.people_of(unit)
                attending = random.sample(people, min(len(people), random.randint(2, 6)))
                row = {
                    "title": title,
                    "startsAt": starts.isoformat(),
                    "endsAt": (starts + timedelta(minutes=minutes)).isoformat(),
                    "place": random.choice(PLACES),
                    **self._circles.named(unit),
                    "attendees": [each.row() for each in attending],
                }
                key = entry_id(self._circles, "A", unit, (week + WEEKS) * _WEEK_STEP + at)
                yield _entry(key, unit, starts, row, changed_at=min(starts - timedelta(days=7), self._today))

    def progress(self, unit: str) -> Iterator[Entry]:
        """Four to eight pieces of work, some of them finished."""
        if not self._works(unit):
            return
        random = self._random("progress", unit)
        for at, (title, note) in enumerate(random.sample(WORKS, random.randint(4, len(WORKS)))):
            updated = self._before(random, at * 3, 3)
            owner = self._somebody(random, unit)
            row = {
                "title": title,
                "percent": random.choice((10, 25, 40, 60, 75, 90, 100)),
                "updatedAt": updated.isoformat(),
                "owner": owner.row() if owner else None,
                **self._circles.named(unit),
                "note": note,
            }
            yield _entry(entry_id(self._circles, "P", unit, at), unit, updated, row)

    def documents(self, unit: str) -> Iterator[Entry]:
        """Three to seven, numbered within their year; a directory issues none."""
        if not self._works(unit):
            return
        random = self._random("documents", unit)
        for at, title in enumerate(random.sample(DOCUMENTS, random.randint(3, len(DOCUMENTS)))):
            issued = self._before(random, at * 20, 20)
            key = entry_id(self._circles, "D", unit, at)
            row = {
                "number": f"{self._circles.units[unit].short_name}发〔{issued.year}〕{random.randint(1, 60)}号",
                "title": title,
                "issuedAt": issued.isoformat(),
                **self._circles.named(unit),
                "file": {"mediaId": f"$document{key}", "name": f"{title}.txt"} if at != 1 else None,
            }
            yield _entry(key, unit, issued, row)

    def _works(self, unit: str) -> bool:
        return self._circles.units[unit].type_code != "GOV_HOLLOW_NODE"

    def _random(self, kind: str, of: str) -> Random:
        return self._circles.world.random(f"zhezhengding office {kind}: {of}")

    def _before(self, random: Random, days: int, spread: int) -> datetime:
        """A working hour so many days ago."""
        day = self._today - timedelta(days=days + random.randint(1, spread))
        return day.replace(hour=random.randint(8, 17), minute=random.randint(0, 59), second=0, microsecond=0)

    def _somebody(self, random: Random, unit: str) -> Colleague | None:
        people = self._circles.people_of(unit)
        return random.choice(people) if people else None

    @staticmethod
    def _unlucky(random: Random, at: int) -> bool:
        """Now and then one is withdrawn, never the newest."""
        return at > 0 and random.randrange(_WITHDRAWN_ONE_OF) == 0


def _day(monday: date, random: Random) -> date:
    return monday + timedelta(days=random.randrange(_WORKDAYS))


def _entry(
    key: str,
    unit: str,
    at: datetime,
    row: dict[str, Any],
    *,
    changed_at: datetime | None = None,
    withdrawn_at: datetime | None = None,
) -> Entry:
    return made(key, (unit,), at, row, changed_at=changed_at, withdrawn_at=withdrawn_at)


def made(
    key: str,
    units: tuple[str, ...],
    at: datetime,
    row: dict[str, Any],
    *,
    changed_at: datetime | None = None,
    withdrawn_at: datetime | None = None,
) -> Entry:
    """An entry whose row tells its id and when it changed and was withdrawn."""
    changed = withdrawn_at or changed_at or at
    facts = {"changedAt": changed.isoformat(), "withdrawnAt": withdrawn_at.isoformat() if withdrawn_at else None}
    return Entry(key, units, at, changed, {"id": key} | row | facts, withdrawn_at)
