"""Proposals as the graph gets them (contract/proposals.yaml; domain-terms section 3)."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from connectors.errors import BadCursorError, RejectedInputError
from connectors.records.page import Page, PageArgs
from connectors.records.proposal import HandlerContact, HandlingRole, Proposal, ProposalStatus, SubmissionPeriod
from connectors.records.proposal_lists import ProposalOrder, ProposalQuery, ProposalShare
from connectors.regions import lies_in
from connectors.sandbox.app import SandboxApp
from connectors.sandbox.world import World
from connectors.viewer import Ask
from tests.connectors.duty.matters_stack import as_member, as_official, staff_of

HUNDRED = PageArgs(first=100, with_total=True)


async def everything(matters: SimpleNamespace, query: ProposalQuery, ask: Ask) -> list[Proposal]:
    """All pages of a list, one after the other; each says the same total."""
    found: list[Proposal] = []
    page: Page[Proposal] | None = None
    while page is None or page.has_next:
        args = PageArgs(first=100, after=page.end if page else None, with_total=True)
        [page] = await matters.proposals.list_proposals([query], args, ask)
        found.extend(page.nodes)
    assert len(found) == page.total == len({each.key for each in found})
    return found


@pytest.fixture
def staff(world: World) -> Ask:
    """Somebody of the city's office asks."""
    return as_official(staff_of(world, world.committees[0].code))


async def test_a_row_carries_what_a_page_of_proposals_shows(
    matters: SimpleNamespace, platform: SandboxApp, world: World, staff: Ask
) -> None:
    """One call is enough for operation 09: people and units by name, the contact, replies, history."""
    closed = ProposalQuery(statuses=(ProposalStatus.CLOSED,))
    [page] = await matters.proposals.list_proposals([closed], HUNDRED, staff)

    assert platform.calls["proposals.list"] == 1
    done = page.nodes[0]
    members = {member.key: member.person.name for member in world.members}
    officials = {p.work.employee_code: (p.name, p.work.title) for p in world.officials if p.work}
    assert done.first_proposer.name == members[done.first_proposer.key]
    assert done.first_proposer.sector.name
    assert done.handlers[0].role is HandlingRole.LEAD
    contact = next(each.contact for p in page.nodes for each in p.handlers if each.contact)
    assert isinstance(contact, HandlerContact)
    assert (contact.name, contact.title) == officials[contact.employee_code]
    assert done.handlers[0].due_at - done.history[3].at == timedelta(days=90)
    assert done.replies[0].organization.name == done.handlers[0].organization.name
    assert done.replies[0].satisfaction.attitude
    assert done.replies[0].grade in {"A", "B", "C"}
    assert [step.status for step in done.history][-1] is ProposalStatus.CLOSED
    assert [step.at for step in done.history] == sorted(step.at for step in done.history)
    assert all(step.by for step in done.history)
    assert (done.proposal_no, done.serial_no, done.background, done.suggestion) != (None,) * 4


async def test_the_period_is_that_of_the_plenary_sessions(matters: SimpleNamespace, staff: Ask) -> None:
    """What was submitted in January or February was submitted in session."""
    found = await everything(matters, ProposalQuery(), staff)

    for each in found:
        early = each.submitted_at.month <= 2
        assert each.submission_period is (SubmissionPeriod.IN_SESSION if early else SubmissionPeriod.OUT_OF_SESSION)


async def test_a_list_and_a_key_tell_the_same(matters: SimpleNamespace, staff: Ask) -> None:
    """A proposal read by key is the one the list shows; unknown and impossible keys are none."""
    [page] = await matters.proposals.list_proposals([ProposalQuery()], PageArgs(first=2), staff)
    keys = [each.key for each in page.nodes]

    found = await matters.proposals.load_proposals([keys[1], "P0", "a,b", keys[0]], staff)

    assert found == [page.nodes[1], None, None, page.nodes[0]]


CASES: list[tuple[dict[str, Any], Callable[[Proposal], bool]]] = [
    ({"organization_key": "GO_zx331002"}, lambda p: p.organization.key == "GO_zx331002"),
    ({"region_key": "331002"}, lambda p: lies_in(p.organization.key[5:], "331002")),
    ({"term": 14}, lambda p: p.term == 14),
    ({"session": 5}, lambda p: p.session == 5),
    (
        {"statuses": (ProposalStatus.HANDLING, ProposalStatus.REPLIED)},
        lambda p: p.status in {ProposalStatus.HANDLING, ProposalStatus.REPLIED},
    ),
    ({"category": "URBAN"}, lambda p: p.category.code == "URBAN"),
    ({"is_key": True}, lambda p: p.is_key),
    ({"is_outstanding": True}, lambda p: p.is_outstanding),
    ({"is_key": False, "is_outstanding": False}, lambda p: not p.is_key and not p.is_outstanding),
    ({"text": "公交"}, lambda p: "公交" in p.title),
]


@pytest.mark.parametrize(("filters", "fits"), CASES)
async def test_a_filter_finds_all_that_fit_and_nothing_else(
    filters: dict[str, Any], fits: Callable[[Proposal], bool], matters: SimpleNamespace, staff: Ask
) -> None:
    """Each filter by itself, against the whole list (domain-terms section 3, list filters)."""
    whole = await everything(matters, ProposalQuery(), staff)

    found = await everything(matters, ProposalQuery(**filters), staff)

    assert found == [each for each in whole if fits(each)]
    assert found


async def test_filters_by_person_and_by_change(matters: SimpleNamespace, staff: Ask, world: World) -> None:
    """Whose it is, first-hand or at all, and what changed since a moment, withdrawn ones included."""
    whole = await everything(matters, ProposalQuery(order=ProposalOrder.CHANGED_AT_ASC), staff)
    someone = next(each for each in whole if each.co_proposers).co_proposers[0].key
    since = world.today - timedelta(days=20)

    signed = await everything(matters, ProposalQuery(proposer_key=someone), staff)
    first = await everything(matters, ProposalQuery(first_proposer_key=someone), staff)
    changed = await everything(matters, ProposalQuery(changed_since=since, order=ProposalOrder.CHANGED_AT_ASC), staff)

    assert {each.key for each in first} == {each.key for each in whole if each.first_proposer.key == someone}
    assert {each.key for each in signed} >= {each.key for each in first}
    assert changed == [each for each in whole if each.changed_at >= since]
    assert any(each.withdrawn_at for each in changed)


ORDERS: dict[ProposalOrder, Callable[[Proposal], Any]] = {
    ProposalOrder.SUBMITTED_AT_DESC: lambda p: -p.submitted_at.timestamp(),
    ProposalOrder.SUBMITTED_AT_ASC: lambda p: p.submitted_at,
    ProposalOrder.CHANGED_AT_DESC: lambda p: -p.changed_at.timestamp(),
    ProposalOrder.CHANGED_AT_ASC: lambda p: p.changed_at,
}


@pytest.mark.parametrize("order", ProposalOrder)
async def test_pages_go_through_an_order_once(order: ProposalOrder, matters: SimpleNamespace, staff: Ask) -> None:
    """Page after page, every row comes once, in the order that was asked for."""
    found = await everything(matters, ProposalQuery(order=order), staff)

    places = [ORDERS[order](each) for each in found]
    assert places == sorted(places)


async def test_a_cursor_belongs_to_its_order(matters: SimpleNamespace, staff: Ask) -> None:
    """One of another order, or none at all, is refused."""
    [page] = await matters.proposals.list_proposals([ProposalQuery()], PageArgs(first=2), staff)
    other = ProposalQuery(order=ProposalOrder.CHANGED_AT_ASC)

    refused: Sequence[Any] = [
        (await matters.proposals.list_proposals([other], PageArgs(first=2, after=cursor), staff))[0]
        for cursor in (page.end, "zzz", "not a cursor")
    ]

    assert [type(each) for each in refused] == [BadCursorError] * 3


async def test_a_members_proposals(matters: SimpleNamespace, staff: Ask) -> None:
    """First-hand, co-signed, or both; an unknown member has none."""
    whole = await everything(matters, ProposalQuery(), staff)
    member = next(each for each in whole if each.co_proposers).co_proposers[0].key
    shares = {}
    for share in ProposalShare:
        pages = await matters.proposals.list_member_proposals([member, "M0"], share, ProposalQuery(), HUNDRED, staff)
        shares[share] = {each.key for each in pages[0].nodes}
        assert (pages[1].edges, pages[1].total) == ((), 0)

    assert shares[ProposalShare.COSIGNED]
    assert shares[ProposalShare.ANY] == shares[ProposalShare.FIRST] | shares[ProposalShare.COSIGNED]
    assert not shares[ProposalShare.FIRST] & shares[ProposalShare.COSIGNED]


async def test_many_co_proposers_are_read_page_by_page(matters: SimpleNamespace, staff: Ask) -> None:
    """The row holds the first twenty and says how many there are; the list goes on in the same order."""
    whole = await everything(matters, ProposalQuery(), staff)
    many = next(each for each in whole if each.co_proposer_count > 20)

    [first] = await matters.proposals.list_co_proposers([many.key], PageArgs(first=15, with_total=True), staff)
    [rest] = await matters.proposals.list_co_proposers([many.key], PageArgs(first=15, after=first.end), staff)

    assert first.total == many.co_proposer_count
    assert (*first.nodes, *rest.nodes)[:20] == many.co_proposers
    assert len(first.nodes) + len(rest.nodes) == many.co_proposer_count


async def test_counts_and_tables_of_committees(matters: SimpleNamespace, staff: Ask) -> None:
    """Counts are of what was submitted; the tables name what rows carry; a unit that is no committee has none."""
    code = "GO_zx331002"
    whole = await everything(matters, ProposalQuery(organization_key=code), staff)

    counts, none = await matters.proposals.load_proposal_counts([code, "GO_bu33100000"], staff)
    [tables] = await matters.proposals.load_proposal_categories([code], staff)

    assert (counts.total, none) == (len(whole), None)
    assert sum(counts.by_status.values()) == counts.total
    assert counts.key_proposals == sum(each.is_key for each in whole)
    assert counts.outstanding == sum(each.is_outstanding for each in whole)
    assert {each.category.code for each in whole} <= {each.code for each in tables.categories}
    assert [each.code for each in tables.grades] == ["A", "B", "C"]


async def test_what_the_platform_refuses_is_said(matters: SimpleNamespace, world: World) -> None:
    """A filter the platform does not take is refused in the query's place, another query is answered."""
    ask = as_member(world.members[0])

    long, fine = await matters.proposals.list_proposals(
        [ProposalQuery(text="公" * 51), ProposalQuery(text="公")], HUNDRED, ask
    )

    assert type(long) is RejectedInputError
    assert long.upstream_code == "INVALID_PARAMETER"
    assert isinstance(fine, Page)
