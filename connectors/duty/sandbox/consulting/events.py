"""Events of a committee's deliberation halls: some held, one called off, some to come."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from connectors.duty.sandbox.causes import CAUSES
from connectors.duty.sandbox.rolls import Rolls
from connectors.duty.sandbox.rows import named_member, of_committee
from connectors.records.hall_event import HallEventStatus
from connectors.regions import REGIONS
from connectors.sandbox.world import CommitteeSeed, MemberSeed, World

_DAYS = (-160, -95, -60, -33, -12, 6, 20)
_CALLED_OFF = -33
_LONG = timedelta(minutes=150)
_OUTCOME = "达成共识：{suggestion}由{bureau}牵头，三个月内反馈落实情况。"


@dataclass(frozen=True, slots=True)
class KeptEvent:
    """Everything about one."""

    id: str
    committee: CommitteeSeed
    title: str
    topic: str
    hall: str
    venue: str
    starts_at: datetime
    members: tuple[MemberSeed, ...]
    participants: int
    outcome: str
    called_off: bool

    def status(self, now: datetime) -> HallEventStatus:
        """Whether it was held."""
        if self.called_off:
            return HallEventStatus.CANCELLED
        return HallEventStatus.HELD if self.starts_at + _LONG <= now else HallEventStatus.SCHEDULED


def events_of(world: World, rolls: Rolls, committee: CommitteeSeed) -> Iterator[KeptEvent]:
    """One committee's."""
    random = world.random(f"duty:hall-events:{committee.code}")
    members, bureaus = rolls.members_of(committee), rolls.bureaus_of(committee)
    region = REGIONS[committee.region_code].name
    start = world.today.replace(hour=14, minute=30, second=0, microsecond=0)
    for at, days in enumerate(_DAYS):
        cause = random.choice(CAUSES)
        yield KeptEvent(
            id=f"H{committee.region_code}{at + 1:02d}",
            committee=committee,
            title=f"民生议事堂第{at + 1}期：{cause.theme}",
            topic=cause.theme,
            hall=f"{region}民生议事堂",
            venue=f"{region}市民服务中心{at % 5 + 1}楼议事厅",
            starts_at=start + timedelta(days=days),
            members=tuple(random.sample(members, min(len(members), random.randint(2, 6)))),
            participants=random.randint(18, 120),
            outcome=_OUTCOME.format(suggestion=cause.suggestion, bureau=bureaus[cause.bureau].name),
            called_off=days == _CALLED_OFF,
        )


def event_row(event: KeptEvent, now: datetime) -> dict[str, Any]:
    """A ``HallEvent`` of the contract."""
    status = event.status(now)
    held = status is HallEventStatus.HELD
    return of_committee(event.committee) | {
        "id": event.id,
        "title": event.title,
        "topic": event.topic,
        "hall": event.hall,
        "venue": event.venue,
        "startsAt": event.starts_at,
        "endsAt": event.starts_at + _LONG,
        "status": status.value,
        "members": [named_member(member) for member in event.members],
        "participantCount": event.participants if held else 0,
        "outcome": event.outcome if held else None,
    }
