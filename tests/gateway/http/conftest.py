"""An edge over a tiny schema, run by graphql-core, and over whatever a test wants to happen instead."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

import httpx
import pytest
from graphql import (
    GraphQLError,
    GraphQLSyntaxError,
    build_schema,
    execute,
    get_operation_ast,
    parse,
    validate,
)

from auth.store import StoreUnavailableError
from auth.tokens import InvalidTokenError
from connectors.errors import UnreachableError
from connectors.refusals import RefusedError
from connectors.viewer import Scope, Viewer
from gateway.execution.operation import Caller, GraphQLRequest, NotAllowedByMethodError, Outcome
from gateway.http.endpoint import GraphQLEndpoint
from gateway.http.settings import EdgeSettings

SCHEMA = build_schema("""
    type Query { hello(times: Int = 1, to: String! = "all"): String  rows: [Row!]!  sick: String  secret: String }
    type Row { id: ID!  sick: String }
    type Mutation { greet: String }
""")


class Hall:
    """The root value; its failures are those of platforms, of rules and of nobody's plan."""

    def hello(self, _info: Any, times: int = 1, to: str = "all") -> str:
        """Greet."""
        return f"hello {to} " * times

    def greet(self, _info: Any) -> str:
        """Greet and change something."""
        return "greeted"

    def rows(self, _info: Any) -> list[dict[str, Any]]:
        """Many rows whose second field fails."""
        return [{"id": str(n), "sick": self.sick} for n in range(30)]

    def sick(self, _info: Any) -> str:
        """Fail as a platform does."""
        raise UnreachableError("duty", "members", "ConnectError")

    def secret(self, _info: Any) -> str:
        """Fail for want of a scope."""
        raise RefusedError("FORBIDDEN", scope="duty:read")


def run_on_schema(request: GraphQLRequest, caller: Caller) -> Outcome:
    """Parse, validate and execute as the executor's contract says."""
    try:
        document = parse(request.query, max_tokens=2000)
    except GraphQLSyntaxError as error:
        return Outcome(executed=False, errors=(error,))
    errors = validate(SCHEMA, document)
    if errors:
        return Outcome(executed=False, errors=tuple(errors))
    operation = get_operation_ast(document, request.operation_name)
    if operation is None:
        return Outcome(executed=False, errors=(GraphQLError("Unknown operation named 'X'."),))
    if operation.operation.value != "query" and not caller.may_write:
        raise NotAllowedByMethodError
    result: Any = execute(
        SCHEMA, document, Hall(), variable_values=request.variables, operation_name=request.operation_name
    )
    executed = result.data is not None or any(error.path for error in result.errors or ())
    return Outcome(executed, result.data, tuple(result.errors or ()))


async def on_schema(request: GraphQLRequest, caller: Caller) -> Outcome:
    """The tiny schema as an executor."""
    return run_on_schema(request, caller)


async def known(token: str) -> Viewer:
    """Whoever brings the one good token."""
    if token == "unknowable":
        raise StoreUnavailableError
    if token != "good":
        msg = "signature does not fit"
        raise InvalidTokenError(msg)
    return Viewer(person_id="p1", scopes=frozenset({Scope.GRAPH_READ}))


@pytest.fixture
def edge() -> Callable[..., GraphQLEndpoint]:
    """Make an endpoint; without arguments over the tiny schema."""

    def make(execute: Any = on_schema, **given: Any) -> GraphQLEndpoint:
        parts = {name: given.pop(name) for name in ("page", "titles", "cors", "guards") if name in given}
        return GraphQLEndpoint(execute, known, EdgeSettings(**given), **parts)

    return make


@pytest.fixture
def client_of() -> Callable[[Any], AbstractAsyncContextManager[httpx.AsyncClient]]:
    """Make a client that calls an app in this process and sends no header of its own choice."""

    @asynccontextmanager
    async def make(app: Any) -> AsyncIterator[httpx.AsyncClient]:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://edge") as client:
            del client.headers["accept"]
            del client.headers["accept-encoding"]
            yield client

    return make


@pytest.fixture
async def client(edge: Any, client_of: Any) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the tiny schema."""
    async with client_of(edge()) as client:
        yield client
