"""Every fault of the design's list, as a caller over a real socket meets it."""

import asyncio
import json
import time
from collections.abc import AsyncIterator
from email.utils import parsedate_to_datetime
from xml.etree import ElementTree as ET

import httpx
import pytest
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from connectors.sandbox.app import Operation, SandboxApp
from connectors.sandbox.drifting import Drift
from connectors.sandbox.faults import Fault, FaultKind, platform_time, tokens_ended
from connectors.sandbox.server import serving

THING = {"success": True, "items": [{"id": "1", "name": "甲", "size": 3, "tags": ["a"], "colour": "red", "weight": 1}]}


async def things(request: Request) -> Response:
    """Answer with things, unless the token ended; say what time it is."""
    if tokens_ended(request):
        return JSONResponse({"error": "token ended"}, 401)
    return JSONResponse(THING, headers={"X-Time": str(platform_time(request))})


async def failed(_: Request) -> Response:
    """Say that it failed, in the platform's own way."""
    return JSONResponse({"success": False, "code": "SYSTEM"})


async def picture(_: Request) -> Response:
    """Answer with bytes that are no JSON."""
    return Response(b"\x89PNG" * 30, media_type="image/png")


@pytest.fixture
def app() -> SandboxApp:
    """A platform of two operations."""
    operations = (
        Operation("things", ("GET",), "/things", things),
        Operation("picture", ("GET",), "/picture", picture),
    )
    return SandboxApp(operations, (), lambda *_: None, failure=failed, kept={"success", "items", "id"})


@pytest.fixture
async def client(app: SandboxApp) -> AsyncIterator[httpx.AsyncClient]:
    """A caller over a real socket."""
    async with (
        serving([(app, 0)]) as [port],
        httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", trust_env=False, timeout=20) as calling,
    ):
        yield calling


async def test_slow_is_the_right_answer_late(app: SandboxApp, client: httpx.AsyncClient) -> None:
    """Not before its time, and whole."""
    app.faults.put(Fault(FaultKind.SLOW, "things", 250))
    began = time.monotonic()

    answer = await client.get("/things")

    assert time.monotonic() - began >= 0.25
    assert answer.json() == THING


async def test_drip_sends_the_body_in_drops(app: SandboxApp, client: httpx.AsyncClient) -> None:
    """The head comes at once, the body in many pieces, and in the end it is whole."""
    app.faults.put(Fault(FaultKind.DRIP, "things", 1))

    async with client.stream("GET", "/things") as answer:
        pieces = [piece async for piece in answer.aiter_raw()]

    assert len(pieces) > 3
    assert len(b"".join(pieces)) == int(answer.headers["content-length"])


async def test_reset_cuts_in_the_middle_of_the_body(app: SandboxApp, client: httpx.AsyncClient) -> None:
    """Some of it arrives, then the connection is gone."""
    app.faults.put(Fault(FaultKind.RESET))
    got = bytearray()

    async def read() -> None:
        async with client.stream("GET", "/picture") as answer:
            async for piece in answer.aiter_raw():
                got.extend(piece)

    with pytest.raises(httpx.TransportError):
        await read()
    assert 0 < len(got) < 120


async def test_truncated_is_whole_http_and_half_json(app: SandboxApp, client: httpx.AsyncClient) -> None:
    """The length is right for what is sent; what is sent stops half way."""
    app.faults.put(Fault(FaultKind.TRUNCATED))

    answer = await client.get("/things")

    assert answer.status_code == 200
    with pytest.raises(ValueError, match=r"Unterminated|Expecting"):
        answer.json()


async def test_failure_envelope_is_the_platforms_own(app: SandboxApp, client: httpx.AsyncClient) -> None:
    """The platform's way to say that it failed stands in for the answer."""
    app.faults.put(Fault(FaultKind.FAILURE_ENVELOPE))

    assert (await client.get("/things")).json() == {"success": False, "code": "SYSTEM"}


async def test_schema_drift_renames_drops_and_retypes(app: SandboxApp, client: httpx.AsyncClient) -> None:
    """Success, the envelope and the ids stay; other keys are renamed, missing or of another type, the same each time."""
    app.faults.put(Fault(FaultKind.SCHEMA_DRIFT))

    first, again, other = [(await client.get(path)) for path in ("/things", "/things", "/picture")]
    (row,) = first.json()["items"]

    assert first.status_code == 200
    assert first.json()["success"] is True
    assert row["id"] == "1"
    assert row.pop("addedLater")
    assert row.keys() != {"id", "name", "size", "tags", "colour", "weight"}
    assert first.json() == again.json()
    assert other.content.startswith(b"\x89PNG")


def test_every_way_of_drifting_is_met() -> None:
    """Over many keys some are renamed, some missing, some of another type and some as they were."""
    names = [f"key{n}" for n in range(60)]

    body = json.loads(bytes(Drift().shown(JSONResponse(dict.fromkeys(names, "text"))).body))

    ways = {
        "renamed": [n for n in names if f"{n}V2" in body],
        "missing": [n for n in names if n not in body and f"{n}V2" not in body],
        "retyped": [n for n in names if body.get(n) == {"value": "text"}],
        "kept": [n for n in names if body.get(n) == "text"],
    }
    assert all(ways.values())
    assert sum(map(len, ways.values())) == 60


def test_flat_xml_drifts_as_json_does() -> None:
    """F2: the same keys are renamed, missing or of another type, where an interface answers XML."""
    names = [f"key{n}" for n in range(60)]
    xml = '<?xml version="1.0"?><root>' + "".join(f"<{name}>1 &amp; 2</{name}>" for name in names) + "</root>"

    shown = Drift({"key1"}).shown(Response(xml, media_type="text/xml")).body
    as_json = json.loads(bytes(Drift({"key1"}).shown(JSONResponse(dict.fromkeys(names, "1 & 2"))).body))

    as_xml = {each.tag: {child.tag: child.text for child in each} or each.text for each in ET.fromstring(shown)}  # noqa: S314 - ours
    assert as_xml == {name: value for name, value in as_json.items() if name != "addedLater"}
    assert as_xml["key1"] == "1 & 2"


def test_json_inside_a_string_drifts() -> None:
    """F2: data that an answer holds as a JSON string changes too, and stays a string."""
    names = [f"key{n}" for n in range(20)]
    held = json.dumps([dict.fromkeys(names, "text")])

    body = json.loads(bytes(Drift({"datas"}).shown(JSONResponse({"datas": held})).body))

    (row,) = json.loads(body["datas"])
    (as_json,) = json.loads(bytes(Drift({"datas"}).shown(JSONResponse({"datas": json.loads(held)})).body))["datas"]
    assert row == as_json
    assert row.keys() - {"addedLater"} < {*names, *(f"{name}V2" for name in names)}


async def test_expired_token_and_clock_change_the_platform_itself(app: SandboxApp, client: httpx.AsyncClient) -> None:
    """Its parts ask: tokens count as ended; its clock and ``Date`` run ahead, or behind."""
    app.faults.put(Fault(FaultKind.EXPIRED_TOKEN, "things"))
    refused, untouched = await client.get("/things"), await client.get("/picture")
    app.faults.put(Fault(FaultKind.CLOCK, None, 120_000))
    ahead = await client.get("/things")
    app.faults.put(Fault(FaultKind.CLOCK, None, -120_000))
    behind = await client.get("/things")
    app.faults.clear()
    right = await client.get("/things")

    assert (refused.status_code, untouched.status_code) == (401, 200)
    for answer, seconds in ((ahead, 120), (behind, -120), (right, 0)):
        told = parsedate_to_datetime(answer.headers["date"]).timestamp()
        assert abs(told - float(answer.headers["x-time"])) <= 1
        assert abs(told - time.time() - seconds) < 30


async def test_a_body_without_end_is_refused(client: httpx.AsyncClient) -> None:
    """More than 8 MiB is HTTP 413, however it is announced."""

    async def endless() -> AsyncIterator[bytes]:
        for _ in range(9 * 16):
            yield b"x" * 65_536

    answer = await client.put("/sandbox/faults", content=endless())
    await asyncio.sleep(0)

    assert answer.status_code == 413
