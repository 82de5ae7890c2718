"""The deliberations of every committee: each kind in each state, past and future, and one that all consult on together.

That one is the first committee's; it has seven parts, and each other committee has two topics of its own in them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from connectors.records.deliberation import DeliberationKind, DeliberationStatus
from connectors.regions import REGIONS
from connectors.sandbox.forum_scenes import BRAND, JOINT_TITLE, JOINT_TOPICS, TOPICS, Topic
from connectors.sandbox.world import CommitteeSeed, World

_K, _S = DeliberationKind, DeliberationStatus
_STATES = tuple((kind, status) for status in _S for kind in _K)
_JOINT, _OWN_TOPICS = 100, 2
_DAY = timedelta(days=1)
BUSIEST = 435
"""Statements in the one that is the most alive: the first committee's open online deliberation."""
_STREAM = "https://live.duty.example/rooms/{key}"
_ROOM = "https://meeting.duty.example/rooms/{key}"


@dataclass(frozen=True, slots=True)
class Talk:
    """One deliberation as it stands at the world's ``today``; its statements are made when somebody looks."""

    id: str
    committee: CommitteeSeed
    kind: DeliberationKind
    status: DeliberationStatus
    title: str
    topic: Topic
    opens_at: datetime
    closes_at: datetime
    changed_at: datetime
    participants: int = 0
    statements: int = 0
    brand: str | None = None
    parent: str | None = None
    live: bool = False
    meets_at: datetime | None = None
    outcome: str | None = None
    withdrawn_at: datetime | None = None

    @property
    def number(self) -> int:
        """The committee's own number for it."""
        return int(self.id[8:])

    @property
    def background(self) -> str:
        """What it is about, in the words of its place."""
        return self.topic.background.format(place=REGIONS[self.committee.region_code].name)

    @property
    def stream(self) -> str | None:
        """Where it is shown live."""
        return _STREAM.format(key=self.id) if self.live else None

    @property
    def room(self) -> str:
        """Where it meets by video."""
        return _ROOM.format(key=self.id)


def key_of(committee: CommitteeSeed, at: int) -> str:
    """A deliberation's key tells whose it is."""
    return f"DL{committee.region_code}{at:03d}"


def region_in(key: str) -> str:
    """The division in a key; nonsense in one that is no key."""
    return key[2:8]


def talks_of(world: World, committee: CommitteeSeed) -> Iterator[Talk]:
    """One committee's: every kind in every state, one that was withdrawn, and its part of the joint one."""
    making = _Making(world, committee)
    for at, (kind, status) in enumerate(_STATES):
        yield making.talk(at, kind, status)
    yield making.withdrawn(len(_STATES))
    yield from making.joint()


class _Making:
    """Makes one committee's; used once."""

    def __init__(self, world: World, committee: CommitteeSeed) -> None:
        self._first = world.committees[0]
        self._number = world.committees.index(committee)
        self._committee = committee
        self._today = world.today
        self._hour = world.today.replace(minute=0, second=0, microsecond=0)
        self._place = REGIONS[committee.region_code].name
        self._random = world.random(f"duty-deliberations:{committee.code}")

    def talk(self, at: int, kind: DeliberationKind, status: DeliberationStatus) -> Talk:
        """One of that kind in that state; the first committee's open online one is the busiest."""
        opens_at, closes_at = self._span(status)
        busiest = self._number == 0 and kind is _K.ONLINE_DELIBERATION and status is _S.OPEN
        said = 0 if status is _S.SCHEDULED else BUSIEST if busiest else self._random.randint(6, 60)
        meets = kind is _K.REMOTE_CONSULTATION
        topic = TOPICS[(at + self._number * 5) % len(TOPICS)]
        changed = {_S.SCHEDULED: opens_at - 30 * _DAY, _S.OPEN: opens_at, _S.CLOSED: closes_at}
        return Talk(
            id=key_of(self._committee, at),
            committee=self._committee,
            kind=kind,
            status=status,
            title=f"{self._place}：{topic.title}",
            topic=topic,
            opens_at=opens_at,
            closes_at=closes_at,
            changed_at=min(changed.get(status, closes_at + 9 * _DAY), self._today - timedelta(hours=at + 1)),
            participants=said + self._random.randint(0, 400) if said else 0,
            statements=said,
            brand=BRAND if at % 2 == 0 else None,
            live=meets or busiest,
            meets_at=self._meeting(status, opens_at) if meets else None,
            outcome=topic.outcome.format(place=self._place) if status is _S.CONCLUDED else None,
        )

    def withdrawn(self, at: int) -> Talk:
        """One that was announced and taken back yesterday."""
        topic = TOPICS[self._number % len(TOPICS)]
        opens_at, taken_back = self._hour + 5 * _DAY, self._today - _DAY
        return Talk(
            id=key_of(self._committee, at),
            committee=self._committee,
            kind=_K.TOPIC_CALL,
            status=_S.SCHEDULED,
            title=f"{self._place}：{topic.title}",
            topic=topic,
            opens_at=opens_at,
            closes_at=opens_at + 10 * _DAY,
            changed_at=taken_back,
            withdrawn_at=taken_back,
        )

    def joint(self) -> Iterator[Talk]:
        """The first committee's joint deliberation and its parts; of the others, topics within two parts."""
        whole = key_of(self._first, _JOINT)
        if self._number == 0:
            yield self._part(_JOINT, JOINT_TITLE, None)
            for at, name in enumerate(JOINT_TOPICS, 1):
                yield self._part(_JOINT + at, f"{JOINT_TITLE}：{name}", whole)
            return
        for at in range(_OWN_TOPICS):
            part = (self._number + at * 3) % len(JOINT_TOPICS)
            title = f"{self._place}：{JOINT_TOPICS[part]}"
            yield self._part(_JOINT + 10 + at, title, key_of(self._first, _JOINT + 1 + part))

    def _part(self, at: int, title: str, parent: str | None) -> Talk:
        opens_at, said = self._hour - 6 * _DAY, self._random.randint(8, 40)
        return Talk(
            id=key_of(self._committee, at),
            committee=self._committee,
            kind=_K.ONLINE_DELIBERATION,
            status=_S.OPEN,
            title=title,
            topic=TOPICS[at % len(TOPICS)],
            opens_at=opens_at,
            closes_at=opens_at + 30 * _DAY,
            changed_at=opens_at,
            participants=said + self._random.randint(0, 900),
            statements=said,
            brand=BRAND,
            parent=parent,
        )

    def _span(self, status: DeliberationStatus) -> tuple[datetime, datetime]:
        """When it opens and closes, as whole hours: what is open is so for two days yet at least."""
        random = self._random
        lasts = random.randint(10, 25) * _DAY
        before = {
            _S.SCHEDULED: -random.randint(2, 20) * _DAY,
            _S.OPEN: random.randint(2, 8) * _DAY,
            _S.CLOSED: random.randint(1, 12) * _DAY + lasts,
            _S.CONCLUDED: random.randint(25, 200) * _DAY + lasts,
        }
        opens_at = self._hour - before[status]
        return opens_at, opens_at + lasts

    def _meeting(self, status: DeliberationStatus, opens_at: datetime) -> datetime:
        """A meeting is under way where it is open."""
        return self._today - timedelta(minutes=20) if status is _S.OPEN else opens_at + timedelta(days=1, hours=2)
