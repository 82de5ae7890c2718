import hashlib
import io
import json
from collections.abc import Iterator
from typing import Any

import pytest
import structlog
from starlette.responses import PlainTextResponse

from gateway.http.access import AccessLog
from gateway.logs import configure


@pytest.fixture
def lines() -> Iterator[Any]:
    """What has been logged so far, a record a line."""
    stream = io.BytesIO()
    configure("info", stream)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    structlog.reset_defaults()


async def test_a_request_leaves_one_line(edge: Any, client_of: Any, lines: Any) -> None:
    """Trace, operation, document, status, time and codes; nothing of the query, its variables or the token."""
    query = 'query Greeting($t: Int!) { hello(times: $t, to: "王小明") sick }'
    headers = {"authorization": "Bearer good"}

    async with client_of(AccessLog(edge())) as client:
        body = {"query": query, "variables": {"t": 90817263}}
        response = await client.post(
            "/graphql", json=body | {"variables": {"t": 1, "secret": "90817263"}}, headers=headers
        )

    failed, line = lines()
    assert failed["event"] == "platform failed"
    assert line.pop("ms") >= 0
    assert line.pop("time").endswith("Z")
    assert line == {
        "event": "request",
        "level": "info",
        "trace_id": response.headers["x-tongxin-trace-id"],
        "area": "graphql",
        "status": 200,
        "operation": "Greeting",
        "document": hashlib.sha256(query.encode()).hexdigest(),
        "errors": ["PLATFORM_UNAVAILABLE"],
    }


async def test_failures_are_told_once_a_kind(edge: Any, client_of: Any, lines: Any) -> None:
    """A platform that failed thirty fields is one line for operators, with its detail."""
    async with client_of(AccessLog(edge())) as client:
        await client.post("/graphql", json={"query": "{ rows { sick } }"})

    failed, _ = lines()
    told = {key: failed[key] for key in ("platform", "operation", "error", "detail", "times")}
    assert told == {
        "platform": "duty",
        "operation": "members",
        "error": "UnreachableError",
        "detail": "ConnectError",
        "times": 30,
    }


@pytest.mark.parametrize("name", ["王小明 13800000000", "a" * 65, "x\ny"])
async def test_what_is_no_name_is_not_logged(edge: Any, client_of: Any, lines: Any, name: str) -> None:
    """An operation's name may be used to smuggle anything; only names are written."""
    async with client_of(AccessLog(edge())) as client:
        await client.post("/graphql", json={"query": "query A { hello }", "operationName": name})

    assert lines()[-1]["operation"] == "?"


async def test_paths_are_told_by_their_first_part(client_of: Any, lines: Any) -> None:
    """What follows may be a secret, and an unknown path may be anything."""
    async with client_of(AccessLog(PlainTextResponse("ok"))) as client:
        await client.get("/events/duty/a-secret?code=ticket")
    async with client_of(AccessLog(PlainTextResponse("no", 404))) as client:
        await client.get("/a-secret")

    assert [line["area"] for line in lines()] == ["events", "other"]
    assert "secret" not in json.dumps(lines())


async def test_an_app_that_breaks_still_leaves_its_line(client_of: Any, lines: Any) -> None:
    """The line is written however the request ends."""

    async def breaks(_scope: Any, _receive: Any, _send: Any) -> None:
        raise LookupError

    with pytest.raises(LookupError):
        async with client_of(AccessLog(breaks)) as client:
            await client.get("/graphql")

    assert [line["status"] for line in lines()] == [499]
