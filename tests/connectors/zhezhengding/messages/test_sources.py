"""``MessageSource`` and ``Messenger`` over the sandbox (contract/messages.yaml)."""

import json
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


def told(row: dict[str, Any]) -> bytes:
    """A platform that answers every read with that row."""
    page = {"employeeCode": row.pop("owner"), "rows": [{**row, "cursor": "c"}], "hasNext": False}
    item = page if page["employeeCode"] else row
    return json.dumps({"success": True, "content": {"success": True, "data": {"items": [item]}}}).encode()


def people(*codes: str) -> list[dict[str, str]]:
    """As rows name them."""
    return [{"employeeCode": code, "employeeName": "某"} for code in codes]


SAID = {"id": "M1", "kind": "CHAT", "body": "密", "sentAt": "2026-11-20T08:00:00+08:00", "owner": ""}
ALIEN = SAID | {"sender": people("GE_a")[0], "receivers": people("GE_b"), "receiverCount": 1}
OTHERS: dict[str, tuple[dict[str, Any], type[PlatformError] | None]] = {
    "between others": (ALIEN, None),
    "of a sender nobody can read": (ALIEN | {"sender": 7}, PlatformError),
    "to nobody can read whom": (ALIEN | {"receivers": "GE_b"}, PlatformError),
    "to somebody without a code": (ALIEN | {"receivers": [{"employeeName": "某"}]}, PlatformError),
    "to nobody knows how many": (ALIEN | {"receiverCount": "many"}, PlatformError),
}


@pytest.mark.parametrize("name", OTHERS)
async def test_a_platform_that_tells_too_much_is_not_passed_on(bench: "Bench", name: str) -> None:
    """What concerns others is none, in a list left out; where it is not told whom it concerns, that is an error."""
    row, error = OTHERS[name]
    account = account_of(bench.world)
    bench.wire.answer = lambda _: told(dict(row))
    (by_key,) = await messages(bench).load_messages(["M1"], as_official(account))
    bench.wire.answer = lambda _: told(row | {"owner": account.employee_code})
    (listed,) = await messages(bench).list_messages([account.employee_code], MessageQuery(), ALL, as_official(account))

    assert isinstance(listed, Page)
    if error is None:
        assert by_key is None
        assert listed.nodes == ()
    else:
        assert isinstance(by_key, error)
        assert [isinstance(node, error) for node in listed.nodes] == [True]


@pytest.mark.parametrize("place", ["sender", "receivers"])
async def test_ones_own_is_shown_whatever_else_is_broken(bench: "Bench", place: str) -> None:
    """It is enough that one of the people is the asker; of many receivers not all are named."""
    account = account_of(bench.world)
    me = people(account.employee_code)
    changes: dict[str, Any] = {"sender": me[0], "receivers": 7} if place == "sender" else {"sender": 7, "receivers": me}
    bench.wire.answer = lambda _: told(ALIEN | changes)
    (own,) = await messages(bench).load_messages(["M1"], as_official(account))
    bench.wire.answer = lambda _: told(ALIEN | {"receiverCount": 30})
    (to_many,) = await messages(bench).load_messages(["M1"], as_official(account))

    assert isinstance(own, Message)
    assert isinstance(to_many, Message)


async def test_a_letter_without_its_key_is_an_unknown_outcome(bench: "Bench") -> None:
    """Schema drift in the answer to a write: it was sent, but nobody knows as what; the same write id tells."""
    bench.wire.answer = lambda body: body.replace(b'"id"', b'"messageId"')
    with pytest.raises(OutcomeUnknownError):
        await messages(bench).send_message(letter(bench), first(bench))
    bench.wire.answer = lambda body: body

    sent = await messages(bench).send_message(letter(bench), first(bench))

    assert [one.key for one in (await inbox(bench, 1)).nodes if one.title == "协商会议程"] == [sent.key]
