"""What members and staff write of opinion reports; everything is looked at before anything is changed."""

from connectors.duty.opinions.payloads import Grounds
from connectors.duty.sandbox.audience import Viewing
from connectors.duty.sandbox.causes import CATEGORIES
from connectors.duty.sandbox.ground import Ground
from connectors.duty.sandbox.opinions.bodies import ReportBody, ReportMoveBody, RevisionBody
from connectors.duty.sandbox.opinions.kept import KeptReport, Source, report_row
from connectors.duty.sandbox.opinions.ledger import Ledger
from connectors.duty.sandbox.opinions.seeding import report_number
from connectors.duty.sandbox.opinions.wanted import wrote
from connectors.duty.sandbox.states import must_follow
from connectors.records.opinion_report import REPORT_NEXT, OpinionReportStatus
from connectors.sandbox.contracted.lists import Row
from connectors.sandbox.contracted.problems import forbidden_move, not_allowed, not_found, rejected
from connectors.sandbox.world import MemberSeed

_S = OpinionReportStatus
_WRITABLE = frozenset({_S.DRAFT, _S.WITHDRAWN})
_WANTS = {_S.ADOPTED: "adoption", _S.INSTRUCTED: "instruction"}


class Desk:
    """The writes of ``contract/opinions.yaml``."""

    def __init__(self, ground: Ground, ledger: Ledger) -> None:
        self._ground = ground
        self._ledger = ledger
        self._serial = 900

    def raised(self, body: ReportBody) -> Row:
        """``POST /opinions``."""
        member = self._ground.acting_member(body.actor)
        authors = self._authors(body, member)
        report = KeptReport(
            id=self._ledger.new_id(member.committee.region_code),
            committee=member.committee,
            authors=authors,
            title=body.title,
            situation=body.situation,
            analysis=body.analysis,
            suggestion=body.suggestion,
            category=body.category,
            status=_S.DRAFT,
            changed_at=self._ground.now(),
            sources=_sources(body),
        )
        self._ledger.put(report)
        return self._kept(report, body, member)

    def revised(self, body: RevisionBody) -> Row:
        """``POST /opinions/revisions``; what was withdrawn is a draft again."""
        member = self._ground.acting_member(body.actor)
        report = self._seen(body.report_id, Viewing(member=member.key))
        if not wrote(report, member.key):
            raise not_allowed("only its authors write it")
        if report.status not in _WRITABLE:
            raise forbidden_move(report.status.value, "DRAFT", [s.value for s in REPORT_NEXT[report.status]])
        authors = self._authors(body, member)
        before = [source.id for source in report.sources]
        first = report.authors[0]
        report.authors = [first, *(author for author in authors if author is not first)]
        report.title, report.situation, report.analysis = body.title, body.situation, body.analysis
        report.suggestion, report.category, report.sources = body.suggestion, body.category, _sources(body)
        if report.status is _S.WITHDRAWN:
            report.went_to(_S.DRAFT, self._ground.now(), member.person.name)
            report.submitted_at = None
        self._ledger.sourced(report, before)
        return self._kept(report, body, member)

    def moved(self, body: ReportMoveBody) -> Row:
        """``POST /opinions/moves``."""
        ground, actor = self._ground, body.actor
        member = ground.members.get(actor.member_id or "") or ground.members_by_employee.get(actor.employee_code or "")
        staff = (actor.employee_code or "") in ground.officials
        report = self._seen(body.report_id, Viewing(member=member.key if member else None, staff=staff))
        by, grounds = self._mover(report, body, member)
        must_follow(REPORT_NEXT, report.status, body.to, without=_S.DRAFT)  # which is come to by revising only
        self._check_parts(body)
        now = ground.now()
        if body.adoption:
            report.adoptions.append((body.adoption.level, body.adoption.date, body.adoption.instructed_by))
        if body.instruction:
            report.instructions.append((body.instruction.by, body.instruction.body, body.instruction.at))
        if body.to is _S.SUBMITTED:
            self._submitted(report)
        report.went_to(body.to, now, by, body.note)
        self._ledger.shelf.changed(report)
        return report_row(report, grounds)

    def _mover(self, report: KeptReport, body: ReportMoveBody, member: MemberSeed | None) -> tuple[str, Grounds]:
        """Who brings it there, as its history names them, and on which grounds they see it."""
        if body.to in {_S.SUBMITTED, _S.WITHDRAWN}:
            if member is not None and wrote(report, member.key):
                return member.person.name, Grounds.AUTHOR
            raise not_allowed("only its authors hand it in or take it back")
        if not self._ledger.rolls.is_staff_of(report.committee, body.actor.employee_code):
            raise not_allowed("the acting person is no staff of its committee")
        return f"{report.committee.short_name}办公室", Grounds.STAFF

    def _seen(self, key: str, viewer: Viewing) -> KeptReport:
        report = self._ledger.get(key, viewer)
        if report is None:
            raise not_found("no such report")
        return report

    @staticmethod
    def _check_parts(body: ReportMoveBody) -> None:
        given = {name for name in _WANTS.values() if getattr(body, name) is not None}
        wanted = {_WANTS[body.to]} if body.to in _WANTS else set()
        if given != wanted:
            raise rejected("INVALID_BODY", f"{body.to.value} wants {sorted(wanted) or 'nothing more'}")

    def _kept(self, report: KeptReport, body: ReportBody, member: MemberSeed) -> Row:
        report.changed_at = self._ground.now()
        if body.submit:
            self._submitted(report)
            report.went_to(_S.SUBMITTED, self._ground.now(), member.person.name)
        self._ledger.shelf.changed(report)
        return report_row(report, Grounds.AUTHOR)

    def _submitted(self, report: KeptReport) -> None:
        """It keeps the number it got the first time."""
        now = self._ground.now()
        report.submitted_at = now
        if report.number is None:
            self._serial += 1
            report.number = report_number(report, now, self._serial)

    def _authors(self, body: ReportBody, member: MemberSeed) -> list[MemberSeed]:
        """Who writes it, the acting member first; members of the same committee."""
        if body.category not in CATEGORIES:
            raise rejected("INVALID_BODY", "category is none of the committee's table")
        found = [self._ground.members.get(key) for key in dict.fromkeys(body.co_author_ids)]
        others = [each for each in found if each is not None and each.committee is member.committee]
        if len(others) != len(found) or member in others:
            raise rejected("INVALID_BODY", "coAuthorIds are other members of the same committee")
        return [member, *others]


def _sources(body: ReportBody) -> list[Source]:
    return [Source(each.id, each.title, each.category) for each in body.source_questions]
