"""Notices to citizens: sent once, kept, read by whom they are for."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest

from connectors.errors import NotFoundError, OutcomeUnknownError, RejectedInputError, WriteIdReusedError
from connectors.records.notice_to_citizen import CitizenNotice
from connectors.records.page import PageArgs
from connectors.sandbox.faults import Fault, FaultKind
from connectors.sandbox.world import World
from connectors.viewer import Ask

Asking = Callable[..., Ask]
PAGE = PageArgs(first=10, with_total=True)


def notice(account: str, **changed: str) -> CitizenNotice:
    """News for somebody."""
    facts = {"write_id": "test-notice-00001", "title": "您的提问有了答复", "text": "请查看并评价", "account": account}
    return CitizenNotice(**(facts | changed))


async def test_a_notice_is_sent_once_and_read_by_its_citizen(
    fresh: SimpleNamespace, world: World, asking: Asking
) -> None:
    """The same write id sends it once; it is the newest of that citizen's, and nobody else's."""
    one, other = (person.user_id or "" for person in world.citizens[:2])
    news = notice(one, link="https://gw.example.cn/q/1")

    sent = await fresh.notices.notify_citizen(news, asking())
    again = await fresh.notices.notify_citizen(news, asking())
    mine, theirs = await fresh.notices.list_citizen_notices([one, other], PAGE, asking(one))
    (stranger,) = await fresh.notices.list_citizen_notices([one], PAGE, asking(other))

    assert again == sent
    assert (sent.title, sent.text, sent.link) == (news.title, news.text, news.link)
    assert mine.nodes[0] == sent
    assert mine.total == len(mine.nodes) > 1
    times = [row.sent_at for row in mine.nodes]
    assert times == sorted(times, reverse=True)
    assert (theirs.nodes, stranger.nodes) == ((), ())


async def test_what_cannot_be_sent_is_told(fresh: SimpleNamespace, world: World, asking: Asking) -> None:
    """Accounts nobody has, texts that are empty, links that are none, ids that stand for other news."""
    account = world.citizens[0].user_id or ""
    await fresh.notices.notify_citizen(notice(account), asking())

    for news, error in (
        (notice("nobody", write_id="test-notice-00002"), NotFoundError),
        (notice(account, write_id="test-notice-00003", text=""), RejectedInputError),
        (notice(account, write_id="test-notice-00003", link="javascript:alert(1)"), RejectedInputError),
        (notice(account, write_id="short"), RejectedInputError),
        (notice(account, title="别的"), WriteIdReusedError),
    ):
        with pytest.raises(error):
            await fresh.notices.notify_citizen(news, asking())


@pytest.mark.parametrize("kind", [FaultKind.REFUSE, FaultKind.RESET, FaultKind.HTTP500, FaultKind.FAILURE_ENVELOPE])
async def test_an_answer_that_did_not_come_leaves_the_outcome_open(
    fresh: SimpleNamespace, world: World, asking: Asking, kind: FaultKind
) -> None:
    """It may have been sent: asking again with the same id sends it once."""
    account = world.citizens[0].user_id or ""
    (before,) = await fresh.again().notices.list_citizen_notices([account], PAGE, asking(account))
    fresh.app.faults.put(Fault(kind, "notices.send"))
    with pytest.raises(OutcomeUnknownError):
        await fresh.notices.notify_citizen(notice(account), asking())
    fresh.app.faults.clear()

    await fresh.notices.notify_citizen(notice(account), asking())

    (after,) = await fresh.again().notices.list_citizen_notices([account], PAGE, asking(account))
    assert after.total == before.total + 1
