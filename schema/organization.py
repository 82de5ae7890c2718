"""Organisations: committees and units. The duty registry owns what makes a committee, the work app the rest."""

from typing import TYPE_CHECKING, Annotated

import strawberry

from connectors.ports import CommitteeRegistry, OfficialDirectory, UnitSource, UnitTree
from connectors.records.organization import Committee, OrganizationLevel, OrganizationRef, Unit
from connectors.viewer import Scope
from schema.activity_lists import ORGANIZATION_ACTIVITIES
from schema.article import OF_COMMITTEE as ARTICLES
from schema.article import Article
from schema.consulting_lists import CONSULTATION_PLANS, HALL_EVENTS, OVERSIGHTS, SUGGESTION_FORMS
from schema.declarations import Requirement
from schema.deliberation_list import ORGANIZATION_DELIBERATIONS
from schema.fields import CHINESE, described, identifier, many, value
from schema.leaderboard import OF_COMMITTEE as LEADERBOARD
from schema.leaderboard import LeaderboardEntry
from schema.member_lists import OF_COMMITTEE as MEMBERS
from schema.member_lists import SECTORS, SectorEntry
from schema.micro_suggestion_lists import ORGANIZATION_MICRO_SUGGESTIONS
from schema.node import Node
from schema.opinion_lists import ORGANIZATION_REPORTS
from schema.paging import Connection, connection
from schema.portal import PORTAL, OrganizationPortal
from schema.proposal_lists import ORGANIZATION_PROPOSALS
from schema.proposal_tables import ORGANIZATION_CATEGORIES, ORGANIZATION_COUNTS, ProposalCategories, ProposalCounts
from schema.reading_group import OF_COMMITTEE as READING_GROUPS
from schema.reading_group import ReadingGroup
from schema.region import Region, region_at
from schema.schedule import ORGANIZATION_SCHEDULE, ScheduleItem
from schema.scoring_scheme import OF_COMMITTEE as SCORING_SCHEME
from schema.scoring_scheme import ScoringScheme
from schema.study_material import OF_COMMITTEE as STUDY_MATERIALS
from schema.study_material import StudyMaterial

if TYPE_CHECKING:
    from schema.activity import Activity
    from schema.consultation_plan import ConsultationPlan
    from schema.deliberation import Deliberation
    from schema.hall_event import DeliberationHallEvent
    from schema.member import Member
    from schema.micro_suggestion import MicroSuggestion
    from schema.official import Official
    from schema.opinion_report import OpinionReport
    from schema.oversight import DemocraticOversight
    from schema.proposal import Proposal
    from schema.suggestion_form import SuggestionForm

_DIRECTORY = Requirement(Scope.DIRECTORY_READ)

strawberry.enum(OrganizationLevel, description="Level of a CPPCC organisation.")
setattr(OrganizationLevel, CHINESE, "政协组织的层级")


@described(
    zh="组织：政协委员会，或浙政钉通讯录中的单位",
    en="An organisation: a CPPCC committee, or a unit of the work app's address book.",
    of=OrganizationRef | Unit | Committee,
)
class Organization(Node):
    """Its key is its ``GO_`` code."""

    id: strawberry.ID = identifier("Organization")
    name: str | None = value("name", source=UnitSource.load_units, zh="名称", en="Its name.")
    level: OrganizationLevel | None = value(
        "level",
        source=CommitteeRegistry.load_committees,
        zh="政协组织的层级；普通单位为空",
        en="Level of a committee; null for a plain unit.",
    )
    portal: OrganizationPortal | None = PORTAL
    region: Region | None = value(
        "region_key", source=UnitSource.load_units, then=region_at, zh="所在区划", en="Where it is."
    )
    member_count: int | None = value(
        "member_count",
        source=CommitteeRegistry.load_committees,
        zh="委员人数；普通单位为空",
        en="How many members a committee has; null for a plain unit.",
    )
    official_count: int | None = value(
        "official_count",
        source=UnitTree.load_unit_counts,
        zh="本单位及下级的公职人员数",
        en="How many people work in it and in all below it.",
    )
    members: Connection[Annotated["Member", strawberry.lazy("schema.member")]] | None = MEMBERS
    sectors: list[SectorEntry | None] | None = SECTORS
    scoring_scheme: ScoringScheme | None = SCORING_SCHEME
    duty_leaderboard: Connection[LeaderboardEntry] | None = LEADERBOARD
    reading_groups: Connection[ReadingGroup] | None = READING_GROUPS
    study_materials: Connection[StudyMaterial] | None = STUDY_MATERIALS
    articles: Connection[Article] | None = ARTICLES
    children: list["Organization | None"] | None = many(
        UnitTree.list_child_units,
        requires=_DIRECTORY,
        zh="直接下级，按平台的次序",
        en="The organisations directly below it, in the work app's order.",
    )
    schedule: list[ScheduleItem | None] | None = ORGANIZATION_SCHEDULE
    officials: Connection[Annotated["Official", strawberry.lazy("schema.official")]] | None = connection(
        OfficialDirectory.list_unit_officials,
        requires=_DIRECTORY,
        zh="直接列在其下的人员",
        en="The people listed directly under it.",
    )
    opinion_reports: Connection[Annotated["OpinionReport", strawberry.lazy("schema.opinion_report")]] | None = (
        ORGANIZATION_REPORTS
    )
    proposals: Connection[Annotated["Proposal", strawberry.lazy("schema.proposal")]] | None = ORGANIZATION_PROPOSALS
    proposal_counts: ProposalCounts | None = ORGANIZATION_COUNTS
    proposal_categories: ProposalCategories | None = ORGANIZATION_CATEGORIES
    micro_suggestions: Connection[Annotated["MicroSuggestion", strawberry.lazy("schema.micro_suggestion")]] | None = (
        ORGANIZATION_MICRO_SUGGESTIONS
    )
    deliberations: Connection[Annotated["Deliberation", strawberry.lazy("schema.deliberation")]] | None = (
        ORGANIZATION_DELIBERATIONS
    )
    activities: Connection[Annotated["Activity", strawberry.lazy("schema.activity")]] | None = ORGANIZATION_ACTIVITIES
    hall_events: Connection[Annotated["DeliberationHallEvent", strawberry.lazy("schema.hall_event")]] | None = (
        HALL_EVENTS
    )
    consultation_plans: (
        Connection[Annotated["ConsultationPlan", strawberry.lazy("schema.consultation_plan")]] | None
    ) = CONSULTATION_PLANS
    oversights: Connection[Annotated["DemocraticOversight", strawberry.lazy("schema.oversight")]] | None = OVERSIGHTS
    suggestion_forms: Connection[Annotated["SuggestionForm", strawberry.lazy("schema.suggestion_form")]] | None = (
        SUGGESTION_FORMS
    )
