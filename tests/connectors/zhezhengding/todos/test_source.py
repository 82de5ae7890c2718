"""``TodoSource`` over the sandbox (wire-formats A7.2)."""

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from connectors.errors import BadCursorError, NotAllowedError, PlatformError, UnexpectedAnswerError
from connectors.records.page import Page, PageArgs
from connectors.records.shift import Span
from connectors.records.todo import NewTodo, Todo, TodoQuery, TodoStatus
from connectors.sandbox.faults import Fault, FaultKind
from connectors.viewer import Role
from connectors.zhezhengding.directory.accounts import ZhezhengdingAccounts
from connectors.zhezhengding.todos.desk import ZhezhengdingTodoDesk
from connectors.zhezhengding.todos.source import ZhezhengdingTodos
from tests.connectors.zhezhengding.people import account_of, as_official, as_staff

if TYPE_CHECKING:
    from connectors.viewer import Ask
    from tests.connectors.zhezhengding.conftest import Bench

TEN = PageArgs(first=10)
OPEN, DONE = TodoQuery(), TodoQuery(status=TodoStatus.DONE)


def todos(bench: "Bench") -> ZhezhengdingTodos:
    """The port with an empty cache."""
    client, reader = bench.client(), bench.reader()
    return ZhezhengdingTodos(
        bench.settings, client, reader, ZhezhengdingAccounts(bench.settings, bench.calls(), reader)
    )


async def own(bench: "Bench", query: TodoQuery = OPEN, page: PageArgs = TEN, ask: "Ask | None" = None) -> Page[Todo]:
    """The first member's own page."""
    account = account_of(bench.world)
    (found,) = await todos(bench).list_todos([account.employee_code], query, page, ask or as_official(account))
    assert isinstance(found, Page)
    return found


async def make(bench: "Bench", count: int) -> None:
    """More to-dos for the first member."""
    desk = ZhezhengdingTodoDesk(bench.settings, bench.client())
    account = str(account_of(bench.world).account_id)
    for at in range(count):
        new = NewTodo(
            key=f"k{at}",
            title=f"第{at}件",
            creator=account,
            assignee=account,
            url="https://gw",
            mobile_url="https://gw",
        )
        await desk.create_todo(new, bench.ask())


async def test_ones_own_cost_one_call(bench: "Bench") -> None:
    """Operation 03: sign-on knows the asker's account, so the list is the only call."""
    page = await own(bench)

    assert page.nodes
    assert {todo.status for todo in page.nodes} == {TodoStatus.OPEN}
    assert bench.sandbox.calls == {"getTodoList": 1}


@pytest.mark.parametrize("accounts", [{}, {"zhezhengding": "7:10000001"}, {"zhezhengding": "100001:x"}])
async def test_an_account_sign_on_does_not_know_costs_one_more(bench: "Bench", accounts: dict[str, str]) -> None:
    """Somebody who came by another platform, or another tenant: the account is asked for first."""
    account = account_of(bench.world)
    ask = as_official(account)
    unknown = type(ask)(
        type(ask.viewer)(roles=ask.viewer.roles, employee_code=account.employee_code, accounts=accounts), ask.deadline
    )

    assert (await own(bench, ask=unknown)).nodes == (await own(bench)).nodes
    assert bench.sandbox.calls == {"listEmployeeAccountIds": 1, "getTodoList": 2}


async def test_many_people_share_the_call_for_accounts(bench: "Bench") -> None:
    """Staff look after others: one call for all accounts, one list each, unknown people an empty page."""
    codes = [account_of(bench.world, at).employee_code for at in range(3)]

    pages = await todos(bench).list_todos([*codes, "GE_nobody", codes[0]], OPEN, TEN, as_staff())

    assert all(isinstance(page, Page) for page in pages)
    assert pages[3] == Page(edges=(), has_next=False)
    assert pages[4] == pages[0]
    assert bench.sandbox.calls == {"listEmployeeAccountIds": 1, "getTodoList": 3}


async def test_others_are_refused_in_their_place(bench: "Bench") -> None:
    """An official reads their own; another's is refused without a call, and so is everything without a code."""
    first, second = account_of(bench.world), account_of(bench.world, 1)

    pages = await todos(bench).list_todos([second.employee_code, first.employee_code], OPEN, TEN, as_official(first))
    nobody = await todos(bench).list_todos([first.employee_code, ""], OPEN, TEN, bench.ask())

    assert isinstance(pages[0], NotAllowedError)
    assert isinstance(pages[1], Page)
    assert all(isinstance(page, NotAllowedError) for page in nobody)
    assert bench.sandbox.calls == {"getTodoList": 1}


async def test_ops_and_staff_look_after_others(bench: "Bench") -> None:
    """Both roles may read another's."""
    first, second = account_of(bench.world), account_of(bench.world, 1)

    (page,) = await todos(bench).list_todos(
        [second.employee_code], OPEN, TEN, as_official(first, roles=frozenset({Role.OPS}))
    )

    assert isinstance(page, Page)


async def test_pages_follow_one_another(bench: "Bench") -> None:
    """Our cursors over the platform's numbered pages: every to-do once, in order; the total when asked for."""
    await make(bench, 23)
    whole = await own(bench, page=PageArgs(first=100, with_total=True))
    found: list[str] = []
    after: str | None = None
    more = True
    while more:
        page = await own(bench, page=PageArgs(first=7, after=after))
        found += [todo.key for todo in page.nodes]
        after, more = page.end, page.has_next

    assert found == [todo.key for todo in whole.nodes]
    assert whole.total == len(found)
    assert not whole.has_next


async def test_a_foreign_cursor_is_refused(bench: "Bench") -> None:
    """A cursor that is none of this list."""
    account = account_of(bench.world)
    args = PageArgs(first=5, after="zzz")

    (page,) = await todos(bench).list_todos([account.employee_code], OPEN, args, as_official(account))

    assert isinstance(page, BadCursorError)


async def test_done_ones_and_filters(bench: "Bench") -> None:
    """The other list, a text in the title, spans; times are of Hangzhou."""
    await make(bench, 2)
    today = bench.world.today
    done = await own(bench, DONE)
    long_ago = Span(start=today - timedelta(days=900), end=today - timedelta(days=800))

    assert done.nodes
    assert all(todo.finished_at and todo.finished_at.utcoffset() == timedelta(hours=8) for todo in done.nodes)
    assert [t.title for t in (await own(bench, TodoQuery(text="第1件"))).nodes] == ["第1件"]
    assert (await own(bench, TodoQuery(created=long_ago))).nodes == ()
    assert (await own(bench, TodoQuery(status=TodoStatus.DONE, finished=long_ago))).nodes == ()


async def test_rows_become_records(bench: "Bench") -> None:
    """A row's texts and times, as the sandbox's book has them."""
    todo = (await own(bench)).nodes[0]

    assert todo.title
    assert todo.url
    assert todo.mobile_url
    assert todo.creator == "委员工作室"
    assert todo.created_at is not None
    assert todo.finished_at is None


def answering(data: Any) -> bytes:
    """An E1 around such data."""
    return json.dumps({"success": True, "content": {"success": True, "data": data, "responseCode": "0"}}).encode()


ROW = {"taskUuid": "T1", "subject": "答复", "createTime": "2026-11-20 08:00:00"}


@pytest.mark.parametrize(
    "data",
    [
        [ROW],
        json.dumps([ROW]),
        {"list": [ROW], "total": 1},
        json.dumps({"list": [ROW]}),
        [ROW | {"createTime": "2026-11-20T08:00:00+08:00"}],
        [ROW | {"createTime": 1795132800000}],
        [ROW | {"createTime": "1795132800000"}],
    ],
    ids=["list", "text", "object", "text of an object", "with a zone", "milliseconds", "text of milliseconds"],
)
async def test_the_unpublished_answer_is_read_in_every_likely_form(bench: "Bench", data: Any) -> None:
    """A7.1, A10: ``data`` as a list, inside an object, as a JSON string; times in three forms."""
    bench.wire.answer = lambda _: answering(data)

    (todo,) = (await own(bench)).nodes

    assert todo.key == "T1"
    assert todo.created_at is not None
    assert todo.created_at.isoformat() == "2026-11-20T08:00:00+08:00"


async def test_a_wrong_field_costs_itself(bench: "Bench") -> None:
    """Schema drift: an error in the field's place, a row without its id left out, nothing else lost."""
    rows = [ROW, ROW | {"taskUuid": "T2", "subject": {"x": 1}, "dueTime": "soon"}, {"subject": "nameless"}, 7]
    bench.wire.answer = lambda _: answering(rows)

    first, second = (await own(bench)).nodes

    assert first.title == "答复"
    assert isinstance(second.title, UnexpectedAnswerError)
    assert isinstance(second.due_at, UnexpectedAnswerError)


@pytest.mark.parametrize("data", [None, []])
async def test_nothing_is_an_empty_page(bench: "Bench", data: Any) -> None:
    """A list that found nothing may be null."""
    bench.wire.answer = lambda _: answering(data)

    assert (await own(bench)).nodes == ()


async def test_a_fault_fills_each_place(bench: "Bench") -> None:
    """Where accounts cannot be had, or the lists, the error stands in the place of each."""
    codes = [account_of(bench.world, at).employee_code for at in range(2)]
    for operation in ("listEmployeeAccountIds", "getTodoList"):
        bench.sandbox.faults.put(Fault(FaultKind.HTTP500, operation))

        pages = await todos(bench).list_todos(codes, OPEN, TEN, as_staff())

        assert all(isinstance(page, PlatformError) and page.operation == operation for page in pages)
        bench.sandbox.faults.clear()


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "//evil.example", "https://a b"])
async def test_an_address_that_is_no_web_address_is_not_shown(bench: "Bench", url: str) -> None:
    """Any application may make a to-do: what it leads to becomes a link in somebody's page."""
    bench.wire.answer = lambda _: answering([ROW | {"url": url, "mobileUrl": ""}])

    (todo,) = (await own(bench)).nodes

    assert isinstance(todo.url, UnexpectedAnswerError)
    assert todo.mobile_url is None
