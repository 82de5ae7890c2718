"""Ports: what a platform can be able to do, one small ability each; a file a subject.

Every read takes many keys and answers one entry per key, in that order: the record, None where the platform knows
no such thing, or the error that kept it away. A failure fills only its own place; a read (``load_…``, ``list_…``)
never raises a ``PlatformError``. What is about one thing only, signing in and writing, raises.
"""

from connectors.ports.accounts import AccountSource
from connectors.ports.activities import ActivitySource, AttendanceDesk, AttendanceSource
from connectors.ports.applications import AuthorisedRangeSource, BridgeTicketSource
from connectors.ports.articles import ArticleSource
from connectors.ports.cockpit import CockpitSource, OpinionTopicSource
from connectors.ports.consulting import (
    ConsultationPlanSource,
    HallEventSource,
    OversightSource,
    SuggestionFormDesk,
    SuggestionFormSource,
)
from connectors.ports.datasharing import DataSharing
from connectors.ports.deliberations import DeliberationSource
from connectors.ports.duty_records import DutyRecordDesk, DutyRecordRegistry
from connectors.ports.duty_scores import DutyScoreSource
from connectors.ports.events import EventRegistrar, EventSource
from connectors.ports.files import FileSource, MatterFiles
from connectors.ports.health import ConnectorHealthSource
from connectors.ports.knowledge import KnowledgeSource
from connectors.ports.members import MemberDirectory, MemberLookup, MemberRegistry, MemberStatisticsSource
from connectors.ports.messages import MessageSource, Messenger
from connectors.ports.micro_suggestions import MicroSuggestionDesk, MicroSuggestionSource
from connectors.ports.notices import CitizenNoticeSource, CitizenNotifier
from connectors.ports.notifications import MediaStore, WorkNotifier
from connectors.ports.office import DocumentSource, NoticeDesk, NoticeSource, ScheduleSource, WorkProgressSource
from connectors.ports.officials import OfficialAccounts, OfficialDirectory, OfficialFinder, OfficialSource
from connectors.ports.opinion_reports import OpinionReportDesk, OpinionReportSource
from connectors.ports.organizations import CommitteeRegistry, UnitSource, UnitTree
from connectors.ports.places import PlaceSource
from connectors.ports.proposals import ProposalDesk, ProposalSource
from connectors.ports.public_voices import PublicVoiceSource
from connectors.ports.question_statistics import QuestionStatisticsSource
from connectors.ports.questions import AttachmentStore, QuestionDesk, QuestionSource
from connectors.ports.reading_groups import ReadingDesk, ReadingGroupSource, StudyMaterialSource
from connectors.ports.search import SearchEverywhere, SearchSource
from connectors.ports.shifts import ShiftDesk, ShiftSource
from connectors.ports.signin import SignIn, SignInPage
from connectors.ports.statements import StatementDesk, StatementSource
from connectors.ports.studios import StudioDirectory, StudioMarkDesk, StudioMarkSource, StudioRegistry
from connectors.ports.subgraph import SubgraphSource
from connectors.ports.todos import TodoDesk, TodoSource
from connectors.ports.work_orders import WorkOrderDesk, WorkOrderSource
from connectors.ports.write_statuses import WriteStatusSource
from connectors.ports.writes import WriteLog

__all__ = [
    "AccountSource",
    "ActivitySource",
    "ArticleSource",
    "AttachmentStore",
    "AttendanceDesk",
    "AttendanceSource",
    "AuthorisedRangeSource",
    "BridgeTicketSource",
    "CitizenNoticeSource",
    "CitizenNotifier",
    "CockpitSource",
    "CommitteeRegistry",
    "ConnectorHealthSource",
    "ConsultationPlanSource",
    "DataSharing",
    "DeliberationSource",
    "DocumentSource",
    "DutyRecordDesk",
    "DutyRecordRegistry",
    "DutyScoreSource",
    "EventRegistrar",
    "EventSource",
    "FileSource",
    "HallEventSource",
    "KnowledgeSource",
    "MatterFiles",
    "MediaStore",
    "MemberDirectory",
    "MemberLookup",
    "MemberRegistry",
    "MemberStatisticsSource",
    "MessageSource",
    "Messenger",
    "MicroSuggestionDesk",
    "MicroSuggestionSource",
    "NoticeDesk",
    "NoticeSource",
    "OfficialAccounts",
    "OfficialDirectory",
    "OfficialFinder",
    "OfficialSource",
    "OpinionReportDesk",
    "OpinionReportSource",
    "OpinionTopicSource",
    "OversightSource",
    "PlaceSource",
    "ProposalDesk",
    "ProposalSource",
    "PublicVoiceSource",
    "QuestionDesk",
    "QuestionSource",
    "QuestionStatisticsSource",
    "ReadingDesk",
    "ReadingGroupSource",
    "ScheduleSource",
    "SearchEverywhere",
    "SearchSource",
    "ShiftDesk",
    "ShiftSource",
    "SignIn",
    "SignInPage",
    "StatementDesk",
    "StatementSource",
    "StudioDirectory",
    "StudioMarkDesk",
    "StudioMarkSource",
    "StudioRegistry",
    "StudyMaterialSource",
    "SubgraphSource",
    "SuggestionFormDesk",
    "SuggestionFormSource",
    "TodoDesk",
    "TodoSource",
    "UnitSource",
    "UnitTree",
    "WorkNotifier",
    "WorkOrderDesk",
    "WorkOrderSource",
    "WorkProgressSource",
    "WriteLog",
    "WriteStatusSource",
]
