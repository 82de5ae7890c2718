"""``/events/{platform}/{secret}``: hints in, always the same answer out (wire-formats A9)."""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest
from starlette.applications import Starlette
from structlog.testing import capture_logs

from connectors.cache import Cache
from connectors.deadline import Deadline
from connectors.flights import Reading
from connectors.freshness import EMPLOYEE_TAG, REGISTRY, UNIT_TAG
from connectors.memory import BoundedMemoryCache
from connectors.records.event import Hint, HintKind
from connectors.sandbox.building import build_world
from connectors.sandbox.server import serving
from connectors.transport import Transport
from connectors.viewer import ANYONE, Ask
from connectors.zhezhengding import ZHEZHENGDING
from connectors.zhezhengding.client import ZhezhengdingClient
from connectors.zhezhengding.events.source import ZhezhengdingEvents, ZhezhengdingRegistrar
from connectors.zhezhengding.settings import ZhezhengdingSettings
from gateway.events import MOST_BYTES, Events, dropping

TAG = "MOZI_VDS_TENANT_CHANGE|EMPLOYEE_ADD_UPDATE"
EVENT = {"eventTag": TAG, "content": '{"employeeCodes":["GE_demo0001"]}'}
SECRET = "a-secret-of-more-than-24-characters"
HINT = Hint(kind=HintKind.EMPLOYEE, key="GE_demo0001")


class Gateway:
    """Only the route, and what came of it."""

    def __init__(self, **callback: Any) -> None:
        self.hints: list[tuple[str, tuple[Hint, ...]]] = []
        self.fails = False
        section = {"secret_path": SECRET, "allow_ips": ["192.0.2.0/24"]} | callback
        source = ZhezhengdingEvents(ZhezhengdingSettings.model_validate({"callback": section}))
        self.app = Starlette(routes=[Events([source], self.note).route()])

    async def note(self, platform: str, hints: tuple[Hint, ...]) -> None:
        """Keep what should be read again."""
        if self.fails:
            raise RuntimeError(str(hints))
        self.hints.append((platform, hints))

    async def posted(
        self,
        content: bytes | Mapping[str, str] = EVENT,
        path: str = f"/events/zhezhengding/{SECRET}",
        address: str = "192.0.2.7",
    ) -> httpx.Response:
        """POST a form from that address."""
        body = content if isinstance(content, bytes) else urlencode(content).encode()
        transport = httpx.ASGITransport(self.app, client=(address, 1))
        async with httpx.AsyncClient(transport=transport, base_url="http://gw") as client:
            headers = {"Content-Type": "application/x-www-form-urlencoded"}
            return await client.post(path, content=body, headers=headers)


async def test_an_event_becomes_a_hint() -> None:
    """From the platform's address with its secret: what it names should be read again."""
    gateway = Gateway()

    answer = await gateway.posted()

    assert gateway.hints == [("zhezhengding", (HINT,))]
    assert json.loads(answer.content) == {"success": True, "errcode": "0", "errmsg": "成功"}
    assert answer.headers["content-type"] == "application/json"


WRONG: dict[str, dict[str, Any]] = {
    "probe": {"content": {"eventTag": TAG}},
    "another secret": {"path": "/events/zhezhengding/wrong"},
    "no such platform": {"path": f"/events/other/{SECRET}"},
    "another address": {"address": "198.51.100.1"},
    "no address": {"address": "unix"},
    "unknown tag": {"content": EVENT | {"eventTag": "OTHER"}},
    "hostile content": {"content": EVENT | {"content": "[" * 10_000}},
    "bad UTF-8": {"content": b"eventTag=\xff&content=\xff"},
    "too many fields": {"content": b"&".join(b"a%d=1" % n for n in range(100))},
    "too large": {"content": EVENT | {"more": "x" * MOST_BYTES}},
    "empty": {"content": b""},
}


@pytest.mark.parametrize("name", WRONG)
async def test_right_and_wrong_are_answered_alike(name: str) -> None:
    """Status, headers and body tell nothing; nothing is done about it."""
    gateway = Gateway()
    right = await gateway.posted()
    gateway.hints.clear()

    answer = await gateway.posted(**WRONG[name])

    assert (answer.status_code, answer.content) == (right.status_code, right.content) == (200, right.content)
    assert answer.headers == right.headers
    assert gateway.hints == []


async def test_without_a_secret_no_event_is_taken() -> None:
    """Where nothing is set, nothing is believed: not even an empty secret."""
    gateway = Gateway(secret_path="", allow_ips=[])

    for path in ("/events/zhezhengding/", f"/events/zhezhengding/{SECRET}"):
        await gateway.posted(path=path)

    assert gateway.hints == []


async def test_neither_secret_nor_codes_reach_the_log() -> None:
    """Without anything else to do, hints are counted; a failure is told without its words; the caller hears nothing."""
    gateway, source = (
        Gateway(),
        ZhezhengdingEvents(
            ZhezhengdingSettings.model_validate({"callback": {"secret_path": SECRET, "allow_ips": ["192.0.2.0/24"]}})
        ),
    )
    with capture_logs() as logs:
        gateway.app = Starlette(routes=[Events([source]).route()])
        await gateway.posted()
        gateway.app = Starlette(routes=[Events([source], gateway.note).route()])
        gateway.fails = True
        answer = await gateway.posted()

    counted, failed = logs
    assert (counted["event"], counted["platform"], counted["count"]) == ("hints", "zhezhengding", 1)
    assert failed["event"] == "hints were not acted on"
    assert answer.status_code == 200
    assert SECRET not in str(logs)
    assert "GE_demo0001" not in str(counted)


async def test_only_posts_are_for_it() -> None:
    """Another method is none of its business, whatever the secret."""
    async with httpx.AsyncClient(transport=httpx.ASGITransport(Gateway().app), base_url="http://gw") as client:
        statuses = {(await client.get(f"/events/zhezhengding/{secret}")).status_code for secret in (SECRET, "wrong")}

    assert statuses == {405}


async def test_the_sandbox_registers_and_delivers_over_sockets() -> None:
    """The whole way: the gateway registers itself, the platform probes it, an event happens, a hint arrives."""
    gateway = Gateway(allow_ips=["127.0.0.1"])
    sandbox = ZHEZHENGDING.sandbox(ZhezhengdingSettings().with_sandbox(), build_world())
    async with serving([(sandbox, 0), (gateway.app, 0)]) as ports, httpx.AsyncClient() as http:
        settings = ZhezhengdingSettings.model_validate({"callback": {"secret_path": SECRET}}).with_sandbox(
            port=ports[0]
        )
        transport = Transport("zhezhengding")
        registrar = ZhezhengdingRegistrar(settings, ZhezhengdingClient(settings, transport))

        registered = await registrar.ensure_events(f"http://127.0.0.1:{ports[1]}", Ask(ANYONE, Deadline.after(20)))
        happened = await http.post(
            f"{settings.base_url}/sandbox/event", json={"eventTag": TAG, "content": {"employeeCodes": ["GE_demo0001"]}}
        )
        await transport.aclose()

    assert TAG in registered
    assert happened.json() == {"delivered": True}
    assert gateway.hints == [("zhezhengding", (HINT,))]


async def test_what_hints_name_is_dropped() -> None:
    """Everything kept of these people and organisations, whoever asked for it; nothing of others."""
    cache = Cache(BoundedMemoryCache(100))
    rule = REGISTRY.rule("people", 10, (EMPLOYEE_TAG, UNIT_TAG))
    loads: list[list[str]] = []

    async def load(keys: list[str]) -> Mapping[str, str]:
        loads.append(keys)
        return {key: key for key in keys}

    reading, keys = Reading(rule, "here:", load), ["GE_demo0001", "GE_demo0002", "GO_demo0001"]
    await cache.read(reading, keys, Deadline.after(30))

    with capture_logs() as logs:
        hints = (HINT, Hint(kind=HintKind.ORGANIZATION, key="GO_demo0001"))
        await dropping(cache)("zhezhengding", hints)
    await cache.read(reading, keys, Deadline.after(30))

    assert loads == [keys, ["GE_demo0001", "GO_demo0001"]]
    assert [(log["event"], log["count"]) for log in logs] == [("hints", 2)]
    assert "demo" not in str(logs)
