"""``TodoDesk`` over the sandbox (wire-formats A7, F7)."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

import pytest

from connectors.errors import (
    ForbiddenMoveError,
    NotAllowedError,
    NotConfiguredError,
    OutcomeUnknownError,
    RejectedInputError,
)
from connectors.records.todo import DueReminder, NewTodo
from connectors.sandbox.faults import Fault, FaultKind
from connectors.zhezhengding.todos.desk import ZhezhengdingTodoDesk
from tests.connectors.zhezhengding.people import account_of, as_official

if TYPE_CHECKING:
    from tests.connectors.zhezhengding.conftest import Bench


def desk(bench: "Bench", **changes: Any) -> ZhezhengdingTodoDesk:
    """The port, by a client with such changes."""
    return ZhezhengdingTodoDesk(bench.settings, bench.client(**changes))


def new(bench: "Bench", **changes: Any) -> NewTodo:
    """A to-do for the first member."""
    account = str(account_of(bench.world).account_id)
    given = {
        "key": "q-1",
        "title": "答复提问",
        "creator": account,
        "assignee": account,
        "url": "https://gw.example.cn/q/1",
        "mobile_url": "https://gw.example.cn/m/q/1",
    }
    return NewTodo(**{**given, **changes})


def sent(bench: "Bench") -> dict[str, list[str]]:
    """The form that was sent last."""
    return parse_qs(bench.wire.requests[-1].content.decode())


async def test_it_is_sent_as_documented(bench: "Bench") -> None:
    """A7.1: account ids, our id, the deadline of the wall clock in Hangzhou, people as JSON strings."""
    due = datetime(2026, 11, 25, 10, tzinfo=UTC)
    todo = new(bench, due_at=due, reminder=DueReminder.DAY_1, creator_name="委员工作室")

    ticket = await desk(bench).create_todo(todo, bench.ask())

    account = str(account_of(bench.world).account_id)
    assert ticket.task_uuid
    assert ticket.package_uuid
    assert sent(bench) == {
        "bizTaskId": ["q-1"],
        "subject": ["答复提问"],
        "creatorId": [account],
        "assigneeId": [account],
        "url": ["https://gw.example.cn/q/1"],
        "mobileUrl": ["https://gw.example.cn/m/q/1"],
        "creatorInfo": ['{"name":"委员工作室"}'],
        "dueTime": ["2026-11-25 18:00:00"],
        "dueNotifyTypeArr": ["app"],
        "dueNotifyLevel": ["4"],
        "tenantId": ["100001"],
    }


@pytest.mark.parametrize("as_string", [False, True])
async def test_the_same_key_answers_the_same_ticket(bench: "Bench", as_string: bool) -> None:  # noqa: FBT001 - a case
    """F7: idempotent by ``bizTaskId``, with ``data`` as an object or as a JSON string."""
    bench.set_up(sandbox={"data_as_string": as_string})

    first = await desk(bench).create_todo(new(bench), bench.ask())

    assert await desk(bench).create_todo(new(bench), bench.ask()) == first


async def test_it_is_finished_by_its_assignee_only(bench: "Bench") -> None:
    """F7: another's account is refused; finishing twice does nothing more; a finished one is not taken back."""
    ticket = await desk(bench).create_todo(new(bench), bench.ask())
    mine, other = (str(account_of(bench.world, at).account_id) for at in (0, 1))

    with pytest.raises(NotAllowedError):
        await desk(bench).finish_todo(ticket.task_uuid, other, bench.ask())
    await desk(bench).finish_todo(ticket.task_uuid, mine, bench.ask())
    await desk(bench).finish_todo(ticket.task_uuid, mine, bench.ask())

    with pytest.raises(ForbiddenMoveError):
        await desk(bench).cancel_todo(ticket.task_uuid, mine, bench.ask())


async def test_ones_own_is_finished_by_the_account_of_sign_on(bench: "Bench") -> None:
    """Without asking whose account it is; another's, and that of who never signed in here, are refused."""
    ticket = await desk(bench).create_todo(new(bench), bench.ask())

    await desk(bench).finish_own_todo(ticket.task_uuid, as_official(account_of(bench.world)))

    assert bench.sandbox.calls["task.finish"] == 1
    with pytest.raises(NotAllowedError):
        await desk(bench).finish_own_todo(ticket.task_uuid, as_official(account_of(bench.world, 1)))
    with pytest.raises(NotAllowedError):
        await desk(bench).finish_own_todo(ticket.task_uuid, as_official(account_of(bench.world), signed_in=False))
    assert bench.sandbox.calls["task.finish"] == 2


async def test_the_flag_is_misspelt_as_the_platform_has_it(bench: "Bench") -> None:
    """A7.2: ``cancelPakcage`` takes the whole package back."""
    other = str(account_of(bench.world, 1).account_id)
    first = await desk(bench).create_todo(new(bench), bench.ask())
    grouped = new(bench, key="q-2", assignee=other, package_uuid=first.package_uuid)
    second = await desk(bench).create_todo(grouped, bench.ask())

    await desk(bench).cancel_todo(
        first.task_uuid, str(account_of(bench.world).account_id), bench.ask(), cancel_package=True
    )

    assert sent(bench)["cancelPakcage"] == ["true"]
    assert second.package_uuid == first.package_uuid
    with pytest.raises(RejectedInputError):
        await desk(bench).finish_todo(second.task_uuid, other, bench.ask())


async def test_packages_are_closed_and_cancelled(bench: "Bench") -> None:
    """A7.2: by one of their assignees."""
    account = str(account_of(bench.world).account_id)
    first = await desk(bench).create_todo(new(bench), bench.ask())
    second = await desk(bench).create_todo(new(bench, key="q-2"), bench.ask())

    await desk(bench).close_package(str(first.package_uuid), account, bench.ask())
    await desk(bench).cancel_package(str(second.package_uuid), account, bench.ask())

    with pytest.raises(NotAllowedError):
        await desk(bench).close_package("never", account, bench.ask())
    assert bench.sandbox.calls["package.close"] == 2


async def test_no_answer_is_an_unknown_outcome(bench: "Bench") -> None:
    """It may have been made: the same key then answers which."""
    bench.sandbox.faults.put(Fault(FaultKind.RESET, "task.create"))
    with pytest.raises(OutcomeUnknownError):
        await desk(bench).create_todo(new(bench), bench.ask())
    bench.sandbox.faults.clear()

    assert (await desk(bench).create_todo(new(bench), bench.ask())).task_uuid


async def test_a_ticket_without_its_id_is_an_unknown_outcome(bench: "Bench") -> None:
    """Schema drift in the answer to a write: it was made, but nobody knows as what."""
    bench.wire.answer = lambda body: body.replace(b"taskUuid", b"taskId")

    with pytest.raises(OutcomeUnknownError):
        await desk(bench).create_todo(new(bench), bench.ask())


async def test_without_credentials_nothing_is_sent(bench: "Bench") -> None:
    """A platform that is not connected is not called."""
    with pytest.raises(NotConfiguredError):
        await desk(bench, appkey="").create_todo(new(bench), bench.ask())
    assert bench.wire.requests == []
