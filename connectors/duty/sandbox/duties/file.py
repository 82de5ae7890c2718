"""Every member's duty file: records made from the tallies when they are asked for, and those that were written."""

import re
from datetime import datetime, timedelta
from typing import Any

from connectors.duty.sandbox.duties.categories import BY_CODE, CATEGORIES, INDEX, Category
from connectors.duty.sandbox.duties.tallies import Tallies
from connectors.duty.sandbox.ground import Ground
from connectors.duty.sandbox.rows import named_member
from connectors.records.duty_record import DutyRecordSource, DutyRecordStatus
from connectors.sandbox.building import CHINA
from connectors.sandbox.world import MemberSeed, PersonSeed

Row = dict[str, Any]
_DRAWN = re.compile(r"R([0-9]{11})-([0-9]{4})-([0-9]{2})-([0-9]{1,2})")
_WAITING = re.compile(r"R([0-9]{11})-S1")
_WAITS_EVERY = 3  # every third member has one record that nobody has looked at
_WAITS_SINCE = timedelta(days=3)


class DutyFile:
    """Rows by member and by key; ``changed`` ones stand for what was made before."""

    def __init__(self, ground: Ground, tallies: Tallies) -> None:
        self.ground = ground
        self._tallies = tallies
        self._written: dict[str, list[str]] = {}
        self._changed: dict[str, Row] = {}
        self._began = ground.now()
        self._staff: dict[str, PersonSeed] = {}
        for person in ground.world.officials:
            if "staff" in person.roles and person.work:
                self._staff.setdefault(person.work.unit_code, person)

    def of_member(self, key: str) -> list[Row] | None:
        """All records of a member, the newest first; None for an unknown member."""
        member = self.ground.members.get(key)
        if member is None:
            return None
        keys = [
            f"R{key[1:]}-{year}-{category:02d}-{at}"
            for year in self._tallies.years
            for category, at, _ in self._tallies.moments(key, year)
        ]
        found = (self.record(each) for each in [*keys, f"R{key[1:]}-S1", *self._written.get(key, ())])
        rows = [row for row in found if row is not None]
        return sorted(rows, key=lambda row: (-when(row).timestamp(), row["id"]))

    def record(self, key: str) -> Row | None:
        """One record by its key."""
        if key in self._changed:
            return self._changed[key]
        if match := _DRAWN.fullmatch(key):
            return self._drawn(key, "M" + match[1], int(match[2]), int(match[3]), int(match[4]))
        if match := _WAITING.fullmatch(key):
            return self._waiting(key, "M" + match[1])
        return None

    def add(self, member: MemberSeed, category: Category, row: Row, *, draft: bool = False) -> Row:
        """Write a record; one that does not come from the member alone is verified at once, and counts."""
        own = self._written.setdefault(member.key, [])
        known = row["source"] is not DutyRecordSource.SELF
        status = DutyRecordStatus.DRAFT if draft else DutyRecordStatus.VERIFIED if known else DutyRecordStatus.SUBMITTED
        made = self._row(f"R{member.key[1:]}-W{len(own) + 1}", member, category, row["title"], when(row))
        made |= row | {"source": row["source"].value, "status": status.value}
        own.append(made["id"])
        self._changed[made["id"]] = made
        if status is DutyRecordStatus.VERIFIED:
            self._count(member, made)
        return made

    def move(self, row: Row, status: DutyRecordStatus, *, by: str | None, reason: str | None) -> Row:
        """Give a record another status; a verified one counts from then on."""
        changed = row | {"status": status.value, "verifiedBy": by, "reason": reason}
        self._changed[row["id"]] = changed
        if status is DutyRecordStatus.VERIFIED:
            self._count(self.ground.members[row["member"]["id"]], changed)
        return changed

    def _count(self, member: MemberSeed, row: Row) -> None:
        self._tallies.add(member.key, when(row).astimezone(CHINA).year, INDEX[row["kind"]])

    def _drawn(self, key: str, member_key: str, year: int, category: int, at: int) -> Row | None:
        member = self.ground.members.get(member_key)
        if member is None or year not in self._tallies.years or category >= len(CATEGORIES):
            return None
        moment = self._tallies.moment(member_key, year, category, at)
        if moment is None:
            return None
        titles = CATEGORIES[category].titles
        made = self._row(key, member, CATEGORIES[category], titles[at % len(titles)], moment)
        staff = self._staff.get(member.committee.code)
        by = staff.name if staff and CATEGORIES[category].source is DutyRecordSource.OFFICE else None
        return made | {"verifiedBy": by}

    def _waiting(self, key: str, member_key: str) -> Row | None:
        member = self.ground.members.get(member_key)
        if member is None or int(member_key[-5:]) % _WAITS_EVERY:
            return None
        made = self._row(key, member, BY_CODE["PUBLIC_WELFARE"], "义诊", self._began - _WAITS_SINCE)
        evidence = [{"name": "活动照片.jpg", "link": None}]
        return made | {"status": DutyRecordStatus.SUBMITTED.value, "evidence": evidence}

    @staticmethod
    def _row(key: str, member: MemberSeed, category: Category, title: str, moment: datetime) -> Row:
        return {
            "id": key,
            "member": named_member(member),
            "kind": category.code,
            "kindName": category.name,
            "title": title,
            "occurredAt": moment.isoformat(),
            "points": category.points,
            "source": category.source.value,
            "reference": None,
            "status": DutyRecordStatus.VERIFIED.value,
            "evidence": [],
            "verifiedBy": None,
            "reason": None,
        }


def when(row: Row) -> datetime:
    """When it was done."""
    return datetime.fromisoformat(row["occurredAt"])
