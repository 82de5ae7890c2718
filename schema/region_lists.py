"""What there is in a place, subject by subject; knows no type that shows any of it."""

from typing import Any

from connectors.ports import (
    DeliberationSource,
    MemberDirectory,
    MicroSuggestionSource,
    OpinionReportSource,
    ProposalSource,
    QuestionSource,
    ShiftSource,
    StudioDirectory,
    WorkOrderSource,
)
from schema import (
    deliberation_list,
    member_lists,
    micro_suggestion_lists,
    opinion_lists,
    proposal_lists,
    question_lists,
    studio_lists,
    work_order_lists,
)
from schema.declarations import ListSize
from schema.fields import many
from schema.paging import connection
from schema.places import within
from schema.public_voice_lists import REGION_VOICES
from schema.span import MOST_ROWS, SPAN, span_of

STUDIOS: Any = connection(
    StudioDirectory.list_studios,
    arguments=studio_lists.CHOICE,
    owner=within(studio_lists.studio_query),
    zh="区划内的委员工作室",
    en="The studios in it.",
)
MEMBERS: Any = connection(
    MemberDirectory.list_members,
    arguments=member_lists.CHOICE,
    owner=within(member_lists.member_query),
    zh="区划内各政协组织的委员",
    en="The members of the committees in it.",
)
QUESTIONS: Any = connection(
    QuestionSource.list_questions,
    arguments=question_lists.CHOICE,
    owner=within(question_lists.question_query),
    zh="向区划内工作室的提问；只含提问者可见的",
    en="Questions put to the studios in it; only those the asker may see.",
)
OPINION_REPORTS: Any = connection(
    OpinionReportSource.list_opinion_reports,
    arguments=opinion_lists.CHOICE,
    owner=within(opinion_lists.opinion_query),
    requires=opinion_lists.SEEN,
    zh="涉及该区划的社情民意信息；只含提问者可见的",
    en="Opinion reports about it, of those the asker may see.",
)
PROPOSALS: Any = connection(
    ProposalSource.list_proposals,
    arguments=proposal_lists.CHOOSING,
    owner=within(proposal_lists.proposal_query),
    zh="区划内各政协组织的提案；只含提问者可见的",
    en="Proposals to the committees in it, of those the asker may see.",
)
MICRO_SUGGESTIONS: Any = connection(
    MicroSuggestionSource.list_micro_suggestions,
    arguments=micro_suggestion_lists.CHOOSING,
    owner=within(micro_suggestion_lists.micro_suggestion_query),
    requires=proposal_lists.ON_DUTY,
    zh="涉及该区划的微建议",
    en="Micro-suggestions about it.",
)
DELIBERATIONS: Any = connection(
    DeliberationSource.list_deliberations,
    arguments=deliberation_list.CHOICE,
    owner=within(deliberation_list.deliberation_query),
    zh="区划内的协商",
    en="Deliberations held in it.",
)
PUBLIC_VOICES = REGION_VOICES
WORK_ORDERS: Any = connection(
    WorkOrderSource.list_work_orders,
    arguments=work_order_lists.CHOICE,
    owner=within(work_order_lists.work_order_query),
    requires=work_order_lists.KNOWN,
    zh="区划内的 12345 工单；只含提问者可见的",
    en="Hotline orders in it, of those the asker may see.",
)
DUTY_SHIFTS: Any = many(
    ShiftSource.list_region_shifts,
    arguments=SPAN,
    taken=span_of,
    size=ListSize(MOST_ROWS),
    zh="区划内的值班表，最多 31 天、500 条",
    en="Who is on duty in it; at most 31 days and 500 rows.",
)
