"""graphql-core's ``execute`` on plans: at once where nothing has to be awaited, and what it cannot do is handed on."""

import asyncio
from collections.abc import Awaitable
from typing import Any

import pytest
from graphql import ExecutionResult, GraphQLField, build_schema, parse
from graphql import execute as execute_by_graphql_core
from graphql.execution import MiddlewareManager

from gateway.execution.adapter import execute
from gateway.execution.fallback import FALLBACKS

SCHEMA = build_schema(
    "type Query { a: Int, late: Int } type Mutation { set(to: Int!): Int, must(to: Int!): Int!, may: Int }"
)


def test_without_waiting_the_answer_is_there_at_once() -> None:
    """No loop runs here."""
    assert execute(SCHEMA, parse("{ a b: a }"), {"a": 1}) == ExecutionResult({"a": 1, "b": 1}, None)


async def test_with_something_to_await_it_is_awaited() -> None:
    """As graphql-core has it."""

    async def late(_: Any) -> int:
        return 2

    result: Any = execute(SCHEMA, parse("{ a late }"), {"a": 1, "late": late})

    assert isinstance(result, Awaitable)
    assert (await result).data == {"a": 1, "late": 2}


async def test_mutations_run_one_after_the_other() -> None:
    """The next begins when the one before has ended; once the whole answer is null, none begins any more."""
    log: list[str] = []

    async def set_(_: Any, to: int) -> int | None:
        log.append(f"begin {to}")
        await asyncio.sleep(0)
        log.append(f"end {to}")
        return to if to < 9 else None

    root = {"set": set_, "must": set_}

    result: Any = execute(SCHEMA, parse("mutation { a: set(to: 1) b: set(to: 2) }"), root)
    assert (await result).data == {"a": 1, "b": 2}
    assert log == ["begin 1", "end 1", "begin 2", "end 2"]

    log.clear()
    result = execute(SCHEMA, parse("mutation { a: set(to: 1) must(to: 9) b: set(to: 2) }"), root)
    assert (await result).data is None
    assert log == ["begin 1", "end 1", "begin 9", "end 9"]


@pytest.mark.parametrize(
    ("special", "reason"),
    [({"middleware": MiddlewareManager()}, "middleware"), ({"something": 1}, "custom arguments")],
)
def test_what_is_special_is_handed_on_with_its_reason(special: dict[str, Any], reason: str) -> None:
    """Counted in words that are always the same."""
    before = FALLBACKS.copy()

    try:
        execute(SCHEMA, parse("{ a }"), {"a": 1}, **special)
    except TypeError:  # graphql-core knows no such argument either
        assert reason == "custom arguments"

    assert FALLBACKS - before == {reason: 1}


@pytest.mark.parametrize("text", ["query A { a } query B { a }", "query ($n: Int!) { a }", "fragment F on Query { a }"])
def test_a_request_that_cannot_run_is_told_as_graphql_core_does(text: str) -> None:
    """Without data."""
    ours, theirs = (run(SCHEMA, parse(text), {"a": 1}) for run in (execute, execute_by_graphql_core))

    assert isinstance(ours, ExecutionResult)
    assert ours == theirs
    assert ours.data is None


def test_resolvers_may_be_given_for_all_fields() -> None:
    """Where a field has none of its own."""

    def resolver(_: Any, info: Any) -> int:
        return len(info.field_name)

    own = build_schema("type Query { a: Int, late: Int }")
    assert own.query_type is not None
    field: GraphQLField = own.query_type.fields["a"]
    field.resolve = lambda *_: 99

    assert execute(own, parse("{ a late }"), field_resolver=resolver) == ExecutionResult({"a": 99, "late": 4}, None)
