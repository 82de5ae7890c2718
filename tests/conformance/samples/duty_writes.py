"""What members and offices write of duties: turns, signing in, duty records, statements, posts of reading groups."""

from datetime import timedelta

from connectors.records.activity import ActivityQuery, AttendanceStatus
from connectors.records.duty_record import DutyRecordQuery, DutyRecordSource, DutyRecordStatus, NewDutyRecord
from connectors.records.page import PageArgs
from connectors.records.shift import NewShift, Span
from connectors.records.statement import StatementDraft
from connectors.sandbox.building import CHINA
from connectors.sandbox.world import World
from tests.conformance.samples.deeds import Deed, Find, Scene, Shown, colleagues, of_citizen, of_member, of_staff

ALL = PageArgs(first=100, with_total=True)
_FRIDAY = 4
"""From then until Tuesday nobody is on duty."""


async def schedule_shift(scene: Scene) -> Deed:
    """The office puts a member on duty."""
    world, topic = scene.world, scene.title("答疑")
    studio = next(each for each in world.studios if each.committee is world.committees[0] and each.members)
    friday = world.today.replace(hour=0, minute=0) + timedelta(days=7 + (_FRIDAY - world.today.weekday()) % 7)
    start = friday + timedelta(hours=2 * scene.number)
    end = start + timedelta(hours=1)
    turn = NewShift(studio_key=studio.key, member_key=studio.members[0].key, starts_at=start, ends_at=end, topic=topic)

    async def shown(find: Find) -> int:
        (rows,) = await find("list_studio_shifts")([studio.key], Span(start=start, end=end), of_staff(world))
        return sum(row.topic == topic for row in rows)

    return Deed(of_staff(world), (turn, scene.write_id("schedule_shift")), shown=shown)


def _record(scene: Scene, what: str, *, draft: bool = False) -> NewDutyRecord:
    return NewDutyRecord(
        member_key=colleagues(scene.world)[0].key,
        kind="PUBLIC_WELFARE",
        title=scene.title(what),
        occurred_at=scene.world.today - timedelta(hours=1),
        source=DutyRecordSource.SELF,
        draft=draft,
    )


async def add_duty_record(scene: Scene) -> Deed:
    """A member tells what they did."""
    record, member = _record(scene, "六送下乡"), colleagues(scene.world)[0]

    async def shown(find: Find) -> int:
        query = DutyRecordQuery(status=DutyRecordStatus.SUBMITTED)
        (page,) = await find("list_member_duty_records")([member.key], query, ALL, of_member(member))
        return sum(row.title == record.title for row in page.nodes)

    return Deed(of_member(member), (record, scene.write_id("add_duty_record")), shown=shown)


async def move_duty_record(scene: Scene) -> Deed:
    """A draft is handed in."""
    ask, draft = of_member(colleagues(scene.world)[0]), _record(scene, "草稿", draft=True)
    made = await scene.find("add_duty_record")(draft, scene.write_id("made-record"), ask)
    return Deed(ask, (made.key, DutyRecordStatus.SUBMITTED, None, scene.write_id("move_duty_record")))


def _on_now(world: World) -> str:
    start = world.today.astimezone(CHINA) - timedelta(minutes=10)
    return f"A{world.committees[0].region_code}-{start:%Y%m%d}N"


def _attended(scene: Scene, key: str, status: AttendanceStatus) -> Shown:
    async def shown(find: Find) -> int:
        (row,) = await find("load_attendances")([key], of_staff(scene.world))
        return int(row.status is status)

    return shown


async def check_in(scene: Scene) -> Deed:
    """A member signs in by the code at the door."""
    key, member = _on_now(scene.world), colleagues(scene.world)[scene.number]
    (code,) = await scene.find("load_check_in_codes")([key], of_staff(scene.world))
    shown = _attended(scene, f"{key}-{member.key}", AttendanceStatus.CHECKED_IN)
    return Deed(of_member(member), (code.code, scene.write_id("check_in")), shown=shown)


async def check_in_member(scene: Scene) -> Deed:
    """The office signs one in by hand."""
    key, member = _on_now(scene.world), colleagues(scene.world)[20 + scene.number]
    shown = _attended(scene, f"{key}-{member.key}", AttendanceStatus.CHECKED_IN)
    return Deed(of_staff(scene.world), (key, member.key, scene.write_id("check_in_member")), shown=shown)


async def ask_leave(scene: Scene) -> Deed:
    """A member excuses themselves from the last of what is to come."""
    member = colleagues(scene.world)[scene.number]
    query = ActivityQuery(upcoming=True)
    (page,) = await scene.find("list_member_activities")([member.key], query, ALL, of_member(member))
    key = page.nodes[-1].key
    shown = _attended(scene, f"{key}-{member.key}", AttendanceStatus.ON_LEAVE)
    return Deed(of_member(member), (key, "出差", scene.write_id("ask_leave")), shown=shown)


def _room(world: World) -> str:
    """An open deliberation."""
    return f"DL{world.committees[0].region_code}005"


def _said(scene: Scene, body: str) -> Shown:
    async def shown(find: Find) -> int:
        listed = find("list_deliberation_statements")
        (page,) = await listed([_room(scene.world)], ALL, of_staff(scene.world))
        return sum(row.body == body for row in page.nodes)

    return shown


async def post_statement(scene: Scene) -> Deed:
    """A member speaks."""
    draft = StatementDraft(deliberation_key=_room(scene.world), body=scene.title("支持"))
    given = (draft, scene.write_id("post_statement"))
    return Deed(of_member(colleagues(scene.world)[0]), given, shown=_said(scene, draft.body))


async def moderate_statement(scene: Scene) -> Deed:
    """What a citizen said is published."""
    draft = StatementDraft(deliberation_key=_room(scene.world), body=scene.title("站台太远"))
    citizen = of_citizen(scene.world.citizens[0])
    made = await scene.find("post_statement")(draft, scene.write_id("made-statement"), citizen)
    given = (made.key, scene.write_id("moderate_statement"))
    return Deed(of_staff(scene.world), given, {"publish": True}, _said(scene, draft.body))


async def like_statement(scene: Scene) -> Deed:
    """A citizen likes one."""
    ask = of_citizen(scene.world.citizens[1])
    draft = StatementDraft(deliberation_key=_room(scene.world), body=scene.title("赞同"))
    author = of_member(colleagues(scene.world)[0])
    made = await scene.find("post_statement")(draft, scene.write_id("made-liked"), author)

    async def shown(find: Find) -> int:
        (row,) = await find("load_statements")([made.key], ask)
        return int(row.likes)

    return Deed(ask, (made.key, scene.write_id("like_statement")), {"liked": True}, shown)


def _group(scene: Scene) -> str:
    """A group of another committee."""
    return f"RG{scene.world.committees[4].region_code}00"


async def join_reading_group(scene: Scene) -> Deed:
    """A member who is not in it joins."""
    ask = of_member(colleagues(scene.world)[scene.number])
    (before,) = await scene.find("load_reading_groups")([_group(scene)], ask)

    async def shown(find: Find) -> int:
        (now,) = await find("load_reading_groups")([before.key], ask)
        return int(now.member_count - before.member_count)

    return Deed(ask, (_group(scene), scene.write_id("join_reading_group")), shown=shown)


async def post_in_reading_group(scene: Scene) -> Deed:
    """A member of another group writes in it."""
    key = f"{_group(scene)[:-1]}1"
    ask, body = of_member(colleagues(scene.world)[0]), scene.title("读完第一章")
    await scene.find("join_reading_group")(key, scene.write_id("made-joined"), ask)

    async def shown(find: Find) -> int:
        (page,) = await find("list_group_posts")([key], ALL, ask)
        return sum(row.body == body for row in page.nodes)

    return Deed(ask, (key, body, scene.write_id("post_in_reading_group")), shown=shown)


WRITES = {
    make.__name__: make
    for make in (
        schedule_shift,
        add_duty_record,
        move_duty_record,
        check_in,
        check_in_member,
        ask_leave,
        post_statement,
        moderate_statement,
        like_statement,
        join_reading_group,
        post_in_reading_group,
    )
}
