"""Resolvers by hand are called object by object, and told where they are."""

from typing import Any

from graphql import ExecutionResult, GraphQLObjectType, GraphQLResolveInfo, build_schema, parse

from gateway.execution.adapter import execute

SCHEMA = build_schema("type Query { things: [Thing] } type Thing { told(number: Int = 2): String, bad: Int }")


def _thing() -> GraphQLObjectType:
    thing = SCHEMA.get_type("Thing")
    assert isinstance(thing, GraphQLObjectType)
    return thing


async def run(text: str, count: int, **variables: Any) -> ExecutionResult:
    """Over so many things."""
    things = [{"name": str(at)} for at in range(count)]
    result: Any = execute(SCHEMA, parse(text), {"things": things}, "the context", variables)
    done: ExecutionResult = result if isinstance(result, ExecutionResult) else await result
    return done


async def test_a_resolver_is_told_where_it_is_and_what_it_is_given() -> None:
    """Path, field, parent, variables and context, as graphql-core tells them."""
    calls: list[Any] = []

    def told(thing: Any, info: GraphQLResolveInfo[Any], number: int) -> str:
        calls.append((thing["name"], info.path.as_list(), info.field_name, info.parent_type.name, number, info.context))
        return str(info.variable_values.coerced if hasattr(info.variable_values, "coerced") else info.variable_values)

    _thing().fields["told"].resolve = told

    result = await run("query ($n: Int) { them: things { it: told(number: $n) } }", 2, n=5)

    assert result.data == {"them": [{"it": "{'n': 5}"}] * 2}
    assert calls == [(str(at), ["them", at, "it"], "told", "Thing", 5, "the context") for at in range(2)]


async def test_a_resolver_that_raises_costs_its_own_place() -> None:
    """At once or awaited; the other objects are shown."""

    async def late(name: str) -> int:
        return 1 // (int(name) - 2)

    def bad(thing: Any, _: Any) -> Any:
        name = thing["name"]
        return late(name) if int(name) > 1 else 1 // int(name)

    _thing().fields["bad"].resolve = bad

    result = await run("{ things { bad } }", 4)

    assert result.data == {"things": [{"bad": None}, {"bad": 1}, {"bad": None}, {"bad": 1}]}
    assert [error.path for error in result.errors or ()] == [["things", 0, "bad"], ["things", 2, "bad"]]


async def test_arguments_that_do_not_fit_call_nobody() -> None:
    """Each object has the error."""

    def told(*_: Any, **__: Any) -> str:
        raise AssertionError

    _thing().fields["told"].resolve = told

    result = await run('{ things { told(number: "many") } }', 2)

    assert result.data == {"things": [{"told": None}] * 2}
    assert all("number" in error.message for error in result.errors or ())
