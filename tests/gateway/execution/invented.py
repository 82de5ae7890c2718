"""An engine for tests of what stands in front of one: it counts its runs, and answers when it is let."""

import asyncio
from typing import Any

from graphql import OperationType, parse
from graphql.utilities import get_operation_ast

from connectors.deadline import Deadline
from connectors.provenance import CacheState, Provenance
from connectors.viewer import ANYONE, Ask, Role, Scope, Viewer
from gateway.execution.operation import Caller, Cost, GraphQLRequest, Language, Outcome, ReadAt

CITIZEN = Viewer(person_id="p1", roles=frozenset({Role.CITIZEN}), scopes=frozenset({Scope.GRAPH_READ}))
QUERY = "query Q($n: Int) { studios(first: $n) { totalCount } }"


def caller(viewer: Viewer = ANYONE, seconds: float = 5.0, language: Language = Language.EN) -> Caller:
    """Somebody who has so much time."""
    return Caller(Ask(viewer, Deadline.after(seconds)), language, "0" * 32, may_write=True)


def read_at(*path: str, state: CacheState = CacheState.FETCHED, private: bool = False, until: float = 60.0) -> ReadAt:
    """A read of the duty platform, fresh until then."""
    return ReadAt(path or ("studios",), Provenance("duty", "studios", state, 1_800_000_000.25, until, private, 12.345))


def is_query(request: GraphQLRequest) -> bool:
    """Whether a well formed request is a query."""
    operation = get_operation_ast(parse(request.query), request.operation_name)
    return operation is not None and operation.operation is OperationType.QUERY


class Engine:
    """Answers which run it was, for whom and with what; ``gate`` holds it up while it is closed."""

    def __init__(self, *reads: ReadAt, **changes: Any) -> None:
        self.reads = reads
        self.changes = changes
        self.runs = 0
        self.ended = 0
        self.cancelled = 0
        self.gate = asyncio.Event()
        self.gate.set()

    async def __call__(self, request: GraphQLRequest, caller: Caller) -> Outcome:
        """Run one request; see ``operation.Execute``."""
        self.runs += 1
        data = {"run": self.runs, "who": caller.ask.viewer.person_id, "with": request.variables}
        try:
            await self.gate.wait()
        except asyncio.CancelledError:
            self.cancelled += 1
            raise
        self.ended += 1
        if "raises" in self.changes:
            raise self.changes["raises"]
        return Outcome(**({"executed": True, "data": data, "reads": self.reads, "cost": Cost(3, 2)} | self.changes))
