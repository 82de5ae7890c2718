"""``MessageSource`` and ``Messenger`` over the sandbox (contract/messages.yaml)."""

from typing import TYPE_CHECKING, Any

import pytest

from connectors.errors import (
    NotAllowedError,
    OutcomeUnknownError,
    PlatformError,
    RejectedInputError,
    WriteIdReusedError,
)
from connectors.records.message import Message, MessageKind, MessageQuery, NewMessage
from connectors.records.page import Page, PageArgs
from connectors.sandbox.faults import Fault, FaultKind
from connectors.zhezhengding.messages.sources import ZhezhengdingMessages
from connectors.zhezhengding.office.reads import OwnReads
from tests.connectors.zhezhengding.people import account_of, as_official, as_staff

if TYPE_CHECKING:
    from connectors.viewer import Ask
    from tests.connectors.zhezhengding.conftest import Bench

ALL = PageArgs(first=100, with_total=True)


def messages(bench: "Bench") -> ZhezhengdingMessages:
    """The ports with an empty cache."""
    client = bench.client()
    return ZhezhengdingMessages(bench.settings, client, OwnReads(bench.settings, client, bench.reader()))


async def inbox(bench: "Bench", at: int = 0, query: MessageQuery | None = None) -> Page[Message]:
    """Somebody's own messages."""
    account = account_of(bench.world, at)
    (page,) = await messages(bench).list_messages(
        [account.employee_code], query or MessageQuery(), ALL, as_official(account)
    )
    assert isinstance(page, Page)
    return page


def letter(bench: "Bench", **changes: Any) -> NewMessage:
    """A mail to the second member."""
    given = {
        "write_id": "send-0000000000000001",
        "kind": MessageKind.MAIL,
        "title": "协商会议程",
        "body": "请提意见。",
        "receivers": (account_of(bench.world, 1).employee_code,),
    }
    return NewMessage(**{**given, **changes})


def first(bench: "Bench") -> "Ask":
    """The first member asks."""
    return as_official(account_of(bench.world))


async def test_ones_own_cost_one_call(bench: "Bench") -> None:
    """Every kind, newest first, people by key and name, the total when asked for."""
    page = await inbox(bench)
    names = {p.work.employee_code: p.name for p in bench.world.persons if p.work}

    assert {message.kind for message in page.nodes} == set(MessageKind)
    assert page.total == len(page.nodes)
    for message in page.nodes:
        assert message.receiver_count >= len(message.receivers) > 0
        for person in (message.sender, *message.receivers):
            assert names[person.key] == person.name
    assert all(message.group for message in page.nodes if message.kind is MessageKind.GROUP)
    assert bench.sandbox.calls == {"messages.list": 1}


async def test_others_do_not_read_along(bench: "Bench") -> None:
    """Another's list is refused without a call; another's message is None by its key."""
    mine, theirs = account_of(bench.world), account_of(bench.world, 30)
    own = await inbox(bench)
    private = next(message for message in own.nodes if message.kind is MessageKind.CHAT)
    outsider = next(
        account_of(bench.world, at)
        for at in range(2, 40)
        if account_of(bench.world, at).employee_code
        not in {private.sender.key, *(one.key for one in private.receivers)}
    )

    (refused,) = await messages(bench).list_messages([mine.employee_code], MessageQuery(), ALL, as_official(theirs))
    (hidden,) = await messages(bench).load_messages([private.key], as_official(outsider))
    (shown,) = await messages(bench).load_messages([private.key], as_official(mine))

    assert isinstance(refused, NotAllowedError)
    assert hidden is None
    assert shown == private


async def test_kinds_and_unread(bench: "Bench") -> None:
    """Filters of the list."""
    mails = await inbox(bench, query=MessageQuery(kinds=(MessageKind.MAIL, MessageKind.SMS)))
    unread = await inbox(bench, query=MessageQuery(unread_only=True))

    assert {message.kind for message in mails.nodes} == {MessageKind.MAIL, MessageKind.SMS}
    assert all(message.read_at is None for message in unread.nodes)


async def test_sent_in_the_asker_s_name_once(bench: "Bench") -> None:
    """The sender is the asker, whoever the caller would like it to be; the same write id answers the same message."""
    ask = first(bench)

    message = await messages(bench).send_message(letter(bench), ask)
    again = await messages(bench).send_message(letter(bench), ask)

    assert message == again
    assert message.sender.key == account_of(bench.world).employee_code
    assert message.key in {one.key for one in (await inbox(bench, 1)).nodes}
    with pytest.raises(WriteIdReusedError):
        await messages(bench).send_message(letter(bench, body="别的"), ask)


@pytest.mark.parametrize(
    "wrong",
    [{"title": None}, {"receivers": ("GE_nobody",)}, {"kind": MessageKind.CHAT}, {"write_id": "short"}, {"body": ""}],
    ids=str,
)
async def test_what_is_wrong_is_refused(bench: "Bench", wrong: dict[str, Any]) -> None:
    """The platform's own rules, told as rejected input."""
    with pytest.raises(RejectedInputError):
        await messages(bench).send_message(letter(bench, **wrong), first(bench))


async def test_who_has_no_employee_code_sends_nothing(bench: "Bench") -> None:
    """Refused without a call."""
    for ask in (bench.ask(), as_staff()):
        with pytest.raises(NotAllowedError):
            await messages(bench).send_message(letter(bench), ask)
    assert bench.wire.requests == []


async def test_no_answer_is_an_unknown_outcome(bench: "Bench") -> None:
    """It may have been sent: the same write id tells, and it was sent once."""
    bench.sandbox.faults.put(Fault(FaultKind.RESET, "messages.send"))
    with pytest.raises(OutcomeUnknownError):
        await messages(bench).send_message(letter(bench), first(bench))
    bench.sandbox.faults.clear()
    before = len((await inbox(bench, 1)).nodes)

    await messages(bench).send_message(letter(bench), first(bench))

    assert len((await inbox(bench, 1)).nodes) == before


async def test_a_fault_stands_in_each_place(bench: "Bench") -> None:
    """A read does not raise."""
    bench.sandbox.faults.put(Fault(FaultKind.FAILURE_ENVELOPE))
    codes = [account_of(bench.world, at).employee_code for at in range(2)]

    pages = await messages(bench).list_messages(codes, MessageQuery(), ALL, as_staff())

    assert all(isinstance(page, PlatformError) for page in pages)
