"""The shifts of every studio: each Thursday evening and now and then a Tuesday afternoon, past and future."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from connectors.duty.sandbox.rows import named_member, named_studio
from connectors.records.shift import Span
from connectors.sandbox.building import CHINA
from connectors.sandbox.scenes import SHIFT_TOPICS
from connectors.sandbox.world import MemberSeed, StudioSeed, World

_WEEKS = 10  # before and after today
_THURSDAY, _TUESDAY = 3, 1
_EVENING = (time(19, 30), timedelta(minutes=90))
_AFTERNOON = (time(14, 30), timedelta(minutes=60))
_EXTRA = 0.15
_MOST_QUESTIONS = 12
LONGEST = timedelta(hours=4)
"""What a shift may last."""


@dataclass(frozen=True, slots=True)
class Shift:
    """One turn and the row it is told as."""

    key: str
    studio: StudioSeed
    starts_at: datetime
    ends_at: datetime
    row: dict[str, Any]

    @property
    def member(self) -> str:
        """The key of the member on duty."""
        key: str = self.row["member"]["id"]
        return key


def shifts_of(world: World) -> Iterator[Shift]:
    """Every shift of the world. A day's shift keeps its key whatever day the world is made on."""
    monday = world.today.date() - timedelta(days=world.today.weekday())
    for studio in world.studios:
        for week in range(-_WEEKS, _WEEKS + 1):
            yield from _week_of(world, studio, monday + timedelta(weeks=week))


def _week_of(world: World, studio: StudioSeed, monday: date) -> Iterator[Shift]:
    """One studio's week; a turn that is not over has no questions yet, an extra one has no topic."""
    random = world.random(f"duty-shifts:{studio.key}:{monday}")
    member = studio.members[monday.toordinal() // 7 % len(studio.members)]
    topic, asked, other_asked = random.choice(SHIFT_TOPICS), *random.choices(range(_MOST_QUESTIONS + 1), k=2)
    evening, afternoon = _at(monday, _THURSDAY, _EVENING), _at(monday, _TUESDAY, _AFTERNOON)
    yield shift_of(studio, member, evening, topic=topic, asked=asked if evening.end <= world.today else 0)
    if random.random() < _EXTRA:
        other = random.choice(studio.members)
        yield shift_of(studio, other, afternoon, topic=None, asked=other_asked if afternoon.end <= world.today else 0)


def _at(monday: date, weekday: int, turn: tuple[time, timedelta]) -> Span:
    start = datetime.combine(monday + timedelta(days=weekday), turn[0], CHINA)
    return Span(start=start, end=start + turn[1])


def shift_of(studio: StudioSeed, member: MemberSeed, turn: Span, *, topic: str | None, asked: int) -> Shift:
    """One shift; a studio has one beginning in an hour, so that its start is its key."""
    key = f"D{studio.key[1:]}-{turn.start:%Y%m%d%H}"
    row = {
        "id": key,
        "startsAt": turn.start.isoformat(),
        "endsAt": turn.end.isoformat(),
        "topic": topic,
        "member": named_member(member),
        "studio": named_studio(studio),
        "questionCount": asked,
    }
    return Shift(key, studio, turn.start, turn.end, row)
