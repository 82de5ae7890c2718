"""Event callbacks on the wire (wire-formats A9): registration, delivery, what failed."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

import httpx
import pytest
from starlette.requests import Request
from starlette.responses import Response

from connectors.sandbox.server import serving
from tests.connectors.zhezhengding.by_hand import data_of, failure_of, posted

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send

    from tests.connectors.zhezhengding.conftest import Bench

ROOT = "/openplatform/message"
TAG = "MOZI_VDS_TENANT_CHANGE|EMPLOYEE_ADD_UPDATE"
RIGHT = '{"success":true,"errcode":"0","errmsg":"成功"}'


@dataclass
class Listener:
    """Somebody who is called: keeps each form with its media type, and says what it is told to say."""

    reply: str = RIGHT
    status: int = 200
    forms: list[dict[str, list[str]]] = field(default_factory=list)
    kinds: set[str] = field(default_factory=set)
    url: str = ""

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        """Serve as ASGI."""
        request = Request(scope, receive)
        self.forms.append(parse_qs((await request.body()).decode()))
        self.kinds.add(request.headers["content-type"])
        await Response(self.reply, self.status, media_type="application/json")(scope, receive, send)


@asynccontextmanager
async def listening() -> AsyncIterator[Listener]:
    """A listener on a real port of this machine."""
    listener = Listener()
    async with serving([(listener, 0)]) as ports:
        listener.url = f"http://127.0.0.1:{ports[0]}/events/zhezhengding/secret"
        yield listener


async def registered(bench: "Bench", url: str) -> dict[str, Any]:
    """Register one tag by the newer form."""
    return dict(
        data_of(await posted(bench.http, f"{ROOT}/v2/register_event_callback", {"eventTag": TAG, "callbackUrl": url}))
    )


async def happen(bench: "Bench", content: dict[str, Any]) -> bool:
    """Make an event happen."""
    answer = await bench.http.post("http://zzd/sandbox/event", json={"eventTag": TAG, "content": content})
    return bool(answer.json()["delivered"])


async def test_the_probe_carries_only_the_tag(bench: "Bench") -> None:
    """A9: registering sends a form with ``eventTag`` alone; E2 the older way, E1 below /v2."""
    async with listening() as listener:
        older = await posted(
            bench.http, f"{ROOT}/register_event_callback", {"eventTag": TAG, "callbackUrl": listener.url}
        )
        held = data_of(await posted(bench.http, f"{ROOT}/v2/query_callback_define", {}))

    assert listener.forms == [{"eventTag": [TAG]}]
    assert listener.kinds == {"application/x-www-form-urlencoded; charset=UTF-8"}
    assert older["content"]["eventTag"] == TAG
    assert "data" not in older["content"]
    assert held == [older["content"]]


async def test_an_event_is_a_form_with_json_in_it(bench: "Bench") -> None:
    """A9: delivery is a form POST of ``eventTag`` and ``content``, a JSON string."""
    async with listening() as listener:
        await registered(bench, listener.url)

        delivered = await happen(bench, {"employeeCodes": ["GE_demo0001"]})

    assert delivered
    assert listener.forms[-1] == {"eventTag": [TAG], "content": ['{"employeeCodes":["GE_demo0001"]}']}


@pytest.mark.parametrize(
    ("reply", "status"), [("", 200), ("ok", 200), ('{"success":false}', 200), ('{"success":true}', 200), (RIGHT, 500)]
)
async def test_what_is_not_taken_is_kept_and_sent_again(bench: "Bench", reply: str, status: int) -> None:
    """A9: another reply than the expected one makes the event a failed one, until a retry is taken."""
    async with listening() as listener:
        await registered(bench, listener.url)
        listener.reply, listener.status = reply, status

        delivered = await happen(bench, {"employeeCodes": ["GE_1"]})
        (failed,) = data_of(await posted(bench.http, f"{ROOT}/v2/query_callback_failed", {}))
        retry = {"eventCallbackFailedId": failed["eventCallbackFailedId"]}
        failure_of(await posted(bench.http, f"{ROOT}/v2/retry_callback_failed", retry))
        listener.reply, listener.status = RIGHT, 200

        assert not delivered
        assert data_of(await posted(bench.http, f"{ROOT}/v2/retry_callback_failed", retry)) is True
        assert data_of(await posted(bench.http, f"{ROOT}/v2/query_callback_failed", {})) == []
        assert listener.forms[-1] == {"eventTag": [TAG], "content": ['{"employeeCodes":["GE_1"]}']}


async def test_failed_ones_can_be_dropped(bench: "Bench") -> None:
    """A9: remove_callback_failed; twice is a failure."""
    async with listening() as listener:
        await registered(bench, listener.url)
    await happen(bench, {"employeeCodes": ["GE_1"]})
    (failed,) = data_of(await posted(bench.http, f"{ROOT}/v2/query_callback_failed", {"eventTag": TAG}))
    gone = {"eventCallbackFailedId": failed["eventCallbackFailedId"]}

    assert data_of(await posted(bench.http, f"{ROOT}/v2/remove_callback_failed", gone)) is True
    failure_of(await posted(bench.http, f"{ROOT}/v2/remove_callback_failed", gone))


async def test_a_registration_is_moved_and_ended(bench: "Bench") -> None:
    """A9: update probes the new address; after delete nobody is called and nothing is kept."""
    async with listening() as first, listening() as second:
        held = await registered(bench, first.url)
        key = {"eventCallbackId": held["eventCallbackId"]}

        moved = data_of(
            await posted(bench.http, f"{ROOT}/v2/update_event_callback_define", key | {"callbackUrl": second.url})
        )
        await happen(bench, {"employeeCodes": ["GE_1"]})
        await posted(bench.http, f"{ROOT}/delete_event_callback_define", key)
        after = await happen(bench, {"employeeCodes": ["GE_2"]})

    assert moved["callbackUrl"] == second.url
    assert (len(first.forms), len(second.forms)) == (1, 2)
    assert not after
    assert data_of(await posted(bench.http, f"{ROOT}/v2/query_callback_failed", {})) == []


@pytest.mark.parametrize(
    "url",
    [
        "http://192.0.2.1/events",
        "https://127.0.0.1/events",
        "http://example.cn/events",
        "file:///etc/passwd",
        "http://[::1",
        "127.0.0.1",
        "http://127.0.0.1:1/nobody-listens",
        "http://127.0.0.1:99999/",
    ],
)
async def test_only_this_machine_is_called(bench: "Bench", url: str) -> None:
    """The sandbox calls loopback addresses only, and registers nobody who does not answer."""
    failure_of(await posted(bench.http, f"{ROOT}/v2/register_event_callback", {"eventTag": TAG, "callbackUrl": url}))

    assert data_of(await posted(bench.http, f"{ROOT}/v2/query_callback_define", {})) == []


async def test_a_tag_is_registered_once(bench: "Bench") -> None:
    """An unknown tag is refused, and a known one the second time."""
    async with listening() as listener:
        await registered(bench, listener.url)
        again = {"eventTag": TAG, "callbackUrl": listener.url}

        failure_of(await posted(bench.http, f"{ROOT}/register_event_callback", again))
        failure_of(await posted(bench.http, f"{ROOT}/register_event_callback", again | {"eventTag": "OTHER"}))


@pytest.mark.parametrize("body", [b"", b"[", b"{}", b'{"eventTag":1,"content":{}}', b"[" * 5000, b"\xff"])
async def test_a_wrong_event_is_told_so(bench: "Bench", body: bytes) -> None:
    """Never a 500 for what makes an event happen."""
    assert (await bench.http.post("http://zzd/sandbox/event", content=body)).status_code == 400


async def test_events_are_made_from_here_only(bench: "Bench") -> None:
    """For others than this machine the control path does not exist."""
    transport = httpx.ASGITransport(bench.sandbox, client=("192.0.2.7", 1))
    async with httpx.AsyncClient(transport=transport, base_url="http://zzd") as elsewhere:
        answer = await elsewhere.post("/sandbox/event", json={"eventTag": TAG, "content": {}})

    assert answer.status_code == 404


async def test_making_an_event_is_no_operation(bench: "Bench") -> None:
    """F 1 and 2: a control path is never counted, never faulted and no operation a fault may name."""
    await bench.http.put("http://zzd/sandbox/faults", json={"fault": "http500"})

    delivered = await happen(bench, {})
    named = await bench.http.put("http://zzd/sandbox/faults", json={"fault": "http500", "operation": "sandbox.event"})

    assert (delivered, named.status_code) == (False, 400)
    assert (await bench.http.get("http://zzd/sandbox/calls")).json()["total"] == 0
