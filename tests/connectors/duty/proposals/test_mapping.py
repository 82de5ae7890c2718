"""Who may see a proposal, and what a broken row costs (contract/proposals.yaml)."""

from collections.abc import Callable
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import httpx
import msgspec
import pytest

from connectors.errors import UnexpectedAnswerError
from connectors.records.page import PageArgs
from connectors.records.proposal import Proposal, ProposalStatus
from connectors.records.proposal_lists import ProposalQuery
from connectors.sandbox.app import SandboxApp
from connectors.sandbox.faults import Fault, FaultKind
from connectors.sandbox.world import MemberSeed, World
from connectors.viewer import Ask, Scope
from tests.connectors.duty.matters_stack import (
    NOBODY,
    PARTNER,
    Answers,
    Call,
    as_member,
    as_official,
    asking,
    items,
    rows,
    staff_of,
)

DRAFT, FILED, NOT_FILED = "P3310020001", "P3310020005", "P3310020006"
Row = dict[str, Any]
Over = Callable[[Answers], SimpleNamespace]


@pytest.fixture
def proposer(world: World, draft: Row) -> MemberSeed:
    """Who wrote the draft."""
    return next(member for member in world.members if member.key == draft["firstProposer"]["id"])


@pytest.fixture
async def draft(call: Call, world: World) -> Row:
    """A draft's row, told to its proposer."""
    for member in world.members:
        answer = await call("proposals", ids=DRAFT, viewerMemberId=member.key)
        if answer.json()["items"]:
            return dict(answer.json()["items"][0])
    raise AssertionError


@pytest.fixture
async def filed(call: Call) -> Row:
    """A filed proposal's row, which may be published."""
    answer = await call("proposals", ids=FILED, viewerStaff="true")
    return dict(answer.json()["items"][0]) | {"consentToPublish": True}


def staff(world: World) -> Ask:
    """Somebody of the district's office asks."""
    return as_official(staff_of(world, "GO_zx331002"))


async def test_a_draft_is_its_proposers_alone(
    matters: SimpleNamespace, world: World, proposer: MemberSeed, draft: Row
) -> None:
    """By key, in lists, in a member's list and in totals: others find nothing, staff neither."""
    assert draft["status"] == "DRAFT"
    query = ProposalQuery(statuses=(ProposalStatus.DRAFT,))
    other = next(each for each in world.members if each.committee is proposer.committee and each is not proposer)
    for ask, seen in [(as_member(proposer), True), (as_member(other), False), (staff(world), False), (NOBODY, False)]:
        [by_key] = await matters.proposals.load_proposals([DRAFT], ask)
        [page] = await matters.proposals.list_proposals([query], PageArgs(first=100, with_total=True), ask)

        assert (by_key is not None) is seen
        assert (DRAFT in {each.key for each in page.nodes}) is seen
        assert page.total == len(page.nodes)
        assert all(each.first_proposer.key == ask.viewer.member_key for each in page.nodes)


async def test_the_public_sees_what_was_filed_and_may_be_published(matters: SimpleNamespace, world: World) -> None:
    """Not what its proposer wants unpublished, nor what is not filed; members see these too."""
    member = as_member(world.members[0])
    page = PageArgs(first=100)
    [all_of_them] = await matters.proposals.list_proposals(
        [ProposalQuery(organization_key="GO_zx331002")], page, member
    )
    [public] = await matters.proposals.list_proposals([ProposalQuery(organization_key="GO_zx331002")], page, NOBODY)

    hidden = [each for each in all_of_them.nodes if each not in public.nodes]
    assert public.nodes
    assert all(each.consent_to_publish for each in public.nodes)
    assert {ProposalStatus.NOT_FILED, ProposalStatus.SUBMITTED, ProposalStatus.WITHDRAWN} <= {p.status for p in hidden}
    assert any(not each.consent_to_publish and each.status is ProposalStatus.CLOSED for each in hidden)
    assert await matters.proposals.load_proposals([NOT_FILED], PARTNER) == [None]


async def test_without_a_scope_of_duties_a_member_is_told_what_everybody_is(
    matters: SimpleNamespace, proposer: MemberSeed
) -> None:
    """A client that was let do nothing of duties lists and finds no draft, whoever signed in."""
    client = asking(replace(as_member(proposer).viewer, scopes=frozenset({Scope.GRAPH_READ})))
    query = ProposalQuery(organization_key="GO_zx331002")

    found = await matters.proposals.load_proposals([DRAFT, NOT_FILED], client)
    [page] = await matters.proposals.list_proposals([query], PageArgs(first=100), client)
    [public] = await matters.proposals.list_proposals([query], PageArgs(first=100), NOBODY)

    assert found == [None, None]
    assert page == public


LEAKS: list[tuple[Row, bool]] = [
    ({}, True),
    ({"consentToPublish": False}, False),
    ({"status": "SUBMITTED"}, False),
    ({"status": "MERGED"}, False),
    ({"status": "DRAFT"}, False),
    ({"handedIn": False}, False),
]


@pytest.mark.parametrize(("change", "seen"), LEAKS)
async def test_a_platform_that_tells_too_much_is_not_repeated(
    *, change: Row, seen: bool, matters_over: Over, filed: Row
) -> None:
    """What the public may not see is left out here too, by key and in a list."""
    by_key = await matters_over(items(filed | change)).proposals.load_proposals([FILED], NOBODY)
    [page] = await matters_over(rows(filed | change)).proposals.list_proposals(
        [ProposalQuery()], PageArgs(first=5), NOBODY
    )

    assert [each is not None for each in by_key] == [seen]
    assert len(page.edges) == int(seen)


@pytest.mark.parametrize("name", ["status", "handedIn", "consentToPublish"])
@pytest.mark.parametrize("value", [None, {"is": "else"}])
async def test_what_decides_and_cannot_be_read_shows_nothing(
    name: str, value: Any, matters_over: Over, filed: Row, world: World
) -> None:
    """The public gets the error in the row's place; whoever may see it whatever it says loses the field only."""
    broken = filed | {name: value}
    matters = matters_over(items(broken))

    [public] = await matters.proposals.load_proposals([FILED], NOBODY)
    [member] = await matters.proposals.load_proposals([FILED], as_member(world.members[0]))

    assert type(public) is UnexpectedAnswerError
    if name == "handedIn":
        assert type(member) is UnexpectedAnswerError  # it could be a draft
    else:
        assert isinstance(member, Proposal)
        field = member.status if name == "status" else member.consent_to_publish
        assert type(field) is UnexpectedAnswerError


async def test_a_draft_whose_proposer_cannot_be_read_is_an_error(
    matters_over: Over, draft: Row, proposer: MemberSeed
) -> None:
    """It may be the asker's own: neither shown nor said to be none."""
    unreadable = draft | {"firstProposer": {"id": 7, "name": "某", "sectorCode": "CPC", "sectorName": "中共"}}

    [entry] = await matters_over(items(unreadable)).proposals.load_proposals([DRAFT], as_member(proposer))

    assert type(entry) is UnexpectedAnswerError


@pytest.mark.parametrize(
    "name", sorted({"title", "category", "handlers", "replies", "history", "coProposers", "attachments", "term"})
)
async def test_a_field_that_is_wrong_or_missing_costs_itself(
    name: str, matters_over: Over, filed: Row, world: World
) -> None:
    """The others are read; the row beside it is whole."""
    attribute = {"coProposers": "co_proposers"}.get(name, name)
    other = filed | {"id": "P3310020009"}
    for wrong in (filed | {name: {"v": 2}}, {key: value for key, value in filed.items() if key != name}):
        found = await matters_over(items(wrong, other)).proposals.load_proposals(
            [FILED, "P3310020009"], as_member(world.members[0])
        )

        field = getattr(found[0], attribute)
        assert type(getattr(field, "name", field)) is UnexpectedAnswerError
        assert found[0].suggestion == filed["suggestion"]
        assert type(getattr(found[1], attribute)) is not UnexpectedAnswerError


async def test_a_part_of_a_part_that_is_wrong_costs_itself(matters_over: Over, call: Call, world: World) -> None:
    """A reply whose grade is no text has its body; a handler without its role its unit."""
    row = (await call("proposals", ids="P3310020015", viewerStaff="true")).json()["items"][0]
    row["replies"][0]["grade"] = ["A"]
    del row["handlers"][0]["role"]
    row["handlers"][0]["contact"] = {"employeeCode": "GE_1", "name": 5, "title": None}

    [found] = await matters_over(items(row)).proposals.load_proposals(["P3310020015"], staff(world))

    assert type(found.replies[0].grade) is UnexpectedAnswerError
    assert found.replies[0].body
    assert type(found.handlers[0].role) is UnexpectedAnswerError
    assert found.handlers[0].organization.name
    assert type(found.handlers[0].contact.name) is UnexpectedAnswerError


async def test_drift_costs_fields_not_the_list(matters: SimpleNamespace, platform: SandboxApp, world: World) -> None:
    """Under schema drift every row still comes, by its key, with errors in the places of what changed."""
    platform.faults.put(Fault(FaultKind.SCHEMA_DRIFT, "proposals.list"))

    [page] = await matters.proposals.list_proposals([ProposalQuery()], PageArgs(first=20), as_member(world.members[0]))

    assert len(page.edges) == 20
    read = [edge.node for edge in page.edges if isinstance(edge.node, Proposal)]
    broken = [edge.node for edge in page.edges if isinstance(edge.node, UnexpectedAnswerError)]
    assert len(read) + len(broken) == 20
    for proposal in read:
        values = msgspec.structs.astuple(proposal)
        assert any(isinstance(value, UnexpectedAnswerError) for value in values)
        assert not all(isinstance(value, UnexpectedAnswerError) for value in values)


async def test_what_is_kept_is_kept_for_one_audience(matters: SimpleNamespace, world: World) -> None:
    """What staff read a moment ago is not what the public gets, nor the other way round."""
    for ask, seen in [(staff(world), True), (NOBODY, False), (staff(world), True), (NOBODY, False)]:
        [entry] = await matters.proposals.load_proposals([NOT_FILED], ask)

        assert (entry is not None) is seen


async def test_the_platform_is_told_for_whom(matters: SimpleNamespace, world: World) -> None:
    """By a member's key, as staff, or as nobody in particular; nothing else of the asker travels."""
    for ask in (as_member(world.members[0]), staff(world), NOBODY):
        await matters.proposals.load_proposals([FILED], ask)

    asked = [dict(request.url.params) for request in matters.requests if request.method == "GET"]
    assert asked == [
        {"ids": FILED, "viewerMemberId": world.members[0].key},
        {"ids": FILED, "viewerStaff": "true"},
        {"ids": FILED},
    ]
    assert all(isinstance(request, httpx.Request) for request in matters.requests)
