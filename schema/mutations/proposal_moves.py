"""What the office, handling units and proposers do with a proposal once it is in: from state to state."""

from collections.abc import Callable, Mapping
from typing import Any

from connectors.ports import ProposalDesk
from connectors.records.effect import EffectKind
from connectors.records.proposal import ProposalStatus, ReplySatisfaction
from connectors.records.proposal_moves import HandlerWanted, ProposalMove, ReplyWanted
from connectors.viewer import Role, Scope, Viewer
from schema.acts import Act, Given, InputError
from schema.declarations import Requirement
from schema.fields import described, mutation
from schema.identifiers import key_named
from schema.mutations.naming import key_in
from schema.mutations.proposal_inputs import move_subject
from schema.mutations.proposal_move_inputs import (
    GiveProposalFeedbackInput,
    MoveProposalInput,
    ProposalAssignmentInput,
    RehandleProposalInput,
    ReplyToProposalInput,
)
from schema.mutations.proposals import MEMBERS, ProposalPayload, changes_of_proposal
from schema.mutations.texts import LONG, SHORT, optional_text, text

MOST_HANDLERS = 20
STAFF = Requirement(Scope.DUTY_WRITE, roles=frozenset({Role.STAFF}))
_UNITS = Requirement(Scope.OFFICE_WRITE, roles=frozenset({Role.OFFICIAL, Role.STAFF}))
_UNSATISFIED = Requirement(Scope.DUTY_WRITE, roles=frozenset({Role.MEMBER, Role.STAFF}))
_S = ProposalStatus
_BY_OTHERS: Mapping[ProposalStatus, str] = {
    _S.SUBMITTED: "submitProposal",
    _S.WITHDRAWN: "withdrawProposal",
    _S.HANDLING: "acceptProposalAssignment",
    _S.REPLIED: "replyToProposal",
    _S.FEEDBACK_GIVEN: "giveProposalFeedback",
}
"""States that are come to in other ways, and the mutation that is the way."""
Made = Callable[[Given, Viewer], ProposalMove]


def moved(given: Given, _: Viewer) -> ProposalMove:
    """As the office asks for it: ASSIGNED wants units, MERGED the other proposal, and no other state takes them."""
    to: ProposalStatus = given["to"]
    if to in _BY_OTHERS:
        raise InputError("OTHER_MUTATION", "to", mutation=_BY_OTHERS[to])
    handlers, into = given.get("handlers") or (), given.get("mergedIntoId")
    _check_part("handlers", wanted=to is _S.ASSIGNED, given=bool(handlers))
    _check_part("mergedIntoId", wanted=to is _S.MERGED, given=into is not None)
    if len(handlers) > MOST_HANDLERS:
        raise InputError("TOO_MANY_ENTRIES", "handlers", most=MOST_HANDLERS)
    return ProposalMove(
        key=key_in(given, "proposalId", "Proposal"),
        to=to,
        note=optional_text(given.get("note"), "note", SHORT),
        handlers=tuple(map(_handler, handlers)),
        into=key_named(into, "Proposal"),
    )


def _check_part(field: str, *, wanted: bool, given: bool) -> None:
    if wanted is not given:
        raise InputError("PART_MISSING" if wanted else "PART_NOT_TAKEN", field)


def _handler(given: Given) -> HandlerWanted:
    return HandlerWanted(
        role=given["role"],
        organization_key=key_in(given, "organizationId", "Organization"),
        contact_code=key_named(given.get("contactId"), "Official"),
        due_at=given.get("dueAt"),
    )


def _brought_to(to: ProposalStatus) -> Made:
    def made(given: Given, _: Viewer) -> ProposalMove:
        note = optional_text(given.get("note"), "note", SHORT)
        return ProposalMove(key=key_in(given, "proposalId", "Proposal"), to=to, note=note)

    return made


def _replied(given: Given, _: Viewer) -> ProposalMove:
    reply = ReplyWanted(
        organization_key=key_in(given, "organizationId", "Organization"),
        body=text(given["body"], "body", LONG),
        grade=text(given["grade"], "grade", SHORT),
    )
    return ProposalMove(key=key_in(given, "proposalId", "Proposal"), to=_S.REPLIED, reply=reply)


def _rated(given: Given, _: Viewer) -> ProposalMove:
    feedback = ReplySatisfaction(
        attitude=given["attitude"],
        result=given["result"],
        comment=optional_text(given.get("comment"), "comment", SHORT),
    )
    return ProposalMove(key=key_in(given, "proposalId", "Proposal"), to=_S.FEEDBACK_GIVEN, feedback=feedback)


def _move(name: str, made: Made, asked: type, requires: Requirement, *, zh: str, en: str) -> Any:
    """A mutation that brings a proposal to another state."""
    act = Act(
        name,
        EffectKind.PROPOSAL_MOVE,
        ProposalDesk.move_proposal,
        ProposalMove,
        made,
        subject=move_subject,
        changes=changes_of_proposal,
    )
    return mutation(act, asked, requires=requires, zh=zh, en=en)


@described(zh="提案的审查、办理和反馈", en="How proposals are reviewed, handled and answered.")
class ProposalMoveMutations:
    """Part of ``Mutation``."""

    move_proposal: ProposalPayload | None = _move(
        "moveProposal",
        moved,
        MoveProposalInput,
        STAFF,
        zh="机关转换提案状态：审查、退回、立案、并案、转用、交办、送请反馈、办结、归档",
        en="The committee's office reviews, returns, files, merges, converts, assigns, asks for feedback, closes and "
        "archives proposals.",
    )
    accept_proposal_assignment: ProposalPayload | None = _move(
        "acceptProposalAssignment",
        _brought_to(_S.HANDLING),
        ProposalAssignmentInput,
        _UNITS,
        zh="承办单位接受交办，开始办理",
        en="A unit takes on a proposal that was assigned to it.",
    )
    send_proposal_back: ProposalPayload | None = _move(
        "sendProposalBack",
        _brought_to(_S.FILED),
        ProposalAssignmentInput,
        _UNITS,
        zh="承办单位退回交办（退办）",
        en="A unit gives an assignment back.",
    )
    reply_to_proposal: ProposalPayload | None = _move(
        "replyToProposal",
        _replied,
        ReplyToProposalInput,
        _UNITS,
        zh="承办单位答复提案",
        en="A unit answers a proposal it handles.",
    )
    give_proposal_feedback: ProposalPayload | None = _move(
        "giveProposalFeedback",
        _rated,
        GiveProposalFeedbackInput,
        MEMBERS,
        zh="第一提案人反馈对办理态度和办理结果的意见",
        en="The first proposer says how satisfied they are, with the handling and with what came of it.",
    )
    rehandle_proposal: ProposalPayload | None = _move(
        "rehandleProposal",
        _brought_to(_S.REHANDLING),
        RehandleProposalInput,
        _UNSATISFIED,
        zh="反馈不满意后重新办理",
        en="A proposal is handled again, which is open to the first proposer and the office where the feedback was "
        "unsatisfied.",
    )
