"""Traces as a collector gets them: what is in them, whose they are, and what never is."""

import asyncio
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

import pytest

from connectors.sandbox.faults import FaultKind
from schema.identifiers import global_id
from tests.askers import people_of
from tests.collecting import Collector, Told, collecting
from tests.replying import desk_for, settled
from tests.stack import OpenGateway, Sandbox, desk_at, operation, span
from tests.wires import QUIET, heard_of, listening, socket_to

PAGE = operation("02")
SERVER, CLIENT, CONSUMER = 2, 3, 5
CALLER, PARENT = "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"


@pytest.fixture
def collector() -> Iterator[Collector]:
    """A collector of its own."""
    with collecting() as running:
        yield running


def traced(collector: Collector, **more: Any) -> dict[str, Any]:
    """Settings under which every request is traced."""
    return {"ops": {"probe_interval_s": 0, "traces": {"endpoint": collector.address, "share": 1} | more}}


def page_of(sandbox: Sandbox) -> dict[str, Any]:
    """The variables of a studio's page."""
    return {"id": global_id("Studio", sandbox.world.studios[1].key)} | span(sandbox.world)


def under(spans: list[Told], root: Told) -> list[Told]:
    """A span and all below it."""
    below = [one for span in spans if span.parent_id == root.span_id for one in under(spans, span)]
    return [root, *below]


async def test_a_request_is_one_trace(sandbox: Sandbox, open_gateway: OpenGateway, collector: Collector) -> None:
    """One span for the request, below it planning, running, each read, and each call with how it ended."""
    async with open_gateway(**traced(collector)) as gateway:
        desk = await desk_at(sandbox, gateway)
        token = await desk.token("citizen-0001")
        sandbox.reset()
        answer = await gateway.client.post(
            "/graphql",
            json={"query": PAGE, "variables": page_of(sandbox)},
            headers={"Authorization": f"Bearer {token}"},
        )
        calls = sandbox.calls()

    [root] = collector.named("POST /graphql")
    spans = under(collector.spans, root)
    assert (root.kind, root.trace_id, root.parent_id) == (SERVER, answer.headers["x-tongxin-trace-id"], "")
    assert {span.trace_id for span in spans} == {root.trace_id}
    assert root.attributes["graphql.operation.type"] == "query"
    assert root.attributes["tongxin.document.hash"] == sha256(PAGE.encode()).hexdigest()
    assert (root.attributes["http.route"], root.attributes["http.response.status_code"]) == ("/graphql", 200)
    made: dict[str, int] = {}
    for one in spans:
        if one.kind == CLIENT:
            name = f"{one.attributes['peer.service']}.{one.attributes['tongxin.operation']}"
            made[name] = made.get(name, 0) + 1
            assert (one.attributes["tongxin.outcome"], one.attributes["http.response.status_code"]) == ("ok", 200)
    assert {name: count for name, count in made.items() if name in calls} == calls
    reads = [span for span in spans if span.name.startswith("read ")]
    assert {read.attributes["tongxin.cache.state"] for read in reads} == {"fetched"}
    assert {"graphql.plan", "graphql.execute"} <= {span.name for span in spans}


async def test_a_call_that_failed_says_why(sandbox: Sandbox, open_gateway: OpenGateway, collector: Collector) -> None:
    """The platform's failure is on its call's span, by its kind and status; the request is not failed by it."""
    async with open_gateway(**traced(collector)) as gateway:
        desk = await desk_at(sandbox, gateway)
        token = await desk.token("citizen-0001")
        sandbox.break_("duty", FaultKind.HTTP500)
        await gateway.query(PAGE, page_of(sandbox), token)

    [root] = collector.named("POST /graphql")
    failed = [span for span in under(collector.spans, root) if span.kind == CLIENT and span.failed]
    assert failed
    assert {span.attributes["peer.service"] for span in failed} == {"duty"}
    assert {span.attributes["error.type"] for span in failed} == {"unexpected_answer"}
    assert {span.attributes["http.response.status_code"] for span in failed} == {500}
    assert not root.failed
    assert root.attributes["tongxin.error.codes"] == ["PLATFORM_UNAVAILABLE"]


async def test_nothing_of_a_request_is_told(sandbox: Sandbox, open_gateway: OpenGateway, collector: Collector) -> None:
    """No text, name, alias, argument, token, address or person is in any byte, well or ill, signing in included."""
    async with open_gateway(**traced(collector, headers="x-key=s3cret-of-collector")) as gateway:
        desk = await desk_at(sandbox, gateway)
        token = await desk.token("citizen-0001")
        query = "query P13912345678($q: String!) { secretalias: search(query: $q) { totalCount } __typename }"
        await gateway.query(query, {"q": "王小明的电话"}, token)
        await gateway.query(PAGE, page_of(sandbox), token)
        await gateway.query('{ studio(id: "13912345678") { name } }', None, token, tracestate="v=13912345678")
        await gateway.client.get("/files/secret-path?ticket=13912345678")
        await gateway.client.get("/login/secret-path?ticket=13912345678")
        sandbox.break_("zheliban", FaultKind.GARBAGE)
        await gateway.query(query, {"q": "王小明的电话"}, token)

    ports = [address.rpartition(":")[2] for address in sandbox.addresses.values()]
    told = b"".join(collector.raw).decode("utf-8", "replace")
    studio = sandbox.world.studios[1]
    people = [person.name for person in (*sandbox.world.citizens[:50], *[m.person for m in studio.members])]
    words = ["13912345678", "secretalias", "secret-path", "ticket", "王小明", "s3cret", token, token[-20:], "Bearer"]
    assert len(collector.spans) > 20
    assert all(header["x-key"] == "s3cret-of-collector" for header in collector.headers)
    for word in [
        *words,
        *people,
        "citizen-0001",
        "127.0.0.1",
        "localhost",
        "gateway:",
        studio.key,
        studio.name,
        *ports,
    ]:
        assert word not in told, word


async def test_attributes_are_few_and_ours(sandbox: Sandbox, open_gateway: OpenGateway, collector: Collector) -> None:
    """Whatever was asked: a dozen names of attributes in all, and names of spans that code has, not callers."""
    async with open_gateway(**traced(collector, resource={"deployment.environment.name": "county"})) as gateway:
        desk = await desk_at(sandbox, gateway)
        token = await desk.token("citizen-0001")
        for at in range(20):
            await gateway.query(
                f"query Q{at} {{ a{at}: __typename studios(first: {at + 1}) {{ totalCount }} }}", token=token
            )
            await gateway.client.get(f"/nowhere/{at}")
            await gateway.client.request(f"PROPFIND{at}", "/nowhere")

    assert collector.resource["service.name"] == "tongxin"
    assert collector.resource["deployment.environment.name"] == "county"
    assert len({name for span in collector.spans for name in span.attributes}) < 25
    assert len({span.name for span in collector.spans}) < 15
    assert all(len(span.attributes) <= 12 for span in collector.spans)


async def test_a_callers_trace_goes_on_but_not_without_end(open_gateway: OpenGateway, collector: Collector) -> None:
    """A sampled parent is followed, so many times a minute; one that is not sampled never; no id forces anything."""
    async with open_gateway(**traced(collector, share=0, callers_a_minute=3)) as gateway:
        for _ in range(10):
            await gateway.query("{ __typename }", traceparent=f"00-{CALLER}-{PARENT}-01")
        await gateway.query("{ __typename }", traceparent=f"00-{'1' * 32}-{PARENT}-00")
        await gateway.query("{ __typename }", traceparent=f"00-{'0' * 31}1-{PARENT}-00")

    followed = collector.named("POST /graphql")
    assert [(span.trace_id, span.parent_id) for span in followed] == [(CALLER, PARENT)] * 3


async def test_no_more_than_the_share_by_chosen_ids(open_gateway: OpenGateway, collector: Collector) -> None:
    """Where callers decide nothing, a trace id that would fall into the share does not: it was chosen."""
    async with open_gateway(**traced(collector, share=0.0001, callers_a_minute=0)) as gateway:
        for flags in ("00", "01"):
            await gateway.query("{ __typename }", traceparent=f"00-{'0' * 31}1-{PARENT}-{flags}")

    assert collector.spans == []


async def test_platforms_take_a_trace_that_is_handed_on(
    sandbox: Sandbox, open_gateway: OpenGateway, collector: Collector
) -> None:
    """With ``traceparent`` on every call each platform's signature still holds, also where nothing is recorded."""
    for share in (0, 1):
        async with open_gateway(**traced(collector, share=share, to_platforms=True)) as gateway:
            desk = await desk_at(sandbox, gateway)
            token = await desk.token("citizen-0001")
            body = await gateway.query(PAGE, page_of(sandbox), token, tracestate="vendor=1")
            assert "errors" not in body


async def test_an_effect_is_linked_to_its_write(
    sandbox: Sandbox, open_gateway: OpenGateway, collector: Collector
) -> None:
    """What follows from a write is tried later, in a trace of its own that names the request's."""
    async with open_gateway(**traced(collector), writes={"digest_interval_s": 0}) as gateway:
        desk = await desk_for(sandbox, gateway)
        body = await desk.reply("已与街道联系，本周内办结。")
        await settled(gateway)

    assert "errors" not in body
    effects = [span for span in collector.of(CONSUMER) if span.name.startswith("effect ")]
    writes = {span.span_id: span.trace_id for span in collector.named("graphql.execute")}
    assert effects
    for effect in effects:
        [(trace_id, span_id)] = effect.links
        assert writes[span_id] == trace_id != effect.trace_id


async def test_an_event_is_linked_to_what_caused_it(
    sandbox: Sandbox, open_gateway: OpenGateway, collector: Collector
) -> None:
    """The run for those who listen is a trace of its own, linked to the write they hear of."""
    async with (
        open_gateway(**traced(collector), live=QUIET) as gateway,
        listening(gateway) as port,
        socket_to(port) as socket,
    ):
        people = people_of(await desk_at(sandbox, gateway))
        studio = {"studioId": global_id("Studio", people.studio.key)}
        await socket.ready(authorization=f"Bearer {await people.member()}")
        await socket.subscribe("live", operation("24"), studio)
        await heard_of(gateway, 1)
        await people.asked(await people.citizen())
        await socket.hear()

    [event] = collector.named("subscription event")
    [(trace_id, span_id)] = event.links
    assert (event.kind, event.attributes["graphql.operation.type"]) == (CONSUMER, "subscription")
    assert trace_id != event.trace_id
    assert {span.trace_id for span in collector.spans if span.span_id == span_id} == {trace_id}
    [opened] = [span for span in collector.named("graphql") if span.kind == SERVER]
    assert opened.attributes["graphql.operation.type"] == "subscription"


async def test_without_a_collector_requests_go_on(open_gateway: OpenGateway, collector: Collector) -> None:
    """A collector that refuses costs spans, which are counted, and no answer."""
    collector.status = 503
    async with open_gateway(**traced(collector, queue=64)) as gateway:
        answers = await asyncio.gather(*(gateway.query("{ __typename }") for _ in range(200)))
        counts = gateway.parts.sending.counts
        waiting = len(gateway.parts.sending)

    assert all(answer == {"data": {"__typename": "Query"}} for answer in answers)
    assert waiting <= 64
    assert counts["queue_full"] > 0
    assert counts["sent"] == 0
    assert counts["queue_full"] + counts["refused"] + counts["stopped"] == sum(counts.values()) >= len(answers)
