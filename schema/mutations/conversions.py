"""Questions that members make an opinion report or a micro-suggestion."""

import msgspec
import strawberry

from connectors.ports import MicroSuggestionDesk, OpinionReportDesk
from connectors.records.effect import EffectKind
from connectors.records.micro_suggestion import MicroSuggestionDraft
from connectors.records.opinion_report import OpinionReportDraft, SourceQuestion
from connectors.records.question_writes import TransferTarget
from connectors.records.record import Record
from connectors.viewer import Ask, Viewer
from schema.acts import Act, Finder, Given
from schema.fields import CHINESE, described, mutation, needed, optional
from schema.mutations.about_questions import question_named, question_subject
from schema.mutations.handing_on import NOTHING_LEFT, drafted, handed_on, question_to_hand_on
from schema.mutations.micro_suggestions import MicroSuggestionPayload
from schema.mutations.opinion_reports import OpinionReportPayload, changes_of_report
from schema.mutations.payload import idempotency_key
from schema.mutations.proposals import MEMBERS
from schema.mutations.tags import of_members
from schema.mutations.texts import LONG, SHORT, optional_text, text


@strawberry.input(description="An opinion report that a question becomes.")
class ConvertQuestionToOpinionReportInput:
    """See ``connectors.records.opinion_report.OpinionReportDraft``."""

    question_id: strawberry.ID = needed("提问的全局标识", "Global id of the question.")
    title: str = needed("标题，至多 200 字", "In short, at most 200 characters.")
    situation: str = needed("情况，至多 10000 字", "What is the case, at most 10,000 characters.")
    analysis: str = needed("分析，至多 10000 字", "Why it is, at most 10,000 characters.")
    suggestion: str = needed("建议，至多 10000 字", "What should be done, at most 10,000 characters.")
    category: str = needed("类别代码，见政协组织的代码表", "Code of its category in the committee's table.")
    idempotency_key: str | None = idempotency_key()


@strawberry.input(description="A micro-suggestion that a question becomes.")
class ConvertQuestionToMicroSuggestionInput:
    """See ``connectors.records.micro_suggestion.MicroSuggestionDraft``."""

    question_id: strawberry.ID = needed("提问的全局标识", "Global id of the question.")
    title: str = needed("标题，至多 200 字", "In short, at most 200 characters.")
    body: str = needed("正文，至多 10000 字", "In full, at most 10,000 characters.")
    region_code: str | None = optional(
        "涉及的区划代码；不填同提问", "GB/T 2260 code of the place it is about; the question's where left out."
    )
    idempotency_key: str | None = idempotency_key()


setattr(ConvertQuestionToOpinionReportInput, CHINESE, "由提问转成的社情民意信息")
setattr(ConvertQuestionToMicroSuggestionInput, CHINESE, "由提问转成的微建议")


class ReportConversion(Record, frozen=True):
    """What a question becomes."""

    question_key: str
    draft: OpinionReportDraft


class SuggestionConversion(Record, frozen=True):
    """The same; without a region it is about the question's."""

    question_key: str
    draft: MicroSuggestionDraft


def _report_of(given: Given, _: Viewer) -> ReportConversion:
    draft = OpinionReportDraft(
        key=None,
        title=text(given["title"], "title", SHORT),
        situation=text(given["situation"], "situation", LONG),
        analysis=text(given["analysis"], "analysis", LONG),
        suggestion=text(given["suggestion"], "suggestion", LONG),
        category=text(given["category"], "category", SHORT),
    )
    return ReportConversion(question_key=question_named(given), draft=draft)


def _suggestion_of(given: Given, _: Viewer) -> SuggestionConversion:
    draft = MicroSuggestionDraft(
        title=text(given["title"], "title", SHORT),
        body=text(given["body"], "body", LONG),
        region_key=optional_text(given.get("regionCode"), "regionCode", SHORT) or "",
    )
    return SuggestionConversion(question_key=question_named(given), draft=draft)


async def _with_source(asked: ReportConversion, find: Finder, ask: Ask) -> ReportConversion:
    question = await question_to_hand_on(asked.question_key, find, ask)
    source = SourceQuestion(key=question.key, title=question.title, category=question.category)
    draft = msgspec.structs.replace(asked.draft, sources=(source,))
    return msgspec.structs.replace(asked, draft=draft)


async def _with_region(asked: SuggestionConversion, find: Finder, ask: Ask) -> SuggestionConversion:
    question = await question_to_hand_on(asked.question_key, find, ask)
    draft = msgspec.structs.replace(asked.draft, region_key=asked.draft.region_key or question.region_key)
    return msgspec.structs.replace(asked, draft=draft)


TO_REPORT = Act(
    "convertQuestionToOpinionReport",
    EffectKind.OPINION_REPORT,
    OpinionReportDesk.raise_opinion_report,
    ReportConversion,
    _report_of,
    subject=lambda asked, _: question_subject(asked.question_key),
    filled=_with_source,
    call=drafted,
    alone=True,
    follows=(handed_on(TransferTarget.OPINION_REPORT, "已转为社情民意信息"), NOTHING_LEFT),
    changes=changes_of_report,
)
TO_SUGGESTION = Act(
    "convertQuestionToMicroSuggestion",
    EffectKind.MICRO_SUGGESTION,
    MicroSuggestionDesk.submit_micro_suggestion,
    SuggestionConversion,
    _suggestion_of,
    subject=lambda asked, _: question_subject(asked.question_key),
    filled=_with_region,
    call=drafted,
    alone=True,
    follows=(handed_on(TransferTarget.MICRO_SUGGESTION, "已转为微建议"), NOTHING_LEFT),
    changes=lambda _, made, _viewer: (f"micro-suggestion:{made.key}", "micro-suggestions", *of_members(made.author)),
)


@described(zh="由提问转办的事项", en="What questions become.")
class ConversionMutations:
    """Part of ``Mutation``."""

    convert_question_to_opinion_report: OpinionReportPayload | None = mutation(
        TO_REPORT,
        ConvertQuestionToOpinionReportInput,
        requires=MEMBERS,
        zh="委员将提问转为社情民意信息：信息即时报送，提问随后转办",
        en="A member makes a question an opinion report: that is handed in at once, then the question is handed on.",
    )
    convert_question_to_micro_suggestion: MicroSuggestionPayload | None = mutation(
        TO_SUGGESTION,
        ConvertQuestionToMicroSuggestionInput,
        requires=MEMBERS,
        zh="委员将提问转为微建议：微建议即时提交，提问随后转办",
        en="A member makes a question a micro-suggestion: that is submitted at once, then the question is handed on.",
    )
