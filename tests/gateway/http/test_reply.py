"""What an answer tells beside the data."""

from collections.abc import Mapping
from typing import Any

import msgspec
import pytest
from graphql import GraphQLError

from connectors.provenance import CacheState, Provenance
from connectors.viewer import Scope, Viewer
from gateway.execution.operation import Caller, Cost, GraphQLRequest, Outcome, ReadAt
from gateway.http.endpoint import GraphQLEndpoint
from gateway.http.settings import EdgeSettings

OPS = {"authorization": "Bearer ops"}
COST = {"x-tongxin-cost": "1"}
EXPLAIN = {"x-tongxin-explain": "1"}
READ = ReadAt(("hello",), Provenance("duty", "studios", CacheState.KEPT, 1_763_000_000.0, 0.0, private=False))


class Answering:
    """An executor that answers what it is given, and remembers who asked."""

    def __init__(self, outcome: Outcome) -> None:
        self.outcome = outcome
        self.callers: list[Caller] = []

    async def __call__(self, _request: GraphQLRequest, caller: Caller) -> Outcome:
        """Answer."""
        self.callers.append(caller)
        return self.outcome


async def who(token: str) -> Viewer:
    """Somebody of operations, or anybody else with a token."""
    return Viewer(client_id="c_1", scopes=frozenset({Scope.OPS_READ if token == "ops" else Scope.GRAPH_READ}))


async def answer_of(client_of: Any, executor: Answering, headers: Mapping[str, str], **given: Any) -> Any:
    """The answer to one query."""
    async with client_of(GraphQLEndpoint(executor, who, EdgeSettings(), **given)) as client:
        return await client.post("/graphql", json={"query": "{ hello }"}, headers=headers)


async def test_data_may_be_json_already(client_of: Any) -> None:
    """It is passed on as it is, with errors in front and extensions behind."""
    raw = msgspec.Raw(b'{"hello":"\xe4\xbd\xa0\xe5\xa5\xbd","sick":null}')
    failed = GraphQLError("no", path=["sick"])

    plain = await answer_of(client_of, Answering(Outcome(executed=True, data=raw)), {})
    full = await answer_of(
        client_of, Answering(Outcome(executed=True, data=raw, errors=(failed,), extensions={"told": 1})), {}
    )

    assert plain.content == b'{"data":' + bytes(raw) + b"}"
    assert list(full.json()) == ["errors", "data", "extensions"]
    assert full.json()["data"] == {"hello": "你好", "sick": None}


async def test_data_that_bubbled_away_is_null(client_of: Any) -> None:
    """Executed with nothing left is ``null``; not executed is no data at all."""
    failed = GraphQLError("no", path=["hello"])

    bubbled = await answer_of(client_of, Answering(Outcome(executed=True, errors=(failed,))), {})
    refused = await answer_of(client_of, Answering(Outcome(executed=False, errors=(GraphQLError("no"),))), {})

    assert bubbled.json()["data"] is None
    assert "data" not in refused.json()


@pytest.mark.parametrize("most", [None, 20_000])
async def test_the_cost_is_told(client_of: Any, most: int | None) -> None:
    """In a header always, in the extensions to whoever asks for it."""
    executor = Answering(Outcome(executed=True, data={}, cost=Cost(estimated=120, actual=70)))

    unasked = await answer_of(client_of, executor, {}, most_cost=most)
    asked = await answer_of(client_of, executor, COST, most_cost=most)

    figures = "estimated=120, actual=70" + (", most=20000" if most else "")
    assert unasked.headers["x-tongxin-cost"] == asked.headers["x-tongxin-cost"] == figures
    assert unasked.json() == {"data": {}}
    assert asked.json()["extensions"] == {"cost": {"estimated": 120, "actual": 70}}


async def test_what_has_no_cost_tells_none(client_of: Any) -> None:
    """Even to whoever asks."""
    answer = await answer_of(client_of, Answering(Outcome(executed=True, data={})), COST)

    assert "x-tongxin-cost" not in answer.headers
    assert answer.json() == {"data": {}}


@pytest.mark.parametrize(
    ("headers", "explained"),
    [(OPS | EXPLAIN, True), (OPS, False), (EXPLAIN, False), ({"authorization": "Bearer other"} | EXPLAIN, False)],
)
async def test_where_data_comes_from_is_told_to_operations_alone(
    client_of: Any, headers: dict[str, str], *, explained: bool
) -> None:
    """Whoever holds ``ops:read`` and asks for it; the executor learns it, too."""
    executor = Answering(Outcome(executed=True, data={}, reads=(READ,)))

    answer = await answer_of(client_of, executor, headers)

    assert [caller.explain for caller in executor.callers] == [explained]
    assert ("provenance" in answer.json().get("extensions", {})) is explained
