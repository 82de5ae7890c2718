"""Officials say that a to-do of theirs is done."""

from typing import Any

from connectors.deadline import Deadline
from connectors.ports import TodoDesk
from connectors.sandbox.faults import FaultKind
from connectors.sandbox.world import PersonSeed
from connectors.viewer import ANYONE, Ask
from schema.identifiers import global_id, parsed_id
from tests.replying import settled
from tests.stack import OpenGateway, Sandbox, SignInDesk, desk_at

SCOPES = "openid graph:read office:write"
DONE = """mutation ($input: CompleteTodoInput!) { completeTodo(input: $input) {
    todoId effects { kind platform status } userErrors { code message } } }"""
TODOS = """query ($id: ID!) { node(id: $id) { ... on Official {
    open: todos(first: 50) { totalCount nodes { id } }
    done: todos(first: 50, status: DONE) { totalCount nodes { id finishedAt } } } } }"""


def official(sandbox: Sandbox, at: int = 0) -> PersonSeed:
    """An official who is no member and no staff; another one by another number."""
    plain = [p for p in sandbox.world.officials if p.work and p.work.employee_code and "staff" not in p.roles]
    return plain[at]


async def todos_of(desk: SignInDesk, person: PersonSeed, token: str) -> dict[str, Any]:
    """What waits for them, and what they did."""
    assert person.work is not None
    body = await desk.gateway.query(TODOS, {"id": global_id("Official", person.work.employee_code)}, token)
    assert "errors" not in body
    told: dict[str, Any] = body["data"]["node"]
    return told


async def test_it_moves_to_what_is_done(sandbox: Sandbox, desk: SignInDesk) -> None:
    """One call; both lists and their counts, read just before, show it at once."""
    person = official(sandbox)
    token = await desk.token(person.id, "zhezhengding", SCOPES)
    before = await todos_of(desk, person, token)
    todo = before["open"]["nodes"][0]["id"]
    sandbox.reset()

    body = await desk.gateway.query(DONE, {"input": {"todoId": todo}}, token)
    calls = sandbox.calls()
    after = await todos_of(desk, person, token)

    assert body == {
        "data": {
            "completeTodo": {
                "todoId": todo,
                "effects": [{"kind": "TODO_DONE", "platform": "zhezhengding", "status": "DONE"}],
                "userErrors": [],
            }
        }
    }
    assert calls == {"zhezhengding.task.finish": 1}
    assert after["open"]["totalCount"] == before["open"]["totalCount"] - 1
    assert todo not in {one["id"] for one in after["open"]["nodes"]}
    assert after["done"]["totalCount"] == before["done"]["totalCount"] + 1
    assert next(one for one in after["done"]["nodes"] if one["id"] == todo)["finishedAt"]


async def test_the_same_key_finishes_it_once(sandbox: Sandbox, desk: SignInDesk) -> None:
    """Asked again it is answered alike; another to-do under that key is refused."""
    person = official(sandbox, 1)
    token = await desk.token(person.id, "zhezhengding", SCOPES)
    first, second, *_ = (await todos_of(desk, person, token))["open"]["nodes"]

    told = [
        await desk.gateway.query(DONE, {"input": {"todoId": one["id"], "idempotencyKey": "done-1"}}, token)
        for one in (first, first, second)
    ]
    after = await todos_of(desk, person, token)

    assert told[0] == told[1]
    assert told[2]["errors"][0]["extensions"]["code"] == "IDEMPOTENCY_KEY_REUSED"
    assert second["id"] in {one["id"] for one in after["open"]["nodes"]}


async def test_anothers_is_not_touched(sandbox: Sandbox, desk: SignInDesk) -> None:
    """Whose it is is not told; it still waits for them."""
    person, other = official(sandbox, 2), official(sandbox, 3)
    token = await desk.token(person.id, "zhezhengding", SCOPES)
    todo = (await todos_of(desk, person, token))["open"]["nodes"][0]["id"]

    body = await desk.gateway.query(
        DONE, {"input": {"todoId": todo}}, await desk.token(other.id, "zhezhengding", SCOPES)
    )

    assert body["data"] == {"completeTodo": None}
    assert [error["extensions"]["code"] for error in body["errors"]] == ["PLATFORM_FORBIDDEN"]
    assert todo in {one["id"] for one in (await todos_of(desk, person, token))["open"]["nodes"]}


async def test_what_was_taken_back_cannot_be_done(sandbox: Sandbox, desk: SignInDesk) -> None:
    """Its state forbids it."""
    person = official(sandbox, 5)
    assert person.work is not None
    token = await desk.token(person.id, "zhezhengding", SCOPES)
    todo = (await todos_of(desk, person, token))["open"]["nodes"][0]["id"]
    cancel = desk.gateway.parts.engine.sources[TodoDesk.cancel_todo]
    await cancel(parsed_id(todo)[1], str(person.work.account_id), Ask(ANYONE, Deadline.after(5)))

    body = await desk.gateway.query(DONE, {"input": {"todoId": todo}}, token)

    assert body["data"]["completeTodo"]["todoId"] is None
    assert [error["code"] for error in body["data"]["completeTodo"]["userErrors"]] == ["FORBIDDEN_MOVE"]


async def test_it_takes_the_scope(sandbox: Sandbox, desk: SignInDesk) -> None:
    """Without it, and for a citizen, who has no desk, nothing is sent."""
    person = official(sandbox)
    reader = await desk.token(person.id, "zhezhengding", "openid graph:read office:read")
    citizen = await desk.token(sandbox.world.citizens[0].id)
    sandbox.reset()

    for token in (reader, citizen, None):
        body = await desk.gateway.query(DONE, {"input": {"todoId": global_id("Todo", "T1")}}, token)

        (error,) = body["errors"]
        assert (error["extensions"]["code"], error["extensions"]["scope"]) == ("FORBIDDEN", "office:write")
    assert sandbox.calls() == {}


async def test_it_is_kept_while_the_platform_is_down(sandbox: Sandbox, open_gateway: OpenGateway) -> None:
    """The effect waits, and the answer says so; it is done when the platform is back."""
    async with open_gateway(writes={"first_retry_s": 0.1}) as gateway:
        desk = await desk_at(sandbox, gateway)
        person = official(sandbox, 4)
        token = await desk.token(person.id, "zhezhengding", SCOPES)
        todo = (await todos_of(desk, person, token))["open"]["nodes"][0]["id"]
        sandbox.break_("zhezhengding", FaultKind.REFUSE, "task.finish")

        body = await gateway.query(DONE, {"input": {"todoId": todo}}, token)
        sandbox.reset()
        await settled(gateway)
        after = await todos_of(desk, person, token)

    told = body["data"]["completeTodo"]
    assert told["todoId"] is None
    assert [effect["status"] in {"PENDING", "UNKNOWN"} for effect in told["effects"]] == [True]
    assert [error["extensions"]["code"] for error in body["errors"]] == ["WRITE_KEPT"]
    assert todo in {one["id"] for one in after["done"]["nodes"]}
