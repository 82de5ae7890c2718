"""Whatever goes wrong, the log says what, and not whom, with what, or where."""

import io
import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from connectors.sandbox.faults import FaultKind
from gateway.lines import Lines, write_to
from gateway.logs import configure
from gateway.repeats import MOST
from tests.journeys.test_studio_page import PAGE, variables
from tests.replying import desk_for
from tests.stack import OpenGateway, Sandbox, desk_at

ILL = (FaultKind.HTTP500, FaultKind.GARBAGE, FaultKind.REFUSE, FaultKind.SCHEMA_DRIFT, FaultKind.RESET)
SECRET = "13912345678"


@pytest.fixture
def stream() -> Iterator[io.BytesIO]:
    """Where the log goes, everything of it."""
    root = logging.getLogger()
    before = root.handlers[:], root.level
    stream = io.BytesIO()
    configure("debug", stream)
    yield stream
    root.handlers[:], root.level = before
    structlog.reset_defaults()
    write_to(Lines(access=False))


async def test_no_line_tells_of_a_person(sandbox: Sandbox, open_gateway: OpenGateway, stream: io.BytesIO) -> None:
    """Reads, searches and writes, well and with each platform ill in each way, bad tokens and strange paths."""
    async with open_gateway(ops={"probe_interval_s": 0, "slow_ms": 1}) as gateway:
        desk = await desk_at(sandbox, gateway)
        token = await desk.token("citizen-0001")
        member = await desk_for(sandbox, gateway)
        for ill in (None, *ILL):
            for platform in sandbox.apps if ill else ():
                sandbox.break_(platform, ill)
            await gateway.query(PAGE, variables(sandbox), token)
            await gateway.query(f'{{ a{SECRET}: studio(id: "{SECRET}") {{ name }} }}', {"q": SECRET}, token)
            await gateway.query("query ($q: String!) { search(query: $q) { totalCount } }", {"q": SECRET}, token)
            await member.reply(f"电话 {SECRET}")
            await desk.exchange("zheliban", f"ticket-{SECRET}", "openid")
            sandbox.reset()
        await gateway.query("{ __typename }", None, token + "x")
        await gateway.client.get(f"/files/{SECRET}?ticket={SECRET}")

    told = stream.getvalue().decode()
    studio = sandbox.world.studios[1]
    people = [person.name for person in (*sandbox.world.citizens[:50], *[m.person for m in studio.members])]
    ports = [address.rpartition(":")[2] for address in sandbox.addresses.values()]
    events = {json.loads(line)["event"] for line in told.splitlines()}
    assert {"request", "platform failed", "slow operation"} <= events
    for word in [SECRET, token, token[-20:], member.token[-20:], "citizen-0001", "127.0.0.1", studio.key, *people]:
        assert word not in told, word
    for port in ports:
        assert f":{port}" not in told


async def test_an_outage_does_not_flood_the_log(
    sandbox: Sandbox, open_gateway: OpenGateway, stream: io.BytesIO
) -> None:
    """Of a platform that is down each operation's failure is told so many times, however many ask."""
    async with open_gateway() as gateway:
        sandbox.break_("duty", FaultKind.HTTP500)
        for _ in range(60):
            await gateway.query("{ studios(first: 1) { nodes { name address } } }")

    failures = [json.loads(line) for line in stream.getvalue().splitlines() if b'"platform failed"' in line]
    kinds = {(line["platform"], line["operation"], line["error"]) for line in failures}
    assert failures
    assert len(failures) <= MOST * len(kinds)
