"""An opinion report as the sandbox keeps it, and the row it is told as."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from connectors.duty.opinions.payloads import Grounds
from connectors.duty.sandbox.causes import CATEGORIES
from connectors.duty.sandbox.rows import named_member, of_committee
from connectors.records.opinion_report import AdoptionLevel, OpinionReportStatus
from connectors.records.studio import StudioCategory
from connectors.sandbox.world import CommitteeSeed, MemberSeed

Row = dict[str, Any]
_ENTITLED = frozenset({Grounds.AUTHOR, Grounds.STAFF})


@dataclass(frozen=True, slots=True)
class Source:
    """A question it was raised from, as it read then."""

    id: str
    title: str
    category: StudioCategory


@dataclass(frozen=True, slots=True)
class Step:
    """A state it came to."""

    status: OpinionReportStatus
    at: datetime
    by: str
    note: str | None = None


@dataclass(slots=True)
class KeptReport:
    """Everything about one. ``adoptions`` are level, date and by whom; ``instructions`` by whom, what, when."""

    id: str
    committee: CommitteeSeed
    authors: list[MemberSeed]
    title: str
    situation: str
    analysis: str
    suggestion: str
    category: str
    status: OpinionReportStatus
    changed_at: datetime
    number: str | None = None
    submitted_at: datetime | None = None
    contact_point: str | None = None
    proposal: str | None = None
    sources: list[Source] = field(default_factory=list)
    adoptions: list[tuple[AdoptionLevel, date, str | None]] = field(default_factory=list)
    instructions: list[tuple[str, str, datetime]] = field(default_factory=list)
    history: list[Step] = field(default_factory=list)
    has_file: bool = False

    @property
    def withdrawn_at(self) -> datetime | None:
        """When it was taken back."""
        return self.history[-1].at if self.status is OpinionReportStatus.WITHDRAWN else None

    @property
    def handed_in(self) -> bool:
        """Whether it is more than its authors' own: submitted, and no draft again."""
        return self.submitted_at is not None and self.status is not OpinionReportStatus.DRAFT

    def went_to(self, status: OpinionReportStatus, at: datetime, by: str, note: str | None = None) -> None:
        """Bring it to a state."""
        self.status = status
        self.changed_at = at
        self.history.append(Step(status, at, by, note))


def report_row(report: KeptReport, grounds: Grounds) -> Row:
    """An ``OpinionReport`` of the contract, as somebody may see it on these grounds."""
    first, entitled = named_member(report.authors[0]), grounds in _ENTITLED
    return of_committee(report.committee) | {
        "id": report.id,
        "number": report.number,
        "title": report.title,
        "situation": report.situation,
        "analysis": report.analysis,
        "suggestion": report.suggestion,
        "category": {"code": report.category, "name": CATEGORIES[report.category]},
        "status": report.status.value,
        "handedIn": report.handed_in,
        "authors": [named_member(author) for author in report.authors],
        "sector": {"code": first["sectorCode"], "name": first["sectorName"]},
        "contactPoint": _point(report) if report.contact_point else None,
        "sourceProposalId": report.proposal,
        "sourceQuestions": [_source_row(source, entitled=entitled) for source in report.sources],
        "adoptions": [{"level": v.value, "date": at, "instructedBy": by} for v, at, by in report.adoptions],
        "instructions": [{"by": by, "body": body, "at": at} for by, body, at in report.instructions],
        "history": [{"status": s.status.value, "at": s.at, "by": s.by, "note": s.note} for s in report.history],
        "attachments": [_file(report)] if report.has_file else [],
        "submittedAt": report.submitted_at,
        "changedAt": report.changed_at,
        "withdrawnAt": report.withdrawn_at,
        "grounds": grounds.value,
    }


def _file(report: KeptReport) -> Row:
    key = f"{report.id}-1"
    return {"id": key, "kind": "DOCUMENT", "name": "调研报告.pdf", "path": f"attachments/{key}"}


def _point(report: KeptReport) -> Row:
    return {"id": f"{report.committee.code}-L1", "name": report.contact_point}


def _source_row(source: Source, *, entitled: bool) -> Row:
    told = {"title": source.title, "category": source.category.value}
    return {"id": source.id} | (told if entitled else dict.fromkeys(told))
