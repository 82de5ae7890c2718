import hashlib
import io
import json
from collections.abc import Iterator
from typing import Any

import pytest
import structlog
from starlette.responses import PlainTextResponse

from gateway.http.front import Front
from gateway.lines import Lines, write_to
from gateway.logs import configure
from gateway.metrics.served import Served


@pytest.fixture
def lines() -> Iterator[Any]:
    """What has been logged so far, a record a line."""
    stream = io.BytesIO()
    configure("info", stream)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    structlog.reset_defaults()
    write_to(Lines(access=False))


def fronted(app: Any) -> Front:
    """The app behind the front that logs."""
    return Front(app, app, Served())


async def test_a_request_leaves_one_line(edge: Any, client_of: Any, lines: Any) -> None:
    """Trace, operation, document, status, time and codes; nothing of the query, its variables or the token."""
    query = 'query Greeting($t: Int!) { hello(times: $t, to: "王小明") sick }'
    headers = {"authorization": "Bearer good"}

    async with client_of(fronted(edge())) as client:
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


async def test_lines_of_what_went_well_are_written_at_shutdown_at_the_latest(
    edge: Any, client_of: Any, lines: Any
) -> None:
    """They may wait for each other while the process lives."""
    front = fronted(edge())
    async with client_of(front) as client:
        await client.post("/graphql", json={"query": "query A { hello }"})

    async def parts(*_: object) -> None:
        """Open and close nothing."""

    await Front(front, parts, Served())({"type": "lifespan"}, parts, parts)  # type: ignore[arg-type]  # receives nothing

    (line,) = lines()
    assert (line["operation"], line["status"], line["level"]) == ("A", 200, "info")


async def test_documents_are_told_apart(edge: Any, client_of: Any, lines: Any) -> None:
    """By their hash and name, though both are remembered; a long text is as good as a short one."""
    queries = ["query A { hello }", "query B { hello }", "query A { hello }", "query C { hello }" + " " * 20_000]
    async with client_of(fronted(edge())) as client:
        for query in queries:
            await client.post("/graphql", json={"query": query})
        await client.get("/graphql/")  # fails, and takes those that wait along

    told = [(line.get("operation"), line.get("document")) for line in lines()[:4]]
    assert told == [(query[6], hashlib.sha256(query.encode()).hexdigest()) for query in queries]


async def test_below_their_level_requests_leave_no_line(edge: Any, client_of: Any) -> None:
    """Who logs warnings only has no access log."""
    stream = io.BytesIO()
    configure("warning", stream)

    async with client_of(fronted(edge())) as client:
        await client.get("/graphql")

    structlog.reset_defaults()
    write_to(Lines(access=False))
    assert stream.getvalue() == b""


async def test_failures_are_told_once_a_kind(edge: Any, client_of: Any, lines: Any) -> None:
    """A platform that failed thirty fields is one line for operators, with its detail."""
    async with client_of(fronted(edge())) as client:
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
    async with client_of(fronted(edge())) as client:
        await client.post("/graphql", json={"query": "query A { hello }", "operationName": name})

    assert lines()[-1]["operation"] == "?"


async def test_paths_are_told_by_their_first_part(client_of: Any, lines: Any) -> None:
    """What follows may be a secret, and an unknown path may be anything."""
    async with client_of(fronted(PlainTextResponse("ok"))) as client:
        await client.get("/events/duty/a-secret?code=ticket")
    async with client_of(fronted(PlainTextResponse("no", 404))) as client:
        await client.get("/a-secret")

    assert [line["area"] for line in lines()] == ["events", "other"]
    assert "secret" not in json.dumps(lines())


async def test_an_app_that_breaks_still_leaves_its_line(client_of: Any, lines: Any) -> None:
    """The line is written however the request ends."""

    async def breaks(_scope: Any, _receive: Any, _send: Any) -> None:
        raise LookupError

    with pytest.raises(LookupError):
        async with client_of(fronted(breaks)) as client:
            await client.get("/graphql")

    assert [line["status"] for line in lines()] == [499]
