"""Putting members on duty."""

from datetime import datetime

import strawberry

from connectors.ports import ShiftDesk
from connectors.records.effect import EffectKind
from connectors.records.shift import DutyShift as ShiftRecord
from connectors.records.shift import NewShift
from connectors.viewer import Role, Scope, Viewer
from schema.acts import Act, Given, InputError
from schema.declarations import Requirement
from schema.fields import CHINESE, described, mutation, needed, optional, value
from schema.identifiers import key_named
from schema.mutations.naming import key_in, new_subject
from schema.mutations.payload import WritePayload, idempotency_key
from schema.mutations.tags import of_members
from schema.mutations.texts import SHORT, optional_text
from schema.shift import DutyShift


@strawberry.input(description="A duty shift to be.")
class ScheduleShiftInput:
    """See ``connectors.records.shift.NewShift``."""

    studio_id: strawberry.ID = needed("工作室的全局标识", "Global id of the studio.")
    member_id: strawberry.ID | None = optional("值班委员，默认本人", "The member on duty; oneself unless told.")
    starts_at: datetime = needed("开始，须在一年之内", "When it begins, within a year.")
    ends_at: datetime = needed("结束，至多四小时", "When it ends, after four hours at most.")
    topic: str | None = optional("主题，至多 200 字", "What it is about, at most 200 characters.")
    idempotency_key: str | None = idempotency_key()


setattr(ScheduleShiftInput, CHINESE, "要安排的值班")


@described(zh="安排值班的结果", en="What came of scheduling a shift.")
class ScheduleShiftPayload(WritePayload):
    """Read from ``schema.acts.Payload``."""

    duty_shift: DutyShift | None = value("entity", zh="值班", en="The shift; null while it is on its way.")


def _shift(given: Given, viewer: Viewer) -> NewShift:
    member = key_named(given.get("memberId"), "Member") or viewer.member_key
    if member is None:
        raise InputError("PART_MISSING", "memberId")
    if given["startsAt"] >= given["endsAt"]:
        raise InputError("BAD_SPAN", "endsAt")
    return NewShift(
        studio_key=key_in(given, "studioId", "Studio"),
        member_key=member,
        starts_at=given["startsAt"],
        ends_at=given["endsAt"],
        topic=optional_text(given.get("topic"), "topic", SHORT),
    )


def _changes(request: NewShift, shift: ShiftRecord, _: Viewer) -> tuple[str, ...]:
    return (f"shift:{shift.key}", "shifts", f"studio:{request.studio_key}", *of_members(shift.member))


SCHEDULE = Act(
    "scheduleShift",
    EffectKind.DUTY_SHIFT,
    ShiftDesk.schedule_shift,
    NewShift,
    _shift,
    subject=lambda shift, viewer: new_subject("DutyShift", shift, viewer),
    changes=_changes,
)


@described(zh="安排值班", en="Putting members on duty.")
class ShiftMutations:
    """Part of ``Mutation``."""

    schedule_shift: ScheduleShiftPayload | None = mutation(
        SCHEDULE,
        ScheduleShiftInput,
        requires=Requirement(Scope.DUTY_WRITE, roles=frozenset({Role.MEMBER, Role.STAFF})),
        zh="安排工作室值班：委员本人、工作室召集人或机关人员办理",
        en="Put a member on duty for a studio: the member, its convener or the committee's office may.",
    )
