"""A proposal's way from state to state: who may bring it where, what that state wants, and what it brings with it."""

from datetime import timedelta

from connectors.duty.sandbox.audience import Viewing
from connectors.duty.sandbox.causes import GRADES
from connectors.duty.sandbox.ground import Ground
from connectors.duty.sandbox.proposals.bodies import HandlerPart, ProposalMoveBody
from connectors.duty.sandbox.proposals.desk import Desk
from connectors.duty.sandbox.proposals.docket import Docket
from connectors.duty.sandbox.proposals.filed import FiledProposal, GivenReply, Handling, Opinion
from connectors.duty.sandbox.proposals.rows import proposal_row
from connectors.duty.sandbox.proposals.ways import proposal_number
from connectors.duty.sandbox.states import must_follow
from connectors.duty.sandbox.writes import Actor
from connectors.records.proposal import NEXT, ProposalStatus, Satisfaction
from connectors.sandbox.contracted.lists import Row
from connectors.sandbox.contracted.problems import not_allowed, not_found, rejected

_S = ProposalStatus
_PROPOSERS = frozenset({_S.SUBMITTED, _S.WITHDRAWN, _S.FEEDBACK_GIVEN, _S.REHANDLING})
"""States the first proposer brings it to."""
_UNITS = frozenset({_S.HANDLING, _S.REPLIED})
"""States a unit it is assigned to brings it to; it may also send it back, to ``FILED``."""
_WANTS = {_S.ASSIGNED: "handlers", _S.MERGED: "into_id", _S.REPLIED: "reply", _S.FEEDBACK_GIVEN: "feedback"}
_LIMIT = timedelta(days=90)


class Moves:
    """``POST /proposals/moves``."""

    def __init__(self, ground: Ground, docket: Docket, desk: Desk) -> None:
        self._ground = ground
        self._docket = docket
        self._desk = desk
        self._effects = {
            _S.FILED: self._filed,
            _S.ASSIGNED: self._assigned,
            _S.MERGED: self._merged,
            _S.REPLIED: self._replied,
            _S.FEEDBACK_GIVEN: self._rated,
        }

    def move(self, body: ProposalMoveBody) -> Row:
        """Bring it there, or say why not; nothing is changed before everything is looked at."""
        proposal = self._docket.get(body.proposal_id, self._viewer(body.actor))
        if proposal is None:
            raise not_found("no such proposal")
        by = self._name_of(proposal, body)
        must_follow(NEXT, proposal.status, body.to, without=_not_open(proposal))
        self._check_parts(body)
        if body.to is _S.SUBMITTED:
            self._desk.submitted(proposal, body.note)
            return proposal_row(proposal)
        if body.to in self._effects:
            self._effects[body.to](proposal, body)
        proposal.went_to(body.to, self._ground.now(), by, body.note)
        self._docket.shelf.changed(proposal)
        return proposal_row(proposal)

    def _viewer(self, actor: Actor) -> Viewing:
        """As whom the actor looks: a member with both accounts is the member."""
        member = self._ground.members.get(actor.member_id or "")
        member = member or self._ground.members_by_employee.get(actor.employee_code or "")
        known = (actor.employee_code or "") in self._ground.officials
        return Viewing(member=member.key if member else None, staff=known)

    def _name_of(self, proposal: FiledProposal, body: ProposalMoveBody) -> str:
        """Who brings it there, as its history names them; raises ``ProblemError`` (403) for one who may not."""
        viewer, code = self._viewer(body.actor), body.actor.employee_code
        if viewer.member == proposal.first_proposer.key and body.to in _PROPOSERS:
            return proposal.first_proposer.person.name
        back = proposal.status is _S.ASSIGNED and body.to is _S.FILED
        unit = self._docket.rolls.unit_of(code)
        handler = next((each.unit for each in proposal.handlers if each.unit.code == unit), None)
        if handler is not None and (back or body.to in _UNITS):
            return handler.name
        is_staff = self._docket.rolls.is_staff_of(proposal.committee, code)
        if is_staff and body.to not in _PROPOSERS - {_S.REHANDLING}:
            return f"{proposal.committee.short_name}提案委员会"
        raise not_allowed("the acting person may not bring it there")

    @staticmethod
    def _check_parts(body: ProposalMoveBody) -> None:
        """A state gets what it wants and nothing else."""
        given = {name for name in _WANTS.values() if getattr(body, name) is not None}
        wanted = {_WANTS[body.to]} if body.to in _WANTS else set()
        if given != wanted:
            raise rejected("INVALID_BODY", f"{body.to.value} wants {sorted(wanted) or 'nothing more'}")

    def _filed(self, proposal: FiledProposal, _: ProposalMoveBody) -> None:
        """A number when it is filed; no units any more when it is sent back."""
        proposal.handlers = []
        proposal.proposal_no = proposal.proposal_no or proposal_number(proposal, 900 + self._docket.next_serial())

    def _assigned(self, proposal: FiledProposal, body: ProposalMoveBody) -> None:
        parts = body.handlers or []
        if len({part.organization_code for part in parts}) != len(parts):
            raise rejected("INVALID_BODY", "handlers names a unit twice")
        proposal.handlers = [self._handling(part) for part in parts]

    def _handling(self, part: HandlerPart) -> Handling:
        unit, rolls = self._docket.rolls.units.get(part.organization_code), self._docket.rolls
        contact = rolls.officials.get(part.contact_code or "")
        if unit is None or (part.contact_code is not None and rolls.unit_of(part.contact_code) != unit.code):
            raise rejected("INVALID_BODY", "handlers holds a unit nobody knows, or a contact from elsewhere")
        return Handling(part.role, unit, contact, part.due_at or self._ground.now() + _LIMIT)

    def _merged(self, proposal: FiledProposal, body: ProposalMoveBody) -> None:
        main = self._docket.shelf.get(body.into_id or "")
        right = main is not None and main is not proposal and main.committee is proposal.committee
        if main is None or not right or main.status in {_S.DRAFT, _S.MERGED, _S.WITHDRAWN}:
            raise rejected("INVALID_BODY", "intoId is another proposal of the same committee")
        proposal.merged_into = main

    def _replied(self, proposal: FiledProposal, body: ProposalMoveBody) -> None:
        part = body.reply
        if part is None or part.grade not in GRADES:
            raise rejected("INVALID_BODY", "reply has a grade of the committee's table")
        unit = next((each.unit for each in proposal.handlers if each.unit.code == part.organization_code), None)
        if unit is None:
            raise rejected("INVALID_BODY", "reply is of a unit the proposal is assigned to")
        key = f"{proposal.id}-R{len(proposal.replies) + 1}"
        proposal.replies.append(GivenReply(key, unit, part.body, part.grade, self._ground.now()))

    def _rated(self, proposal: FiledProposal, body: ProposalMoveBody) -> None:
        if body.feedback is not None and proposal.replies:
            words = body.feedback
            proposal.replies[-1].opinion = Opinion(words.attitude, words.result, words.comment)


def _not_open(proposal: FiledProposal) -> ProposalStatus | None:
    """It is handled again only where the proposer was not satisfied."""
    opinion = proposal.replies[-1].opinion if proposal.replies else None
    unsatisfied = opinion is not None and Satisfaction.UNSATISFIED in {opinion.attitude, opinion.result}
    return None if unsatisfied else _S.REHANDLING
