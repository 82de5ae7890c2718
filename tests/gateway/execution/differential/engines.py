"""The two engines that must agree, each behind one call. Whoever changes how ours is made changes it here only."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec
from graphql import ExecutionResult, GraphQLSchema, execute, parse

from connectors.deadline import Deadline
from connectors.viewer import Ask, Viewer
from gateway.execution import adapter
from gateway.execution.engine import Engine
from gateway.execution.operation import Caller, GraphQLRequest, Language
from gateway.limits.settings import LimitSettings
from tests.gateway.execution.awkward.things import Thing, World
from tests.gateway.execution.differential.comparing import Answer
from tests.gateway.execution.differential.writing import Operation

Sources = Mapping[Callable[..., Any], Callable[..., Any]]


@dataclass(frozen=True)
class Run:
    """An answer over the awkward schema, whether it came at once, and what the mutations wrote down meanwhile."""

    answer: Answer
    at_once: bool
    log: tuple[str, ...]


async def run_awkward(execute_: Callable[..., Any], schema: GraphQLSchema, operation: Operation, world: World) -> Run:
    """Run by ``execute`` of the one or the other, over a world of its own."""
    root = Thing(world, "Query", "root")
    result: Any = execute_(schema, parse(operation.text), root, variable_values=operation.variables)
    at_once = isinstance(result, ExecutionResult)
    result = result if at_once else await result
    return Run(Answer(result.data, result.errors or ()), at_once, tuple(world.log))


CORE, OURS = execute, adapter.execute


class _Links:
    """Links that only say what they point to."""

    def plain(self, identifier: str) -> str:
        return f"/files/{identifier}"

    def sealed(self, identifier: str, person: str) -> str:
        return f"/files/{identifier}?by={person}"


_WIDE = LimitSettings(
    tokens=20_000,
    depth=40,
    introspection_depth=40,
    fields=100_000,
    root_fields=1000,
    aliases=10_000,
    fragments=1000,
    directives=10_000,
    repeats=1000,
    literals=10_000,
    literal_depth=40,
).model_copy(update={"max_cost": 10**18, "max_values": 10**18})
"""graphql-core knows no limits. Lists in lists, generated, come above the most that may be set."""


def engine_over(schema: GraphQLSchema, sources: Sources) -> Engine:
    """Our engine, fresh, with limits that nothing generated comes to."""
    return Engine(schema, sources, _Links(), _WIDE)


async def ours(engine: Engine, operation: Operation, viewer: Viewer, deadline: Deadline | None = None) -> Answer:
    """What our engine answers, its data decoded."""
    caller = Caller(_ask(viewer, deadline), Language.EN, "0" * 32, may_write=True)
    outcome = await engine(GraphQLRequest(operation.text, variables=operation.variables), caller)
    data = outcome.data
    return Answer(msgspec.json.decode(data) if isinstance(data, msgspec.Raw) else _as_json(data), outcome.errors)


async def cores(
    engine: Engine, schema: GraphQLSchema, operation: Operation, viewer: Viewer, deadline: Deadline | None = None
) -> Answer:
    """What graphql-core answers over the same sources."""
    result: Any = execute(
        schema,
        parse(operation.text),
        context_value=engine.context(_ask(viewer, deadline)),
        variable_values=operation.variables,
    )
    result = await result if isinstance(result, Awaitable) else result
    return Answer(_as_json(result.data), result.errors or ())


def _ask(viewer: Viewer, deadline: Deadline | None) -> Ask:
    return Ask(viewer, deadline or Deadline.after(60))


def _as_json(data: Any) -> Any:
    return msgspec.json.decode(msgspec.json.encode(data))
