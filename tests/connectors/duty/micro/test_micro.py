"""Micro-suggestions as the graph gets them, and their five steps (contract/micro.yaml; domain-terms section 7a)."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from connectors.errors import (
    ForbiddenMoveError,
    NotAllowedError,
    NotFoundError,
    RejectedInputError,
    UnexpectedAnswerError,
)
from connectors.records.micro_suggestion import (
    MicroStatus,
    MicroStepKind,
    MicroStepMove,
    MicroSuggestion,
    MicroSuggestionDraft,
    MicroSuggestionOrder,
    MicroSuggestionQuery,
)
from connectors.records.page import Page, PageArgs
from connectors.regions import lies_in
from connectors.sandbox.app import SandboxApp
from connectors.sandbox.world import MemberSeed, World
from connectors.viewer import Ask
from tests.connectors.duty.matters_stack import (
    NOBODY,
    Answers,
    Call,
    as_member,
    as_official,
    items,
    staff_of,
    write_id,
)

KINDS = list(MicroStepKind)
ALL = PageArgs(first=100, with_total=True)
DRAFT = MicroSuggestionDraft(title="请修好河边步道的路灯", body="三盏路灯坏了一个月。", region_key="331002")


@pytest.fixture
def author(world: World) -> MemberSeed:
    """A member of the district."""
    return next(member for member in world.members if member.committee.code == "GO_zx331002")


@pytest.fixture
def staff(world: World) -> Ask:
    """Somebody of the district's office asks."""
    return as_official(staff_of(world, "GO_zx331002"))


async def everything(matters: SimpleNamespace, query: MicroSuggestionQuery) -> list[MicroSuggestion]:
    """All pages of a list, one after the other."""
    found: list[MicroSuggestion] = []
    page: Page[MicroSuggestion] | None = None
    while page is None or page.has_next:
        args = PageArgs(first=100, after=page.end if page else None, with_total=True)
        [page] = await matters.micro.list_micro_suggestions([query], args, NOBODY)
        found.extend(page.nodes)
    assert len(found) == page.total == len({each.key for each in found})
    return found


async def test_a_row_carries_what_its_page_shows(matters: SimpleNamespace, platform: SandboxApp, world: World) -> None:
    """Operation 11 in one call: author, steps with who did them and what came of it, supervisors by name."""
    officials = {p.work.employee_code: p.name for p in world.officials if p.work}

    [one] = await matters.micro.load_micro_suggestions(["W3310020006"], NOBODY)

    assert platform.calls.total() == 2  # the token, the row
    assert [step.kind for step in one.steps] == KINDS
    assert one.author.name == next(m.person.name for m in world.members if m.key == one.author.key)
    assert one.region_key == "331002"
    assert [officials[each.employee_code] for each in one.supervisors] == [each.name for each in one.supervisors]
    assert one.supervisors
    for step in one.steps:
        assert (step.started_at is not None) is (step.status is not MicroStatus.NOT_STARTED)
        assert (step.finished_at is not None) is (step.summary is not None) is (step.status is MicroStatus.DONE)
        assert (step.organization is not None) is (step.started_at is not None)


async def test_every_place_of_the_way_occurs(matters: SimpleNamespace, world: World) -> None:
    """Steps follow one another, none in the future; a suggestion's own state is that of its steps."""
    found = await everything(matters, MicroSuggestionQuery())

    places = set()
    for each in found:
        states = [step.status for step in each.steps]
        places.add(tuple(states))
        assert states == sorted(states, key=[MicroStatus.DONE, MicroStatus.IN_PROGRESS, MicroStatus.NOT_STARTED].index)
        times = [at for step in each.steps for at in (step.started_at, step.finished_at) if at]
        assert times == sorted(times)
        assert each.submitted_at <= each.changed_at == max(times) <= world.today
        assert each.status is (MicroStatus.DONE if set(states) == {MicroStatus.DONE} else MicroStatus.IN_PROGRESS)
    assert len(places) == 2 * len(KINDS) - 1


CASES: list[tuple[dict[str, Any], Callable[[MicroSuggestion], bool]]] = [
    ({"organization_key": "GO_zx331002"}, lambda s: s.organization.key == "GO_zx331002"),
    ({"region_key": "331002"}, lambda s: lies_in(s.region_key, "331002")),
    ({"status": MicroStatus.DONE}, lambda s: s.status is MicroStatus.DONE),
    ({"text": "电动自行车"}, lambda s: "电动自行车" in s.title),
]


@pytest.mark.parametrize(("filters", "fits"), CASES)
async def test_a_filter_finds_all_that_fit_and_nothing_else(
    filters: dict[str, Any], fits: Callable[[MicroSuggestion], bool], matters: SimpleNamespace
) -> None:
    """Each filter by itself, against the whole list."""
    whole = await everything(matters, MicroSuggestionQuery())

    found = await everything(matters, MicroSuggestionQuery(**filters))

    assert found == [each for each in whole if fits(each)]
    assert found


async def test_orders_changes_and_authors(matters: SimpleNamespace, world: World) -> None:
    """Newest first, or oldest change first since a moment; by author, as filter and as list of a member."""
    whole = await everything(matters, MicroSuggestionQuery())
    since = world.today - timedelta(days=15)
    changed = await everything(
        matters, MicroSuggestionQuery(changed_since=since, order=MicroSuggestionOrder.CHANGED_AT_ASC)
    )
    author = whole[0].author.key
    own, none = await matters.micro.list_member_micro_suggestions([author, "M0"], ALL, NOBODY)
    filtered = await everything(matters, MicroSuggestionQuery(author_key=author))

    assert [each.submitted_at for each in whole] == sorted((each.submitted_at for each in whole), reverse=True)
    assert [each.changed_at for each in changed] == sorted(
        each.changed_at for each in whole if each.changed_at >= since
    )
    assert list(own.nodes) == filtered == [each for each in whole if each.author.key == author]
    assert (none.edges, none.total) == ((), 0)


async def test_through_the_five_steps(
    matters: SimpleNamespace, afresh: Callable[[], SimpleNamespace], author: MemberSeed, staff: Ask
) -> None:
    """Submitting does the first; each further one is begun by an organisation and ended with a summary."""
    desk = matters.micro_desk
    made = await desk.submit_micro_suggestion(DRAFT, write_id(), as_member(author))
    moved = made
    for kind in KINDS[1:]:
        begin = MicroStepMove(key=made.key, kind=kind, to=MicroStatus.IN_PROGRESS, organization_key="GO_bu33100204")
        end = MicroStepMove(key=made.key, kind=kind, to=MicroStatus.DONE, summary="已办。")
        for move in (begin, end):
            moved = await desk.advance_micro_step(move, write_id(), staff)
            step = moved.steps[KINDS.index(kind)]
            assert (step.status, step.organization.key) == (move.to, "GO_bu33100204")

    [newest] = await afresh().micro.list_member_micro_suggestions([author.key], PageArgs(first=1), NOBODY)
    assert [step.status for step in made.steps] == [MicroStatus.DONE, *[MicroStatus.NOT_STARTED] * 4]
    assert made.status is MicroStatus.IN_PROGRESS
    assert moved.status is MicroStatus.DONE
    assert newest.nodes == (moved,)


STATES = list(MicroStatus)
TABLE = {"NOT_STARTED": "IN_PROGRESS", "IN_PROGRESS": "DONE", "DONE": None}


@pytest.mark.parametrize("place", [1, 2])
@pytest.mark.parametrize("to", STATES, ids=lambda state: state.value)
async def test_a_step_goes_one_way(to: MicroStatus, place: int, call: Call, author: MemberSeed) -> None:
    """From each state only to the next, once the step before is done; else the allowed ones are named."""
    submit = {"writeId": write_id(), "actor": {"memberId": author.key}, "title": "路灯", "body": "坏了"}
    made = (await call("micro.submit", submit | {"regionCode": "331002"})).json()
    step, before = made["steps"][place], made["steps"][place - 1]
    parts = {"IN_PROGRESS": {"organizationCode": "GO_zx331002bg"}, "DONE": {"summary": "好"}}.get(to.value, {})
    allowed = TABLE[step["status"]] if before["status"] == "DONE" else None
    body = {"writeId": write_id(), "actor": {"memberId": author.key}, "suggestionId": made["id"]}

    answer = await call("micro.advance", body | {"kind": step["kind"], "to": to.value} | parts)

    if to.value == allowed:
        assert answer.json()["steps"][place]["status"] == allowed
    else:
        assert (answer.status_code, answer.json()["code"]) == (409, "FORBIDDEN_TRANSITION")
        assert answer.json()["allowed"] == ([allowed] if allowed else [])


async def test_who_may_lead_it_on_and_with_what(
    matters: SimpleNamespace, author: MemberSeed, staff: Ask, world: World
) -> None:
    """Its author and staff of its committee; begun with a known organisation, ended with a summary."""
    desk, own = matters.micro_desk, as_member(author)
    made = await desk.submit_micro_suggestion(DRAFT, write_id(), own)
    begin = MicroStepMove(key=made.key, kind=KINDS[1], to=MicroStatus.IN_PROGRESS, organization_key="GO_zx331002bg")
    other = next(m for m in world.members if m.committee is author.committee and m is not author)

    for ask in (as_member(other), as_official(staff_of(world, "GO_zx331000")), NOBODY):
        with pytest.raises(NotAllowedError):
            await desk.advance_micro_step(begin, write_id(), ask)
    for wrong in ({"organization_key": None}, {"organization_key": "GO_no"}, {"summary": "太早"}):
        move = MicroStepMove(**({"key": made.key, "kind": KINDS[1], "to": MicroStatus.IN_PROGRESS} | wrong))
        with pytest.raises(RejectedInputError):
            await desk.advance_micro_step(move, write_id(), staff)
    begun = await desk.advance_micro_step(begin, write_id(), own)
    assert begun.steps[1].status is MicroStatus.IN_PROGRESS
    with pytest.raises(RejectedInputError):
        await desk.advance_micro_step(MicroStepMove(key=made.key, kind=KINDS[1], to=MicroStatus.DONE), write_id(), own)
    with pytest.raises(ForbiddenMoveError):
        await desk.advance_micro_step(begin, write_id(), own)
    with pytest.raises(NotFoundError):
        await desk.advance_micro_step(MicroStepMove(key="W0", kind=KINDS[1], to=MicroStatus.DONE), write_id(), own)


@pytest.mark.parametrize("region", ["331003", "331000", "nowhere", ""])
async def test_a_place_elsewhere_is_refused(region: str, matters: SimpleNamespace, author: MemberSeed) -> None:
    """A member suggests for their own committee's division."""
    draft = MicroSuggestionDraft(title="路灯", body="坏了", region_key=region)

    with pytest.raises(RejectedInputError):
        await matters.micro_desk.submit_micro_suggestion(draft, write_id(), as_member(author))


async def test_what_cannot_be_read_costs_itself(matters_over: Callable[[Answers], SimpleNamespace], call: Call) -> None:
    """A step of a kind nobody knows, an author without a name, a status of another type."""
    row = (await call("micro", ids="W3310020006")).json()["items"][0]
    row["steps"][2]["kind"] = "CELEBRATION"
    row["steps"][0]["organizationCode"] = ["GO"]
    del row["author"]["name"]
    row["status"] = 1

    [found] = await matters_over(items(row)).micro.load_micro_suggestions([row["id"]], NOBODY)

    broken = (found.steps[2].kind, found.steps[0].organization, found.author.name, found.status)
    assert {type(each) for each in broken} == {UnexpectedAnswerError}
    assert (found.title, found.author.key, found.steps[2].status.value) == (
        row["title"],
        row["author"]["id"],
        row["steps"][2]["status"],
    )
