"""Notices to citizens: sent once, kept, read by whom they are for."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest

from connectors.errors import (
    NotFoundError,
    OutcomeUnknownError,
    RejectedInputError,
    UnexpectedAnswerError,
    WriteIdReusedError,
)
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


async def test_a_link_that_is_no_web_address_is_not_shown(
    answered: Callable[..., SimpleNamespace], asking: Asking
) -> None:
    """The notice is, with an error in the link's place."""
    row = {"id": "N1", "title": "一", "text": "二", "sentAt": "2026-11-20T08:00:00+08:00", "cursor": "c"}
    rows = [row | {"link": "javascript:alert(1)"}, row | {"id": "N2", "link": None}]
    sources = answered(lambda _: {"items": [{"ownerId": "u1", "rows": rows, "hasNext": False}]})

    (page,) = await sources.notices.list_citizen_notices(["u1"], PAGE, asking("u1"))

    assert [notice.title for notice in page.nodes] == ["一", "一"]
    assert isinstance(page.nodes[0].link, UnexpectedAnswerError)
    assert page.nodes[1].link is None
