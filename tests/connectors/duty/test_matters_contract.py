"""The client asks for proposals, reports and the other matters as the contract says, and for all there is."""

import json
from datetime import date
from types import SimpleNamespace
from typing import Any

import httpx

from connectors.records.micro_suggestion import (
    MicroStatus,
    MicroStepKind,
    MicroStepMove,
    MicroSuggestionDraft,
    MicroSuggestionOrder,
    MicroSuggestionQuery,
)
from connectors.records.opinion_report import (
    Adoption,
    AdoptionLevel,
    OpinionReportDraft,
    OpinionReportMove,
    OpinionReportOrder,
    OpinionReportQuery,
    OpinionReportStatus,
    SourceQuestion,
)
from connectors.records.page import PageArgs
from connectors.records.proposal import HandlingRole, ProposalStatus, ReplySatisfaction, Satisfaction
from connectors.records.proposal_lists import ProposalOrder, ProposalQuery, ProposalShare
from connectors.records.proposal_moves import HandlerWanted, ProposalDraft, ProposalMove, ReplyWanted
from connectors.records.studio import StudioCategory
from connectors.records.suggestion_form import SuggestionFormAnswer
from connectors.sandbox.world import World
from connectors.viewer import Ask
from tests.connectors.duty.matters_stack import (
    PARTNER,
    afresh,
    as_member,
    as_official,
    connected_matters,
    contract,
    matters,
    platform,
    staff_of,
    write_id,
)
from tests.contracts import Contract

__all__ = ["afresh", "connected_matters", "contract", "matters", "platform"]
FILES = {"proposals.yaml", "opinions.yaml", "micro.yaml", "consulting.yaml"}
PAGE = PageArgs(first=1, with_total=True)
CODE = "GO_zx331002"


async def test_the_client_asks_by_the_contract(matters: SimpleNamespace, world: World, contract: Contract) -> None:
    """Each request, with every filter and every part there is, is one the contract describes."""
    member = as_member(next(member for member in world.members if member.committee.code == CODE))
    staff = as_official(staff_of(world, CODE))
    await read_proposals(matters, world, member)
    await write_proposals(matters, member, staff)
    await opinions(matters, world, member, staff)
    await the_rest(matters, world, member, staff)

    seen = {asked(request, contract) for request in matters.requests if request.url.path != "/oauth/token"}

    assert seen == {name for name, operation in contract.operations.items() if operation.file in FILES}


async def read_proposals(matters: SimpleNamespace, world: World, member: Ask) -> None:
    """Every read of proposals, with all filters at once."""
    query = ProposalQuery(
        organization_key=CODE,
        region_key="331002",
        term=14,
        session=5,
        statuses=(ProposalStatus.FILED, ProposalStatus.CLOSED),
        category="URBAN",
        is_key=True,
        is_outstanding=False,
        first_proposer_key="M1",
        proposer_key="M2",
        text="公交+地铁 %",
        changed_since=world.today,
        order=ProposalOrder.CHANGED_AT_ASC,
    )
    source = matters.proposals
    await source.load_proposals(["P3310020002"], member)
    [page] = await source.list_proposals([ProposalQuery()], PAGE, member)
    await source.list_proposals([query], PAGE, member)
    await source.list_proposals([ProposalQuery()], PageArgs(first=1, after=page.end), PARTNER)
    await source.list_member_proposals(["M33100200002"], ProposalShare.ANY, query, PAGE, member)
    await source.list_co_proposers(["P3310020002"], PAGE, member)
    await source.load_proposal_counts([CODE], member)
    [shown] = await matters.proposals.list_proposals([ProposalQuery()], PageArgs(first=100), member)
    await matters.files.open_matter_file(next(p for p in shown.nodes if p.attachments).attachments[0].key, member)
    await source.load_proposal_categories([CODE], member)


async def write_proposals(matters: SimpleNamespace, member: Ask, staff: Ask) -> None:
    """Every write of proposals, with every part."""
    draft = ProposalDraft(
        key=None,
        title="题",
        background="情",
        analysis="析",
        suggestion="议",
        category="LAW",
        consent_to_publish=False,
        feedback_requested=True,
        suggested_unit_keys=("GO_bu33100203",),
    )
    desk = matters.proposal_desk
    made = await desk.save_proposal(draft, write_id(), member)
    await desk.submit_proposal(draft, write_id(), member)
    await desk.cosign_proposal(made.key, write_id(), member)
    unit = HandlerWanted(role=HandlingRole.LEAD, organization_key="GO_bu33100203", due_at=made.changed_at)
    reply = ReplyWanted(organization_key="GO_bu33100203", body="复", grade="B")
    opinion = ReplySatisfaction(attitude=Satisfaction.SATISFIED, result=Satisfaction.UNSATISFIED, comment="再办")
    moves = [
        (ProposalMove(key=made.key, to=ProposalStatus.SUBMITTED), member),
        (ProposalMove(key=made.key, to=ProposalStatus.UNDER_REVIEW, note="审"), staff),
        (ProposalMove(key=made.key, to=ProposalStatus.FILED), staff),
        (ProposalMove(key=made.key, to=ProposalStatus.ASSIGNED, handlers=(unit,)), staff),
        (ProposalMove(key=made.key, to=ProposalStatus.HANDLING), staff),
        (ProposalMove(key=made.key, to=ProposalStatus.REPLIED, reply=reply), staff),
        (ProposalMove(key=made.key, to=ProposalStatus.AWAITING_FEEDBACK), staff),
        (ProposalMove(key=made.key, to=ProposalStatus.FEEDBACK_GIVEN, feedback=opinion), member),
        (ProposalMove(key="P3310020003", to=ProposalStatus.MERGED, into=made.key), staff),
    ]
    for move, ask in moves:
        await desk.move_proposal(move, write_id(), ask)


async def opinions(matters: SimpleNamespace, world: World, member: Ask, staff: Ask) -> None:
    """Every read and write of opinion reports."""
    query = OpinionReportQuery(
        organization_key=CODE,
        region_key="331002",
        statuses=(OpinionReportStatus.ADOPTED,),
        category="URBAN",
        adopted=AdoptionLevel.COUNTY,
        author_key="M1",
        text="公交",
        changed_since=world.today,
        order=OpinionReportOrder.CHANGED_AT_ASC,
    )
    await matters.opinions.load_opinion_reports(["O3310020002"], PARTNER)
    await matters.opinions.list_opinion_reports([query], PAGE, staff)
    await matters.opinions.list_question_opinion_reports(["Q0000001"], PAGE, member)
    await matters.opinions.list_member_opinion_reports(["M33100200002"], query, PAGE, member)
    draft = OpinionReportDraft(
        key=None,
        title="题",
        situation="情",
        analysis="析",
        suggestion="议",
        category="LAW",
        sources=(SourceQuestion(key="Q0000001", title="问", category=StudioCategory.LAW),),
        submit=False,
    )
    desk = matters.opinion_desk
    made = await desk.raise_opinion_report(draft, write_id(), member)
    await desk.withdraw_opinion_report(made.key, None, write_id(), member)
    revised = OpinionReportDraft(
        key=made.key, title="题", situation="情", analysis="析", suggestion="议", category="LAW"
    )
    await desk.revise_opinion_report(revised, write_id(), member)
    adoption = Adoption(level=AdoptionLevel.COUNTY, date=date(2026, 11, 1), instructed_by="领导")
    adopted = OpinionReportMove(key="O3310020005", to=OpinionReportStatus.ADOPTED, note="采用", adoption=adoption)
    await desk.move_opinion_report(adopted, write_id(), staff)


async def the_rest(matters: SimpleNamespace, world: World, member: Ask, staff: Ask) -> None:
    """Micro-suggestions, forms, events, campaigns and plans."""
    query = MicroSuggestionQuery(
        organization_key=CODE,
        region_key="331002",
        status=MicroStatus.DONE,
        author_key="M1",
        text="灯",
        changed_since=world.today,
        order=MicroSuggestionOrder.CHANGED_AT_ASC,
    )
    await matters.micro.load_micro_suggestions(["W3310020001"], member)
    await matters.micro.list_micro_suggestions([query], PAGE, member)
    await matters.micro.list_member_micro_suggestions(["M33100200002"], PAGE, member)
    draft = MicroSuggestionDraft(title="灯", body="坏了", region_key="331002")
    made = await matters.micro_desk.submit_micro_suggestion(draft, write_id(), member)
    kind = MicroStepKind.RESEARCH
    begin = MicroStepMove(key=made.key, kind=kind, to=MicroStatus.IN_PROGRESS, organization_key=CODE)
    await matters.micro_desk.advance_micro_step(begin, write_id(), staff)
    end = MicroStepMove(key=made.key, kind=kind, to=MicroStatus.DONE, summary="走访二十户")
    await matters.micro_desk.advance_micro_step(end, write_id(), staff)
    await matters.forms.load_suggestion_forms(["F33100202"], member)
    [page] = await matters.forms.list_organization_suggestion_forms([CODE], PAGE, member)
    await matters.forms.load_suggestion_forms_by_code([page.nodes[0].code], member)
    answer = SuggestionFormAnswer(form_key="F33100202", aspects=("A1",), body="好", name="某")
    await matters.form_desk.answer_suggestion_form(answer, write_id(), member)
    await matters.events.load_hall_events(["H33100201"], member)
    await matters.events.list_organization_hall_events([CODE], PAGE, member)
    await matters.oversights.load_oversights(["D331002V01"], member)
    await matters.oversights.list_organization_oversights([CODE], 2026, PAGE, member)
    await matters.plans.load_consultation_plans(["L3310022026"], member)
    await matters.plans.list_organization_consultation_plans([CODE], 2026, PAGE, member)


def asked(request: httpx.Request, contract: Contract) -> str:
    """The operation a request is; fails where the contract does not describe it so."""
    wanted = (request.method, request.url.path)
    operation = next(o for o in contract.operations.values() if (o.method, o.path) == wanted)
    parameters = [contract.resolved(each, operation.file) for each in operation.described.get("parameters", ())]
    described = {node["name"]: (node, file) for node, file in parameters}
    sent = dict(request.url.params)
    assert set(sent) <= set(described)
    assert {name for name, (node, _) in described.items() if node.get("required")} <= set(sent)
    for name, text in sent.items():
        node, file = described[name]
        kind = contract.resolved(node["schema"], file)[0].get("type")
        assert contract.problems(node["schema"], read_as(kind, text), file) == []
    if request.method == "POST":
        assert contract.against_body(operation.name, json.loads(request.content)) == []
    return operation.name


def read_as(kind: str | None, text: str) -> Any:
    """A query value as its schema means it."""
    if kind == "array":
        return text.split(",")
    if kind == "integer":
        return int(text)
    return {"true": True, "false": False}.get(text, text) if kind == "boolean" else text
