"""Putting members on duty."""

from datetime import datetime, timedelta
from typing import Any

from connectors.sandbox.world import StudioSeed
from schema.identifiers import global_id
from tests.stack import Sandbox, SignInDesk
from tests.writers import READ, members, mended, refused, staff_of, work_token

SCHEDULE = """mutation ($input: ScheduleShiftInput!) { scheduleShift(input: $input) {
    dutyShift { id startsAt topic member { id } studio { id } } userErrors { code message field } } }"""
CALENDAR = """query ($id: ID!, $region: String!, $from: DateTime!, $to: DateTime!) {
    studio(id: $id) { dutyShifts(from: $from, to: $to) { id topic } }
    dutyShifts(regionCode: $region, from: $from, to: $to) { id } }"""
NIGHT = timedelta(days=9, hours=13)


def staffed(sandbox: Sandbox, number: int) -> tuple[StudioSeed, list[int]]:
    """A studio with members who come by the work app, and which of them those are."""
    known = {one.key for one in members(sandbox.world)}
    found = []
    for studio in sandbox.world.studios:
        able = [at for at, one in enumerate(studio.members) if one.key in known]
        if len(able) > 2 and able[0] == 0:
            found.append((studio, able))
    return found[number]


def turn(sandbox: Sandbox, studio: StudioSeed, **more: Any) -> dict[str, Any]:
    """Variables: some night hours of the week after next, when nobody is on duty."""
    start = sandbox.world.today.replace(hour=15, minute=0, second=0, microsecond=0) + timedelta(days=9)
    given = {
        "studioId": global_id("Studio", studio.key),
        "startsAt": start.isoformat(),
        "endsAt": (start + timedelta(hours=2)).isoformat(),
        "topic": "夜间值班",
    }
    return {"input": given | more}


def span(asked: dict[str, Any], studio: StudioSeed) -> dict[str, str]:
    """Variables of the calendar around it."""
    start = datetime.fromisoformat(asked["input"]["startsAt"])
    return {
        "id": global_id("Studio", studio.key),
        "region": studio.committee.region_code,
        "from": (start - timedelta(days=1)).isoformat(),
        "to": (start + timedelta(days=1)).isoformat(),
    }


async def test_a_member_puts_themselves_on_duty(sandbox: Sandbox, desk: SignInDesk) -> None:
    """The studio's calendar and the region's show it at once; the same hours are taken once."""
    studio, able = staffed(sandbox, 0)
    me = studio.members[able[1]]
    token, asked = await work_token(desk, me.person), turn(sandbox, studio)
    before = await desk.gateway.query(CALENDAR, span(asked, studio), token)

    body = await desk.gateway.query(SCHEDULE, asked, token)
    after = await desk.gateway.query(CALENDAR, span(asked, studio), token)
    again = await desk.gateway.query(SCHEDULE, asked, token)

    assert "errors" not in body
    shift = body["data"]["scheduleShift"]["dutyShift"]
    assert (shift["member"]["id"], shift["topic"]) == (global_id("Member", me.key), "夜间值班")
    assert datetime.fromisoformat(shift["startsAt"]) == datetime.fromisoformat(asked["input"]["startsAt"])
    for read in (lambda data: data["studio"]["dutyShifts"], lambda data: data["dutyShifts"]):
        new = {one["id"] for one in read(after["data"])} - {one["id"] for one in read(before["data"])}
        assert new == {shift["id"]}
    assert mended(again, "scheduleShift") == [("SHIFT_OVERLAPS", None)]


async def test_the_convener_and_the_office_put_others_on_duty(sandbox: Sandbox, desk: SignInDesk) -> None:
    """Each in their own studio; a member puts nobody else on duty."""
    studio, able = staffed(sandbox, 1)
    convener, mate, third = (studio.members[at] for at in able[:3])
    of_mate = {"memberId": global_id("Member", mate.key)}
    start = datetime.fromisoformat(turn(sandbox, studio)["input"]["startsAt"])
    later = {
        "startsAt": (start + timedelta(hours=3)).isoformat(),
        "endsAt": (start + timedelta(hours=4)).isoformat(),
        "memberId": global_id("Member", third.key),
    }
    office = await work_token(desk, staff_of(sandbox.world, studio.committee))

    by_mate = await desk.gateway.query(SCHEDULE, turn(sandbox, studio, **of_mate), await work_token(desk, third.person))
    by_convener = await desk.gateway.query(
        SCHEDULE, turn(sandbox, studio, **of_mate), await work_token(desk, convener.person)
    )
    by_office = await desk.gateway.query(SCHEDULE, turn(sandbox, studio, **later), office)

    assert refused(by_mate) == ["PLATFORM_FORBIDDEN"]
    assert by_convener["data"]["scheduleShift"]["dutyShift"]["member"] == {"id": of_mate["memberId"]}
    assert by_office["data"]["scheduleShift"]["dutyShift"]["member"] == {"id": later["memberId"]}


async def test_who_may_not_is_refused_and_what_can_be_mended_is_told(sandbox: Sandbox, desk: SignInDesk) -> None:
    """Scope and role; times that do not go together, lie behind, or last too long; nobody named."""
    studio, able = staffed(sandbox, 2)
    me = studio.members[able[0]]
    token = await work_token(desk, me.person)
    office = await work_token(desk, staff_of(sandbox.world, studio.committee))
    asked = turn(sandbox, studio)
    start = datetime.fromisoformat(asked["input"]["startsAt"])
    past = {"startsAt": "2020-01-01T09:00:00+08:00", "endsAt": "2020-01-01T10:00:00+08:00"}

    async def told(text: dict[str, Any], by: str = token) -> list[tuple[str, str | None]]:
        return mended(await desk.gateway.query(SCHEDULE, text, by), "scheduleShift")

    citizen = await desk.token("citizen-0001", "zheliban", "openid graph:read question:write")
    assert refused(await desk.gateway.query(SCHEDULE, asked, citizen)) == ["FORBIDDEN"]
    assert refused(await desk.gateway.query(SCHEDULE, asked, await work_token(desk, me.person, READ))) == ["FORBIDDEN"]
    assert await told(turn(sandbox, studio, endsAt=asked["input"]["startsAt"])) == [("BAD_SPAN", "endsAt")]
    assert await told(turn(sandbox, studio, **past)) == [("BAD_SPAN", None)]
    assert await told(turn(sandbox, studio, endsAt=(start + timedelta(hours=5)).isoformat())) == [("BAD_SPAN", None)]
    assert await told(asked, office) == [("PART_MISSING", "memberId")]
