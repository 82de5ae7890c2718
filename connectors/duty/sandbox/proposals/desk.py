"""What members write: drafts, submissions, signatures."""

from connectors.duty.sandbox.audience import Viewing
from connectors.duty.sandbox.causes import CATEGORIES
from connectors.duty.sandbox.ground import Ground
from connectors.duty.sandbox.proposals.bodies import CosignBody, ProposalBody
from connectors.duty.sandbox.proposals.docket import Docket
from connectors.duty.sandbox.proposals.filed import FiledProposal
from connectors.duty.sandbox.proposals.rows import proposal_row
from connectors.duty.sandbox.proposals.seeding import session_of
from connectors.duty.sandbox.proposals.wanted import proposes
from connectors.duty.sandbox.states import must_follow
from connectors.records.proposal import NEXT, ProposalStatus, ProposerType
from connectors.sandbox.contracted.lists import Row
from connectors.sandbox.contracted.problems import conflict, forbidden_move, not_allowed, not_found, rejected
from connectors.sandbox.world import MemberSeed, UnitSeed

_S = ProposalStatus
_WRITABLE = (_S.DRAFT, _S.RETURNED)
_OPEN_TO_SIGN = frozenset({_S.SUBMITTED, _S.UNDER_REVIEW, _S.RETURNED})


class Desk:
    """Everything is looked at before anything is changed: a write that is refused has done nothing."""

    def __init__(self, ground: Ground, docket: Docket) -> None:
        self._ground = ground
        self._docket = docket

    def save(self, body: ProposalBody) -> Row:
        """``POST /proposals/drafts``."""
        return proposal_row(self._written(body, self._ground.acting_member(body.actor)))

    def submit(self, body: ProposalBody) -> Row:
        """``POST /proposals/submissions``."""
        member = self._ground.acting_member(body.actor)
        proposal = self._written(body, member)
        self.submitted(proposal, None)
        return proposal_row(proposal)

    def cosign(self, body: CosignBody) -> Row:
        """``POST /proposals/cosignatures``; who has signed already changes nothing."""
        member = self._ground.acting_member(body.actor)
        proposal = self._docket.get(body.proposal_id, Viewing(member=member.key))
        if proposal is None:
            raise not_found("no such proposal")
        if proposal.committee is not member.committee:
            raise not_allowed("members sign proposals of their own committee")
        if proposes(proposal, member.key):
            return proposal_row(proposal)
        if proposal.status not in _OPEN_TO_SIGN:
            raise conflict("COSIGNING_CLOSED", "a proposal is signed before it is filed")
        proposal.co_proposers.append(member)
        if proposal.proposer_type is ProposerType.INDIVIDUAL:
            proposal.proposer_type = ProposerType.JOINT
        proposal.changed_at = self._ground.now()
        self._docket.shelf.changed(proposal)
        return proposal_row(proposal)

    def submitted(self, proposal: FiledProposal, note: str | None) -> None:
        """Hand it in; it gets its serial number the first time."""
        must_follow(NEXT, proposal.status, _S.SUBMITTED)
        now = self._ground.now()
        proposal.submitted_at = now
        proposal.session = session_of(now)
        proposal.serial_no = proposal.serial_no or f"{now.year}9{self._docket.next_serial():04d}"
        proposal.went_to(_S.SUBMITTED, now, proposal.first_proposer.person.name, note)
        self._docket.shelf.changed(proposal)

    def _written(self, body: ProposalBody, member: MemberSeed) -> FiledProposal:
        """The draft with these words, a new one or the member's own."""
        if body.category not in CATEGORIES:
            raise rejected("INVALID_BODY", "category is none of the committee's table")
        signers, units = self._signers(body, member), self._units(body)
        proposal = self._own(body.proposal_id, member) if body.proposal_id else self._new(body, member)
        proposal.title, proposal.background = body.title, body.background
        proposal.analysis, proposal.suggestion = body.analysis, body.suggestion
        proposal.category, proposal.proposer_type = body.category, body.proposer_type
        proposal.consent_to_publish, proposal.feedback_requested = body.consent_to_publish, body.feedback_requested
        proposal.co_proposers, proposal.suggested_units = signers, units
        proposal.changed_at = self._ground.now()
        if body.proposal_id is None:
            self._docket.shelf.put(proposal)
        self._docket.shelf.changed(proposal)
        return proposal

    def _own(self, key: str, member: MemberSeed) -> FiledProposal:
        proposal = self._docket.get(key, Viewing(member=member.key))
        if proposal is None:
            raise not_found("no such proposal")
        if proposal.first_proposer is not member:
            raise not_allowed("only the first proposer writes it")
        if proposal.status not in _WRITABLE:
            raise forbidden_move(proposal.status.value, "DRAFT", [each.value for each in NEXT[proposal.status]])
        return proposal

    def _new(self, body: ProposalBody, member: MemberSeed) -> FiledProposal:
        now = self._ground.now()
        return FiledProposal(
            id=self._docket.new_id(member.committee.region_code),
            committee=member.committee,
            first_proposer=member,
            title=body.title,
            background=body.background,
            analysis=body.analysis,
            suggestion=body.suggestion,
            category=body.category,
            session=session_of(now),
            proposer_type=body.proposer_type,
            consent_to_publish=body.consent_to_publish,
            feedback_requested=body.feedback_requested,
            status=_S.DRAFT,
            changed_at=now,
        )

    def _signers(self, body: ProposalBody, member: MemberSeed) -> list[MemberSeed]:
        """Those who sign with the first; members of the same committee."""
        found = [self._ground.members.get(key) for key in dict.fromkeys(body.co_proposer_ids)]
        signers = [each for each in found if each is not None and each.committee is member.committee]
        if len(signers) != len(found) or member in signers:
            raise rejected("INVALID_BODY", "coProposerIds are other members of the same committee")
        return signers

    def _units(self, body: ProposalBody) -> list[UnitSeed]:
        units = [self._docket.rolls.units.get(code) for code in dict.fromkeys(body.suggested_unit_codes)]
        known = [unit for unit in units if unit is not None]
        if len(known) != len(units):
            raise rejected("INVALID_BODY", "suggestedUnitCodes holds a unit nobody knows")
        return known
