"""Opinion reports as the graph gets them (contract/opinions.yaml; domain-terms section 4)."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from connectors.errors import UnexpectedAnswerError
from connectors.records.opinion_report import (
    AdoptionLevel,
    OpinionReport,
    OpinionReportOrder,
    OpinionReportQuery,
    OpinionReportStatus,
)
from connectors.records.page import Page, PageArgs
from connectors.regions import lies_in
from connectors.sandbox.app import SandboxApp
from connectors.sandbox.faults import Fault, FaultKind
from connectors.sandbox.world import World
from connectors.viewer import Ask
from tests.connectors.duty.matters_stack import (
    PARTNER,
    Answers,
    Call,
    as_member,
    as_official,
    items,
    staff_of,
)

ALL = PageArgs(first=100, with_total=True)
S = OpinionReportStatus
DRAFT, SUBMITTED, ADOPTED = "O3310020001", "O3310020002", "O3310020006"
Over = Callable[[Answers], SimpleNamespace]


async def everything(matters: SimpleNamespace, query: OpinionReportQuery, ask: Ask) -> list[OpinionReport]:
    """All pages of a list, one after the other; each says the same total."""
    found: list[OpinionReport] = []
    page: Page[OpinionReport] | None = None
    while page is None or page.has_next:
        args = PageArgs(first=100, after=page.end if page else None, with_total=True)
        [page] = await matters.opinions.list_opinion_reports([query], args, ask)
        found.extend(page.nodes)
    assert len(found) == page.total == len({each.key for each in found})
    return found


@pytest.fixture
def staff(world: World) -> Ask:
    """Somebody of the district's office asks."""
    return as_official(staff_of(world, "GO_zx331002"))


async def test_the_export_goes_on_behind_a_cursor(matters: SimpleNamespace, world: World) -> None:
    """Operation 25: a partner reads what changed since a moment, oldest first, withdrawn ones included, once each."""
    since = world.today - timedelta(days=300)
    query = OpinionReportQuery(changed_since=since, order=OpinionReportOrder.CHANGED_AT_ASC)

    found = await everything(matters, query, PARTNER)

    assert [each.changed_at for each in found] == sorted(each.changed_at for each in found)
    assert all(each.changed_at >= since and each.submitted_at for each in found)
    withdrawn = [each for each in found if each.withdrawn_at]
    assert withdrawn
    assert all(each.status is S.WITHDRAWN for each in withdrawn)
    one = found[0]
    assert one.number
    assert one.body == f"{one.situation}\n{one.analysis}\n{one.suggestion}"
    assert one.authors[0].name
    assert one.authors[0].sector.name
    assert one.region_key == one.organization.key[5:]


async def test_a_withdrawal_is_told_to_who_goes_on(
    matters: SimpleNamespace, afresh: Callable[[], SimpleNamespace], world: World
) -> None:
    """Behind the last cursor of an export stands what was withdrawn since."""
    query = OpinionReportQuery(order=OpinionReportOrder.CHANGED_AT_ASC, organization_key="GO_zx331002")
    [page] = await matters.opinions.list_opinion_reports([query], ALL, PARTNER)
    taken = next(each for each in page.nodes if each.status is S.SUBMITTED)
    author = next(member for member in world.members if member.key == taken.authors[0].key)
    await matters.opinion_desk.withdraw_opinion_report(taken.key, "有误", "write-0123456789abcdef", as_member(author))

    [rest] = await afresh().opinions.list_opinion_reports([query], PageArgs(first=5, after=page.end), PARTNER)

    assert [(each.key, each.status) for each in rest.nodes] == [(taken.key, S.WITHDRAWN)]
    assert rest.nodes[0].withdrawn_at > taken.changed_at


CASES: list[tuple[dict[str, Any], Callable[[OpinionReport], bool]]] = [
    ({"organization_key": "GO_zx331003"}, lambda r: r.organization.key == "GO_zx331003"),
    ({"region_key": "331003"}, lambda r: lies_in(r.region_key, "331003")),
    ({"statuses": (S.REPORTED, S.WITHDRAWN)}, lambda r: r.status in {S.REPORTED, S.WITHDRAWN}),
    ({"category": "URBAN"}, lambda r: r.category.code == "URBAN"),
    (
        {"adopted": AdoptionLevel.PROVINCIAL},
        lambda r: any(each.level is AdoptionLevel.PROVINCIAL for each in r.adoptions),
    ),
    ({"text": "渔民"}, lambda r: "渔民" in r.title),
]


@pytest.mark.parametrize(("filters", "fits"), CASES)
async def test_a_filter_finds_all_that_fit_and_nothing_else(
    filters: dict[str, Any], fits: Callable[[OpinionReport], bool], matters: SimpleNamespace
) -> None:
    """Each filter by itself, against the whole list."""
    whole = await everything(matters, OpinionReportQuery(), PARTNER)

    found = await everything(matters, OpinionReportQuery(**filters), PARTNER)

    assert found == [each for each in whole if fits(each)]
    assert found


async def test_reports_of_questions_and_of_members(matters: SimpleNamespace, staff: Ask) -> None:
    """By question and by author, one call for many; an unknown question has none."""
    whole = await everything(matters, OpinionReportQuery(), staff)
    sourced = next(each for each in whole if each.source_questions)
    question, author = sourced.source_questions[0].key, sourced.authors[0].key

    by_question, none = await matters.opinions.list_question_opinion_reports([question, "Q9999999"], ALL, staff)
    [by_author] = await matters.opinions.list_member_opinion_reports([author], OpinionReportQuery(), ALL, staff)

    assert set(by_question.nodes) == {r for r in whole if question in {q.key for q in r.source_questions}}
    assert set(by_author.nodes) == {r for r in whole if author in {a.key for a in r.authors}}
    assert (none.edges, none.total) == ((), 0)


async def test_drift_costs_fields_not_the_list(matters: SimpleNamespace, platform: SandboxApp, staff: Ask) -> None:
    """A body of which a part cannot be read is an error; the rows still come."""
    platform.faults.put(Fault(FaultKind.SCHEMA_DRIFT, "opinions.list"))

    [page] = await matters.opinions.list_opinion_reports([OpinionReportQuery()], PageArgs(first=10), staff)

    assert len(page.edges) == 10


async def test_a_body_with_a_broken_part_is_an_error(matters_over: Over, call: Call, staff: Ask) -> None:
    """Half a text is not shown as if it were the whole."""
    row = (await call("opinions", ids=ADOPTED, viewerStaff="true")).json()["items"][0]

    [report] = await matters_over(items(row | {"analysis": 5})).opinions.load_opinion_reports([ADOPTED], staff)

    assert type(report.body) is UnexpectedAnswerError
    assert report.situation == row["situation"]
