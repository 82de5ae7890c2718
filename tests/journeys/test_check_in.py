"""Operation 14: signing in at the door, by hand, and excuses."""

from datetime import timedelta

from connectors.sandbox.building import CHINA
from connectors.sandbox.world import CommitteeSeed
from schema.identifiers import global_id
from tests.stack import Sandbox, SignInDesk, operation
from tests.writers import BOTH, READ, WRITE, members, mended, refused, staff_of, work_token

CHECK_IN = operation("14")
BUDGET = 4
DOOR = "query ($id: ID!) { activity(id: $id) { checkInCode { code endsAt } attendanceCount } }"
STANDING = """query ($id: ID!) { activity(id: $id) { attendanceCount viewerAttendance { status method } }
    viewer { member { dutyRecords(first: 3) { totalCount } } } }"""
LEAVE = """mutation ($input: AskLeaveInput!) { askLeave(input: $input) {
    attendance { status member { id } activity { id viewerAttendance { status } } }
    userErrors { code message field } } }"""
BY_HAND = """mutation ($input: CheckInMemberInput!) { checkInMember(input: $input) {
    attendance { id status method member { id name } } userErrors { code message field } } }"""
NEXT = """query ($id: ID!) { organization(id: $id) { activities(upcoming: true, first: 10) {
    nodes { id startsAt viewerAttendance { status } } } } }"""


def on_now(sandbox: Sandbox, committee: CommitteeSeed) -> str:
    """The id of the committee's activity that is on when the world begins."""
    start = sandbox.world.today.astimezone(CHINA) - timedelta(minutes=10)
    return global_id("Activity", f"A{committee.region_code}-{start:%Y%m%d}N")


async def code_at(desk: SignInDesk, committee: CommitteeSeed) -> str:
    """What is shown at the door now."""
    token = await work_token(desk, staff_of(desk.sandbox.world, committee), READ)
    body = await desk.gateway.query(DOOR, {"id": on_now(desk.sandbox, committee)}, token)
    return str(body["data"]["activity"]["checkInCode"]["code"])


def altered(code: str) -> str:
    """A code of the same form that no door showed."""
    return code[:-1] + ("B" if code[-1] == "A" else "A")


async def test_a_member_signs_in_by_the_code_in_budget(sandbox: Sandbox, desk: SignInDesk) -> None:
    """As written: when and how, the activity whole, with their seat; read at once as signed in, and counted."""
    committee = sandbox.world.committees[0]
    [me, *_] = members(sandbox.world, committee)
    token, activity = await work_token(desk, me.person), {"id": on_now(sandbox, committee)}
    whole = await work_token(desk, me.person, BOTH)
    before = await desk.gateway.query(STANDING, activity, whole)
    code = await code_at(desk, committee)
    sandbox.reset()

    body = await desk.gateway.query(CHECK_IN, {"code": code}, token)
    calls = sandbox.calls()
    after = await desk.gateway.query(STANDING, activity, whole)

    assert "errors" not in body
    assert sum(calls.values()) <= BUDGET, calls
    attendance = body["data"]["checkIn"]["attendance"]
    assert attendance["method"] == "QR_CODE"
    assert attendance["checkedInAt"]
    assert attendance["activity"]["id"] == activity["id"]
    assert attendance["activity"]["logistics"]["seat"]
    assert attendance["activity"]["agenda"]
    was, found = before["data"], after["data"]
    assert (was["activity"]["viewerAttendance"]["status"], found["activity"]["viewerAttendance"]) == (
        "INVITED",
        {"status": "CHECKED_IN", "method": "QR_CODE"},
    )
    assert found["activity"]["attendanceCount"] == was["activity"]["attendanceCount"] + 1
    counts = [each["viewer"]["member"]["dutyRecords"]["totalCount"] for each in (was, found)]
    assert counts[1] == counts[0] + 1


async def test_codes_that_were_never_shown_and_those_of_others_are_refused(sandbox: Sandbox, desk: SignInDesk) -> None:
    """A wrong code, one of another committee's door, and signing in twice: each has its own code."""
    [mine, other] = sandbox.world.committees[1:3]
    [me, *_] = members(sandbox.world, mine)
    token = await work_token(desk, me.person)
    code = await code_at(desk, mine)

    wrong = await desk.gateway.query(CHECK_IN, {"code": altered(code)}, token)
    blank = await desk.gateway.query(CHECK_IN, {"code": " "}, token)
    elsewhere = await desk.gateway.query(CHECK_IN, {"code": await code_at(desk, other)}, token)
    await desk.gateway.query(CHECK_IN, {"code": code}, token)
    twice = await desk.gateway.query(CHECK_IN, {"code": await code_at(desk, mine)}, token)

    assert mended(wrong, "checkIn") == [("CHECK_IN_CODE_UNKNOWN", None)]
    assert mended(blank, "checkIn") == [("TEXT_MISSING", "code")]
    assert refused(elsewhere) == ["PLATFORM_FORBIDDEN"]
    assert mended(twice, "checkIn") == [("FORBIDDEN_MOVE", None)]


async def test_the_office_signs_in_by_hand_and_members_are_excused(sandbox: Sandbox, desk: SignInDesk) -> None:
    """By hand by the committee's own office only; an excuse is taken before it begins, and can be overtaken."""
    committee = sandbox.world.committees[4]
    [me, other, *_] = members(sandbox.world, committee)
    token, now = await work_token(desk, me.person, BOTH), on_now(sandbox, committee)
    office = await work_token(desk, staff_of(sandbox.world, committee), BOTH)
    strangers = await work_token(desk, staff_of(sandbox.world, sandbox.world.committees[5]), BOTH)
    listed = await desk.gateway.query(NEXT, {"id": global_id("Organization", committee.code)}, token)
    rows = listed["data"]["organization"]["activities"]["nodes"]
    later = next(one["id"] for one in rows[::-1] if one["viewerAttendance"])
    signed = {"input": {"activityId": now, "memberId": global_id("Member", other.key)}}

    by_hand = await desk.gateway.query(BY_HAND, signed, office)
    by_strangers = await desk.gateway.query(BY_HAND, signed, strangers)
    by_member = await desk.gateway.query(BY_HAND, signed, token)
    away = await desk.gateway.query(LEAVE, {"input": {"activityId": later, "reason": "出差"}}, token)
    too_late = await desk.gateway.query(LEAVE, {"input": {"activityId": now, "reason": "迟到"}}, token)
    found = await desk.gateway.query(NEXT, {"id": global_id("Organization", committee.code)}, token)

    attendance = by_hand["data"]["checkInMember"]["attendance"]
    assert (attendance["status"], attendance["method"]) == ("CHECKED_IN", "MANUAL")
    assert attendance["member"]["name"] == other.person.name
    assert refused(by_strangers) == ["PLATFORM_FORBIDDEN"]
    assert refused(by_member) == ["FORBIDDEN_ROLE"]
    assert away["data"]["askLeave"]["attendance"]["status"] == "ON_LEAVE"
    assert mended(too_late, "askLeave") == [("ACTIVITY_BEGUN", None)]
    standing = {one["id"]: one["viewerAttendance"] for one in found["data"]["organization"]["activities"]["nodes"]}
    assert standing[later] == {"status": "ON_LEAVE"}


async def test_who_may_not_sign_in_is_refused(sandbox: Sandbox, desk: SignInDesk) -> None:
    """Without the scope, and as somebody who is no member."""
    committee = sandbox.world.committees[5]
    [me, *_] = members(sandbox.world, committee)
    code = await code_at(desk, committee)

    reading = await desk.gateway.query(CHECK_IN, {"code": code}, await work_token(desk, me.person, READ))
    office = await desk.gateway.query(
        CHECK_IN, {"code": code}, await work_token(desk, staff_of(sandbox.world, committee), WRITE)
    )

    assert refused(reading) == ["FORBIDDEN"]
    assert "duty:write" in reading["errors"][0]["message"]
    assert refused(office) == ["FORBIDDEN_ROLE"]
