"""Members' duty files as they are asked for and written."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Annotated

import msgspec

from connectors.duty.sandbox.duties.categories import BY_CODE
from connectors.duty.sandbox.duties.file import DutyFile, when
from connectors.duty.sandbox.viewing import VIEWER, viewing
from connectors.duty.sandbox.writes import Actor, Key, ShortText, WriteBody
from connectors.records.duty_record import DutyRecordSource, DutyRecordStatus
from connectors.sandbox.app import Operation
from connectors.sandbox.building import CHINA
from connectors.sandbox.contracted.lists import PAGE, Asked, Row, items_of, owners_of
from connectors.sandbox.contracted.problems import forbidden_move, not_allowed, not_found, rejected
from connectors.sandbox.paging import Order
from connectors.sandbox.world import MemberSeed

_NEWEST: Order[Row] = Order("NEWEST", lambda row: (-when(row).timestamp(), row["id"]))
_MOVES = {
    DutyRecordStatus.DRAFT: {DutyRecordStatus.SUBMITTED},
    DutyRecordStatus.SUBMITTED: {DutyRecordStatus.VERIFIED, DutyRecordStatus.REJECTED},
    DutyRecordStatus.REJECTED: {DutyRecordStatus.SUBMITTED},
    DutyRecordStatus.VERIFIED: set[DutyRecordStatus](),
}
_LATE = timedelta(minutes=5)  # how far ahead the caller's clock may be


class EvidenceBody(msgspec.Struct, rename="camel", frozen=True, forbid_unknown_fields=True):
    """What shows that it happened."""

    name: ShortText
    link: Annotated[str, msgspec.Meta(min_length=1, max_length=500)] | None = None


class AddBody(WriteBody, frozen=True):
    """A record to be."""

    member_id: Key
    kind: Key
    title: ShortText
    occurred_at: Annotated[datetime, msgspec.Meta(tz=True)]
    source: DutyRecordSource
    reference: Key | None = None
    evidence: Annotated[tuple[EvidenceBody, ...], msgspec.Meta(max_length=20)] = ()
    draft: bool = False


class MoveBody(WriteBody, frozen=True):
    """What a record is to become."""

    record_id: Key
    status: DutyRecordStatus
    reason: ShortText | None = None


class DutyRecords:
    """Over the file; who may see and do what."""

    def __init__(self, file: DutyFile) -> None:
        self._file = file
        self._ground = file.ground

    def rows(self, asked: Asked) -> Row:
        """``GET /duty-records``: of those the viewer may see."""
        keys, viewer = asked.keys(), viewing(asked)
        found = {key: self._file.record(key) for key in keys}
        seen = {key: row for key, row in found.items() if row is not None and viewer.sees(row["member"]["id"])}
        return items_of(seen, seen)

    def of_members(self, asked: Asked) -> Row:
        """``GET /members/duty-records``: of those the viewer may see, the newest first."""
        viewer, wanted = viewing(asked), asked.page(_NEWEST)
        year, kind, status = asked.year(), asked.key("kind"), asked.choice("status", DutyRecordStatus)

        def matches(row: Row) -> bool:
            right = year is None or when(row).astimezone(CHINA).year == year
            return right and kind in (None, row["kind"]) and (status is None or status.value == row["status"])

        def rows_of(key: str) -> list[Row] | None:
            rows = self._file.of_member(key) if viewer.sees(key) else None
            return None if rows is None else [row for row in rows if matches(row)]

        return owners_of(rows_of, asked.owners(), _NEWEST, wanted, dict)

    def add(self, body: AddBody) -> Row:
        """``POST /duty-records/add``: the member or staff."""
        member = self._ground.members.get(body.member_id)
        category = BY_CODE.get(body.kind)
        if member is None:
            raise not_found("no such member")
        if category is None or body.occurred_at > self._ground.now() + _LATE:
            raise rejected("INVALID_BODY", "kind is no category, or it is still to come")
        self._check_may_add(body, member)
        row = {
            "title": body.title,
            "occurredAt": body.occurred_at.isoformat(),
            "source": body.source,
            "reference": body.reference,
            "evidence": [msgspec.to_builtins(each) for each in body.evidence],
        }
        return self._file.add(member, category, row, draft=body.draft)

    def move(self, body: MoveBody) -> Row:
        """``POST /duty-records/move``: the member submits, staff verify or reject and give a reason."""
        row = self._file.record(body.record_id)
        if row is None:
            raise not_found("no such record")
        member = self._ground.members[row["member"]["id"]]
        by = None
        if body.status in (DutyRecordStatus.VERIFIED, DutyRecordStatus.REJECTED):
            by = self._staff(body.actor, member)
        elif self._ground.acting_member(body.actor) is not member:
            raise not_allowed("only the member may")
        now, allowed = DutyRecordStatus(row["status"]), _MOVES[DutyRecordStatus(row["status"])]
        if body.status not in allowed:
            raise forbidden_move(now.value, body.status.value, [state.value for state in allowed])
        if body.status is DutyRecordStatus.REJECTED and body.reason is None:
            raise rejected("INVALID_BODY", "a rejection has a reason")
        return self._file.move(row, body.status, by=by, reason=body.reason)

    def _check_may_add(self, body: AddBody, member: MemberSeed) -> None:
        """Of office the staff of the committee may add; all else the member themselves."""
        if body.source is DutyRecordSource.OFFICE:
            self._staff(body.actor, member)
        elif self._ground.acting_member(body.actor) is not member:
            raise not_allowed("only the member may")

    def _staff(self, actor: Actor, member: MemberSeed) -> str:
        """The name of the staff who acts; raises ``ProblemError`` for staff of another committee."""
        person = self._ground.acting_staff(actor)
        if person.work is None or person.work.unit_code != member.committee.code:
            raise not_allowed("staff of another committee")
        return person.name


def operations(file: DutyFile) -> Sequence[Operation]:
    """What members did."""
    records, ground = DutyRecords(file), file.ground
    filters = ("ownerIds", "year", "kind", "status")
    return [
        ground.read("dutyRecords", "/duty-records", records.rows, ("ids", *VIEWER)),
        ground.read("members.dutyRecords", "/members/duty-records", records.of_members, (*filters, *VIEWER, *PAGE)),
        ground.write("dutyRecords.add", "/duty-records/add", AddBody, records.add),
        ground.write("dutyRecords.move", "/duty-records/move", MoveBody, records.move),
    ]
