"""``OpinionReportDesk`` over the duty platform."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from connectors.contracted.rows import Shape
from connectors.duty.audience import official_first
from connectors.duty.desks import DutyDesk, Write, member_of
from connectors.duty.opinions.mapping import report_from
from connectors.duty.opinions.payloads import OpinionReportPayload
from connectors.records.opinion_report import (
    Adoption,
    Instruction,
    OpinionReport,
    OpinionReportDraft,
    OpinionReportMove,
    OpinionReportStatus,
    SourceQuestion,
)
from connectors.records.studio import StudioCategory
from connectors.viewer import Ask

_REPORT = Shape(OpinionReportPayload, partial(report_from, entitled=True))  # it answers who writes: authors, staff
RAISE = Write("opinions.raise", "/opinions", _REPORT)
REVISE = Write("opinions.revise", "/opinions/revisions", _REPORT)
MOVE = Write("opinions.move", "/opinions/moves", _REPORT)


class DutyOpinionReportDesk:
    """Each write is one call; what it answers is the report as it then stands."""

    def __init__(self, desk: DutyDesk) -> None:
        self._desk = desk

    async def raise_opinion_report(self, draft: OpinionReportDraft, write_id: str, ask: Ask) -> OpinionReport:
        """``POST /opinions``."""
        return await self._desk.done(RAISE, _words(draft), write_id, member_of(ask.viewer), ask)

    async def revise_opinion_report(self, draft: OpinionReportDraft, write_id: str, ask: Ask) -> OpinionReport:
        """``POST /opinions/revisions``."""
        body = {**_words(draft), "reportId": self._desk.known(REVISE, draft.key or "")}
        return await self._desk.done(REVISE, body, write_id, member_of(ask.viewer), ask)

    async def withdraw_opinion_report(self, key: str, note: str | None, write_id: str, ask: Ask) -> OpinionReport:
        """``POST /opinions/moves`` to ``WITHDRAWN``, as its author."""
        body = {"reportId": self._desk.known(MOVE, key), "to": OpinionReportStatus.WITHDRAWN.value, "note": note}
        return await self._desk.done(MOVE, _without_none(body), write_id, member_of(ask.viewer), ask)

    async def move_opinion_report(self, move: OpinionReportMove, write_id: str, ask: Ask) -> OpinionReport:
        """``POST /opinions/moves``; who is member and official acts as official."""
        body = {
            "reportId": self._desk.known(MOVE, move.key),
            "to": move.to.value,
            "note": move.note,
            "adoption": _adoption(move.adoption) if move.adoption else None,
            "instruction": _instruction(move.instruction) if move.instruction else None,
        }
        return await self._desk.done(MOVE, _without_none(body), write_id, official_first(ask.viewer), ask)


def _words(draft: OpinionReportDraft) -> Mapping[str, Any]:
    return {
        "title": draft.title,
        "situation": draft.situation,
        "analysis": draft.analysis,
        "suggestion": draft.suggestion,
        "category": draft.category,
        "sourceQuestions": [_source(each) for each in draft.sources],
        "coAuthorIds": list(draft.co_author_keys),
        "submit": draft.submit,
    }


def _source(question: SourceQuestion) -> dict[str, str]:
    category = question.category or StudioCategory.OTHER
    return {"id": question.key, "title": question.title or "", "category": category.value}


def _adoption(adoption: Adoption) -> dict[str, Any]:
    return _without_none({"level": adoption.level.value, "date": adoption.date, "instructedBy": adoption.instructed_by})


def _instruction(instruction: Instruction) -> dict[str, Any]:
    return {"by": instruction.by, "body": instruction.body, "at": instruction.at}


def _without_none(body: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in body.items() if value is not None}
