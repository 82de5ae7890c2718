"""The lists and reads by key of the handheld office over the sandbox (contract/office.yaml)."""

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from connectors.errors import (
    BadCursorError,
    NotAllowedError,
    PlatformError,
    RangeTooWideError,
    RejectedInputError,
)
from connectors.records.office import (
    DocumentQuery,
    Notice,
    NoticeQuery,
    OfficialDocument,
    ProgressQuery,
    ScheduleItem,
    WorkProgress,
)
from connectors.records.page import Page, PageArgs
from connectors.records.shift import Span
from tests.connectors.zhezhengding.people import account_of, as_official, as_staff

if TYPE_CHECKING:
    from tests.connectors.zhezhengding.conftest import Bench

from tests.connectors.zhezhengding.office.working import FIVE, Office


async def test_the_desk_costs_a_call_a_list(bench: "Bench") -> None:
    """Operations 03 and 17: each list of one's own is one call."""
    office = Office(bench)

    notices, schedule, works, documents = await office.all_lists(office.own, office.ask)

    assert all(isinstance(one, Notice) for one in notices.nodes)
    assert all(isinstance(one, ScheduleItem) for one in schedule)
    assert all(isinstance(one, WorkProgress) for one in works.nodes)
    assert all(isinstance(one, OfficialDocument) for one in documents.nodes)
    assert len(notices.nodes) == len(works.nodes) == len(documents.nodes) == 5
    assert schedule
    assert bench.sandbox.calls == {
        "office.notices.list": 1,
        "office.schedule.list": 1,
        "office.progress.list": 1,
        "office.documents.list": 1,
    }


async def test_rows_name_people_and_organisations(bench: "Bench") -> None:
    """What operation 17 shows: publisher, attendees, owner, issuer with key and name."""
    office = Office(bench)
    names = {unit.code: unit.name for unit in bench.world.units}
    people = {p.work.employee_code: p.name for p in bench.world.persons if p.work}

    notices, schedule, works, documents = await office.all_lists(office.own, office.ask)

    for unit in [
        *(one.publisher for one in notices.nodes),
        *(one.organization for one in (*schedule, *works.nodes)),
        *(one.issuer for one in documents.nodes),
    ]:
        assert names[unit.key] == unit.name
    for person in [
        *(attendee for one in schedule for attendee in one.attendees),
        *(one.owner for one in works.nodes if one.owner),
        *(one.author for one in notices.nodes if one.author),
    ]:
        assert people[person.key] == person.name
        assert person.employee_code == person.key
    assert any(one.file for one in documents.nodes)
    assert all(one.number for one in documents.nodes)


async def test_another_s_things_are_refused_in_their_place(bench: "Bench") -> None:
    """An official reads their own; another's, or anything without an employee code, is refused without a call."""
    office = Office(bench)
    other = account_of(bench.world, 1).employee_code

    for answer in await office.all_lists([other], office.ask):
        assert isinstance(answer, NotAllowedError)
    for answer in await office.all_lists(office.own, bench.ask()):
        assert isinstance(answer, NotAllowedError)
    assert [type(a) for a in await office.desk.list_unit_schedule(["GO_zx331000"], office.week, office.ask)] == [
        NotAllowedError
    ]
    assert [type(a) for a in await office.notices.load_notices(["N000000000"], bench.ask())] == [NotAllowedError]
    assert bench.sandbox.calls == {}


async def test_staff_look_after_everybody(bench: "Bench") -> None:
    """Many people in one call, an unknown one empty; an organisation's schedule."""
    office = Office(bench)
    codes = [account_of(bench.world, at).employee_code for at in range(3)]

    pages = await office.notices.list_notices([*codes, "GE_nobody", "no key at all"], NoticeQuery(), FIVE, as_staff())
    (items,) = await office.desk.list_unit_schedule(["GO_zx331000"], office.week, as_staff())

    assert [isinstance(page, Page) and bool(page.nodes) for page in pages] == [True, True, True, False, False]
    assert not isinstance(items, PlatformError)
    assert {item.organization.key for item in items} == {"GO_zx331000"}
    assert bench.sandbox.calls == {"office.notices.list": 1, "office.schedule.list": 1}


async def test_notices_by_key_as_the_asker_read_them(bench: "Bench") -> None:
    """Each key in its place, None for an unknown one and for what the asker does not get; nothing is kept."""
    office = Office(bench)
    (page,) = await office.notices.list_notices(office.own, NoticeQuery(), FIVE, office.ask)
    assert isinstance(page, Page)
    keys = [notice.key for notice in page.nodes]
    stranger = bench.world.officials[-1].work
    assert stranger is not None

    found = await office.notices.load_notices([*keys, "N999990000", "?"], office.ask)
    seen_by_other = await office.notices.load_notices(keys, as_official(stranger))

    assert list(found) == [*page.nodes, None, None]
    assert list(seen_by_other) != list(page.nodes)


@pytest.mark.parametrize("kind", ["schedule_items", "work_progress", "documents"])
async def test_the_rest_by_key(bench: "Bench", kind: str) -> None:
    """Schedule, progress and documents are read by key too, and kept for a minute for each asker apart."""
    office = Office(bench)
    lists = {
        "schedule_items": (await office.desk.list_schedule(office.own, office.week, office.ask))[0],
        "work_progress": (await office.desk.list_work_progress(office.own, ProgressQuery(), FIVE, office.ask))[0],
        "documents": (await office.desk.list_documents(office.own, DocumentQuery(), FIVE, office.ask))[0],
    }
    held = lists[kind]
    records = held.nodes if isinstance(held, Page) else held
    assert not isinstance(records, PlatformError)
    load = getattr(office.desk, f"load_{kind}")
    keys = [record.key for record in records[:2]]

    first = await load([*keys, "X999990000"], office.ask)
    again = await load(keys, office.ask)
    staff = await load(keys, as_staff())

    assert list(first) == [*records[:2], None]
    assert list(again) == list(staff) == list(records[:2])
    assert sum(count for name, count in bench.sandbox.calls.items() if name.endswith(".get")) == 2


async def test_pages_and_cursors(bench: "Bench") -> None:
    """Pages follow one another; the total when asked for; what cannot be a cursor is refused without a call."""
    office = Office(bench)
    (whole,) = await office.notices.list_notices(
        office.own, NoticeQuery(), PageArgs(first=100, with_total=True), office.ask
    )
    assert isinstance(whole, Page)
    found: list[str] = []
    after: str | None = None
    more = True
    while more:
        (page,) = await office.notices.list_notices(
            office.own, NoticeQuery(), PageArgs(first=4, after=after), office.ask
        )
        assert isinstance(page, Page)
        found += [notice.key for notice in page.nodes]
        after, more = page.end, page.has_next
    calls = dict(bench.sandbox.calls)

    (refused,) = await office.notices.list_notices(
        office.own, NoticeQuery(), PageArgs(first=4, after="a&b"), office.ask
    )
    (foreign,) = await office.notices.list_notices(
        office.own, NoticeQuery(), PageArgs(first=4, after="zzz"), office.ask
    )

    assert found == [notice.key for notice in whole.nodes]
    assert whole.total == len(found)
    assert isinstance(refused, BadCursorError)
    assert isinstance(foreign, BadCursorError)
    assert bench.sandbox.calls["office.notices.list"] == calls["office.notices.list"] + 1


async def test_spans_are_bounded_without_a_call(bench: "Bench") -> None:
    """More than 31 days, or backwards: refused before anybody is asked; too many rows by the platform."""
    office = Office(bench)
    today = bench.world.today
    wide = Span(start=today, end=today + timedelta(days=31, seconds=1))
    backwards = Span(start=today, end=today)
    month = Span(start=today, end=today + timedelta(days=31))
    units = [unit.code for unit in bench.world.units if unit.type_code == "GOV_UNIT"][:60]

    (too_wide,) = await office.desk.list_schedule(office.own, wide, office.ask)
    (rejected,) = await office.desk.list_schedule(office.own, backwards, office.ask)
    before = dict(bench.sandbox.calls)
    many = await office.desk.list_unit_schedule(units, month, as_staff())

    assert isinstance(too_wide, RangeTooWideError)
    assert isinstance(rejected, RejectedInputError)
    assert before == {}
    assert all(isinstance(entry, RangeTooWideError) for entry in many)
