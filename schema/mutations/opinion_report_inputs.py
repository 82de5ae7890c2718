"""What members write of opinion reports, as they hand it in."""

import strawberry

from connectors.records.opinion_report import OpinionReportDraft, SourceQuestion
from connectors.records.record import Record
from connectors.viewer import Viewer
from schema.acts import Given
from schema.fields import CHINESE, needed, optional
from schema.mutations.naming import key_in, keys_in
from schema.mutations.payload import idempotency_key
from schema.mutations.texts import LONG, SHORT, optional_text, text

MOST_NAMED = 20


@strawberry.input(description="A report on social conditions and public opinion.")
class RaiseOpinionReportInput:
    """See ``connectors.records.opinion_report.OpinionReportDraft``."""

    title: str = needed("标题，至多 200 字", "In short, at most 200 characters.")
    situation: str = needed("情况，至多 10000 字", "What is the case, at most 10,000 characters.")
    analysis: str = needed("分析，至多 10000 字", "Why it is, at most 10,000 characters.")
    suggestion: str = needed("建议，至多 10000 字", "What should be done, at most 10,000 characters.")
    category: str = needed("类别代码，见政协组织的代码表", "Code of its category in the committee's table.")
    source_question_ids: list[strawberry.ID] | None = optional(
        "所依据的群众提问，至多 20 条", "Global ids of the questions it is raised from, at most 20."
    )
    co_author_ids: list[strawberry.ID] | None = optional(
        "同一政协组织的其他作者，至多 20 人", "Global ids of other members of the committee who wrote it, at most 20."
    )
    submit: bool | None = optional(
        "是否立即报送，默认是；否则存为草稿", "Whether it is handed in, which it is unless told."
    )
    idempotency_key: str | None = idempotency_key()


@strawberry.input(description="New words for one's own draft or withdrawn report: all of them.")
class ReviseOpinionReportInput(RaiseOpinionReportInput):
    """The same, and which report."""

    opinion_report_id: strawberry.ID = needed("社情民意信息的全局标识", "Global id of the report.")


@strawberry.input(description="Taking one's own report back.")
class WithdrawOpinionReportInput:
    """See ``ReportWithdrawal``."""

    opinion_report_id: strawberry.ID = needed("社情民意信息的全局标识", "Global id of the report.")
    note: str | None = optional("说明，至多 200 字", "Why, at most 200 characters.")
    idempotency_key: str | None = idempotency_key()


setattr(RaiseOpinionReportInput, CHINESE, "社情民意信息")
setattr(ReviseOpinionReportInput, CHINESE, "本人草稿或已撤回信息的全部新内容")
setattr(WithdrawOpinionReportInput, CHINESE, "撤回本人的社情民意信息")


class ReportWithdrawal(Record, frozen=True):
    """Which report is taken back, and why."""

    key: str
    note: str | None


def _draft(given: Given, key: str | None) -> OpinionReportDraft:
    return OpinionReportDraft(
        key=key,
        title=text(given["title"], "title", SHORT),
        situation=text(given["situation"], "situation", LONG),
        analysis=text(given["analysis"], "analysis", LONG),
        suggestion=text(given["suggestion"], "suggestion", LONG),
        category=text(given["category"], "category", SHORT),
        sources=tuple(
            SourceQuestion(key=one, title=None, category=None)
            for one in keys_in(given, "sourceQuestionIds", "Question", MOST_NAMED)
        ),
        co_author_keys=keys_in(given, "coAuthorIds", "Member", MOST_NAMED),
        submit=given.get("submit") is not False,
    )


def raised(given: Given, _: Viewer) -> OpinionReportDraft:
    """A new report. Raises ``InputError``, ``RefusedError``, as the others."""
    return _draft(given, None)


def revised(given: Given, _: Viewer) -> OpinionReportDraft:
    """All words of one's own anew."""
    return _draft(given, key_in(given, "opinionReportId", "OpinionReport"))


def withdrawn(given: Given, _: Viewer) -> ReportWithdrawal:
    """Which report is taken back."""
    return ReportWithdrawal(
        key=key_in(given, "opinionReportId", "OpinionReport"), note=optional_text(given.get("note"), "note", SHORT)
    )
