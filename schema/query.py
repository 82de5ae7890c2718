"""Where reading begins."""

from connectors.ports import (
    AccountSource,
    ActivitySource,
    DeliberationSource,
    KnowledgeSource,
    MemberRegistry,
    NoticeSource,
    OfficialSource,
    OpinionReportSource,
    ProposalSource,
    QuestionSource,
    ShiftSource,
    StatementSource,
    StudioRegistry,
    UnitSource,
    WorkOrderSource,
)
from connectors.records.member import MemberRef
from connectors.records.organization import OrganizationRef
from connectors.records.studio import StudioRef
from connectors.viewer import Scope
from schema.activity import Activity
from schema.article import ARTICLES, Article
from schema.article import BY_ID as ARTICLES_BY_ID
from schema.attendance import ATTENDANCES_BY_ID
from schema.cockpit import COCKPIT, Cockpit
from schema.connector import CONNECTORS, Connector
from schema.consultation_plan import ConsultationPlan
from schema.consulting_lists import CONSULTING_BY_ID, FORM_BY_CODE
from schema.declarations import Found, ListSize, Requirement
from schema.deliberation import Deliberation
from schema.deliberation_list import DELIBERATIONS
from schema.document import DOCUMENTS, OFFICIAL_DOCUMENTS, OfficialDocument
from schema.duty_record import DUTY_RECORDS_BY_ID
from schema.federation import SERVICE, Entity, Service, entities
from schema.fields import argument, by_id, by_ids, described, many
from schema.further import FURTHER_NODES
from schema.hall_event import DeliberationHallEvent
from schema.knowledge import KNOWLEDGE_ARTICLES, KnowledgeArticle
from schema.leaderboard import DUTY_LEADERBOARD, LeaderboardEntry
from schema.member import Member
from schema.member_lists import MEMBERS
from schema.message import MESSAGES, Message
from schema.micro_suggestion import MicroSuggestion
from schema.micro_suggestion_lists import MICRO_SUGGESTIONS, MICRO_SUGGESTIONS_BY_ID
from schema.moderation_queue import WAITING_STATEMENTS
from schema.mutations.payload import WRITE_STATUS, WriteStatus
from schema.node import Node
from schema.notice import OWN_NOTICES, Notice
from schema.official import Official
from schema.official_search import OFFICIALS
from schema.opinion_lists import OPINION_REPORTS
from schema.opinion_report import OpinionReport
from schema.organization import Organization
from schema.oversight import DemocraticOversight
from schema.paging import Connection
from schema.places import known_region
from schema.proposal import Proposal
from schema.proposal_lists import PROPOSALS
from schema.proposal_tables import PROPOSAL_CATEGORIES, ProposalCategories
from schema.public_voice import PublicVoice
from schema.public_voice_lists import PUBLIC_VOICES, VOICES_BY_ID
from schema.question import Question
from schema.question_lists import QUESTIONS
from schema.reading_group import ALL as READING_GROUPS
from schema.reading_group import GROUPS_BY_ID, POSTS_BY_ID, ReadingGroup
from schema.region import REGION, Region
from schema.schedule import SCHEDULE, SCHEDULE_ITEMS, ScheduleItem
from schema.search import SEARCH, SearchConnection
from schema.shift import DutyShift
from schema.span import MOST_ROWS, SPAN, span_of
from schema.statement import Statement
from schema.studio import Studio
from schema.studio_lists import STUDIOS
from schema.study_material import ALL as STUDY_MATERIALS
from schema.study_material import BY_ID as STUDY_MATERIALS_BY_ID
from schema.study_material import StudyMaterial
from schema.suggestion_form import SuggestionForm
from schema.viewer import VIEWER, Viewer
from schema.work_order import WorkOrder
from schema.work_order_lists import WORK_ORDERS
from schema.work_progress import WORK_PROGRESS, WORK_PROGRESSES, WorkProgress

NODES = {
    "Studio": Found(StudioRegistry.load_studios, lambda key: StudioRef(key=key)),
    "Member": Found(MemberRegistry.load_members, lambda key: MemberRef(key=key)),
    "Organization": Found(UnitSource.load_units, lambda key: OrganizationRef(key=key)),
    "Official": Found(OfficialSource.load_officials),
    "Question": Found(QuestionSource.load_questions),
    "Reply": Found(QuestionSource.load_replies),
    "DutyShift": Found(ShiftSource.load_shifts),
    "Deliberation": Found(DeliberationSource.load_deliberations),
    "Statement": Found(StatementSource.load_statements),
    **CONSULTING_BY_ID,
    "Activity": Found(ActivitySource.load_activities, requires=Requirement(Scope.GRAPH_READ)),
    "Attendance": ATTENDANCES_BY_ID,
    "Proposal": Found(ProposalSource.load_proposals),
    "MicroSuggestion": MICRO_SUGGESTIONS_BY_ID,
    "PublicVoice": VOICES_BY_ID,
    "WorkOrder": Found(WorkOrderSource.load_work_orders),
    "OpinionReport": Found(OpinionReportSource.load_opinion_reports),
    "Notice": Found(NoticeSource.load_notices),
    "ScheduleItem": SCHEDULE_ITEMS,
    "WorkProgress": WORK_PROGRESSES,
    "OfficialDocument": OFFICIAL_DOCUMENTS,
    "KnowledgeArticle": Found(KnowledgeSource.load_articles),
    "DutyRecord": DUTY_RECORDS_BY_ID,
    "Article": ARTICLES_BY_ID,
    "ReadingGroup": GROUPS_BY_ID,
    "ReadingPost": POSTS_BY_ID,
    "StudyMaterial": STUDY_MATERIALS_BY_ID,
    "Viewer": Found(AccountSource.load_accounts),
    **FURTHER_NODES,
}
"""Every type with a global id, and how it is found. A type of several platforms stands while its owner is ill."""


def _only(type_name: str) -> dict[str, Found]:
    return {type_name: NODES[type_name]}


@described(zh="查询的入口", en="Where reading begins.")
class Query:
    """Root fields."""

    node: Node | None = by_id(NODES, zh="按全局标识查一个对象", en="The object with that global id, or null (Relay).")
    nodes: list[Node | None] = by_ids(
        NODES, zh="按全局标识查多个对象，各在其位", en="The objects with those global ids, each in its place (Relay)."
    )
    subgraph: Service = SERVICE
    entities: list[Entity | None] = entities(NODES)
    viewer: Viewer | None = VIEWER
    studios: Connection[Studio] | None = STUDIOS
    knowledge_articles: Connection[KnowledgeArticle] | None = KNOWLEDGE_ARTICLES
    studio: Studio | None = by_id(_only("Studio"), zh="一个工作室", en="One studio.")
    members: Connection[Member] | None = MEMBERS
    member: Member | None = by_id(_only("Member"), zh="一位委员", en="One member.")
    organization: Organization | None = by_id(_only("Organization"), zh="一个组织", en="One organisation.")
    deliberation: Deliberation | None = by_id(_only("Deliberation"), zh="一次协商", en="One deliberation.")
    deliberations: Connection[Deliberation] | None = DELIBERATIONS
    activity: Activity | None = by_id(_only("Activity"), zh="一次活动或会议", en="One activity or meeting.")
    hall_event: DeliberationHallEvent | None = by_id(
        _only("DeliberationHallEvent"), zh="一次民生议事堂活动", en="One event of a deliberation hall."
    )
    consultation_plan: ConsultationPlan | None = by_id(
        _only("ConsultationPlan"), zh="一份年度协商计划", en="One committee's plan of a year."
    )
    oversight: DemocraticOversight | None = by_id(
        _only("DemocraticOversight"), zh="一次专项集体民主监督", en="One campaign of democratic oversight."
    )
    suggestion_form: SuggestionForm | None = by_id(
        _only("SuggestionForm"), zh="一份扫码建言问卷", en="One suggestion form."
    )
    suggestion_form_by_code: SuggestionForm | None = FORM_BY_CODE
    question: Question | None = by_id(_only("Question"), zh="一个提问", en="One question the asker may see.")
    questions: Connection[Question] | None = QUESTIONS
    waiting_statements: Connection[Statement] | None = WAITING_STATEMENTS
    work_order: WorkOrder | None = by_id(
        _only("WorkOrder"), zh="一张 12345 工单", en="One work order the asker may see."
    )
    public_voice: PublicVoice | None = by_id(_only("PublicVoice"), zh="一条民意数据", en="One public voice.")
    public_voices: Connection[PublicVoice] | None = PUBLIC_VOICES
    work_orders: Connection[WorkOrder] | None = WORK_ORDERS
    opinion_reports: Connection[OpinionReport] | None = OPINION_REPORTS
    opinion_report: OpinionReport | None = by_id(
        _only("OpinionReport"), zh="一篇社情民意信息", en="One opinion report the asker may see."
    )
    proposals: Connection[Proposal] | None = PROPOSALS
    proposal: Proposal | None = by_id(_only("Proposal"), zh="一件提案", en="One proposal the asker may see.")
    proposal_categories: ProposalCategories | None = PROPOSAL_CATEGORIES
    micro_suggestions: Connection[MicroSuggestion] | None = MICRO_SUGGESTIONS
    micro_suggestion: MicroSuggestion | None = by_id(
        _only("MicroSuggestion"), zh="一件微建议", en="One micro-suggestion."
    )
    duty_shifts: list[DutyShift] | None = many(
        ShiftSource.list_region_shifts,
        arguments=(
            argument("regionCode", str, zh="区划代码，含其下辖", en="GB/T 2260 code; what lies in it too."),
            *SPAN,
        ),
        taken=span_of,
        owner=lambda _, arguments: known_region(arguments["regionCode"]),
        size=ListSize(MOST_ROWS),
        zh="一地的值班表，最多 31 天、500 条",
        en="Who is on duty in a place; at most 31 days and 500 rows.",
    )
    notices: Connection[Notice] | None = OWN_NOTICES
    schedule: list[ScheduleItem | None] | None = SCHEDULE
    work_progress: Connection[WorkProgress] | None = WORK_PROGRESS
    documents: Connection[OfficialDocument] | None = DOCUMENTS
    messages: Connection[Message] | None = MESSAGES
    officials: Connection[Official] | None = OFFICIALS
    duty_leaderboard: list[LeaderboardEntry | None] | None = DUTY_LEADERBOARD
    reading_groups: Connection[ReadingGroup] | None = READING_GROUPS
    reading_group: ReadingGroup | None = by_id(_only("ReadingGroup"), zh="一个读书群", en="One reading group.")
    study_materials: Connection[StudyMaterial] | None = STUDY_MATERIALS
    articles: Connection[Article] | None = ARTICLES
    article: Article | None = by_id(_only("Article"), zh="一篇文章", en="One article.")
    search: SearchConnection | None = SEARCH
    region: Region | None = REGION
    cockpit: Cockpit | None = COCKPIT
    connectors: list[Connector] | None = CONNECTORS
    write_status: WriteStatus | None = WRITE_STATUS
