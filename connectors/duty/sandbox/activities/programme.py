"""Every committee's activities: past and to come, and one that is on just now; and who is invited.

Made a committee at a time when first asked for; who came to one that is over is drawn from the seed.
"""

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from connectors.duty.sandbox.bonds import remote_talk
from connectors.duty.sandbox.duties.categories import BY_CODE, Category
from connectors.records.activity import AttendanceStatus, CheckInMethod
from connectors.records.deliberation import DeliberationStatus
from connectors.regions import REGIONS
from connectors.sandbox.building import CHINA
from connectors.sandbox.world import CommitteeSeed, MemberSeed, World

_WEEKS_BACK, _WEEKS_AHEAD = 26, 8
_OPENS_BEFORE = timedelta(hours=1)
_KINDS: tuple[tuple[str, str, int], ...] = (
    ("CONSULTATION", "“双减”政策落实专题协商会", 2),
    ("RESEARCH", "渔民转型转产调研", 4),
    ("INSPECTION", "“无废城市”建设视察", 4),
    ("TRAINING", "委员履职能力培训", 2),
    ("DEMOCRATIC_OVERSIGHT", "助企惠企政策专项集体民主监督", 5),
    ("CONSULTATION", "优化营商环境远程协商会", 2),
    ("PUBLIC_WELFARE", "六送下乡", 3),
    ("STANDING_MEETING", "常务委员会会议", 6),
)
"""Category, title, and that every so many-th member is invited."""
_REMOTE = "远程协商会"
_HOTELS = ("市民中心会议酒店", "国际会议中心", "政协会堂招待所")
_AGENDA = ("开幕与议程说明", "专题通报", "委员发言", "互动交流", "总结讲话")


@dataclass(frozen=True, slots=True)
class Event:
    """One activity; ``share`` says that every so many-th member of the committee is invited."""

    id: str
    committee: CommitteeSeed
    category: Category
    title: str
    starts_at: datetime
    ends_at: datetime
    share: int

    @property
    def opens_at(self) -> datetime:
        """When one can begin to sign in; one can until it ends."""
        return self.starts_at - _OPENS_BEFORE

    @property
    def venue(self) -> str:
        """Where."""
        return f"{REGIONS[self.committee.region_code].name}政协会堂{zlib.crc32(self.id.encode()) % 6 + 1}号厅"

    def agenda(self) -> Iterator[tuple[datetime, str]]:
        """Its points, evenly over its time."""
        step = (self.ends_at - self.starts_at) / len(_AGENDA)
        return ((self.starts_at + step * at, title) for at, title in enumerate(_AGENDA))


@dataclass(frozen=True, slots=True)
class Coming:
    """Somebody's standing with an activity."""

    status: AttendanceStatus
    at: datetime | None = None
    method: CheckInMethod | None = None


class Programme:
    """All activities; lives as long as the sandbox."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._committees = {committee.region_code: committee for committee in world.committees}
        self._by_code = {committee.code: committee for committee in world.committees}
        self._members: dict[str, list[MemberSeed]] = {code: [] for code in self._by_code}
        for member in world.members:
            self._members[member.committee.code].append(member)
        self.of_region = lru_cache(maxsize=None)(self._of_region)

    def of_committee(self, code: str) -> Sequence[Event] | None:
        """A committee's activities by their start; None for an unknown one."""
        committee = self._by_code.get(code)
        return None if committee is None else tuple(self.of_region(committee.region_code).values())

    def event(self, key: str) -> Event | None:
        """One activity by its key."""
        region = key[1:7]
        return self.of_region(region).get(key) if region in self._committees else None

    def talk_of(self, event: Event) -> str | None:
        """The remote consultation a meeting is held for: the one to come, or the one that is concluded."""
        if not event.title.endswith(_REMOTE):
            return None
        over = event.ends_at <= self._world.today
        status = DeliberationStatus.CONCLUDED if over else DeliberationStatus.SCHEDULED
        return remote_talk(event.committee.region_code, status)

    def of_talk(self, region: str, key: str) -> list[str]:
        """The meetings that are held for a deliberation."""
        return [event.id for event in self.of_region(region).values() if self.talk_of(event) == key]

    def invited(self, event: Event) -> list[MemberSeed]:
        """Who is invited, by key."""
        return [member for member in self._members[event.committee.code] if is_invited(event, member)]

    def drawn(self, event: Event, member: MemberSeed) -> Coming:
        """What came of an invitation to an activity that is over: most sign in, some excuse themselves."""
        if event.ends_at > self._world.today:
            return Coming(AttendanceStatus.INVITED)
        number = zlib.crc32(f"{self._world.seed}:{event.id}:{member.key}".encode())
        fate, minutes = number % 100, number // 100 % 50
        if fate < 4:  # noqa: PLR2004 - of a hundred
            return Coming(AttendanceStatus.ABSENT)
        if fate < 12:  # noqa: PLR2004 - of a hundred
            return Coming(AttendanceStatus.ON_LEAVE)
        method = CheckInMethod.MANUAL if fate < 20 else CheckInMethod.QR_CODE  # noqa: PLR2004 - of a hundred
        return Coming(AttendanceStatus.CHECKED_IN, event.starts_at - timedelta(minutes=minutes), method)

    def _of_region(self, region: str) -> dict[str, Event]:
        """One a week, on a weekday of the committee's own, and one that is on when the world begins."""
        committee, today = self._committees[region], self._world.today.astimezone(CHINA)
        monday = (today - timedelta(days=today.weekday())).replace(hour=9, minute=0, second=0, microsecond=0)
        events = [self._event(committee, monday, week) for week in range(-_WEEKS_BACK, _WEEKS_AHEAD + 1)]
        start = today.replace(second=0, microsecond=0) - timedelta(minutes=10)
        plenary = BY_CODE["PLENARY_ATTENDANCE"]
        now = Event(
            f"A{region}-{start:%Y%m%d}N", committee, plenary, "全体会议分组讨论", start, start + timedelta(hours=4), 1
        )
        return {event.id: event for event in sorted([*events, now], key=place)}

    @staticmethod
    def _event(committee: CommitteeSeed, monday: datetime, week: int) -> Event:
        """A week's activity keeps its key whatever day the world is made on."""
        number = monday.toordinal() // 7 + week + int(committee.region_code)
        kind, title, share = _KINDS[number % len(_KINDS)]
        start = monday + timedelta(weeks=week, days=number % 5, hours=number % 2 * 5)
        key, name = f"A{committee.region_code}-{start:%Y%m%d}", REGIONS[committee.region_code].name + title
        return Event(key, committee, BY_CODE[kind], name, start, start + timedelta(hours=2 + number % 3), share)


def place(event: Event) -> tuple[float, str]:
    """Where an activity stands in the order of starts."""
    return event.starts_at.timestamp(), event.id


def is_invited(event: Event, member: MemberSeed) -> bool:
    """Whether a member of the committee is invited."""
    if member.committee.code != event.committee.code:
        return False
    return zlib.crc32(f"{event.title}:{member.key}".encode()) % event.share == 0


def logistics(event: Event, member: MemberSeed) -> dict[str, str | None]:
    """Where a member sleeps, rides and sits: meetings of more than three hours have beds."""
    number = zlib.crc32(f"{event.id}:{member.key}:seat".encode())
    long = event.ends_at - event.starts_at > timedelta(hours=3)
    lodging = f"{_HOTELS[number % len(_HOTELS)]} {number % 12 + 3:02d}{number % 20 + 1:02d}房" if long else None
    return {
        "lodging": lodging,
        "transport": f"{number % 6 + 1}号车 {event.opens_at:%H:%M} 市民中心上车",
        "seat": f"{number // 7 % 20 + 1}排{number // 3 % 24 + 1:02d}座",
    }
