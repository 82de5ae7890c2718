"""``WorkNotifier`` over the sandbox (wire-formats A6.1)."""

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

import pytest

from connectors.errors import (
    DuplicateWriteError,
    NotConfiguredError,
    OutcomeUnknownError,
    PlatformError,
    RejectedInputError,
    SlowDownError,
)
from connectors.records.notification import (
    ActionButton,
    ActionCardMessage,
    FormLine,
    LinkMessage,
    MarkdownMessage,
    OfficeMessage,
    TextMessage,
    WorkMessage,
    WorkNotification,
)
from connectors.sandbox.faults import Fault, FaultKind
from connectors.zhezhengding.notifications.cards import msg_from
from connectors.zhezhengding.notifications.notifier import ZhezhengdingNotifier

if TYPE_CHECKING:
    from tests.connectors.zhezhengding.conftest import Bench

TEXT = TextMessage(content="委员工作室：您有 1 条新提问 & 请答复+1")


def note(**changes: Any) -> WorkNotification:
    """A notification to two people."""
    return WorkNotification(**{"key": "q-1", "message": TEXT, "receivers": ("10001", "10002"), **changes})


def notifier(bench: "Bench", **changes: Any) -> ZhezhengdingNotifier:
    """The port, by a client with such changes."""
    return ZhezhengdingNotifier(bench.settings, bench.client(**changes))


@pytest.mark.parametrize("shape", ["object", "string"])
@pytest.mark.parametrize("as_string", [False, True])
async def test_both_shapes_of_the_answer_are_read(bench: "Bench", shape: str, as_string: bool) -> None:  # noqa: FBT001 - a case
    """A6.1: ``{"msgId"}`` or the id as a string, in a JSON string or not."""
    bench.set_up(sandbox={"notify": {"answer": shape}, "data_as_string": as_string})

    assert await notifier(bench).notify(note(), bench.ask()) == "m-000001"


async def test_it_is_sent_as_documented(bench: "Bench") -> None:
    """A6.1: comma-joined receivers and organisations, the message as JSON, no token."""
    await notifier(bench).notify(note(organizations=("GO_a", "GO_b")), bench.ask())

    assert parse_qs(bench.wire.requests[-1].content.decode()) == {
        "bizMsgId": ["q-1"],
        "receiverIds": ["10001,10002"],
        "organizationCodes": ["GO_a,GO_b"],
        "tenantId": ["100001"],
        "msg": ['{"msgtype":"text","text":{"content":"委员工作室：您有 1 条新提问 & 请答复+1"}}'],
    }


async def test_a_second_time_is_told_as_done(bench: "Bench") -> None:
    """F7: 重复 means that it was sent before: an error of its own, which is no illness."""
    await notifier(bench).notify(note(), bench.ask())

    with pytest.raises(DuplicateWriteError) as caught:
        await notifier(bench).notify(note(), bench.ask())

    assert (caught.value.code, caught.value.retryable, caught.value.illness) == ("PLATFORM_ALREADY_DONE", False, False)


@pytest.mark.parametrize(
    "limit", [{"min_interval_s": 600}, {"daily": 3}, {"daily_per_person": 1}, {"once_a_day": True}]
)
async def test_too_fast_is_told_as_such(bench: "Bench", limit: dict[str, Any]) -> None:
    """A6.1: sooner than ten minutes, or above a daily cap: asking later helps."""
    bench.set_up(sandbox={"notify": limit})
    await notifier(bench).notify(note(), bench.ask())

    with pytest.raises(SlowDownError):
        await notifier(bench).notify(note(key="q-2"), bench.ask())


@pytest.mark.parametrize(
    "wrong",
    [
        {"receivers": ()},
        {"receivers": tuple(map(str, range(101)))},
        {"receivers": tuple(map(str, range(100))), "organizations": ("GO_a",)},
        {"receivers": ("1,2",)},
        {"receivers": (" ",)},
        {"message": TextMessage(content="提" * 700)},
    ],
    ids=["nobody", "too many", "too many together", "a comma", "a blank", "too long"],
)
async def test_what_would_be_refused_is_not_sent(bench: "Bench", wrong: dict[str, Any]) -> None:
    """A6.1: 100 receivers and 2,048 bytes of UTF-8 are looked at before anything is sent."""
    with pytest.raises(RejectedInputError):
        await notifier(bench).notify(note(**wrong), bench.ask())

    assert bench.wire.requests == []


async def test_the_limits_are_settings(bench: "Bench") -> None:
    """D: newer tenants take 1,000 receivers; who sends is told the limit and the pace."""
    bench.set_up(notify={"max_receivers": 1000, "min_interval_s": 0})
    port = notifier(bench)

    assert await port.notify(note(receivers=tuple(map(str, range(1000)))), bench.ask())
    assert (port.max_receivers, port.min_interval_s) == (1000, 0)


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        (FaultKind.REFUSE, OutcomeUnknownError),
        (FaultKind.RESET, OutcomeUnknownError),
        (FaultKind.HTTP500, OutcomeUnknownError),
        (FaultKind.GARBAGE, OutcomeUnknownError),
        (FaultKind.TRUNCATED, OutcomeUnknownError),
        (FaultKind.FAILURE_ENVELOPE, OutcomeUnknownError),
    ],
)
async def test_no_answer_is_an_unknown_outcome(bench: "Bench", fault: FaultKind, kind: type[PlatformError]) -> None:
    """A write that was sent and not answered may have happened; the same key then tells."""
    bench.sandbox.faults.put(Fault(fault))
    with pytest.raises(kind):
        await notifier(bench).notify(note(), bench.ask())
    bench.sandbox.faults.clear()

    happened = fault in {FaultKind.RESET, FaultKind.TRUNCATED}
    if happened:
        with pytest.raises(DuplicateWriteError):
            await notifier(bench).notify(note(), bench.ask())
    else:
        assert await notifier(bench).notify(note(), bench.ask())


async def test_it_can_be_taken_back(bench: "Bench") -> None:
    """A6.2: by its key; one that was never sent is refused."""
    port = notifier(bench)
    await port.notify(note(), bench.ask())

    await port.revoke("q-1", bench.ask())

    with pytest.raises(RejectedInputError):
        await port.revoke("never", bench.ask())


async def test_without_credentials_nothing_is_sent(bench: "Bench") -> None:
    """A platform that is not connected is not called."""
    with pytest.raises(NotConfiguredError):
        await notifier(bench, appkey="").notify(note(), bench.ask())
    assert bench.wire.requests == []


@pytest.mark.parametrize(
    ("message", "card"),
    [
        (TEXT, {"msgtype": "text", "text": {"content": TEXT.content}}),
        (
            LinkMessage(title="新提问", text="请答复", url="https://gw/m/q/1"),
            {
                "msgtype": "link",
                "link": {"messageUrl": "https://gw/m/q/1", "picUrl": "", "title": "新提问", "text": "请答复"},
            },
        ),
        (
            MarkdownMessage(title="新提问", text="**请答复**"),
            {"msgtype": "markdown", "markdown": {"title": "新提问", "text": "**请答复**"}},
        ),
        (
            OfficeMessage(
                title="新提问",
                url="https://gw/m/q/1",
                desktop_url="https://gw/q/1",
                head="委员工作室",
                form=(FormLine(name="编号", value="Q-0001"),),
                content="…",
                author="系统",
            ),
            {
                "msgtype": "oa",
                "oa": {
                    "message_url": "https://gw/m/q/1",
                    "pc_message_url": "https://gw/q/1",
                    "head": {"bgcolor": "FFBBBBBB", "text": "委员工作室"},
                    "body": {
                        "title": "新提问",
                        "form": [{"key": "编号", "value": "Q-0001"}],
                        "content": "…",
                        "author": "系统",
                    },
                },
            },
        ),
        (
            ActionCardMessage(
                title="新提问", markdown="请答复", buttons=(ActionButton(title="去答复", url="https://gw/m/q/1"),)
            ),
            {
                "msgtype": "action_card",
                "action_card": {
                    "title": "新提问",
                    "markdown": "请答复",
                    "btn_orientation": "0",
                    "btn_json_list": [{"title": "去答复", "action_url": "https://gw/m/q/1"}],
                },
            },
        ),
    ],
    ids=["text", "link", "markdown", "oa", "action_card"],
)
async def test_each_form_is_written_as_documented(bench: "Bench", message: WorkMessage, card: dict[str, Any]) -> None:
    """A6.1: the five forms of ``msg`` as printed there; the sandbox takes each."""
    assert json.loads(msg_from(message)) == card
    assert await notifier(bench).notify(note(message=message), bench.ask())
