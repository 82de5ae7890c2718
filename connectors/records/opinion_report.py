"""Reports on social conditions and public opinion (社情民意信息; domain-terms section 4)."""

import enum
from collections.abc import Mapping
from datetime import date, datetime
from types import MappingProxyType

from connectors.errors import PlatformError
from connectors.records.attachment import Attachment
from connectors.records.code import Code
from connectors.records.member import MemberRef, Sector
from connectors.records.organization import OrganizationRef
from connectors.records.record import Record
from connectors.records.studio import StudioCategory


class OpinionReportStatus(enum.Enum):
    """Where a report stands; ``REPORT_NEXT`` tells what may follow."""

    DRAFT = "DRAFT"
    SUBMITTED = "SUBMITTED"
    EDITING = "EDITING"
    SIGNED_OFF = "SIGNED_OFF"
    REPORTED = "REPORTED"
    ADOPTED = "ADOPTED"
    NOT_ADOPTED = "NOT_ADOPTED"
    INSTRUCTED = "INSTRUCTED"
    FEEDBACK_GIVEN = "FEEDBACK_GIVEN"
    ARCHIVED = "ARCHIVED"
    WITHDRAWN = "WITHDRAWN"


_S = OpinionReportStatus
REPORT_NEXT: Mapping[OpinionReportStatus, tuple[OpinionReportStatus, ...]] = MappingProxyType(
    {
        _S.DRAFT: (_S.SUBMITTED, _S.WITHDRAWN),
        _S.SUBMITTED: (_S.EDITING, _S.WITHDRAWN),
        _S.EDITING: (_S.SIGNED_OFF, _S.WITHDRAWN),
        _S.SIGNED_OFF: (_S.REPORTED, _S.WITHDRAWN),
        _S.REPORTED: (_S.ADOPTED, _S.NOT_ADOPTED, _S.WITHDRAWN),
        _S.ADOPTED: (_S.ADOPTED, _S.INSTRUCTED, _S.FEEDBACK_GIVEN),
        _S.NOT_ADOPTED: (_S.INSTRUCTED, _S.FEEDBACK_GIVEN),
        _S.INSTRUCTED: (_S.FEEDBACK_GIVEN,),
        _S.FEEDBACK_GIVEN: (_S.ARCHIVED,),
        _S.ARCHIVED: (),
        _S.WITHDRAWN: (_S.DRAFT,),
    }
)
"""What may follow each state. ``DRAFT`` is come back to by revising what was withdrawn.

Several levels may adopt one report, so ``ADOPTED`` may follow itself; not every report is instructed on.
"""


MOST_RAISED = 20
"""Reports told of one question where no page is asked for: more than one or two are rare."""


class AdoptionLevel(enum.Enum):
    """Which level of the CPPCC took a report up."""

    NATIONAL = "NATIONAL"
    PROVINCIAL = "PROVINCIAL"
    MUNICIPAL = "MUNICIPAL"
    COUNTY = "COUNTY"


class OpinionReportOrder(enum.Enum):
    """Orders reports are listed in. A draft, never submitted, stands at the end of the first."""

    SUBMITTED_AT_DESC = "SUBMITTED_AT_DESC"
    CHANGED_AT_DESC = "CHANGED_AT_DESC"
    CHANGED_AT_ASC = "CHANGED_AT_ASC"


class Adoption(Record, frozen=True):
    """One level's adoption; several may exist."""

    level: AdoptionLevel
    date: date
    instructed_by: str | None


class Instruction(Record, frozen=True):
    """What a leader wrote on it (批示)."""

    by: str
    body: str
    at: datetime


class SourceQuestion(Record, frozen=True):
    """A citizen's question a report was raised from; ``key`` is the studio service's.

    ``title`` and ``category`` are as it read then, and None to others than authors and staff: it may be private. Who
    may see a report sees its questions by reading them by key, as far as the studio service lets them.
    """

    key: str
    title: str | None
    category: StudioCategory | None


class ContactPoint(Record, frozen=True):
    """Where it was gathered (社情民意信息联系点)."""

    key: str
    name: str


class OpinionReportStep(Record, frozen=True):
    """A state it came to: when, and by whom, a person's or an office's name."""

    status: OpinionReportStatus
    at: datetime
    by: str | None
    note: str | None


class OpinionReportRef(Record, frozen=True):
    """A report as another row names it."""

    key: str


class OpinionReport(Record, frozen=True):
    """A report as the duty platform knows it. ``number`` comes when it is submitted."""

    key: str
    number: str | None
    title: str
    situation: str | None
    analysis: str | None
    suggestion: str | None
    category: Code
    status: OpinionReportStatus
    region_key: str
    organization: OrganizationRef
    authors: tuple[MemberRef, ...]
    sector: Sector | None
    contact_point: ContactPoint | None
    source_proposal_key: str | None
    """The proposal it was made from (转用)."""
    source_questions: tuple[SourceQuestion, ...]
    adoptions: tuple[Adoption, ...]
    instructions: tuple[Instruction, ...]
    history: tuple[OpinionReportStep, ...]
    attachments: tuple[Attachment, ...]
    submitted_at: datetime | None
    changed_at: datetime
    withdrawn_at: datetime | None

    @property
    def body(self) -> str | PlatformError:
        """Situation, analysis and suggestion, a paragraph each; the error where one of them is one."""
        parts: tuple[str | PlatformError | None, ...] = (self.situation, self.analysis, self.suggestion)
        broken = next((part for part in parts if isinstance(part, PlatformError)), None)
        return broken or "\n".join(part for part in parts if isinstance(part, str) and part)


class OpinionReportQuery(Record, frozen=True):
    """Which reports; None: either. ``changed_since`` also finds the withdrawn ones, as every list does."""

    organization_key: str | None = None
    region_key: str | None = None
    """Includes what lies in it."""
    statuses: tuple[OpinionReportStatus, ...] | None = None
    category: str | None = None
    adopted: AdoptionLevel | None = None
    author_key: str | None = None
    text: str | None = None
    changed_since: datetime | None = None
    order: OpinionReportOrder = OpinionReportOrder.SUBMITTED_AT_DESC


class OpinionReportDraft(Record, frozen=True):
    """What a member writes; ``key`` is None for a new one, ``submit`` False keeps it a draft.

    ``sources`` are the questions it was raised from, as they read now.
    """

    key: str | None
    title: str
    situation: str
    analysis: str
    suggestion: str
    category: str
    sources: tuple[SourceQuestion, ...] = ()
    co_author_keys: tuple[str, ...] = ()
    submit: bool = True


class OpinionReportMove(Record, frozen=True):
    """Bring a report to a state: ``ADOPTED`` wants ``adoption``, ``INSTRUCTED`` wants ``instruction``."""

    key: str
    to: OpinionReportStatus
    note: str | None = None
    adoption: Adoption | None = None
    instruction: Instruction | None = None
