"""The transition table of opinion reports, row by row (domain-terms section 4)."""

from typing import Any

import pytest

from connectors.records.opinion_report import REPORT_NEXT, OpinionReportStatus
from connectors.sandbox.world import World
from tests.connectors.duty.matters_stack import Call, staff_of, write_id

REGION = "331002"
TABLE = """
DRAFT: SUBMITTED WITHDRAWN
SUBMITTED: EDITING WITHDRAWN
EDITING: SIGNED_OFF WITHDRAWN
SIGNED_OFF: REPORTED WITHDRAWN
REPORTED: ADOPTED NOT_ADOPTED WITHDRAWN
ADOPTED: ADOPTED INSTRUCTED FEEDBACK_GIVEN
NOT_ADOPTED: INSTRUCTED FEEDBACK_GIVEN
INSTRUCTED: FEEDBACK_GIVEN
FEEDBACK_GIVEN: ARCHIVED
ARCHIVED:
WITHDRAWN: DRAFT
"""
ALLOWED = {
    OpinionReportStatus(state): {OpinionReportStatus(each) for each in following.split()}
    for state, _, following in (line.partition(":") for line in TABLE.strip().splitlines())
}
Row = dict[str, Any]
S = OpinionReportStatus
STATES = list(S)
WANTS: dict[OpinionReportStatus, Row] = {
    S.ADOPTED: {"adoption": {"level": "MUNICIPAL", "date": "2026-11-20"}},
    S.INSTRUCTED: {"instruction": {"by": "领导", "body": "请研究。", "at": "2026-11-20T08:00:00Z"}},
}


def key_of(status: OpinionReportStatus) -> str:
    """The committee's first report in that state: they stand in the order in which the paths are named."""
    order = [S.DRAFT, S.SUBMITTED, S.EDITING, S.SIGNED_OFF, S.REPORTED, S.ADOPTED, S.NOT_ADOPTED, S.INSTRUCTED]
    order += [S.FEEDBACK_GIVEN, S.ARCHIVED, S.WITHDRAWN]
    return f"O{REGION}{order.index(status) + 1:04d}"


async def row_of(call: Call, status: OpinionReportStatus, world: World) -> Row:
    """A report's row, told to its author."""
    for member in (m for m in world.members if m.committee.region_code == REGION):
        items = (await call("opinions", ids=key_of(status), viewerMemberId=member.key)).json()["items"]
        if items and items[0]["grounds"] == "AUTHOR":
            return dict(items[0])
    raise AssertionError


def body_of(row: Row, to: OpinionReportStatus, world: World) -> Row:
    """A move by somebody who may make it."""
    staff = staff_of(world, f"GO_zx{REGION}").work
    by_author = to in {S.SUBMITTED, S.WITHDRAWN}
    actor = {"memberId": row["authors"][0]["id"]} if by_author else {"employeeCode": staff.employee_code}
    head = {"writeId": write_id(), "actor": actor, "reportId": row["id"], "to": to.value}
    return head | WANTS.get(to, {})


def test_the_table_is_the_one_of_the_terms() -> None:
    """The records know the same table; everything before ADOPTED can be withdrawn."""
    assert {state: set(following) for state, following in REPORT_NEXT.items()} == ALLOWED
    before = STATES[: STATES.index(S.ADOPTED)]
    assert {state for state, following in ALLOWED.items() if S.WITHDRAWN in following} == set(before)


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.value)
async def test_a_state_goes_where_the_table_says(state: OpinionReportStatus, call: Call, world: World) -> None:
    """Every other move is refused and names the allowed ones; a draft is come back to by revising only."""
    row = await row_of(call, state, world)
    assert row["status"] == state.value
    allowed = ALLOWED[state] - {S.DRAFT}

    for to in set(STATES) - allowed:
        if state is S.DRAFT and to is not S.SUBMITTED:
            continue  # staff do not see a draft at all
        answer = await call("opinions.move", body_of(row, to, world))

        assert (answer.status_code, answer.json()["code"]) == (409, "FORBIDDEN_TRANSITION"), to
        assert set(answer.json()["allowed"]) == {each.value for each in allowed}
    assert await row_of(call, state, world) == row


MOVES = [(state, to) for state in STATES for to in STATES if to in ALLOWED[state] - {S.DRAFT}]


@pytest.mark.parametrize(("state", "to"), MOVES, ids=lambda state: state.value)
async def test_a_move_of_the_table_is_made(
    state: OpinionReportStatus, to: OpinionReportStatus, call: Call, world: World
) -> None:
    """It stands in the history, with who and when; what it wants stands in the row."""
    row = await row_of(call, state, world)

    answer = await call("opinions.move", body_of(row, to, world) | {"note": "按程序办理"})

    moved = answer.json()
    assert answer.status_code == 200
    assert moved["history"][:-1] == row["history"]
    assert (moved["status"], moved["history"][-1]["note"]) == (to.value, "按程序办理")
    assert len(moved["adoptions"]) - len(row["adoptions"]) == (to is S.ADOPTED)
    assert len(moved["instructions"]) - len(row["instructions"]) == (to is S.INSTRUCTED)
    assert (moved["withdrawnAt"] is not None) is (to is S.WITHDRAWN)
    kept = await row_of(call, state, world)
    assert kept | {"grounds": ""} == moved | {"grounds": ""}


@pytest.mark.parametrize(
    ("state", "to", "change"),
    [
        (S.REPORTED, S.ADOPTED, {"adoption": None}),
        (S.REPORTED, S.ADOPTED, {"adoption": {"level": "VILLAGE", "date": "2026-11-20"}}),
        (S.REPORTED, S.ADOPTED, {"adoption": {"level": "COUNTY", "date": "yesterday"}}),
        (S.REPORTED, S.NOT_ADOPTED, {"adoption": {"level": "COUNTY", "date": "2026-11-20"}}),
        (S.ADOPTED, S.INSTRUCTED, {"instruction": None}),
        (S.ADOPTED, S.INSTRUCTED, {"instruction": {"by": "领导", "body": "好", "at": "2026-11-20T08:00:00"}}),
    ],
)
async def test_a_state_gets_what_it_wants(
    state: OpinionReportStatus, to: OpinionReportStatus, change: Row, call: Call, world: World
) -> None:
    """Parts that are missing, too many or wrong are refused (422), and nothing is changed."""
    row = await row_of(call, state, world)
    body = {name: value for name, value in (body_of(row, to, world) | change).items() if value is not None}

    answer = await call("opinions.move", body)

    assert (answer.status_code, answer.json()["code"]) == (422, "INVALID_BODY")
    assert await row_of(call, state, world) == row
