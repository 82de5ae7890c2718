"""What members do with opinion reports."""

from collections.abc import Awaitable, Callable
from typing import Any

import msgspec

from connectors.errors import PlatformError
from connectors.ports import OpinionReportDesk, QuestionSource
from connectors.records.effect import EffectKind
from connectors.records.opinion_report import OpinionReport as ReportRecord
from connectors.records.opinion_report import OpinionReportDraft, SourceQuestion
from connectors.records.question import Question
from connectors.viewer import Ask, Role, Scope, Viewer
from schema.acts import Act, Finder, InputError
from schema.declarations import Requirement
from schema.fields import described, mutation, value
from schema.mutations.naming import new_subject
from schema.mutations.opinion_report_inputs import (
    RaiseOpinionReportInput,
    ReportWithdrawal,
    ReviseOpinionReportInput,
    WithdrawOpinionReportInput,
    raised,
    revised,
    withdrawn,
)
from schema.mutations.payload import WritePayload
from schema.mutations.tags import of_members
from schema.opinion_report import OpinionReport

_MEMBERS = Requirement(Scope.DUTY_WRITE, roles=frozenset({Role.MEMBER}))


@described(zh="社情民意信息的写入结果", en="What came of writing an opinion report.")
class OpinionReportPayload(WritePayload):
    """Read from ``schema.acts.Payload``."""

    opinion_report: OpinionReport | None = value(
        "entity", zh="社情民意信息", en="The report as it now stands; null while that is on its way."
    )


async def _with_questions(draft: OpinionReportDraft, find: Finder, ask: Ask) -> OpinionReportDraft:
    """Keep how its questions read now. Raises ``InputError`` (NOT_FOUND) for one the member does not see."""
    if not draft.sources:
        return draft
    found = await find(QuestionSource.load_questions)([one.key for one in draft.sources], ask)
    return msgspec.structs.replace(draft, sources=tuple(map(_source, found)))


def _source(question: Question | PlatformError | None) -> SourceQuestion:
    if question is None:
        raise InputError("NOT_FOUND", "sourceQuestionIds")
    if isinstance(question, PlatformError):
        raise question
    title: str | PlatformError = question.title
    if isinstance(title, PlatformError):
        raise title
    category: Any = question.category
    return SourceQuestion(
        key=question.key, title=title, category=None if isinstance(category, PlatformError) else category
    )


async def _taken_back(
    method: Callable[..., Awaitable[Any]], request: ReportWithdrawal, write_id: str, ask: Ask
) -> ReportRecord:
    report: ReportRecord = await method(request.key, request.note, write_id, ask)
    return report


def report_subject(key: str) -> str:
    """What an act on a report is about."""
    return f"OpinionReport:{key}"


def changes_of_report(_request: Any, report: ReportRecord, _viewer: Viewer) -> tuple[str, ...]:
    """What was read before of a report, of the lists it stands in, and of what its authors have done."""
    return (f"opinion:{report.key}", "opinions", *of_members(report.authors))


RAISE = Act(
    "raiseOpinionReport",
    EffectKind.OPINION_REPORT,
    OpinionReportDesk.raise_opinion_report,
    OpinionReportDraft,
    raised,
    subject=lambda draft, viewer: new_subject("OpinionReport", msgspec.structs.replace(draft, sources=()), viewer),
    filled=_with_questions,
    changes=changes_of_report,
)
REVISE = Act(
    "reviseOpinionReport",
    EffectKind.OPINION_REPORT,
    OpinionReportDesk.revise_opinion_report,
    OpinionReportDraft,
    revised,
    subject=lambda draft, _: report_subject(draft.key),
    filled=_with_questions,
    changes=changes_of_report,
)
WITHDRAW = Act(
    "withdrawOpinionReport",
    EffectKind.OPINION_REPORT_MOVE,
    OpinionReportDesk.withdraw_opinion_report,
    ReportWithdrawal,
    withdrawn,
    subject=lambda request, _: report_subject(request.key),
    call=_taken_back,
    changes=changes_of_report,
)


@described(zh="对社情民意信息的办理", en="What is done with opinion reports.")
class OpinionReportMutations:
    """Part of ``Mutation``."""

    raise_opinion_report: OpinionReportPayload | None = mutation(
        RAISE,
        RaiseOpinionReportInput,
        requires=_MEMBERS,
        zh="委员反映社情民意，可依据群众提问；报送或存为草稿",
        en="A member raises a report, from citizens' questions or not; it is handed in, or kept as a draft.",
    )
    revise_opinion_report: OpinionReportPayload | None = mutation(
        REVISE,
        ReviseOpinionReportInput,
        requires=_MEMBERS,
        zh="修改本人的草稿或已撤回的信息，并可再次报送",
        en="An author gives a draft or a withdrawn report new words, and may hand it in again.",
    )
    withdraw_opinion_report: OpinionReportPayload | None = mutation(
        WITHDRAW,
        WithdrawOpinionReportInput,
        requires=_MEMBERS,
        zh="撤回本人的信息；采用之前可以撤回",
        en="An author takes a report back, which is open before it is adopted.",
    )
