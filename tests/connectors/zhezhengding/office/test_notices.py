"""Publishing notices and marking them as read, over the sandbox (contract/office.yaml)."""

from typing import TYPE_CHECKING, Any

import pytest

from connectors.errors import (
    DuplicateWriteError,
    NotAllowedError,
    NotFoundError,
    OutcomeUnknownError,
    PlatformError,
    RejectedInputError,
    WriteIdReusedError,
)
from connectors.records.office import (
    NewNotice,
    Notice,
    NoticeQuery,
)
from connectors.records.page import Page, PageArgs
from connectors.sandbox.faults import Fault, FaultKind
from tests.connectors.zhezhengding.people import account_of, as_staff

if TYPE_CHECKING:
    from tests.connectors.zhezhengding.conftest import Bench

from tests.connectors.zhezhengding.office.working import FIVE, UNREAD, Office, staff_member


async def test_marking_as_read_is_kept(bench: "Bench") -> None:
    """A notice that was marked is no more among the unread ones; the same write again does nothing more."""
    office = Office(bench)
    (before,) = await office.notices.list_notices(office.own, UNREAD, FIVE, office.ask)
    assert isinstance(before, Page)
    key = before.nodes[0].key

    for _ in range(2):
        await office.notices.mark_notices_read([key], "mark-0000000000000001", office.ask)

    (after,) = await Office(bench).notices.list_notices(office.own, UNREAD, FIVE, office.ask)
    (notice,) = await office.notices.load_notices([key], office.ask)
    assert isinstance(after, Page)
    assert key not in {one.key for one in after.nodes}
    assert isinstance(notice, Notice)
    assert notice.read_at is not None
    with pytest.raises(NotFoundError):
        await office.notices.mark_notices_read(["N999990000"], "mark-0000000000000002", office.ask)
    with pytest.raises(WriteIdReusedError):
        await office.notices.mark_notices_read([before.nodes[1].key], "mark-0000000000000001", office.ask)


def new_notice(bench: "Bench", **changes: Any) -> NewNotice:
    """A notice of the first committee to the first member's directory."""
    given = {
        "write_id": "publish-0000000000001",
        "title": "关于开展活动的通知",
        "body": "请按时参加。",
        "publisher_key": bench.world.committees[0].code,
        "audience": (account_of(bench.world).organization_code,),
    }
    return NewNotice(**{**given, **changes})


async def test_staff_publish_in_their_own_name(bench: "Bench") -> None:
    """The asker is the author; the same write id answers the same notice, which its audience can read."""
    office, author = Office(bench), staff_member(bench)
    ask = as_staff(author)

    notice = await office.notices.publish_notice(new_notice(bench), ask)
    again = await office.notices.publish_notice(new_notice(bench), ask)

    assert notice == again
    assert notice.author is not None
    assert notice.author.key == author.employee_code
    assert notice.publisher.key == bench.world.committees[0].code
    (seen,) = await office.notices.load_notices([notice.key], office.ask)
    assert isinstance(seen, Notice)
    with pytest.raises(WriteIdReusedError):
        await office.notices.publish_notice(new_notice(bench, title="另一个"), ask)
    with pytest.raises(RejectedInputError):
        await office.notices.publish_notice(new_notice(bench, audience=("GO_no",), write_id="publish-2-00000000"), ask)


async def test_who_may_not_publish_is_refused_without_a_call(bench: "Bench") -> None:
    """An official who is no staff, staff without an employee code, nobody at all."""
    office = Office(bench)

    for ask in (office.ask, as_staff(), bench.ask()):
        with pytest.raises(NotAllowedError):
            await office.notices.publish_notice(new_notice(bench), ask)
    for ask in (as_staff(), bench.ask()):
        with pytest.raises(NotAllowedError):
            await office.notices.mark_notices_read(["N000000000"], "mark-0000000000000001", ask)
    assert bench.sandbox.calls == {}


async def test_no_answer_to_a_write_is_an_unknown_outcome(bench: "Bench") -> None:
    """It may have been published: the same write id then answers the notice, and it stands there once."""
    office, ask = Office(bench), as_staff(staff_member(bench))
    bench.sandbox.faults.put(Fault(FaultKind.TRUNCATED, "office.notices.publish"))
    with pytest.raises(OutcomeUnknownError):
        await office.notices.publish_notice(new_notice(bench), ask)
    bench.sandbox.faults.clear()

    notice = await office.notices.publish_notice(new_notice(bench), ask)

    assert not isinstance(notice, DuplicateWriteError)
    (page,) = await office.notices.list_notices(office.own, NoticeQuery(), PageArgs(first=100), office.ask)
    assert isinstance(page, Page)
    assert sum(one.title == notice.title and one.publisher == notice.publisher for one in page.nodes) == 1


async def test_data_in_a_json_string_is_read(bench: "Bench") -> None:
    """E3, A7.1: whatever the platform puts into a string."""
    bench.set_up(sandbox={"data_as_string": True})
    office = Office(bench)

    for answer in await office.all_lists(office.own, office.ask):
        assert not isinstance(answer, PlatformError)
    assert await office.notices.publish_notice(new_notice(bench), as_staff(staff_member(bench)))


async def test_a_notice_without_its_key_is_an_unknown_outcome(bench: "Bench") -> None:
    """Schema drift in the answer to a write: it was published, but nobody knows as what."""
    office, ask = Office(bench), as_staff(staff_member(bench))
    bench.wire.answer = lambda body: body.replace(b'"id"', b'"noticeId"')

    with pytest.raises(OutcomeUnknownError):
        await office.notices.publish_notice(new_notice(bench), ask)
