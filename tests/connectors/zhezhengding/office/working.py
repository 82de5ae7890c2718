"""The handheld office's ports with an empty cache, for whoever tests them."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from connectors.records.office import (
    DocumentQuery,
    NoticeQuery,
    ProgressQuery,
)
from connectors.records.page import PageArgs
from connectors.records.shift import Span
from connectors.zhezhengding.office.desk import ZhezhengdingDesk
from connectors.zhezhengding.office.notices import ZhezhengdingNotices
from connectors.zhezhengding.office.reads import OwnReads
from tests.connectors.zhezhengding.people import account_of, as_official

if TYPE_CHECKING:
    from connectors.sandbox.world import Account
    from tests.connectors.zhezhengding.conftest import Bench

FIVE = PageArgs(first=5)
UNREAD = NoticeQuery(unread_only=True)


class Office:
    """The ports with an empty cache, and the first member's own things."""

    def __init__(self, bench: "Bench") -> None:
        client = bench.client()
        reads = OwnReads(bench.settings, client, bench.reader())
        self.notices = ZhezhengdingNotices(bench.settings, client, reads)
        self.desk = ZhezhengdingDesk(reads)
        self.account = account_of(bench.world)
        self.ask = as_official(self.account)
        self.own = [self.account.employee_code]
        today = bench.world.today
        self.week = Span(start=today, end=today + timedelta(days=7))

    async def all_lists(self, keys: list[str], ask: Any) -> list[Any]:
        """What each list answers for these employees."""
        return [
            *await self.notices.list_notices(keys, NoticeQuery(), FIVE, ask),
            *await self.desk.list_schedule(keys, self.week, ask),
            *await self.desk.list_work_progress(keys, ProgressQuery(), FIVE, ask),
            *await self.desk.list_documents(keys, DocumentQuery(), FIVE, ask),
        ]


def staff_member(bench: "Bench") -> "Account":
    """An official of a committee's office."""
    account = bench.world.officials[0].work
    assert account is not None
    return account
