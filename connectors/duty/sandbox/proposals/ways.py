"""The way of a seeded proposal: the states it came to, when, and what each of them brought with it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from connectors.duty.sandbox.causes import GRADES, Cause
from connectors.duty.sandbox.proposals.filed import FiledProposal, GivenReply, Handling, Opinion, Step
from connectors.duty.sandbox.rolls import Rolls
from connectors.records.proposal import HandlingRole, ProposalStatus, Satisfaction, SupervisionKind
from connectors.regions import REGIONS
from connectors.sandbox.world import CommitteeSeed, UnitSeed, World

_S = ProposalStatus
_MAIN = (_S.SUBMITTED, _S.UNDER_REVIEW, _S.FILED, _S.ASSIGNED, _S.HANDLING, _S.REPLIED, _S.AWAITING_FEEDBACK)
_RATED = (*_MAIN, _S.FEEDBACK_GIVEN)
PATHS: dict[ProposalStatus, tuple[ProposalStatus, ...]] = {
    _S.DRAFT: (),
    _S.SUBMITTED: _MAIN[:1],
    _S.UNDER_REVIEW: _MAIN[:2],
    _S.RETURNED: (*_MAIN[:2], _S.RETURNED),
    _S.FILED: _MAIN[:3],
    _S.NOT_FILED: (*_MAIN[:2], _S.NOT_FILED),
    _S.MERGED: (*_MAIN[:2], _S.MERGED),
    _S.CONVERTED: (*_MAIN[:2], _S.CONVERTED),
    _S.ASSIGNED: _MAIN[:4],
    _S.HANDLING: _MAIN[:5],
    _S.REPLIED: _MAIN[:6],
    _S.AWAITING_FEEDBACK: _MAIN,
    _S.FEEDBACK_GIVEN: _RATED,
    _S.REHANDLING: (*_RATED, _S.REHANDLING),
    _S.CLOSED: (*_RATED, _S.CLOSED),
    _S.ARCHIVED: (*_RATED, _S.CLOSED, _S.ARCHIVED),
    _S.WITHDRAWN: (*_MAIN[:2], _S.WITHDRAWN),
}
"""The way to each state."""
_GAPS = {_S.REPLIED: 48, _S.ARCHIVED: 40, _S.UNDER_REVIEW: 6, _S.FEEDBACK_GIVEN: 9}  # days to come to a state
_GAP = 4
_ENDED = frozenset({_S.CLOSED, _S.ARCHIVED, _S.NOT_FILED, _S.MERGED, _S.CONVERTED, _S.WITHDRAWN})
_OPINIONS = (
    *[Opinion(Satisfaction.SATISFIED, Satisfaction.SATISFIED, "答复及时，措施具体。")] * 4,
    *[Opinion(Satisfaction.SATISFIED, Satisfaction.BASICALLY_SATISFIED, None)] * 2,
    Opinion(Satisfaction.BASICALLY_SATISFIED, Satisfaction.BASICALLY_SATISFIED, "希望加快进度。"),
)
_UNSATISFIED = Opinion(Satisfaction.BASICALLY_SATISFIED, Satisfaction.UNSATISFIED, "只说原则，没有时间表，请重新办理。")
_LIMIT = timedelta(days=90)
_REPLY = "{unit}收悉{title}，经研究答复如下：{suggestion}我单位将按此办理，感谢对工作的关心支持。"
_NOTES = {
    _S.RETURNED: "请补充数据和具体建议",
    _S.NOT_FILED: "所提事项已在办理",
    _S.MERGED: "与同类提案并案",
    _S.CONVERTED: "转社情民意信息",
    _S.WITHDRAWN: "情况已有变化，申请撤案",
    _S.REHANDLING: "委员对办理结果不满意",
}


@dataclass(frozen=True, slots=True)
class Case:
    """What one proposal is made of."""

    world: World
    rolls: Rolls
    committee: CommitteeSeed
    random: Random
    cause: Cause
    number: int

    @property
    def region(self) -> str:
        """The place's name."""
        return REGIONS[self.committee.region_code].name

    @property
    def bureaus(self) -> list[UnitSeed]:
        """The units it can be assigned to."""
        return self.rolls.bureaus_of(self.committee)

    def moments(self, path: tuple[ProposalStatus, ...]) -> list[datetime]:
        """When it came to each state, backwards from the last; what has ended may have ended long ago."""
        longest = 500 if path and path[-1] in _ENDED else 25
        at = self.world.today.replace(microsecond=0) - timedelta(minutes=self.random.randint(30, longest * 1440))
        found = []
        for status in reversed(path):
            found.append(at)
            at -= timedelta(days=_GAPS.get(status, _GAP) * self.random.uniform(0.5, 1.5))
        return [moment.replace(microsecond=0) for moment in reversed(found)] or [at]


def walked(case: Case, proposal: FiledProposal, path: tuple[ProposalStatus, ...], moments: list[datetime]) -> None:
    """Fill in what each state of its way brought with it."""
    for status, at in zip(path, moments, strict=False):
        match status:
            case ProposalStatus.FILED:
                proposal.proposal_no = proposal_number(proposal, case.number + 1)
                proposal.is_key = case.random.random() < 0.12  # noqa: PLR2004 - few
                if proposal.is_key:
                    proposal.supervision = (SupervisionKind.CHAIRPERSON, f"{case.committee.short_name}主席")
            case ProposalStatus.ASSIGNED:
                proposal.handlers = list(_handlings(case, at))
            case ProposalStatus.REPLIED:
                proposal.replies.append(_reply(case, proposal, at))
            case ProposalStatus.FEEDBACK_GIVEN:
                again = proposal.status is ProposalStatus.REHANDLING
                proposal.replies[-1].opinion = _UNSATISFIED if again else case.random.choice(_OPINIONS)
            case ProposalStatus.CLOSED:
                proposal.is_outstanding = case.random.random() < 0.2  # noqa: PLR2004 - few
        proposal.history.append(Step(status, at, _by(case, proposal, status), _NOTES.get(status)))


def _handlings(case: Case, at: datetime) -> Iterator[Handling]:
    """The lead, and sometimes another unit beside it."""
    chosen = [case.cause.bureau]
    if case.random.random() < 0.4:  # noqa: PLR2004 - sometimes
        chosen.append((case.cause.bureau + 1 + case.random.randrange(len(case.bureaus) - 1)) % len(case.bureaus))
    for role, number in zip((HandlingRole.LEAD, HandlingRole.ASSISTING), chosen, strict=False):
        unit = case.bureaus[number]
        people = case.rolls.people_of(unit.code)
        yield Handling(role, unit, case.random.choice(people) if people else None, at + _LIMIT)


def _reply(case: Case, proposal: FiledProposal, at: datetime) -> GivenReply:
    unit = proposal.handlers[0].unit
    body = _REPLY.format(unit=unit.name, title=proposal.title, suggestion=proposal.suggestion)
    grade = case.random.choice((*GRADES, "A"))
    return GivenReply(f"{proposal.id}-R{len(proposal.replies) + 1}", unit, body, grade, at)


def _by(case: Case, proposal: FiledProposal, status: ProposalStatus) -> str:
    """Who brings a proposal to a state: its proposer, the unit, or the committee."""
    if status in {_S.SUBMITTED, _S.WITHDRAWN, _S.FEEDBACK_GIVEN}:
        return proposal.first_proposer.person.name
    if status in {_S.HANDLING, _S.REPLIED}:
        return proposal.handlers[0].unit.name
    return f"{case.committee.short_name}提案委员会"


def proposal_number(proposal: FiledProposal, serial: int) -> str:
    """The number a filed proposal bears: term, session, running number."""
    return f"{proposal.first_proposer.term}-{proposal.session}-{serial:03d}"
