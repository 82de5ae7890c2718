"""How the committee's office leads opinion reports on: edited, signed off, reported, adopted, archived."""

from collections.abc import Mapping
from datetime import date as day
from datetime import datetime

import strawberry

from connectors.ports import OpinionReportDesk
from connectors.records.effect import EffectKind
from connectors.records.opinion_report import (
    Adoption,
    AdoptionLevel,
    Instruction,
    OpinionReportMove,
    OpinionReportStatus,
)
from connectors.viewer import Role, Scope, Viewer
from schema.acts import Act, Given, InputError
from schema.declarations import Requirement
from schema.fields import CHINESE, described, mutation, needed, optional
from schema.mutations.naming import key_in
from schema.mutations.opinion_reports import OpinionReportPayload, changes_of_report, report_subject
from schema.mutations.payload import idempotency_key
from schema.mutations.texts import LONG, SHORT, optional_text, text

_S = OpinionReportStatus
_BY_AUTHORS: Mapping[OpinionReportStatus, str] = {
    _S.DRAFT: "reviseOpinionReport",
    _S.SUBMITTED: "reviseOpinionReport",
    _S.WITHDRAWN: "withdrawOpinionReport",
}
"""States that its authors bring it to, and the mutation that is the way."""


@strawberry.input(description="That one level of the CPPCC took a report up.")
class AdoptionInput:
    """See ``connectors.records.opinion_report.Adoption``."""

    level: AdoptionLevel = needed("层级", "Which level.")
    date: day = needed("日期", "On which day.")
    instructed_by: str | None = optional("批示人", "Who wrote an instruction on it, if somebody did.")


@strawberry.input(description="What a leader wrote on a report.")
class InstructionInput:
    """See ``connectors.records.opinion_report.Instruction``."""

    by: str = needed("批示人", "By whom.")
    body: str = needed("批示内容，至多 10000 字", "In full, at most 10,000 characters.")
    at: datetime = needed("批示时间", "When.")


@strawberry.input(description="Bringing an opinion report to a state, as the committee's office.")
class MoveOpinionReportInput:
    """See ``connectors.records.opinion_report.OpinionReportMove``."""

    opinion_report_id: strawberry.ID = needed("社情民意信息的全局标识", "Global id of the report.")
    to: OpinionReportStatus = needed("转为的状态", "The state it comes to.")
    note: str | None = optional("说明，至多 200 字", "What is to be said of it, at most 200 characters.")
    adoption: AdoptionInput | None = optional(
        "采用；转为 ADOPTED 时必填", "Who took it up; needed for `ADOPTED`, and only there."
    )
    instruction: InstructionInput | None = optional(
        "批示；转为 INSTRUCTED 时必填", "What was written on it; needed for `INSTRUCTED`, and only there."
    )
    idempotency_key: str | None = idempotency_key()


setattr(AdoptionInput, CHINESE, "一级政协的采用")
setattr(InstructionInput, CHINESE, "领导批示")
setattr(MoveOpinionReportInput, CHINESE, "由机关转换社情民意信息的状态")


def _moved(given: Given, _: Viewer) -> OpinionReportMove:
    to: OpinionReportStatus = given["to"]
    if to in _BY_AUTHORS:
        raise InputError("OTHER_MUTATION", "to", mutation=_BY_AUTHORS[to])
    adoption, instruction = given.get("adoption"), given.get("instruction")
    for field, part, taken_by in (("adoption", adoption, _S.ADOPTED), ("instruction", instruction, _S.INSTRUCTED)):
        if (part is None) is (to is taken_by):
            raise InputError("PART_MISSING" if part is None else "PART_NOT_TAKEN", field)
    return OpinionReportMove(
        key=key_in(given, "opinionReportId", "OpinionReport"),
        to=to,
        note=optional_text(given.get("note"), "note", SHORT),
        adoption=_adoption(adoption) if adoption else None,
        instruction=_instruction(instruction) if instruction else None,
    )


def _adoption(given: Given) -> Adoption:
    by = optional_text(given.get("instructedBy"), "adoption", SHORT)
    return Adoption(level=given["level"], date=given["date"], instructed_by=by)


def _instruction(given: Given) -> Instruction:
    return Instruction(
        by=text(given["by"], "instruction", SHORT), body=text(given["body"], "instruction", LONG), at=given["at"]
    )


MOVE = Act(
    "moveOpinionReport",
    EffectKind.OPINION_REPORT_MOVE,
    OpinionReportDesk.move_opinion_report,
    OpinionReportMove,
    _moved,
    subject=lambda move, _: report_subject(move.key),
    changes=changes_of_report,
)


@described(zh="机关对社情民意信息的办理", en="How the office leads opinion reports on.")
class OpinionReportMoveMutations:
    """Part of ``Mutation``."""

    move_opinion_report: OpinionReportPayload | None = mutation(
        MOVE,
        MoveOpinionReportInput,
        requires=Requirement(Scope.DUTY_WRITE, roles=frozenset({Role.STAFF})),
        zh="机关转换社情民意信息的状态：编辑、签批、上报、采用与否、批示、反馈、存档",
        en="The committee's office edits, signs off and reports it, and notes what came of it.",
    )
