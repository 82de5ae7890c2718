"""The transition table of proposals, row by row (domain-terms section 3)."""

from typing import Any

import pytest

from connectors.records.proposal import NEXT, ProposalStatus
from connectors.sandbox.world import World
from tests.connectors.duty.matters_stack import Call, staff_of, write_id

REGION = "331002"
TABLE = """
DRAFT: SUBMITTED
SUBMITTED: UNDER_REVIEW RETURNED WITHDRAWN
UNDER_REVIEW: FILED NOT_FILED MERGED CONVERTED RETURNED WITHDRAWN
RETURNED: SUBMITTED WITHDRAWN
FILED: ASSIGNED
NOT_FILED: CONVERTED
MERGED:
CONVERTED:
ASSIGNED: HANDLING FILED
HANDLING: REPLIED
REPLIED: AWAITING_FEEDBACK
AWAITING_FEEDBACK: FEEDBACK_GIVEN
FEEDBACK_GIVEN: CLOSED REHANDLING
REHANDLING: REPLIED
CLOSED: ARCHIVED
ARCHIVED:
WITHDRAWN:
"""
ALLOWED = {
    ProposalStatus(state): {ProposalStatus(each) for each in following.split()}
    for state, _, following in (line.partition(":") for line in TABLE.strip().splitlines())
}
Row = dict[str, Any]
STATES = list(ProposalStatus)


def key_of(status: ProposalStatus) -> str:
    """The committee's first proposal in that state: they stand in the order of the states."""
    return f"P{REGION}{STATES.index(status) + 1:04d}"


async def row_of(call: Call, key: str, proposer: str | None = None) -> Row:
    """A proposal's row, told to staff or, where it is a draft, to its proposer."""
    viewer = {"viewerMemberId": proposer} if proposer else {"viewerStaff": "true"}
    [row] = (await call("proposals", ids=key, **viewer)).json()["items"]
    return dict(row)


async def proposer_of_draft(call: Call, world: World) -> str:
    """Who wrote the committee's draft."""
    for member in world.members:
        answer = await call("proposals", ids=key_of(ProposalStatus.DRAFT), viewerMemberId=member.key)
        if answer.json()["items"]:
            return member.key
    raise AssertionError


def parts_of(to: ProposalStatus, row: Row, *, satisfied: bool = True) -> Row:
    """What a state wants."""
    unit = f"GO_bu{REGION}00"
    lead = row["handlers"][0]["organizationCode"] if row["handlers"] else unit
    result = "SATISFIED" if satisfied else "UNSATISFIED"
    wants: dict[ProposalStatus, Row] = {
        ProposalStatus.ASSIGNED: {"handlers": [{"role": "LEAD", "organizationCode": unit}]},
        ProposalStatus.MERGED: {"intoId": key_of(ProposalStatus.HANDLING)},
        ProposalStatus.REPLIED: {"reply": {"organizationCode": lead, "body": "已办理。", "grade": "A"}},
        ProposalStatus.FEEDBACK_GIVEN: {"feedback": {"attitude": "SATISFIED", "result": result}},
    }
    return wants.get(to, {})


def body_of(row: Row, to: ProposalStatus, world: World, *, satisfied: bool = True) -> Row:
    """A move by somebody who may make it."""
    own = {ProposalStatus.SUBMITTED, ProposalStatus.WITHDRAWN, ProposalStatus.FEEDBACK_GIVEN}
    staff = staff_of(world, f"GO_zx{REGION}").work
    actor = {"memberId": row["firstProposer"]["id"]} if to in own else {"employeeCode": staff.employee_code}
    head = {"writeId": write_id(), "actor": actor, "proposalId": row["id"], "to": to.value}
    return head | parts_of(to, row, satisfied=satisfied)


def test_the_table_is_the_one_of_the_terms() -> None:
    """The records know the same table."""
    assert {state: set(following) for state, following in NEXT.items()} == ALLOWED


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.value)
async def test_a_state_goes_where_the_table_says(state: ProposalStatus, call: Call, world: World) -> None:
    """Every other move is refused and names the allowed ones; what is refused changes nothing."""
    proposer = await proposer_of_draft(call, world) if state is ProposalStatus.DRAFT else None
    row = await row_of(call, key_of(state), proposer)
    assert row["status"] == state.value
    open_now = ALLOWED[state] - {ProposalStatus.REHANDLING}  # that one wants an unsatisfied proposer: see below

    for to in STATES:
        if to in open_now or (state is ProposalStatus.DRAFT and to is not ProposalStatus.SUBMITTED):
            continue  # staff do not see a draft at all
        answer = await call("proposals.move", body_of(row, to, world))

        assert (answer.status_code, answer.json()["code"]) == (409, "FORBIDDEN_TRANSITION"), to
        assert set(answer.json()["allowed"]) == {each.value for each in open_now}
    assert await row_of(call, key_of(state), proposer) == row


MOVES = [(state, to) for state in STATES for to in STATES if to in ALLOWED[state] - {ProposalStatus.REHANDLING}]


@pytest.mark.parametrize(("state", "to"), MOVES, ids=lambda state: state.value)
async def test_a_move_of_the_table_is_made(state: ProposalStatus, to: ProposalStatus, call: Call, world: World) -> None:
    """It stands in the history, with who and when; the row is changed and so is what others read."""
    proposer = await proposer_of_draft(call, world) if state is ProposalStatus.DRAFT else None
    row = await row_of(call, key_of(state), proposer)

    answer = await call("proposals.move", body_of(row, to, world) | {"note": "按程序办理"})

    moved = answer.json()
    assert answer.status_code == 200
    assert moved["status"] == to.value
    assert moved["history"][:-1] == row["history"]
    assert (moved["history"][-1]["status"], moved["history"][-1]["note"]) == (to.value, "按程序办理")
    assert moved["changedAt"] == moved["history"][-1]["at"] > row["changedAt"]
    assert (moved["withdrawnAt"] is not None) is (to is ProposalStatus.WITHDRAWN)
    assert await row_of(call, key_of(state), proposer) == moved


async def test_only_the_unsatisfied_are_handled_again(call: Call, world: World) -> None:
    """After UNSATISFIED it may be handled again, replied to and rated anew (REHANDLING)."""
    key = key_of(ProposalStatus.AWAITING_FEEDBACK)
    again = ProposalStatus.REHANDLING
    row = await row_of(call, key)
    rated = (await call("proposals.move", body_of(row, ProposalStatus.FEEDBACK_GIVEN, world, satisfied=False))).json()
    assert rated["replies"][-1]["satisfaction"]["result"] == "UNSATISFIED"

    for to in (again, ProposalStatus.REPLIED, ProposalStatus.AWAITING_FEEDBACK, ProposalStatus.FEEDBACK_GIVEN):
        row = (await call("proposals.move", body_of(row | {"id": key}, to, world))).json()
        assert row["status"] == to.value
    closed = await call("proposals.move", body_of(row, again, world))

    assert len(row["replies"]) == 2
    assert closed.json()["allowed"] == ["CLOSED"]


async def test_what_a_state_brings_with_it(call: Call, world: World) -> None:
    """A number when filed, units when assigned, none any more when sent back; a merged one points to the main one."""
    review = await row_of(call, key_of(ProposalStatus.UNDER_REVIEW))
    assert review["proposalNo"] is None
    filed = (await call("proposals.move", body_of(review, ProposalStatus.FILED, world))).json()
    assigned = (await call("proposals.move", body_of(filed, ProposalStatus.ASSIGNED, world))).json()
    back = (await call("proposals.move", body_of(assigned, ProposalStatus.FILED, world))).json()
    merged = await row_of(call, key_of(ProposalStatus.MERGED))

    assert filed["proposalNo"] == assigned["proposalNo"] == back["proposalNo"] is not None
    assert (filed["handlers"], back["handlers"]) == ([], [])
    assert [each["organizationCode"] for each in assigned["handlers"]] == [f"GO_bu{REGION}00"]
    assert assigned["handlers"][0]["dueAt"] > assigned["changedAt"]
    assert merged["mergedInto"]["id"] == key_of(ProposalStatus.HANDLING)


REFUSED: list[tuple[ProposalStatus, ProposalStatus, Row]] = [
    (ProposalStatus.FILED, ProposalStatus.ASSIGNED, {"handlers": None}),
    (ProposalStatus.FILED, ProposalStatus.ASSIGNED, {"handlers": [{"role": "LEAD", "organizationCode": "GO_no"}]}),
    (
        ProposalStatus.FILED,
        ProposalStatus.ASSIGNED,
        {"handlers": [{"role": "LEAD", "organizationCode": f"GO_bu{REGION}00", "contactCode": "GE_no"}]},
    ),
    (
        ProposalStatus.FILED,
        ProposalStatus.ASSIGNED,
        {"handlers": [{"role": role, "organizationCode": f"GO_bu{REGION}00"} for role in ("LEAD", "ASSISTING")]},
    ),
    (ProposalStatus.UNDER_REVIEW, ProposalStatus.MERGED, {"intoId": None}),
    (ProposalStatus.UNDER_REVIEW, ProposalStatus.MERGED, {"intoId": key_of(ProposalStatus.UNDER_REVIEW)}),
    (ProposalStatus.UNDER_REVIEW, ProposalStatus.MERGED, {"intoId": "P3310000005"}),
    (ProposalStatus.UNDER_REVIEW, ProposalStatus.FILED, {"intoId": "P3310000005"}),
    (ProposalStatus.HANDLING, ProposalStatus.REPLIED, {"reply": None}),
    (
        ProposalStatus.HANDLING,
        ProposalStatus.REPLIED,
        {"reply": {"organizationCode": "GO_bu33100207", "body": "好", "grade": "Z"}},
    ),
    (
        ProposalStatus.HANDLING,
        ProposalStatus.REPLIED,
        {"reply": {"organizationCode": "GO_zx331002", "body": "好", "grade": "A"}},
    ),
    (ProposalStatus.AWAITING_FEEDBACK, ProposalStatus.FEEDBACK_GIVEN, {"feedback": {"attitude": "SATISFIED"}}),
]


@pytest.mark.parametrize(("state", "to", "change"), REFUSED)
async def test_a_state_gets_what_it_wants(
    state: ProposalStatus, to: ProposalStatus, change: Row, call: Call, world: World
) -> None:
    """Parts that are missing, too many or wrong are refused (422), and nothing is changed."""
    row = await row_of(call, key_of(state))
    body = {name: value for name, value in (body_of(row, to, world) | change).items() if value is not None}

    answer = await call("proposals.move", body)

    assert (answer.status_code, answer.json()["code"]) == (422, "INVALID_BODY")
    assert await row_of(call, key_of(state)) == row


async def test_who_may_bring_it_where(call: Call, world: World) -> None:
    """Staff of another committee may not; a unit replies but does not file; another member may nothing."""
    review, handling = [
        await row_of(call, key_of(state)) for state in (ProposalStatus.UNDER_REVIEW, ProposalStatus.HANDLING)
    ]
    other = next(m for m in world.members if m.key != review["firstProposer"]["id"])
    elsewhere = staff_of(world, "GO_zx331000").work
    contact = handling["handlers"][0]["contact"]["employeeCode"]
    cases = [
        (review, ProposalStatus.FILED, {"employeeCode": elsewhere.employee_code}, 403),
        (review, ProposalStatus.FILED, {"memberId": other.key}, 403),
        (review, ProposalStatus.WITHDRAWN, {"memberId": other.key}, 403),
        (review, ProposalStatus.FILED, {"memberId": review["firstProposer"]["id"]}, 403),
        (review, ProposalStatus.FILED, {"employeeCode": contact}, 403),
        (review, ProposalStatus.FILED, {"citizenId": "u1"}, 404),
        (handling, ProposalStatus.REPLIED, {"employeeCode": contact}, 200),
    ]
    for row, to, actor, status in cases:
        answer = await call("proposals.move", body_of(row, to, world) | {"actor": actor})

        assert answer.status_code == status, (to, actor)
        if status == 200:
            assert answer.json()["history"][-1]["by"] == handling["handlers"][0]["organizationName"]


async def test_a_draft_is_unknown_to_those_who_do_not_see_it(call: Call, world: World) -> None:
    """Neither staff nor other members learn that it exists."""
    body = {
        "writeId": write_id(),
        "actor": {"employeeCode": staff_of(world, f"GO_zx{REGION}").work.employee_code},
        "proposalId": key_of(ProposalStatus.DRAFT),
        "to": "UNDER_REVIEW",
    }

    answer = await call("proposals.move", body)

    assert (answer.status_code, answer.json()["code"]) == (404, "NOT_FOUND")
