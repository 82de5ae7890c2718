"""What all sandbox platforms share: counters, faults, people, tickets, and that they are for this machine only."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from connectors.sandbox.app import Operation, SandboxApp, SandboxPerson
from connectors.sandbox.faults import FaultKind
from connectors.sandbox.server import serving

FAULTS = "/sandbox/faults"


async def things(_: Request) -> Response:
    """Answer with a thing."""
    return JSONResponse({"thing": 1})


async def refused(_: Request) -> Response:
    """Refuse."""
    return JSONResponse({"error": "no"}, 401)


def issued(person: str, form: str | None) -> str | None:
    """One person, one form."""
    if form not in {None, "app"}:
        raise ValueError("no such form")
    return f"{form or 'app'}-ticket" if person == "p1" else None


OPERATIONS = (
    Operation("things", ("GET",), "/things", things),
    Operation("guarded", ("POST",), "/guarded", refused),
)
PERSONS = (
    SandboxPerson("p1", "王雅琴", ("member", "official"), "GE_1", "13800000001"),
    SandboxPerson("p2", "测试甲", ("citizen",)),
)


@pytest.fixture
def app() -> SandboxApp:
    """A platform of two operations and two people."""
    return SandboxApp(OPERATIONS, PERSONS, issued)


@pytest.fixture
async def client(app: SandboxApp) -> AsyncIterator[httpx.AsyncClient]:
    """A caller on this machine."""
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://sandbox") as calling:
        yield calling


async def test_calls_are_counted_refused_ones_too(client: httpx.AsyncClient) -> None:
    """One HTTP request is one call of its operation; unknown paths are counted as such, control is not."""
    await client.get("/things")
    await client.get("/things")
    await client.post("/guarded")
    await client.get("/nothing")
    await client.options("/things")
    await client.get("/sandbox/persons")

    counted = (await client.get("/sandbox/calls")).json()
    reset = await client.delete("/sandbox/calls")

    assert counted == {"total": 5, "byOperation": {"things": 2, "guarded": 1, "unknown": 2}}
    assert reset.status_code == 204
    assert (await client.get("/sandbox/calls")).json() == {"total": 0, "byOperation": {}}


async def test_a_mistaken_control_path_is_no_call(client: httpx.AsyncClient) -> None:
    """F 1: what is below ``/sandbox`` is never counted and never faulted, a wrong method or name neither."""
    await client.put(FAULTS, json={"fault": "http500"})

    answers = [await client.post(FAULTS), await client.get("/sandbox/nothing"), await client.delete("/sandbox/persons")]

    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert (await client.get("/sandbox/calls")).json()["total"] == 0


async def test_a_fault_for_one_operation(client: httpx.AsyncClient) -> None:
    """The named operation is ill and still counted, the other is not, and control never is."""
    put = await client.put(FAULTS, json={"fault": "http500", "operation": "things"})

    ill, well = await client.get("/things"), await client.post("/guarded")

    assert put.status_code == 204
    assert (ill.status_code, ill.headers["content-type"].partition(";")[0]) == (500, "text/html")
    assert well.status_code == 401
    assert (await client.get("/sandbox/calls")).json()["total"] == 2


async def test_a_fault_for_all_until_it_is_taken_back(client: httpx.AsyncClient) -> None:
    """Without an operation every one is ill; the latest holds; DELETE ends them all."""
    await client.put(FAULTS, json={"fault": "http500"})
    await client.put(FAULTS, json={"fault": "garbage", "operation": None, "ms": 10})

    ill = await client.get("/things")
    ended = await client.delete(FAULTS)
    well = await client.get("/things")

    assert (ill.status_code, ill.headers["content-type"]) == (200, "application/json")
    with pytest.raises(UnicodeDecodeError):
        ill.content.decode()
    assert (ended.status_code, well.json()) == (204, {"thing": 1})


async def test_a_later_fault_for_all_holds_for_all(client: httpx.AsyncClient) -> None:
    """What was set for one operation before gives way to it; what is set for one afterwards does not."""
    await client.put(FAULTS, json={"fault": "http500", "operation": "things"})
    await client.put(FAULTS, json={"fault": "garbage"})
    given_way = await client.get("/things")
    await client.put(FAULTS, json={"fault": "http500", "operation": "things"})
    own, other = await client.get("/things"), await client.post("/guarded")

    assert (given_way.status_code, own.status_code, other.status_code) == (200, 500, 200)


@pytest.mark.parametrize(
    "body",
    [
        {"fault": "explode"},
        {"fault": None},
        {},
        {"fault": "hang", "operation": "nothing"},
        {"fault": "hang", "ms": "long"},
        {"fault": "clock", "ms": 10**20},
        {"fault": "clock", "ms": -(10**14)},
        [],
    ],
)
async def test_a_fault_nobody_knows(body: Any, client: httpx.AsyncClient) -> None:
    """An unknown fault or operation is refused and changes nothing."""
    answer = await client.put(FAULTS, json=body)

    assert answer.status_code == 400
    assert (await client.get("/things")).status_code == 200


async def test_a_fault_that_is_no_json(client: httpx.AsyncClient) -> None:
    """Bytes that are no JSON are refused like any other nonsense, and so is JSON too deep to be read."""
    deep = b'{"fault": "hang", "x": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"

    assert (await client.put(FAULTS, content=b"\xff{")).status_code == 400
    assert (await client.put(FAULTS, content=deep)).status_code == 400


async def test_a_slash_too_many_is_another_path(client: httpx.AsyncClient) -> None:
    """A platform sends nobody on: a signature would not fit the other path."""
    assert [(await client.get(path)).status_code for path in ("/things/", "/sandbox/calls/")] == [404, 404]


async def test_people_are_listed(client: httpx.AsyncClient) -> None:
    """Each with what they have, in the platform's order."""
    assert (await client.get("/sandbox/persons")).json() == [
        {
            "id": "p1",
            "name": "王雅琴",
            "roles": ["member", "official"],
            "employeeCode": "GE_1",
            "mobile": "13800000001",
        },
        {"id": "p2", "name": "测试甲", "roles": ["citizen"]},
    ]


@pytest.mark.parametrize(
    ("asked", "status", "body"),
    [
        ("person=p1", 200, {"ticket": "app-ticket"}),
        ("person=p1&form=app", 200, {"ticket": "app-ticket"}),
        ("person=p1&form=qr", 400, {"error": "no such form"}),
        ("person=p9", 404, {"error": "unknown person"}),
        ("", 404, {"error": "unknown person"}),
    ],
)
async def test_tickets(asked: str, status: int, body: dict[str, str], client: httpx.AsyncClient) -> None:
    """The platform's own ticket, or why there is none."""
    answer = await client.get(f"/sandbox/ticket?{asked}")

    assert (answer.status_code, answer.json()) == (status, body)


CONTROLS = [
    ("GET", "/sandbox/calls"),
    ("DELETE", "/sandbox/calls"),
    ("PUT", FAULTS),
    ("DELETE", FAULTS),
    ("GET", "/sandbox/persons"),
    ("GET", "/sandbox/ticket?person=p1"),
]


@pytest.mark.parametrize(("method", "path"), CONTROLS)
async def test_control_is_for_this_machine_only(method: str, path: str, app: SandboxApp) -> None:
    """From elsewhere the control paths do not exist; the platform itself answers."""
    way = httpx.ASGITransport(app, client=("192.0.2.7", 1))
    async with httpx.AsyncClient(transport=way, base_url="http://sandbox") as stranger:
        control = await stranger.request(method, path, json={"fault": "http500"})
        thing = await stranger.get("/things")

    assert (control.status_code, thing.status_code) == (404, 200)


@pytest.mark.parametrize(("method", "path"), CONTROLS)
async def test_control_can_be_left_out(method: str, path: str) -> None:
    """A sandbox without control has no such paths for anybody."""
    way = httpx.ASGITransport(SandboxApp(OPERATIONS, PERSONS, issued, control=False))
    async with httpx.AsyncClient(transport=way, base_url="http://sandbox") as calling:
        assert (await calling.request(method, path)).status_code == 404


MET: dict[FaultKind, object] = {
    FaultKind.REFUSE: httpx.RemoteProtocolError,
    FaultKind.HANG: httpx.ReadTimeout,
    FaultKind.HTTP500: (500, b"<h"),
    FaultKind.GARBAGE: (200, b"\x00\xff"),
}


@pytest.mark.parametrize("kind", MET)
async def test_faults_on_the_wire(kind: FaultKind, app: SandboxApp) -> None:
    """What a caller over a real socket meets: a cut connection, silence, a 500, bytes nobody can read."""
    async with (
        serving([(app, 0)]) as [port],
        httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", trust_env=False) as calling,
    ):
        await calling.put(FAULTS, json={"fault": kind.value}, timeout=30.0)
        try:
            answer = await calling.get(
                "/things", timeout=httpx.Timeout(30.0, read=0.2 if kind is FaultKind.HANG else 30.0)
            )
            met: object = (answer.status_code, answer.content[:2])
        except httpx.TransportError as error:
            met = type(error)
        await calling.delete(FAULTS, timeout=30.0)
        well = await calling.get("/things", timeout=30.0)

    assert met == MET[kind]
    assert well.json() == {"thing": 1}


async def test_who_goes_away_in_the_middle_is_no_failure(caplog: pytest.LogCaptureFixture) -> None:
    """A caller that breaks off its body is counted; nothing is thrown, and the next one is answered."""
    begun = asyncio.Event()

    async def read(request: Request) -> Response:
        begun.set()
        return Response(await request.body())

    app = SandboxApp([Operation("read", ("POST",), "/read", read)], PERSONS, issued)

    async with (
        serving([(app, 0)]) as [port],
        httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", trust_env=False) as calling,
    ):
        _, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"POST /read HTTP/1.1\r\nHost: sandbox\r\nContent-Length: 9\r\n\r\nhalf")
        await begun.wait()
        writer.close()
        await writer.wait_closed()
        answer = await calling.post("/read", content=b"whole", timeout=30.0)

    assert answer.content == b"whole"
    assert app.calls["read"] == 2
    assert "ClientDisconnect" not in caplog.text
