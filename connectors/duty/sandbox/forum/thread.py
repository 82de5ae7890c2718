"""The statements of one deliberation: some are there from the start, others are posted; each is shown or not.

A deliberation's are made when somebody looks for the first time, the same ones every time.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

from connectors.duty.sandbox.forum.agenda import Talk
from connectors.duty.sandbox.rows import named_member
from connectors.masking import masked_name
from connectors.records.deliberation import DeliberationStatus
from connectors.records.statement import StatementState
from connectors.regions import REGIONS
from connectors.sandbox.forum_scenes import EXPERT_TITLES
from connectors.sandbox.names import person_name
from connectors.sandbox.paging import Order
from connectors.sandbox.world import MemberSeed, World

Row = dict[str, Any]
_STATE = StatementState
_WITHDRAWN_OF, _WAITING = 40, 2
_TICK = timedelta(microseconds=1)
NOBODY = ""
"""Stands for who is no member where a member could be named."""


@dataclass(slots=True)
class Said:
    """One statement; ``author`` is the row that is shown, ``person`` who posted it here."""

    id: str
    deliberation: str
    body: str
    posted_at: datetime
    author: Row | None
    state: StatementState
    changed_at: datetime
    likes: int = 0
    withdrawn_at: datetime | None = None
    likers: set[str] = field(default_factory=set)

    @property
    def shown(self) -> bool:
        """Whether everybody sees it."""
        return self.state is _STATE.PUBLISHED and self.withdrawn_at is None

    def row(self) -> Row:
        """The row it is told as; a withdrawn one without its text and author."""
        gone = self.withdrawn_at is not None
        return {
            "id": self.id,
            "deliberationId": self.deliberation,
            "body": "" if gone else self.body,
            "postedAt": self.posted_at.isoformat(),
            "likes": self.likes + len(self.likers),
            "author": None if gone else self.author,
            "state": self.state.value,
            "changedAt": self.changed_at.isoformat(),
            "withdrawnAt": self.withdrawn_at.isoformat() if self.withdrawn_at else None,
        }


NEWEST: Order[Said] = Order("POSTED_AT_DESC", lambda said: (-said.posted_at.timestamp(), said.id))
OLDEST: Order[Said] = Order("POSTED_AT_ASC", lambda said: (said.posted_at.timestamp(), said.id))
CHANGED: Order[Said] = Order("CHANGED_AT_ASC", lambda said: (said.changed_at.timestamp(), said.id))


class Thread:
    """One deliberation's statements; lives as long as the sandbox."""

    def __init__(self, talk: Talk, said: list[Said]) -> None:
        self.talk = talk
        self.said = {each.id: each for each in said}
        self.posters: set[str] = set()
        self._last = max((each.changed_at for each in said), default=talk.opens_at)
        self._sorted: dict[str, list[Said]] = {}
        self._by: dict[str, list[Said]] = {}

    @property
    def newest(self) -> list[Said]:
        """What everybody sees, newest first."""
        return self._in(NEWEST, [each for each in self.said.values() if each.shown])

    @property
    def changes(self) -> list[Said]:
        """What was published or withdrawn, in that order."""
        return self._in(CHANGED, [each for each in self.said.values() if each.shown or each.withdrawn_at])

    @property
    def waiting(self) -> list[Said]:
        """What waits for moderation."""
        return [each for each in self.said.values() if each.state is _STATE.WAITING]

    def by(self, member: str) -> list[Said]:
        """What everybody sees of one member's."""
        if not self._by:
            self._by = {NOBODY: []}
            for said in self.newest:
                self._by.setdefault((said.author or {}).get("id", NOBODY), []).append(said)
        return self._by.get(member, [])

    def next_key(self) -> str:
        """The key of the next statement."""
        return _key(self.talk, len(self.said) + 1)

    def put(self, said: Said) -> None:
        """Add one, or tell that one has changed."""
        self.said[said.id] = said
        self._sorted.clear()
        self._by.clear()

    def moment(self, now: datetime) -> datetime:
        """Now, but later than any change before: a cursor must not stand behind what comes after it."""
        self._last = max(now, self._last + _TICK)
        return self._last

    def _in(self, order: Order[Said], rows: list[Said]) -> list[Said]:
        if order.name not in self._sorted:
            self._sorted[order.name] = sorted(rows, key=order.place)
        return self._sorted[order.name]


def thread_of(world: World, talk: Talk, members: list[MemberSeed]) -> Thread:
    """What was said in a deliberation until now: as many as it tells are shown, a few are not."""
    random = world.random(f"duty-statements:{talk.id}")
    states = [_STATE.PUBLISHED] * talk.statements + [None] * (talk.statements // _WITHDRAWN_OF)
    random.shuffle(states)
    if talk.status is DeliberationStatus.OPEN:
        states += [_STATE.REFUSED] + [_STATE.WAITING] * _WAITING
    end = min(world.today, talk.closes_at)
    moments = sorted(random.random() for _ in states)
    said = []
    for at, (moment, state) in enumerate(zip(moments, states, strict=True), 1):
        posted_at = talk.opens_at + (end - talk.opens_at) * moment
        said.append(_said(talk, at, posted_at, random, state))
        said[-1].author = _author(world, members, random, citizen=state in (_STATE.WAITING, _STATE.REFUSED))
        if state is None:
            said[-1].withdrawn_at = said[-1].changed_at = posted_at + (end - posted_at) * random.random()
    return Thread(talk, said)


def _said(talk: Talk, at: int, posted_at: datetime, random: Random, state: StatementState | None) -> Said:
    body = random.choice(talk.topic.statements).format(place=REGIONS[talk.committee.region_code].name)
    likes = random.choice((0, 0, 1, 2, 3, 5, 8, 13, 34)) if state is _STATE.PUBLISHED else 0
    return Said(_key(talk, at), talk.id, body, posted_at, None, state or _STATE.REFUSED, posted_at, likes)


def _author(world: World, members: list[MemberSeed], random: Random, *, citizen: bool) -> Row | None:
    """A member mostly, an expert now and then, else a citizen, who may want no name."""
    lot = random.random()
    if citizen or lot >= 0.55 or not members:  # noqa: PLR2004 - shares among those who speak
        wants_none = random.random() < 0.25  # noqa: PLR2004 - as above
        return None if wants_none else citizen_row(masked_name(random.choice(world.citizens).name))
    if lot < 0.1:  # noqa: PLR2004 - as above
        return {"kind": "EXPERT", "name": person_name(random)[0], "title": random.choice(EXPERT_TITLES)}
    return member_row(random.choice(members))


def member_row(member: MemberSeed) -> Row:
    """A member as author."""
    return {"kind": "MEMBER"} | named_member(member)


def citizen_row(name: str) -> Row:
    """A citizen as author."""
    return {"kind": "CITIZEN", "displayName": name}


def _key(talk: Talk, at: int) -> str:
    return f"{talk.id}-{at:05d}"
