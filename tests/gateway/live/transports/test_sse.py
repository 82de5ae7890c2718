"""GraphQL over SSE, distinct connections, over a real socket."""

import asyncio
import json

import httpx
import pytest

from gateway.http.negotiation import prefers_events
from tests.stack import OpenGateway, Sandbox, SignInDesk, desk_at
from tests.wires import LIVE, QUIET, events_of, flooded, heard_of, in_room, listening, said, transports_of

HELLO = "{ __typename }"


async def test_a_statement_is_heard(sandbox: Sandbox, desk: SignInDesk, port: int) -> None:
    """As an event with an id; once the reader is gone, nobody listens."""
    token = await desk.token("citizen-0001")
    async with events_of(port, LIVE, in_room(sandbox), token) as events:
        await heard_of(desk.gateway, 1)
        await said(desk.gateway, sandbox, "加装电梯")
        told = await events.next()
        head = events.response.headers
    await heard_of(desk.gateway, 0)

    assert told["event"] == "next"
    assert told["id"]
    assert json.loads(told["data"])["data"]["statementPosted"]["body"] == "加装电梯"
    assert head["content-type"] == "text/event-stream; charset=utf-8"
    assert (head["cache-control"], head["x-accel-buffering"]) == ("no-store, no-transform", "no")
    assert "content-length" not in head


async def test_who_comes_back_hears_what_came_meanwhile(sandbox: Sandbox, desk: SignInDesk, port: int) -> None:
    """By ``Last-Event-ID``: nothing lost, nothing twice."""
    token = await desk.token("citizen-0001")
    async with events_of(port, LIVE, in_room(sandbox), token) as events:
        await heard_of(desk.gateway, 1)
        await said(desk.gateway, sandbox, "第一条")
        last = (await events.next())["id"]
    for body in ("第二条", "第三条"):
        await said(desk.gateway, sandbox, body)

    async with events_of(port, LIVE, in_room(sandbox), token, **{"last-event-id": last}) as events:
        await said(desk.gateway, sandbox, "第四条")
        told = [json.loads((await events.next())["data"]) for _ in range(3)]

    assert [one["data"]["statementPosted"]["body"] for one in told] == ["第二条", "第三条", "第四条"]


async def test_queries_are_one_event_and_complete(port: int) -> None:
    """Also what validation refuses: an event stream is answered with events."""
    for query, member in ((HELLO, "data"), ("{ nothingOfThatName }", "errors")):
        async with events_of(port, query, {}) as events:
            told, then, end = await events.hear(), await events.hear(), await events.hear()

        assert (events.response.status_code, told["event"]) == (200, "next")
        assert list(json.loads(told["data"])) == [member]
        assert then == {"event": "complete", "data": ""}
        assert end == {}


async def test_what_is_no_request_gets_a_status(sandbox: Sandbox, port: int) -> None:
    """As JSON, in the reader's language; no stream begins."""
    chinese = {"accept-language": "zh"}
    async with events_of(port, LIVE, in_room(sandbox), "nonsense", **chinese) as events:
        body = json.loads(await events.response.aread())

    assert events.response.status_code == 401
    assert body["errors"][0]["extensions"]["code"] == "INVALID_TOKEN"
    assert "令牌" in body["errors"][0]["message"]
    assert events.response.headers["www-authenticate"].startswith("Bearer")


async def test_a_subscription_may_come_by_get(sandbox: Sandbox, desk: SignInDesk, port: int) -> None:
    """As ``EventSource`` asks; a mutation may not."""
    token = await desk.token("citizen-0001")
    headers = {"accept": "text/event-stream", "authorization": f"Bearer {token}"}
    address = f"http://127.0.0.1:{port}/graphql"
    asked = {"query": LIVE, "variables": json.dumps(in_room(sandbox))}
    async with httpx.AsyncClient(trust_env=False) as client:
        async with client.stream("GET", address, params=asked, headers=headers) as answer:
            await heard_of(desk.gateway, 1)
        refused = await client.get(address, params={"query": "mutation { __typename }"}, headers=headers)

    assert answer.status_code == 200
    assert (refused.status_code, refused.headers["content-type"]) == (405, "application/json; charset=utf-8")


async def test_a_page_of_another_site_cannot_open_a_stream(port: int) -> None:
    """A browser says where a GET comes from."""
    headers = {"accept": "text/event-stream", "sec-fetch-site": "cross-site", "origin": "https://elsewhere.example.cn"}
    async with httpx.AsyncClient(trust_env=False) as client:
        answer = await client.get(f"http://127.0.0.1:{port}/graphql", params={"query": HELLO}, headers=headers)

    assert answer.status_code == 403


async def test_silence_is_filled(open_gateway: OpenGateway, sandbox: Sandbox) -> None:
    """With comments, so that nobody on the way takes the connection for dead."""
    async with open_gateway(live=QUIET | {"heartbeat_s": 0.05}) as gateway, listening(gateway) as port:
        token = await (await desk_at(sandbox, gateway)).token("citizen-0001")
        async with events_of(port, LIVE, in_room(sandbox), token) as events:
            told = [await events.hear() for _ in range(3)]

    assert told == [{"": ""}] * 3


async def test_a_stream_ends_with_its_token(sandbox: Sandbox, desk: SignInDesk, port: int) -> None:
    """Without ``complete``, so that clients come again: they are told by the status then."""
    token = await desk.token("citizen-0001")
    async with events_of(port, LIVE, in_room(sandbox), token) as events:
        await heard_of(desk.gateway, 1)
        await desk.gateway.client.post("/oauth/revoke", data={"token": token}, auth=desk.login)
        await desk.gateway.parts.authority.revocations.refresh()
        await desk.gateway.parts.subscriptions.look_again()

        told = [await events.hear() for _ in range(3)]

    assert told == [{"": ""}, {"": "TOKEN_ENDED"}, {}]


async def test_streams_are_counted(open_gateway: OpenGateway, sandbox: Sandbox) -> None:
    """One too many of a person is refused, and a place that is left is free."""
    async with open_gateway(live=QUIET | {"max_connections_per_person": 1}) as gateway, listening(gateway) as port:
        token = await (await desk_at(sandbox, gateway)).token("citizen-0001")
        stream = (port, LIVE, in_room(sandbox), token)
        async with events_of(*stream), events_of(*stream) as second:
            refused = json.loads(await second.response.aread())
        await heard_of(gateway, 0)
        async with events_of(port, LIVE, in_room(sandbox), token) as third:
            await heard_of(gateway, 1)

    assert second.response.status_code == 429
    assert refused["errors"][0]["extensions"]["code"] == "TOO_MANY_CONNECTIONS"
    assert third.response.status_code == 200


@pytest.mark.parametrize(
    ("accept", "events"),
    [
        ("text/event-stream", True),
        ("text/event-stream, application/json;q=0.5", True),
        ("text/event-stream, multipart/mixed", True),  # urql's, of subscriptions
        (
            "application/graphql-response+json, application/json, text/event-stream, multipart/mixed",
            False,
        ),  # of queries
        ("application/json;q=0.9, text/event-stream", True),
        ("*/*", False),
        ("", False),
        (None, False),
        ("text/event-stream;q=0", False),
    ],
)
def test_first_choice(accept: str | None, events: bool) -> None:  # noqa: FBT001 - the expected value
    """Events are sent to who wants them most, not to who takes them as well."""
    assert prefers_events(accept) is events


async def test_a_reader_that_stops_is_let_go(open_gateway: OpenGateway, sandbox: Sandbox) -> None:
    """Who reads nothing is ended when too much waits, and the connection goes after a while: its place is free."""
    async with open_gateway(live=QUIET | {"queue": 5}) as gateway, listening(gateway, stalled_s=0.1) as port:
        token = await (await desk_at(sandbox, gateway)).token("citizen-0001")
        body = json.dumps({"query": LIVE, "variables": in_room(sandbox)}).encode()
        _, writer = await asyncio.open_connection("127.0.0.1", port, limit=1024)
        writer.write(
            b"POST /graphql HTTP/1.1\r\nhost: gateway\r\naccept: text/event-stream\r\n"
            b"content-type: application/json\r\ncontent-length: %d\r\nauthorization: Bearer %b\r\n\r\n%b"
            % (len(body), token.encode(), body)
        )
        await heard_of(gateway, 1)

        await flooded(gateway)
        async with asyncio.timeout(20):
            while transports_of(gateway).seats.open:  # noqa: ASYNC110 - told in no other way
                await asyncio.sleep(0.01)
        writer.close()

        assert len(gateway.parts.subscriptions) == 0
